"""The log of acts and looks: a line of JSON each, in a file a month, only ever added to.

It holds ids alone: no name, no address, no search term and no word of a notice. How long it is kept is the council's:
`records: {staff_logs: 2 years}` in site.yml. A month is dropped as a whole, once all of it is old enough.
"""

from __future__ import annotations

import json
import os
import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

FOLDER = "log"
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/:@+-]{0,127}")
MONTH = re.compile(r"acts-([1-9]\d{3})-(0[1-9]|1[0-2])\.jsonl")


@dataclass(frozen=True)
class Entry:
    """One act or look: when (UTC), the person's id, what was done, and to what: a notice, a version, a person, by id."""

    at: datetime
    person: str
    act: str
    to: str = ""
    version: str = ""


class ActLog:
    """The folder of logs within the desk's folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / FOLDER

    def append(self, entry: Entry) -> None:
        """Add a line. `ValueError` for anything but ids; `OSError` where it cannot be written: then nothing may be done."""
        said = {"at": entry.at.astimezone(UTC).isoformat(timespec="seconds"), "person": entry.person, "act": entry.act}
        said |= {name: value for name in ("to", "version") if (value := getattr(entry, name))}
        for name, value in said.items():
            if not ID.fullmatch(value):
                raise ValueError(f"The log takes ids alone, and `{name}` is none.")
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self.folder / f"acts-{entry.at.astimezone(UTC):%Y-%m}.jsonl"
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:  # one write of one line: lines of two processes never mix
            os.write(handle, (json.dumps(said) + "\n").encode())
        finally:
            os.close(handle)

    def entries(self, *, person: str = "", act: str = "", to: str = "", since: date | None = None) -> Iterator[Entry]:
        """Entries, the newest first, of one person, act or thing where one is named. A broken line is passed over."""
        for path in sorted(self._months(), reverse=True):
            if since is not None and _month(path) < (since.year, since.month):
                return
            for line in reversed(path.read_text("utf-8").splitlines()):
                entry = _entry(line)
                if entry is None or (since is not None and entry.at.date() < since):
                    continue
                if person in ("", entry.person) and act in ("", entry.act) and to in ("", entry.to):
                    yield entry

    def months(self) -> list[str]:
        """The months that have a file, such as `2026-11`, the newest first."""
        return sorted((f"{year:04}-{month:02}" for year, month in map(_month, self._months())), reverse=True)

    def of_month(self, month: str, person: str = "") -> Iterator[Entry]:
        """The entries of a month of `months`, the newest first, of one person where one is named."""
        path = self.folder / f"acts-{month}.jsonl"
        if path.name not in {known.name for known in self._months()}:
            return
        for line in reversed(path.read_text("utf-8").splitlines()):
            entry = _entry(line)
            if entry is not None and person in ("", entry.person):
                yield entry

    def drop_past(self, kept_until: Callable[[date], date], today: date) -> int:
        """Drop each month whose last day is past its time; how many were dropped. `kept_until` says until when a day is kept."""
        old = [path for path in self._months() if kept_until(_last_day(path)) < today]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)

    def _months(self) -> list[Path]:
        return [path for path in self.folder.glob("acts-*.jsonl") if MONTH.fullmatch(path.name)]


def _month(path: Path) -> tuple[int, int]:
    found = MONTH.fullmatch(path.name)
    assert found is not None  # noqa: S101 -- only such names are listed
    return int(found[1]), int(found[2])


def _last_day(path: Path) -> date:
    year, month = _month(path)
    return date(year, month, monthrange(year, month)[1])


def _entry(line: str) -> Entry | None:
    try:
        said = json.loads(line)
        at = datetime.fromisoformat(said["at"])
        return Entry(at, said["person"], said["act"], said.get("to", ""), said.get("version", ""))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
