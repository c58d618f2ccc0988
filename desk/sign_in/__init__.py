"""Signing in and out: with a provider, by a letter, or by an address in the terminal of one's own machine."""
