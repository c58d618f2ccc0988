"""Where a command writes its result, and in which encoding: standard output, or a file that is replaced once the new one
is whole.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from widget.whole_files import PRIVATE, whole_file


@contextmanager
def result(out: Path | None, mode: int = PRIVATE) -> Iterator[TextIO]:
    """Where to write; after a failure an earlier file is as it was."""
    if out is None:
        yield sys.stdout
        return
    with whole_file(out, mode) as file:
        yield file


def write_utf8() -> None:
    """Write UTF-8 to files and pipes whatever the console speaks; on a terminal that lacks a sign, its number instead."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")
