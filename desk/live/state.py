"""Kept in the desk's folder about the live site: when something was published last, and how the last try went. No database."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any

from generator.publishing.turn import taken
from widget.whole_files import write_whole

FOLDER = "live"
ASKED, LAST, LOCK, PAGES = "asked.json", "last.json", "turn.lock", "pages.json"


class Outcome(StrEnum):
    """How a try to make the site live ended."""

    LIVE = "live"
    """The live site was looked at and has every version."""
    HANDED_OVER = "handed-over"
    """`deploy` ended well; the operator has the desk not look."""
    NOT_LIVE = "not-live"
    """`deploy` ended well, and the live site lacks a version or cannot be read."""
    FAILED = "failed"
    """The build or `deploy` failed."""


@dataclass(frozen=True)
class Last:
    """The last try: when it began and ended (UTC), the day for which the site was built, and how it ended."""

    started: datetime
    ended: datetime
    day: date
    outcome: Outcome

    @property
    def is_well(self) -> bool:
        """Whether nobody has to do anything."""
        return self.outcome in (Outcome.LIVE, Outcome.HANDED_OVER)


class LiveFolder:
    """The part of the desk's folder that says how far the site is. Safe for several processes."""

    def __init__(self, desk_folder: Path) -> None:
        self.folder = desk_folder / FOLDER

    @property
    def built(self) -> Path:
        """Where the site is built: a link to a folder, swapped in one step."""
        return self.folder / "site"

    def ask(self, now: datetime) -> None:
        """Note that something was published, which residents do not see yet.

        It counts as after the last try, also where the clock was set back since.
        """
        last = self.last()
        at = max(now, last.started + timedelta.resolution) if last is not None else now
        self._write(ASKED, {"at": at.astimezone(UTC).isoformat()})

    def asked(self) -> datetime | None:
        """When something was published last at the desk."""
        try:
            return datetime.fromisoformat(self._read(ASKED)["at"])
        except (KeyError, ValueError, TypeError):
            return None

    def keep(self, last: Last) -> None:
        """Keep how a try went, in place of the one before."""
        said = {name: str(value) for name, value in asdict(last).items()}
        self._write(LAST, said)

    def last(self) -> Last | None:
        """How the last try went; None where there was none."""
        try:
            said = self._read(LAST)
            times = datetime.fromisoformat(said["started"]), datetime.fromisoformat(said["ended"])
            return Last(*times, date.fromisoformat(said["day"]), Outcome(said["outcome"]))
        except (KeyError, ValueError, TypeError):
            return None

    def keep_pages(self, marks: Mapping[str, str]) -> None:
        """Keep the marks of the ordinary pages that residents read, by their files."""
        self._write(PAGES, dict(marks))

    def pages(self) -> dict[str, str] | None:
        """The marks of the ordinary pages that residents read; None where no try ended well yet."""
        said = self._read(PAGES, None)
        return {str(file): str(mark) for file, mark in said.items()} if isinstance(said, dict) else None

    @contextmanager
    def turn(self) -> Iterator[bool]:
        """Whether no other process builds for this desk; the system releases the turn however the process ends."""
        self._make()
        with (self.folder / LOCK).open("a") as file:
            yield taken(file)

    def _make(self) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def _read(self, name: str, otherwise: Any = MappingProxyType({})) -> Any:
        try:
            return json.loads((self.folder / name).read_text("utf-8"))
        except (OSError, ValueError):
            return otherwise

    def _write(self, name: str, said: dict[str, str]) -> None:
        self._make()
        write_whole(self.folder / name, json.dumps(said))


def is_due(asked: datetime | None, last: Last | None, starts: date | None, today: date) -> bool:
    """Whether the site has to be built and deployed. Pure.

    `starts` is the first day after the last build on which a version starts or the pages change by themselves.
    """
    if asked is not None and (last is None or last.started < asked):
        return True
    if last is None:
        return False
    started = starts is not None and starts <= today
    return not last.is_well or started or (today.year, today.month) > (last.day.year, last.day.month)
