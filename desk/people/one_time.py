"""Things that work once, for minutes: a link, the code of a letter, an address in the terminal. Each is a small file.

A file is named after a digest of its token, so that the folder gives nobody a token that works. Spending renames the
file: the system lets only one do so, in whichever process. Nothing is spent by reading. Spent files stay an hour, so
that a second use is known from a token that never was, and letters to one person can be counted.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from widget.whole_files import write_whole

FOLDER = "once"
KEPT = timedelta(hours=1)
MOST_TRIES = 5
READY, SPENT, TRIES = ".ready", ".spent", ".tries"


class State(StrEnum):
    """The fate of a token."""

    READY = "ready"
    SPENT = "spent"
    OVER = "over"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Thing:
    """The meaning of a token: its kind, since when and until when it works (UTC), and small values."""

    kind: str
    made: datetime
    until: datetime
    values: dict[str, Any]


class OneTimeFolder:
    """The folder of things that work once, within the desk's folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / FOLDER

    def put(self, kind: str, token: str, now: datetime, lasts: timedelta, values: dict[str, Any]) -> None:
        """Keep what a token stands for."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._sweep(now)
        said = {"kind": kind, "made": now.timestamp(), "until": (now + lasts).timestamp(), "values": values}
        write_whole(self._path(kind, token, READY), json.dumps(said, ensure_ascii=False))

    def look(self, kind: str, token: str, now: datetime) -> tuple[State, Thing | None]:
        """The fate and the meaning of a token. Spends nothing."""
        if (thing := _read(self._path(kind, token, READY))) is not None:
            return (State.READY, thing) if now < thing.until else (State.OVER, thing)
        if (thing := _read(self._path(kind, token, SPENT))) is not None:
            return State.SPENT, thing
        return State.UNKNOWN, None

    def spend(self, kind: str, token: str, now: datetime) -> tuple[State, Thing | None]:
        """Use a token: `READY` for the one who may go on, whoever else tries at the same moment."""
        state, thing = self.look(kind, token, now)
        if state is not State.READY:
            return state, thing
        try:
            self._path(kind, token, READY).rename(self._path(kind, token, SPENT))
        except FileNotFoundError:
            return State.SPENT, thing
        return State.READY, thing

    def try_once(self, kind: str, token: str) -> bool:
        """Count a try at what a token stands for; False once there were too many, in all processes together."""
        path = self._path(kind, token, TRIES)
        if not self._path(kind, token, READY).exists():
            return False
        with path.open("ab") as file:
            file.write(b".")
            file.flush()
            return file.tell() <= MOST_TRIES

    def since(self, kind: str, moment: datetime) -> Iterator[Thing]:
        """The things put there since a moment within the hour, spent or not."""
        for path in self._files():
            thing = _read(path) if path.suffix in (READY, SPENT) else None
            if thing is not None and thing.kind == kind and thing.made >= moment:
                yield thing

    def _path(self, kind: str, token: str, ending: str) -> Path:
        digest = hashlib.sha256(f"{kind}\0{token}".encode("utf-8", "replace")).hexdigest()
        return self.folder / f"{kind}-{digest}{ending}"

    def _files(self) -> list[Path]:
        return list(self.folder.iterdir()) if self.folder.is_dir() else []

    def _sweep(self, now: datetime) -> None:
        for path in self._files():
            thing = _read(path) if path.suffix in (READY, SPENT) else None
            if thing is not None and max(thing.until, thing.made + KEPT) <= now:
                path.unlink(missing_ok=True)
                path.with_suffix(TRIES).unlink(missing_ok=True)


def _read(path: Path) -> Thing | None:
    try:
        said = json.loads(path.read_text("utf-8"))
        made, until = (datetime.fromtimestamp(said[name], UTC) for name in ("made", "until"))
        return Thing(said["kind"], made, until, dict(said["values"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
