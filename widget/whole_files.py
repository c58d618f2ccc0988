"""Writes a file beside its place, flushes it and swaps it in: a reader sees the old one or the new one, never a part."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

PRIVATE, PUBLIC = 0o600, 0o644


@contextmanager
def whole_file(path: Path, mode: int = PRIVATE) -> Iterator[TextIO]:
    """A UTF-8 file that takes its place when the block ends; after a failure the old one is as it was.

    `mode` is narrowed by the umask. `OSError` where the folder does not take a file.
    """
    with beside(path) as passing:
        handle = os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())


@contextmanager
def beside(path: Path, put: Callable[[Path, Path], object] = os.replace) -> Iterator[Path]:
    """A name beside a file, for what is to take its place when the block ends; it is removed after a failure."""
    passing = path.with_name(f".{path.name}.{os.getpid()}")
    passing.unlink(missing_ok=True)
    try:
        yield passing
        put(passing, path)
    finally:
        passing.unlink(missing_ok=True)
    flush_folder(path.parent)


def write_whole(path: Path, text: str, mode: int = PRIVATE) -> None:
    """Write a text so."""
    with whole_file(path, mode) as file:
        file.write(text)


def flush_folder(folder: Path) -> None:
    """Have the names in a folder on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
