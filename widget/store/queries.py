"""What can be asked of the database. A reading sees one state of it, whatever is written meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sqlalchemy import Row, bindparam, select
from sqlalchemy.engine import Connection

from widget.ledger.events import ConsentEvent, Kind
from widget.ledger.merkle import ProofPath, Tree, peak_positions
from widget.ledger.receipt import Receipt
from widget.store.outbox import MailReading
from widget.store.people import OfficeReading
from widget.store.schema import EVENT, IDEMPOTENCY, NODE, RECEIPT, SUBJECT

IN_CHUNKS = {"yield_per": 1000}

# Built once: to build a statement costs more than to run it.
SIZE = "SELECT coalesce(max(seq), 0) FROM event"
NODES_AT = select(NODE).where(NODE.c.position.in_(bindparam("positions", expanding=True)))
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
    select(EVENT.c.notice, EVENT.c.version, EVENT.c.language, EVENT.c.digest, EVENT.c.kind, EVENT.c.event_id)
    .where(EVENT.c.subject.is_(None))  # so that the index of subjects finds them among millions of events
    .where(EVENT.c.kind.in_((Kind.NOTICE_PUBLISHED, Kind.RETRACTED)))
    .order_by(EVENT.c.seq)
)


@dataclass(frozen=True)
class Publication:
    """What the ledger knows of a version: its digest, the entry of its publication, and the tombstone's digest if it has one."""

    digest: str
    event_id: str
    retracted: bool = False
    tombstone: str = ""


class Reading(MailReading, OfficeReading):
    """Questions within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def size(self) -> int:
        """How many events there are; also the number of the last one."""
        return int(self._connection.exec_driver_sql(SIZE).scalar_one())

    def tree(self, size: int) -> Tree:
        """The tree of the first `size` events."""
        places = peak_positions(size)
        stored = self.nodes(places)
        return Tree(size, tuple(stored[place] for place in places))

    def proof(self, path: ProofPath) -> list[bytes]:
        """The hashes of a proof."""
        return path.proof(self.nodes(path.positions()))

    def nodes(self, positions: Iterable[int]) -> dict[int, bytes]:
        """Stored nodes of the tree, by position."""
        rows = self._connection.execute(NODES_AT, {"positions": list(positions)})
        return {row.position: row.hash for row in rows}

    def events(self) -> Iterator[ConsentEvent]:
        """Every event, in order, without holding them all."""
        for row in self._connection.execute(select(EVENT).order_by(EVENT.c.seq), execution_options=IN_CHUNKS):
            yield _event(row)

    def events_on(self, receipt: Receipt) -> list[ConsentEvent]:
        """The events that show on a receipt, in order."""
        named = {"subject": receipt.subject, "notice": receipt.notice}
        return [_event(row) for row in self._connection.execute(EVENTS_OF, named)]

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
        row = self._connection.execute(select(EVENT).where(EVENT.c.event_id == event_id)).first()
        return _event(row) if row else None

    def event_at(self, seq: int) -> ConsentEvent | None:
        """The event with that number."""
        row = self._connection.execute(select(EVENT).where(EVENT.c.seq == seq)).first()
        return _event(row) if row else None

    def events_of(self, subject: str) -> list[ConsentEvent]:
        """Every event of a subject, in order."""
        rows = self._connection.execute(select(EVENT).where(EVENT.c.subject == subject).order_by(EVENT.c.seq))
        return [_event(row) for row in rows]

    def events_after(self, seq: int, most: int) -> list[ConsentEvent]:
        """The events that follow a number, in order, and not more than `most`."""
        rows = self._connection.execute(select(EVENT).where(EVENT.c.seq > seq).order_by(EVENT.c.seq).limit(most))
        return [_event(row) for row in rows]

    def references(self) -> dict[tuple[str, str], str]:
        """The reference of every receipt, by subject and notice."""
        rows = self._connection.execute(select(RECEIPT.c.subject, RECEIPT.c.notice, RECEIPT.c.reference))
        return {(row.subject, row.notice): row.reference for row in rows}

    def publications(self) -> dict[tuple[str, int, str], Publication]:
        """Every publication that is recorded, by notice, version and language, and whether it was taken down."""
        found: dict[tuple[str, int, str], Publication] = {}
        for row in self._connection.execute(PUBLICATIONS):
            name = (row.notice, row.version, row.language)
            if row.kind == Kind.NOTICE_PUBLISHED:
                found[name] = Publication(row.digest, row.event_id)
            elif name in found:
                found[name] = replace(found[name], retracted=True, tombstone=row.digest or "")
        return found

    def remembered(self, key: bytes, since: str = "") -> tuple[bytes, bytes] | None:
        """The hash of the body that came with an idempotency key, and the id of the receipt it was answered with."""
        row = self._connection.execute(REMEMBERED, {"key": key}).first()
        return (row.body, row.receipt_id) if row and row.made >= since else None

    def sealed_details(self, subject: str) -> tuple[bytes, bytes] | None:
        """A subject's wrapped row key and sealed details."""
        sealed = select(SUBJECT.c.row_key, SUBJECT.c.sealed).where(SUBJECT.c.subject == subject)
        row = self._connection.execute(sealed).first()
        return (row.row_key, row.sealed) if row else None

    def stored_nodes(self) -> Iterator[tuple[int, bytes]]:
        """Every stored node of the tree, in order of position."""
        for row in self._connection.execute(select(NODE).order_by(NODE.c.position), execution_options=IN_CHUNKS):
            yield row.position, row.hash


def _event(row: Row[tuple[object, ...]]) -> ConsentEvent:
    values = dict(row._mapping)
    values["kind"] = Kind(values["kind"])
    return ConsentEvent(**values)


def _receipt(row: Row[tuple[object, ...]] | None) -> Receipt | None:
    return Receipt(**row._mapping) if row else None
