"""One writer at a time: what reads, plans and writes published versions holds this lock from its first to its last step."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from generator.content import site_file
from generator.problems import ContentError, Place
from generator.publishing.faults import P04
from generator.repository import CONTENT

FOLDER, FILE = ".noticeboard", "publishing.lock"
PATIENCE = 30.0
"""Seconds to wait for a command that is about to end; publishing a thousand notices takes some ten."""

if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[str]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def turn(root: Path) -> Iterator[None]:
    """Wait until no other command writes versions of this site, and keep others waiting until the block ends.

    The system releases the lock however the process ends. Raises `ContentError` after `PATIENCE` seconds.
    """
    if not (root / site_file.FILE).is_file():  # no site: the command says so, and nothing is made here
        yield
        return
    path = root / FOLDER / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        deadline = time.monotonic() + PATIENCE
        while not taken(file):
            if time.monotonic() > deadline:
                message = "Another command is publishing in this folder."
                raise ContentError([P04.problem(Place(CONTENT), message, "Wait until it ends, and run this again.")])
            time.sleep(0.02)
        yield


def taken(file: IO[str]) -> bool:
    """Whether the lock of an open file is now this process's; the system releases it when the file is closed."""
    try:
        _lock(file)
    except OSError:  # held by another process
        return False
    return True
