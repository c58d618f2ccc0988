"""Questions to the database. A reading sees one state of it, whatever is written meanwhile.

Where it knows the ledger's heads, every event that it gives out was hashed again and proved to be in the signed head.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, bindparam, inspect, select, tuple_
from sqlalchemy.engine import Connection

from widget.errors import NotAsSigned
from widget.ledger.checkpoint import Head
from widget.ledger.events import SCHEMA_OF_FIELD, ConsentEvent, Kind, utc
from widget.ledger.head_keeper import HeadKeeper, SignedHead
from widget.ledger.merkle import ProofPath, Tree
from widget.ledger.receipt import Receipt
from widget.store.at_size import AtSizeReading
from widget.store.continuity import Claim, check_events, extends, signed_tree, stored_tree
from widget.store.engine import APPLICATION
from widget.store.outbox import MailReading
from widget.store.people import OfficeReading
from widget.store.problem_reports import ReportReading
from widget.store.releases import ReleaseReading
from widget.store.schema import EVENT, HEAD, IDEMPOTENCY, NODE, RECEIPT
from widget.store.to_act_on import ToActOnReading
from widget.store.undelivered import UndeliveredReading

IN_CHUNKS = {"yield_per": 1000}
CLOCK_SET_BACK = timedelta(hours=1)
"""By so much a server's clock may be set back without hiding an event from a question by time."""

# Built once: to build a statement costs more than to run it.
SIZE = "SELECT coalesce(max(seq), 0) FROM event"
CLAIM = (
    f"SELECT ({SIZE}), "  # noqa: S608 (a constant)
    "(SELECT checkpoint FROM head WHERE id = 1), (SELECT keys FROM head WHERE id = 1)"
)
NODES: dict[str, tuple[str, Callable[[list[int]], object]]] = {
    "sqlite": ("SELECT position, hash FROM node WHERE position IN (SELECT value FROM json_each(?))", json.dumps),
    "postgresql": ("SELECT position, hash FROM node WHERE position = ANY(%s::bigint[])", list),
}
"""One value, however many positions: so that the statement stays prepared."""
EVENTS_OF = (
    select(EVENT)
    .where(EVENT.c.subject == bindparam("subject"))
    .where((EVENT.c.notice == bindparam("notice")) | (EVENT.c.kind == Kind.ERASED))
    .order_by(EVENT.c.seq)
)
RECEIPT_WITH_ID = select(RECEIPT).where(RECEIPT.c.receipt_id == bindparam("receipt_id"))
REMEMBERED = select(IDEMPOTENCY.c.body, IDEMPOTENCY.c.receipt_id, IDEMPOTENCY.c.made).where(
    IDEMPOTENCY.c.key == bindparam("key")
)
PUBLICATIONS = (
    select(EVENT)
    .where(EVENT.c.subject.is_(None))  # so that the index of subjects finds them among millions of events
    .where(EVENT.c.kind.in_((Kind.NOTICE_PUBLISHED, Kind.RETRACTED)))
    .order_by(EVENT.c.seq)
)
OTHERS = f"""SELECT DISTINCT application_name FROM pg_stat_activity WHERE datname = current_database()
AND starts_with(application_name, '{APPLICATION} ') AND application_name <> current_setting('application_name')"""  # noqa: S608
MOST_NODES = 50_000
"""How many nodes a reading remembers."""
MOST_PROVED = 5_000
"""How many proved events it remembers."""


@dataclass(frozen=True)
class Checks:
    """The basis that a reading is checked against: the heads that were known before it began, and what the database
    claims."""

    heads: HeadKeeper
    known: Sequence[Head]
    claim: Claim


def claim_of(connection: Connection) -> Claim:
    """The database's claim about itself; the first thing to ask in a transaction."""
    size, *head = connection.connection.cursor().execute(CLAIM).fetchone()
    return Claim(int(size), *head)


def ask_nodes(cursor: Any, dialect: str, positions: Iterable[int]) -> Any:
    """Ask for stored nodes with a cursor of the driver; rows of position and hash."""
    statement, written = NODES[dialect]
    return cursor.execute(statement, (written(list(positions)),))


