"""A notice beside its translation: what changed since, what is still right, and what goes to translators and comes back."""
