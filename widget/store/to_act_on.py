"""Work that waits for somebody at the council: withdrawals and requests that nobody has acted on.

Kinds are written into the statements: a partial index serves only a condition whose values the planner can see.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, exists, func, literal_column, or_, select
from sqlalchemy.engine import Connection

from widget.ledger.events import TO_ACT_ON, ConsentEvent, Kind
from widget.store.schema import ACTION, EVENT, OUTBOX

ACTED = EVENT.alias("acted_about")


def _written(kind: Kind) -> ColumnElement[Any]:
    return literal_column(f"'{kind}'")


IS_TO_ACT_ON = EVENT.c.kind.in_([_written(kind) for kind in TO_ACT_ON])
UNACTED = ~exists().where(ACTED.c.kind == _written(Kind.ACTED), ACTED.c.prior == EVENT.c.event_id) & ~exists().where(
    ACTION.c.seq == EVENT.c.seq
)


class ToActOnReading:
    """Questions about what waits.

    `notices` are those that are meant; what names no notice may be about any. None is all.
    """

    _connection: Connection

    def _checked(self, rows: Sequence[Row[Any]]) -> list[ConsentEvent]:
        """The events in rows, each proved: the reading that this is a part of knows how."""
        raise NotImplementedError

    def to_act_on(
        self, after: int, most: int, notices: Collection[str] | None = None, *, acted: bool = False
    ) -> list[ConsentEvent]:
        """Withdrawals and requests after a number, in order; with `acted`, also those about which somebody did something."""
        wanted = select(EVENT).where(EVENT.c.seq > after, IS_TO_ACT_ON, *about(notices))
        if not acted:
            wanted = wanted.where(UNACTED)
        return self._checked(self._connection.execute(wanted.order_by(EVENT.c.seq).limit(most)).all())

    def acted_about(self, events: Iterable[ConsentEvent]) -> list[ConsentEvent]:
        """The acts about some events: the entries `acted`, in order."""
        ids = [event.event_id for event in events]
        done = select(EVENT).where(EVENT.c.kind == _written(Kind.ACTED), EVENT.c.prior.in_(ids)).order_by(EVENT.c.seq)
        return self._checked(self._connection.execute(done).all())

    def waiting(self, notice: str) -> int:
        """How many withdrawals and requests about a notice nobody has acted on yet."""
        question = select(func.count()).select_from(EVENT).where(EVENT.c.notice == notice, IS_TO_ACT_ON, UNACTED)
        return int(self._connection.execute(question).scalar_one())

    def open_requests(self, notice: str) -> list[ConsentEvent]:
        """Requests to withdraw that may be about a notice and that nobody has acted on yet, in order."""
        asked = IS_TO_ACT_ON & (EVENT.c.kind == Kind.WITHDRAWAL_REQUESTED)
        wanted = select(EVENT).where(asked, *about([notice]), UNACTED).order_by(EVENT.c.seq)
        return self._checked(self._connection.execute(wanted).all())

    def told(self, events: Iterable[ConsentEvent]) -> dict[int, str | None]:
        """When the service's letter about each of some events was sent, by the event's number; None for one that waits or came
        back.
        """
        kinds = {event.seq: str(event.kind) for event in events}
        rows = self._connection.execute(
            select(OUTBOX.c.seq, OUTBOX.c.kind, OUTBOX.c.sent, OUTBOX.c.bounced).where(OUTBOX.c.seq.in_(list(kinds)))
        )
        return {row.seq: None if row.bounced else row.sent for row in rows if row.kind == kinds[row.seq]}


def about(notices: Collection[str] | None) -> list[ColumnElement[bool]]:
    """The condition that an event is about one of some notices, or names none; no condition for None."""
    if notices is None:
        return []
    return [or_(EVENT.c.notice.in_(list(notices)), EVENT.c.notice.is_(None))]