@dataclass(frozen=True)
class Publication:
    """The ledger's facts about a version: its digest, the entry of its publication, and the tombstone's digest if it
    has one."""

    digest: str
    event_id: str
    retracted: bool = False
    tombstone: str = ""


class Reading(
    AtSizeReading, ToActOnReading, UndeliveredReading, MailReading, OfficeReading, ReleaseReading, ReportReading
):
    """Questions within one transaction; unchecked ones where there are no `checks`, for what checks by itself."""

    _every: Select[Any] | None = None

    def __init__(self, connection: Connection, checks: Checks | None = None) -> None:
        self._connection = connection
        self._checks = checks
        self._signed: tuple[Tree, SignedHead] | None = None
        self._nodes: dict[int, bytes] = {}
        self._proved: dict[int, ConsentEvent] = {}

    @property
    def connection(self) -> Connection:
        """For checks that look at tables themselves."""
        return self._connection

    def size(self) -> int:
        """How many events there are; also the number of the last one."""
        return int(self._connection.exec_driver_sql(SIZE).scalar_one())

    def checkpoint(self) -> str | None:
        """The signed head that the database holds; None where it has none, as in earlier releases."""
        if not inspect(self._connection).has_table(HEAD.name):
            return None
        return self._connection.execute(select(HEAD.c.checkpoint)).scalar()

    def keys(self) -> str | None:
        """Which keys the database needs, as `Keys.fingerprints` tells it; None where none are noted, as in earlier
        releases."""
        columns = (
            inspect(self._connection).get_columns(HEAD.name) if inspect(self._connection).has_table(HEAD.name) else []
        )
        if not any(column["name"] == HEAD.c["keys"].name for column in columns):
            return None
        return self._connection.execute(select(HEAD.c["keys"])).scalar()

    def other_endpoints(self) -> list[str]:
        """The processes elsewhere that have this database open, as far as it can tell: PostgreSQL alone can."""
        if self._connection.dialect.name != "postgresql":
            return []
        return list(self._connection.exec_driver_sql(OTHERS).scalars())

    def signed(self) -> tuple[Tree, SignedHead]:
        """The tree of what is read and its signed head; `NotAsSigned` unless it extends the known heads."""
        assert self._checks is not None  # noqa: S101 (who asks for the head opened the reading with it)
        if self._signed is None:
            self._signed = signed_tree(self._checks.claim, self._checks.heads, self._checks.known, self.nodes)
        return self._signed

    def tree(self, size: int) -> Tree:
        """The tree of the first `size` events."""
        return stored_tree(size, self.nodes)

    def signed_part(self, size: int) -> Tree:
        """The same, seen to be a part of what was signed."""
        tree, signed = self.tree(size), self.signed()[1]
        if not self.extends(Head(signed.head.origin, size, tree.root), signed.head):
            raise NotAsSigned(f"the tree of the first {size} events is not a part of what was signed")
        return tree

    def extends(self, first: Head, second: Head) -> bool:
        """Whether the tree of the second head only added to that of the first."""
        return extends(first, second, self.nodes)

    def proof(self, path: ProofPath) -> list[bytes]:
        """The hashes of a proof."""
        return path.proof(self.nodes(path.positions()))

    def nodes(self, positions: Iterable[int]) -> dict[int, bytes]:
        """Stored nodes of the tree, by position."""
        wanted = set(positions)
        if missing := wanted - self._nodes.keys():
            if len(self._nodes) > MOST_NODES:
                self._nodes.clear()
                missing = wanted
            connection = self._connection
            cursor = connection.connection.cursor()
            self._nodes.update(ask_nodes(cursor, connection.dialect.name, missing).fetchall())
        return {place: self._nodes[place] for place in wanted if place in self._nodes}

    def events(self) -> Iterator[ConsentEvent]:
        """Every event, in order, without holding them all; of a database that was not migrated yet, too."""
        with self._connection.execute(self._every_event(), execution_options=IN_CHUNKS) as rows:
            for part in rows.partitions():
                yield from self._checked(part)

    def entries(self) -> Iterator[tuple[int, ConsentEvent | None]]:
        """The number of every row of the ledger, in order, and its event: None where it cannot be one. Checks nothing."""
        with self._connection.execute(self._every_event(), execution_options=IN_CHUNKS) as rows:
            for row in rows:
                try:
                    yield row.seq, _event(row)
                except (ValueError, TypeError):
                    yield row.seq, None

    def _every_event(self) -> Select[Any]:
        """The question for all of them, with the columns that the database has."""
        if self._every is None:
            stored = {column["name"] for column in inspect(self._connection).get_columns(EVENT.name)}
            columns = [column for column in EVENT.c if column.name in stored or column.name not in SCHEMA_OF_FIELD]
            self._every = select(*columns).order_by(EVENT.c.seq)
        return self._every

    def events_on(self, receipt: Receipt) -> list[ConsentEvent]:
        """The events that show on a receipt, in order."""
        named = {"subject": receipt.subject, "notice": receipt.notice}
        return self._checked(self._connection.execute(EVENTS_OF, named).all())

    def receipt(self, receipt_id: bytes) -> Receipt | None:
        """The receipt with that id."""
        return _receipt(self._connection.execute(RECEIPT_WITH_ID, {"receipt_id": receipt_id}).first())

    def receipt_about(self, subject: str, notice: str) -> Receipt | None:
        """The receipt of that subject about that notice."""
        same = (RECEIPT.c.subject == subject) & (RECEIPT.c.notice == notice)
        return _receipt(self._connection.execute(select(RECEIPT).where(same)).first())

    def receipt_with(self, reference: str) -> Receipt | None:
        """The receipt with that reference."""
        return _receipt(self._connection.execute(select(RECEIPT).where(RECEIPT.c.reference == reference)).first())

    def receipts_of(self, subject: str) -> list[Receipt]:
        """Every receipt of a subject."""
        rows = self._connection.execute(select(RECEIPT).where(RECEIPT.c.subject == subject).order_by(RECEIPT.c.notice))
        return [Receipt(**row._mapping) for row in rows]

    def event(self, event_id: str) -> ConsentEvent | None:
        """The event with that id."""
        rows = self._connection.execute(select(EVENT).where(EVENT.c.event_id == event_id)).all()
        return next(iter(self._checked(rows)), None)

    def event_at(self, seq: int) -> ConsentEvent | None:
        """The event with that number."""
        rows = self._connection.execute(select(EVENT).where(EVENT.c.seq == seq)).all()
        return next(iter(self._checked(rows)), None)

    def events_of(self, subject: str) -> list[ConsentEvent]:
        """Every event of a subject, in order."""
        rows = self._connection.execute(select(EVENT).where(EVENT.c.subject == subject).order_by(EVENT.c.seq))
        return self._checked(rows.all())

    def events_of_subjects(self, subjects: Iterable[str]) -> list[ConsentEvent]:
        """Every event of several subjects, in order."""
        rows = self._connection.execute(select(EVENT).where(EVENT.c.subject.in_(list(subjects))).order_by(EVENT.c.seq))
        return self._checked(rows.all())

    def events_since(self, moment: datetime) -> list[ConsentEvent]:
        """The events that were written at or after a time, in order. Numbers grow with time, but for a clock set back."""
        earliest = utc(moment - CLOCK_SET_BACK)
        found: list[Row[tuple[object, ...]]] = []
        newest_first = select(EVENT).order_by(EVENT.c.seq.desc())
        with self._connection.execute(newest_first, execution_options=IN_CHUNKS) as rows:
            for row in rows:
                if row.at < earliest:
                    break
                if row.at >= utc(moment):
                    found.append(row)
        return self._checked(found[::-1])

    def events_about(self, notice: str, consent: str) -> Iterator[ConsentEvent]:
        """Every answer about a consent, and every erasure: subject by subject, each in order."""
        about = (EVENT.c.notice == notice) & (EVENT.c.consent == consent)
        question = select(EVENT).where(about | (EVENT.c.kind == Kind.ERASED)).order_by(EVENT.c.subject, EVENT.c.seq)
        with self._connection.execute(question, execution_options=IN_CHUNKS) as rows:
            for part in rows.partitions():
                yield from self._checked(part)

    def events_after(self, seq: int, most: int) -> list[ConsentEvent]:
        """The events that follow a number, in order, and not more than `most`."""
        rows = self._connection.execute(select(EVENT).where(EVENT.c.seq > seq).order_by(EVENT.c.seq).limit(most))
        events = self._checked(rows.all())
        if [event.seq for event in events] != list(range(seq + 1, seq + 1 + len(events))):
            raise NotAsSigned(f"an event that follows number {seq} is missing")
        return events

    def references_about(self, notice: str) -> dict[str, str]:
        """The reference of every receipt about a notice, by subject."""
        rows = self._connection.execute(
            select(RECEIPT.c.subject, RECEIPT.c.reference).where(RECEIPT.c.notice == notice)
        )
        return {row.subject: row.reference for row in rows}

    def references_of(self, subjects: Iterable[str]) -> dict[tuple[str, str], str]:
        """The references of some subjects' receipts, by subject and notice."""
        mine = RECEIPT.c.subject.in_(set(subjects))
        rows = self._connection.execute(select(RECEIPT.c.subject, RECEIPT.c.notice, RECEIPT.c.reference).where(mine))
        return {(row.subject, row.notice): row.reference for row in rows}

    def publications(self) -> dict[tuple[str, int, str], Publication]:
        """Every publication that is recorded, by notice, version and language, and whether it was taken down."""
        found: dict[tuple[str, int, str], Publication] = {}
        for event in self._checked(self._connection.execute(PUBLICATIONS).all()):
            name = (event.notice or "", event.version or 0, event.language or "")
            if event.kind is Kind.NOTICE_PUBLISHED:
                found[name] = Publication(event.digest or "", event.event_id)
            elif name in found:
                found[name] = replace(found[name], retracted=True, tombstone=event.digest or "")
        return found

    def first_publication(self) -> ConsentEvent | None:
        """The publication that was recorded before all others; None where nothing was published yet."""
        return next(iter(self._checked(self._connection.execute(PUBLICATIONS.limit(1)).all())), None)

    def publications_of(self, read: Iterable[tuple[str | None, int | None, str | None]]) -> list[ConsentEvent]:
        """The entries of some publications, by notice, version and language."""
        named = tuple_(EVENT.c.notice, EVENT.c.version, EVENT.c.language).in_(list(read))
        rows = self._connection.execute(
            select(EVENT).where(EVENT.c.kind == Kind.NOTICE_PUBLISHED, named).order_by(EVENT.c.seq)
        )
        return self._checked(rows.all())

    def remembered(self, key: bytes, since: str = "") -> tuple[bytes, bytes] | None:
        """The hash of the body that came with an idempotency key, and the id of the receipt it was answered with."""
        row = self._connection.execute(REMEMBERED, {"key": key}).first()
        return (row.body, row.receipt_id) if row and row.made >= since else None

    def stored_nodes(self) -> Iterator[tuple[int, bytes]]:
        """Every stored node of the tree, in order of position."""
        with self._connection.execute(select(NODE).order_by(NODE.c.position), execution_options=IN_CHUNKS) as rows:
            for row in rows:
                yield row.position, row.hash

    def _checked(self, rows: Sequence[Row[tuple[object, ...]]]) -> list[ConsentEvent]:
        """The events in rows, each proved to be in the signed head."""
        if self._checks is None:
            return [_event(row) for row in rows]
        try:
            events = [_event(row) for row in rows]
            self._prove(events)
        except ValueError as error:
            raise NotAsSigned("a row of the table event is not an event") from error
        return events

    def _prove(self, events: Sequence[ConsentEvent]) -> None:
        """Prove each; one that this reading has proved already, word for word, is not proved again."""
        new = [event for event in events if self._proved.get(event.seq) != event]
        check_events(new, self.signed()[0], self.nodes)
        if len(self._proved) > MOST_PROVED:
            self._proved.clear()
        self._proved.update((event.seq, event) for event in new)


def _event(row: Row[tuple[object, ...]]) -> ConsentEvent:
    values = dict(row._mapping)
    values["kind"] = Kind(values["kind"])
    return ConsentEvent(**values)


def _receipt(row: Row[tuple[object, ...]] | None) -> Receipt | None:
    return Receipt(**row._mapping) if row else None
