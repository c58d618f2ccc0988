"""A notice goes to a translator and comes back."""
