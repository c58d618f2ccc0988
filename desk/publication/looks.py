"""The text that an approver last read of a notice, kept in the desk's folder, so that the same page can mark what changed since.

A look is kept when somebody answers (approves, asks for changes, remarks), never by opening a page.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from pathlib import Path

from widget.whole_files import write_whole

FOLDER = "looks"


class Looks:
    """The folder of looks: a file a notice and person, with the frozen form of each language that was read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER

    def keep(self, notice: str, person: str, read: Mapping[str, bytes]) -> None:
        """Keep what somebody read of a notice, in place of an earlier look."""
        said = {language: base64.b64encode(data).decode("ascii") for language, data in read.items()}
        path = self._path(notice, person)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(path, json.dumps(said))

    def last(self, notice: str, person: str) -> dict[str, bytes]:
        """The text that somebody last read, by language; nothing where they never answered."""
        try:
            said = json.loads(self._path(notice, person).read_text("ascii"))
            return {language: base64.b64decode(data) for language, data in said.items()}
        except (OSError, ValueError, AttributeError):
            return {}

    def _path(self, notice: str, person: str) -> Path:
        return self._folder / notice / f"{person}.json"
