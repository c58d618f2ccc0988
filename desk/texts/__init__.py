"""Shared wording and ordinary pages at the desk: which there are, who uses them, their words tried out, made and removed."""
