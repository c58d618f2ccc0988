"""What can be asked of the database. A reading sees one state of it, whatever is written meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import Row, bindparam, func, select
from sqlalchemy.engine import Connection

from widget.events import ConsentEvent, Kind
from widget.merkle import ProofPath, Tree, peak_positions
from widget.receipts import Receipt
from widget.store.schema import EVENT, IDEMPOTENCY, NODE, RECEIPT, SUBJECT

IN_CHUNKS = {"yield_per": 1000}

# Built once: to build a statement costs more than to run it.
SIZE = select(func.coalesce(func.max(EVENT.c.seq), 0))
NODES_AT = select(NODE).where(NODE.c.position.in_(bindparam("positions", expanding=True)))
EVENTS_OF = (
    select(EVENT)
    .where(EVENT.c.subject == bindparam("subject"), EVENT.c.notice == bindparam("notice"))
    .order_by(EVENT.c.seq)
)
RECEIPT_WITH_ID = select(RECEIPT).where(RECEIPT.c.receipt_id == bindparam("receipt_id"))
RECEIPT_WITH_REFERENCE = select(RECEIPT.c.made).where(RECEIPT.c.reference == bindparam("reference"))


class Reading:
    """Questions within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def size(self) -> int:
        """How many events there are; also the number of the last one."""
        return int(self._connection.execute(SIZE).scalar_one())

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

    def references(self) -> dict[tuple[str, str], str]:
        """The reference of every receipt, by subject and notice."""
        rows = self._connection.execute(select(RECEIPT.c.subject, RECEIPT.c.notice, RECEIPT.c.reference))
        return {(row.subject, row.notice): row.reference for row in rows}

    def is_taken(self, reference: str) -> bool:
        """Whether a receipt has that reference."""
        return self._connection.execute(RECEIPT_WITH_REFERENCE, {"reference": reference}).first() is not None

    def remembered(self, key: bytes) -> tuple[bytes, bytes] | None:
        """The hash of the body that came with an idempotency key, and the id of the receipt it was answered with."""
        row = self._connection.execute(select(IDEMPOTENCY).where(IDEMPOTENCY.c.key == key)).first()
        return (row.body, row.receipt_id) if row else None

    def sealed_details(self, subject: str) -> tuple[bytes, bytes] | None:
        """A subject's wrapped row key and sealed details."""
        row = self._connection.execute(select(SUBJECT).where(SUBJECT.c.subject == subject)).first()
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
