"""The files in the keys folder that hold the last signed head: two, written in turn.

A write goes into the one that holds the older head, in place, with one flush. So a write that is cut short spoils the
older head alone. A lock file lets one process at a time replace a head.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NAMES = ("head.1", "head.2")
BEFORE = "head"
"""The one file of releases that kept a head at most once a second; read until the first head is kept in turn."""
LOCK = "head.lock"
LONGEST = 16_384
_flush = getattr(os, "fdatasync", os.fsync)


def texts(folder: Path) -> tuple[str | None, ...]:
    """The texts of the files; None for one that is not there.

    The one of an earlier release, last, counts where both are not.
    """
    first, second = (_text(f"{folder}/{name}") for name in NAMES)
    return first, second, _text(f"{folder}/{BEFORE}") if first is second is None else None


def exist(folder: Path) -> bool:
    """Whether a head was ever kept here."""
    return any((folder / name).exists() for name in (*NAMES, BEFORE))


def written(folder: Path) -> float | None:
    """When the newest head was put here, in seconds since 1970; None where none was, or where nothing can be read."""
    times = []
    for name in NAMES:
        try:
            times.append((folder / name).stat().st_mtime)
        except OSError:
            continue
    return max(times, default=None)


def remove(folder: Path) -> None:
    """Forget the head: a log under a new name begins without one."""
    for name in (*NAMES, BEFORE):
        (folder / name).unlink(missing_ok=True)
    _flush_folder(folder)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """The right to replace the head, of one thread of one process at a time."""
    handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def write(folder: Path, number: int, text: str) -> None:
    """Put a head into one of the two files, on the disk when this returns. `OSError` where it cannot be kept."""
    handle = os.open(f"{folder}/{NAMES[number]}", os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        content = text.encode()
        written = os.pwrite(handle, content, 0)
        if written < len(content):
            raise OSError(f"only {written} of {len(content)} bytes were written")
        if os.fstat(handle).st_size > len(content):
            os.ftruncate(handle, len(content))
        _flush(handle)
    finally:
        os.close(handle)


def settle(folder: Path) -> None:
    """After the first write: have the file's name on the disk too, and no file of an earlier release any more."""
    _flush_folder(folder)
    (folder / BEFORE).unlink(missing_ok=True)


def _text(path: str) -> str | None:
    """Asked before each transaction: a `Path` for each file costs as much as reading it."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        return os.read(handle, LONGEST).decode("utf-8", "replace")
    finally:
        os.close(handle)


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
