"""The users of the folder of keys now: the endpoint and its commands together, or one change of keys alone."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from widget.errors import StartRefused

FILE = "in-use"


class KeyUse:
    """The right to use the keys, until it is closed or the process ends. `StartRefused` while they are changed."""

    def __init__(self, folder: Path) -> None:
        self._handle: int | None = os.open(folder / FILE, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self.close()
            raise StartRefused(f"The keys in {folder} are being changed. Start again when that is done.") from error

    def close(self) -> None:
        """Give it back; once is enough."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """The right to change the keys; `StartRefused` while the endpoint or a command of this machine uses them."""
    handle = os.open(folder / FILE, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise StartRefused(
            f"The keys in {folder} are in use. Stop the endpoint (systemctl stop consents) and wait for other `consents` "
            "commands to end, then run this again."
        ) from error
    finally:
        os.close(handle)
