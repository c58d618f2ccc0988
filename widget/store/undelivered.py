"""Letters that reached nobody: given up here, or handed over and sent back later. Each stays until somebody deals
with it.

A letter that came back keeps the time at which it was handed over: links in it, limits and evidence go by that.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select, union_all, update
from sqlalchemy.engine import Connection

from widget.ledger.events import ConsentEvent
from widget.store.outbox import GIVEN_UP
from widget.store.schema import EVENT, OUTBOX
from widget.store.to_act_on import UNACTED, about

REACHED_NOBODY = OUTBOX.c.id.in_(
    union_all(
        select(OUTBOX.c.id).where(OUTBOX.c.sent.is_(None), GIVEN_UP),
        select(OUTBOX.c.id).where(OUTBOX.c.bounced.is_not(None)),
    )
)
"""Two questions, each with an index of its own: joined by OR, both databases would read every letter ever sent."""
OPEN = OUTBOX.c.closed.is_(None)


@dataclass(frozen=True)
class Closed:
    """That somebody dealt with a letter: how, as a code, by whom, a staff id, and when (RFC 3339, UTC)."""

    how: str
    by: str
    at: str


@dataclass(frozen=True)
class Undelivered:
    """A letter that will not be tried again: its number, the event it is about, its kind, since when it was owed, and
    why.

    `came_back` if it was handed over and sent back later: `why` is then a code, otherwise what the sender noted.
    """

    id: int
    seq: int
    kind: str
    made: str
    why: str
    came_back: bool
    closed: Closed | None


class UndeliveredReading:
    """Questions about letters that reached nobody. `notices` are those that are meant; None is all."""

    _connection: Connection

    def _checked(self, rows: Sequence[Row[Any]]) -> list[ConsentEvent]:
        """The events in rows, each proved: the reading that this is a part of knows how."""
        raise NotImplementedError

    def undelivered(self) -> int:
        """How many letters reached nobody though there was somebody to write to, and are not closed."""
        counted = select(func.count()).select_from(OUTBOX).where(REACHED_NOBODY, OPEN)
        return int(self._connection.execute(counted).scalar_one())

    def undelivered_letters(
        self, before: int | None, most: int, notices: Collection[str] | None = None, *, closed: bool = False
    ) -> list[tuple[Undelivered, ConsentEvent]]:
        """Letters that reached nobody, each with its event, the newest first; of those before a number, where one is
        given.

        Those that are closed, or about what somebody has acted on since, are left out; with `closed` they are there.
        """
        wanted = select(OUTBOX).join(EVENT, EVENT.c.seq == OUTBOX.c.seq).where(REACHED_NOBODY, *about(notices))
        if not closed:
            wanted = wanted.where(OPEN, UNACTED)
        if before is not None:
            wanted = wanted.where(OUTBOX.c.id < before)
        letters = self._letters(wanted.order_by(OUTBOX.c.id.desc()).limit(most))
        found = select(EVENT).where(EVENT.c.seq.in_({letter.seq for letter in letters}))
        events = {event.seq: event for event in self._checked(self._connection.execute(found).all())}
        return [(letter, events[letter.seq]) for letter in letters]

    def undelivered_letter(self, number: int) -> Undelivered | None:
        """The one of that number; None where none is, or where it did not fail to reach somebody."""
        return next(iter(self._letters(select(OUTBOX).where(OUTBOX.c.id == number, REACHED_NOBODY))), None)

    def handed_over(self, event_id: str, name: str) -> tuple[int, str | None] | None:
        """A letter that was handed over about an event, by its kind as a Message-ID has it, and why it came back, if
        it did.

        Nothing is proved: this leads to no answer and to no act, but to the letter's own mark.
        """
        rows = self._connection.execute(
            select(OUTBOX.c.id, OUTBOX.c.kind, OUTBOX.c.bounced)
            .join(EVENT, EVENT.c.seq == OUTBOX.c.seq)
            .where(EVENT.c.event_id == event_id, OUTBOX.c.sent.is_not(None))
        )
        return next(((row.id, row.bounced) for row in rows if row.kind.replace(" ", "-") == name), None)

    def _letters(self, wanted: Any) -> list[Undelivered]:
        return [_letter(row) for row in self._connection.execute(wanted)]


class UndeliveredWriting:
    """Writing about them."""

    _connection: Connection
    now: str

    def note_came_back(self, number: int, why: str) -> bool:
        """Note why a letter that was handed over came back; False where that is noted already."""
        this = (OUTBOX.c.id == number) & OUTBOX.c.sent.is_not(None) & OUTBOX.c.bounced.is_(None)
        return self._connection.execute(update(OUTBOX).where(this).values(bounced=why)).rowcount == 1

    def close_letter(self, number: int, how: str, by: str) -> bool:
        """Note that somebody dealt with a letter; False where somebody did before, or where it reached somebody."""
        this: ColumnElement[bool] = (OUTBOX.c.id == number) & REACHED_NOBODY & OPEN
        values = {"closed": self.now, "closed_how": how, "closed_by": by}
        return self._connection.execute(update(OUTBOX).where(this).values(values)).rowcount == 1


def _letter(row: Row[Any]) -> Undelivered:
    closed = Closed(row.closed_how, row.closed_by, row.closed) if row.closed is not None else None
    came_back = row.bounced is not None
    why = row.bounced if came_back else row.given_up
    return Undelivered(row.id, row.seq, row.kind, row.made, why, came_back, closed)
