"""Rules about languages: each says the same."""
