"""Which letters were sent: an empty file each, named by a digest of what the letter is about and whose it is.

A letter is taken on before it is handed over, so that two that would send it at once send it once. One that nobody took is
given back, and tried again at the next check.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta
from pathlib import Path

FOLDER = "letters"
KEPT = timedelta(days=400)


class Sent:
    """The folder of marks in the desk's folder. Safe for several processes."""

    def __init__(self, desk_folder: Path) -> None:
        self._folder = desk_folder / FOLDER

    def take(self, *about: object) -> bool:
        """Take a letter on; False where it was sent, or somebody is sending it."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            self._mark(about).touch(0o600, exist_ok=False)
        except FileExistsError:
            return False
        return True

    def give_back(self, *about: object) -> None:
        """The letter was not handed over."""
        self._mark(about).unlink(missing_ok=True)

    def drop_old(self, now: datetime) -> None:
        """Forget letters whose text nobody waits for any more."""
        for mark in self._folder.glob("*.sent"):
            if mark.stat().st_mtime < (now - KEPT).timestamp():
                mark.unlink(missing_ok=True)

    def _mark(self, about: tuple[object, ...]) -> Path:
        text = json.dumps([str(one) for one in about])
        return self._folder / f"{hashlib.sha256(text.encode()).hexdigest()}.sent"
