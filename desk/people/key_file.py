"""The desk's one secret: made at the first start, in the desk's folder, for its user alone.

Everything that is signed takes a key of its own from it, so that a signature for one purpose says nothing for another.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import stat
from collections.abc import Callable
from pathlib import Path

from widget.errors import StartRefused

FILE = "desk.key"
LENGTH = 32


def open_key(folder: Path, randomness: Callable[[int], bytes]) -> bytes:
    """The key of the desk's folder, made where there is none. `StartRefused` where others can read it."""
    path = folder / FILE
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read(path)
    except OSError as failure:
        raise StartRefused(
            f"{path} cannot be made: {failure.strerror}. Let the desk's user write the folder."
        ) from failure
    with os.fdopen(handle, "wb") as file:
        file.write(key := randomness(LENGTH))
        file.flush()
        os.fsync(file.fileno())
    return key


def derived(key: bytes, purpose: str) -> bytes:
    """The key for one purpose."""
    return hmac.digest(key, b"desk\0" + purpose.encode(), hashlib.sha256)


def _read(path: Path) -> bytes:
    try:
        if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise StartRefused(f"{path} can be read by others. Run: chmod 600 {path}")
        key = path.read_bytes()
    except OSError as failure:
        raise StartRefused(f"{path} cannot be read: {failure.strerror}. Let the desk's user read it.") from failure
    if len(key) != LENGTH:
        raise StartRefused(
            f"{path} is not whole. Delete it: the next start makes another, and everybody signs in anew."
        )
    return key
