"""The bytes that open forms started from, kept for a while by their digest, so that a late save can be merged.

They are no second copy of anything: whoever loses them loses nothing but the merge. Where one is gone, git may have it.
"""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path

from desk.saving import files, history

FOLDER = "forms"
MOST = 500
_DIGEST = re.compile("[0-9a-f]{64}")


def keep(root: Path, data: bytes) -> str:
    """Remember what a form starts from; its digest is returned. A disk that takes nothing is no trouble here."""
    digest = files.digest(data)
    folder = root / files.FOLDER / FOLDER
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / digest
        if path.exists():
            os.utime(path)
        else:
            new = folder / f".{digest}.{os.getpid()}"
            new.write_bytes(data)
            new.replace(path)
            _forget(folder)
    return digest


def find(root: Path, file: str, digest: str) -> bytes | None:
    """The bytes with a digest, as a form or a commit of the file had them; None where nobody knows them any more."""
    if not _DIGEST.fullmatch(digest):
        return None
    with contextlib.suppress(OSError):
        data = (root / files.FOLDER / FOLDER / digest).read_bytes()
        if files.digest(data) == digest:
            return data
    return history.with_digest(root, file, digest)


def _forget(folder: Path) -> None:
    """Drop the oldest beyond `MOST`."""
    kept = sorted((path for path in folder.iterdir() if path.name[0] != "."), key=_last_used, reverse=True)
    for path in kept[MOST:]:
        path.unlink(missing_ok=True)


def _last_used(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:  # another process dropped it
        return 0.0
