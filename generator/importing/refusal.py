"""A document that cannot be taken: why, and what to do instead."""

from __future__ import annotations


class NotTaken(Exception):
    """A sentence on what is wrong with a file, and one on what to do instead."""

    def __init__(self, message: str, remedy: str) -> None:
        self.message, self.remedy = message, remedy
        super().__init__(f"{message} {remedy}")
