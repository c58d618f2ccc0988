"""Backups, their return, and the drill that tries it in a scratch place."""
