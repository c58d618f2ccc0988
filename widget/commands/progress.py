"""Says on a terminal how far a long command has come; silent where nobody sits before it."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

OFTEN = 0.2
"""Seconds between two changes of the line."""
CLEAR = "\r\x1b[K"


class Progress:
    """One line on standard error that is written over, and gone at the end: results go to standard output."""

    def __init__(self, terminal: TextIO | None) -> None:
        self._terminal = terminal
        self._written = 0.0

    def tell(self, said: str) -> None:
        """Say what is being done, unless the line is too new."""
        now = time.monotonic()
        if self._terminal is not None and now - self._written >= OFTEN:
            self._terminal.write(f"{CLEAR}{said}")
            self._terminal.flush()
            self._written = now

    def end(self) -> None:
        """Take the line away."""
        if self._terminal is not None:
            self._terminal.write(CLEAR)
            self._terminal.flush()


@contextmanager
def progress() -> Iterator[Progress]:
    """A line of progress where standard error is a terminal."""
    shown = Progress(sys.stderr if sys.stderr.isatty() else None)
    try:
        yield shown
    finally:
        shown.end()
