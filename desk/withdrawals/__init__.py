"""Withdrawals that wait for a service: asked of the consent endpoint with a key, listed, and marked as done."""
