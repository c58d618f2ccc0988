"""Questions about many events or people, a part at a time, so that their number decides neither memory nor how long
anything waits.

A ledger of millions is asked in parts: the database chooses the rows, and no question is asked once a person.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, Select, and_, exists, or_, select
from sqlalchemy.engine import Connection

from widget.ledger.events import STATE_AFTER, ConsentEvent, Kind, State
from widget.store.people import SUBJECT_ROW, SubjectRow
from widget.store.schema import EVENT, OUTBOX, SUBJECT

PART = 500
"""How many events or people a part has."""
YES = tuple(kind for kind, state in STATE_AFTER.items() if state is State.GIVEN)
NO = tuple(kind for kind, state in STATE_AFTER.items() if state is not State.GIVEN)
LATER = EVENT.alias("later")
LOOKING = 0x4E6F7470
"""PostgreSQL's advisory lock of the process that looks for what is owed; the number means nothing."""


@dataclass(frozen=True)
class Agreed:
    """A consent of somebody: the words of a version, and the consent."""

    notice: str | None
    version: int | None
    language: str | None
    digest: str | None
    consent: str | None


class AtSizeReading:
    """Questions in parts."""

    _connection: Connection

    def _checked(self, rows: Sequence[Row[Any]]) -> list[ConsentEvent]:
        """The events in rows, each proved: the reading that this is a part of knows how."""
        raise NotImplementedError

    def _every_event(self) -> Select[Any]:
        """The question for all events, with the columns that the database has."""
        raise NotImplementedError

    def events_in_parts(
        self, notice: str | None = None, first: date | None = None, last: date | None = None
    ) -> Iterator[list[ConsentEvent]]:
        """Events in order: of a notice, or of none in particular; from a day on, up to and with a day (UTC)."""
        wanted = self._every_event()
        if notice is not None:
            wanted = wanted.where(or_(EVENT.c.notice == notice, EVENT.c.notice.is_(None)))
        if first is not None:
            wanted = wanted.where(EVENT.c.at >= first.isoformat())
        if last is not None:
            wanted = wanted.where(EVENT.c.at < (last + timedelta(days=1)).isoformat())
        with self._connection.execute(wanted, execution_options={"yield_per": PART}) as rows:
            for part in rows.partitions():
                yield self._checked(part)

    def histories(self, subjects: Collection[str]) -> list[ConsentEvent]:
        """Every event of some subjects, in order; of a database that was not migrated yet, too."""
        mine = self._every_event().where(EVENT.c.subject.in_(list(subjects)))
        return self._checked(self._connection.execute(mine).all())

    def by_subject(self) -> Iterator[ConsentEvent]:
        """Every event, subject by subject, each in order."""
        question = self._every_event().order_by(None).order_by(EVENT.c.subject, EVENT.c.seq)
        with self._connection.execute(question, execution_options={"yield_per": PART}) as rows:
            for part in rows.partitions():
                yield from self._checked(part)

    def subject_rows(self, subjects: Collection[str]) -> dict[str, SubjectRow]:
        """The rows of some subjects, but for those that were erased."""
        rows = self._connection.execute(SUBJECT_ROW.where(SUBJECT.c.subject.in_(list(subjects))))
        return {row.subject: SubjectRow(**row._mapping) for row in rows}

    def quiet_since(self, day: date | None, after: str = "") -> list[str]:
        """Some subjects with details who did nothing on or after a day, in order, from after one on; all without a
        day."""
        wanted = select(SUBJECT.c.subject).where(SUBJECT.c.subject > after)
        if day is not None:
            theirs = and_(EVENT.c.subject == SUBJECT.c.subject, EVENT.c.happened >= day.isoformat())
            counts = EVENT.c.kind.not_in((Kind.DETAILS_CHANGED, Kind.ACTED))
            wanted = wanted.where(~exists().where(theirs, counts))
        return list(self._connection.execute(wanted.order_by(SUBJECT.c.subject).limit(PART)).scalars())

    def agreed(self) -> list[Agreed]:
        """Everything that anybody ever agreed to, each once."""
        columns = (EVENT.c.notice, EVENT.c.version, EVENT.c.language, EVENT.c.digest, EVENT.c.consent)
        rows = self._connection.execute(select(*columns).where(EVENT.c.kind.in_(YES)).distinct())
        return [Agreed(*row) for row in rows]

    def who_agreed(self, to: Agreed, not_yet: str, after: int) -> list[tuple[int, str]]:
        """Some who agreed to that and can be written to, by the number of the event, from after one on.

        Left out are those whose later answer decides, whatever it was, and those to whom a letter of the kind
        `not_yet` was ever owed about it. A later yes that staff recorded may not decide: those are not left out.
        """
        same = [EVENT.c[name].is_not_distinct_from(value) for name, value in vars(to).items()]
        decides = and_(
            LATER.c.notice == EVENT.c.notice,
            LATER.c.consent == EVENT.c.consent,
            or_(LATER.c.kind.in_(NO), and_(LATER.c.kind.in_(YES), LATER.c.recorded_by.is_(None))),
        )
        later = and_(LATER.c.subject == EVENT.c.subject, LATER.c.seq > EVENT.c.seq)
        question = (
            select(EVENT.c.seq, EVENT.c.subject)
            .join(SUBJECT, SUBJECT.c.subject == EVENT.c.subject)
            .where(EVENT.c.seq > after, EVENT.c.kind.in_(YES), *same, SUBJECT.c.confirmed, ~SUBJECT.c.quiet)
            .where(~exists().where(OUTBOX.c.seq == EVENT.c.seq, OUTBOX.c.kind == not_yet))
            .where(~exists().where(later, or_(LATER.c.kind == Kind.ERASED, decides)))
            .order_by(EVENT.c.seq)
            .limit(PART)
        )
        return [(row.seq, row.subject) for row in self._connection.execute(question)]

    def owed_about(self, kind: str, seqs: Iterable[int]) -> set[int]:
        """About which of some events a letter of a kind was ever owed, by their numbers."""
        same = select(OUTBOX.c.seq).where(OUTBOX.c.kind == kind, OUTBOX.c.seq.in_(list(seqs)))
        return set(self._connection.execute(same).scalars())

    def looks_alone(self) -> bool:
        """Whether no other process looks for what is owed: until this reading ends none will.

        PostgreSQL alone can tell.
        """
        return bool(self._connection.exec_driver_sql(f"SELECT pg_try_advisory_xact_lock({LOOKING})").scalar())
