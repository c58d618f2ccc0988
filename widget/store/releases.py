"""Which releases are running: each process says so each minute, and entries of a new schema wait for all of them.

A host of an earlier release cannot read an entry whose kind it does not know. So such entries are written once every
process that said something in the last ten minutes reads their schema.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection

from widget import __version__
from widget.errors import Unavailable
from widget.ledger.events import SCHEMA, utc
from widget.store.schema import RELEASE

COUNTS_FOR = timedelta(minutes=10)
"""How long a process that has said nothing more is taken to run."""
KEPT_FOR = timedelta(days=1)


@dataclass(frozen=True)
class Running:
    """A process: its release, the newest schema of entries that it reads, and when it last said so (RFC 3339, UTC)."""

    process: str
    release: str
    schema: int
    seen: str

    def is_counted(self, now: datetime) -> bool:
        """Whether it said something in the last ten minutes."""
        return datetime.fromisoformat(self.seen) > now - COUNTS_FOR


class TooEarly(Unavailable):
    """A process of an earlier release may still run and could not read the entry; `until` is when that is over."""

    def __init__(self, older: Running, until: datetime) -> None:
        super().__init__(
            f"release {older.release} was running at {older.seen} and cannot read this entry. Bring every host to this "
            f"release; it can be written from {utc(until)} on."
        )
        self.until = until


def too_early(running: Iterable[Running], schema: int, now: datetime) -> TooEarly | None:
    """Why entries of a schema cannot be written yet; None once every process of the last ten minutes reads them. Pure."""
    older = [one for one in running if one.schema < schema and one.is_counted(now)]
    if not older:
        return None
    last = max(older, key=lambda one: one.seen)
    return TooEarly(last, datetime.fromisoformat(last.seen) + COUNTS_FOR)


class ReleaseReading:
    """Questions about running processes."""

    _connection: Connection

    def running(self) -> list[Running]:
        """Every process that said something within a day."""
        rows = self._connection.execute(select(RELEASE).order_by(RELEASE.c.seen))
        return [Running(**row._mapping) for row in rows]


class ReleaseWriting:
    """Writing of processes about themselves."""

    _connection: Connection
    now: str

    def note_running(self, process: str) -> None:
        """Note that a process of this release runs, and forget those of which nothing was heard for a day."""
        said = {"release": __version__, "schema": SCHEMA, "seen": self.now}
        if not self._connection.execute(update(RELEASE).where(RELEASE.c.process == process).values(said)).rowcount:
            self._connection.execute(insert(RELEASE), {"process": process, **said})
        forgotten = utc(datetime.fromisoformat(self.now) - KEPT_FOR)
        self._connection.execute(delete(RELEASE).where(RELEASE.c.seen < forgotten))

    def note_ended(self, process: str) -> None:
        """Note that a process ended."""
        self._connection.execute(delete(RELEASE).where(RELEASE.c.process == process))
