"""What can be written. Everything in one transaction is kept together or not at all."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence

from sqlalchemy import delete, insert
from sqlalchemy.engine import Connection

from widget import receipts
from widget.details import Sealed
from widget.events import Act, ConsentEvent, entry
from widget.merkle import Tree, leaf_hash, stored_nodes
from widget.receipts import Receipt
from widget.store.reading import Reading
from widget.store.schema import EVENT, IDEMPOTENCY, NODE, OUTBOX, RECEIPT, SUBJECT


class Writing(Reading):
    """One act within a transaction that holds the write lock. `tree` follows what was appended."""

    def __init__(self, connection: Connection, tree: Tree, now: str, randomness: Callable[[int], bytes]) -> None:
        super().__init__(connection)
        self.tree_now = tree
        self.now = now
        self.randomness = randomness

    def append(self, acts: Sequence[Act]) -> tuple[ConsentEvent, ...]:
        """Put acts at the end of the ledger, with the nodes of the tree that they complete."""
        events: list[ConsentEvent] = []
        nodes: list[dict[str, object]] = []
        for act in acts:
            event_id = str(uuid.UUID(bytes=self.randomness(16), version=4))
            event = entry(act, self.tree_now.size + 1, event_id, self.now)
            first = stored_nodes(self.tree_now.size)
            self.tree_now, completed = self.tree_now.append(leaf_hash(event.leaf()))
            nodes += [{"position": first + place, "hash": node} for place, node in enumerate(completed)]
            events.append(event)
        if events:
            self._connection.execute(insert(EVENT), [vars(event) for event in events])
            self._connection.execute(insert(NODE), nodes)
        return tuple(events)

    def add_receipt(self, subject: str, notice: str) -> Receipt:
        """A new receipt, with a reference that no other has."""
        reference = receipts.reference(self.randomness(8))
        while self.is_taken(reference):
            reference = receipts.reference(self.randomness(8))
        receipt = Receipt(self.randomness(receipts.ID_BYTES), reference, subject, notice, self.now)
        self._connection.execute(insert(RECEIPT), vars(receipt))
        return receipt

    def remember(self, key: bytes, body: bytes, receipt: Receipt) -> None:
        """Bind an idempotency key to its body and the receipt that answers it."""
        self._connection.execute(
            insert(IDEMPOTENCY), {"key": key, "body": body, "receipt_id": receipt.receipt_id, "made": self.now}
        )

    def put_details(self, subject: str, sealed: Sealed, lookup: bytes | None) -> None:
        """Keep a subject's details, in place of any earlier ones."""
        self._connection.execute(delete(SUBJECT).where(SUBJECT.c.subject == subject))
        values = {"subject": subject, "row_key": sealed.row_key, "sealed": sealed.sealed}
        self._connection.execute(insert(SUBJECT), {**values, "lookup": lookup, "confirmed": False, "made": self.now})

    def owe(self, kind: str, event: ConsentEvent) -> None:
        """Note that a message about an event is owed."""
        self._connection.execute(insert(OUTBOX), {"kind": kind, "seq": event.seq, "made": self.now})
