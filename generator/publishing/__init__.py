"""From working text to frozen version, and back."""
