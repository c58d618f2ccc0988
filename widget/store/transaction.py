"""Writing to the database. Everything in one transaction is kept together or not at all.

New rows are gathered and inserted together, just before the commit or before anything is asked that could depend on
them. So acts that share a commit share its statements too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Table, delete, update
from sqlalchemy.engine import Connection, NestedTransaction

from widget.errors import NotAsSigned
from widget.ledger import receipt as receipts
from widget.ledger.events import NEVER_WAITS, SCHEMA_OF, Act, ConsentEvent, Kind, entry, new_event_id, utc
from widget.ledger.head_keeper import SignedHead
from widget.ledger.merkle import Tree, leaf_hash, stored_nodes
from widget.ledger.receipt import Receipt
from widget.people.addresses import FOLDING
from widget.people.details import Sealed
from widget.store.bulk_insert import Inserts, Row
from widget.store.continuity import check_events
from widget.store.outbox import MailWriting
from widget.store.people import OfficeWriting
from widget.store.problem_reports import ReportWriting
from widget.store.queries import REMEMBERED, Checks, Reading
from widget.store.releases import ReleaseWriting, TooEarly, too_early
from widget.store.schema import EVENT, HEAD, IDEMPOTENCY, METADATA, NODE, OUTBOX, RECEIPT, SUBJECT
from widget.store.undelivered import UndeliveredWriting

PUT_HEAD = {
    name: f"INSERT INTO head (id, size, checkpoint) VALUES (1, {mark}, {mark}) "  # noqa: S608 (constants)
    "ON CONFLICT (id) DO UPDATE SET size = excluded.size, checkpoint = excluded.checkpoint"
    for name, mark in (("sqlite", "?"), ("postgresql", "%s"))
}
ORDER = {table: place for place, table in enumerate(METADATA.sorted_tables)}
"""Rows that others refer to are inserted first."""
DRAWN = 1024
"""Random bytes drawn at once. They live as long as the transaction: no other process can come to share them."""


class Writing(MailWriting, UndeliveredWriting, OfficeWriting, ReleaseWriting, ReportWriting, Reading):
    """Acts within a transaction that holds the write lock. `tree_now` follows what was appended."""

    def __init__(
        self,
        connection: Connection,
        inserts: Inserts,
        tree: Tree,
        now: datetime,
        randomness: Callable[[int], bytes],
        checks: Checks | None = None,
    ) -> None:
        self._raw = connection
        self._checks = checks
        self._nodes = {}
        self._begun = tree
        self._inserts = inserts
        self._gathered: list[tuple[Table, Row]] = []
        self._remembered: dict[bytes, tuple[bytes, bytes]] = {}
        self._savepoint: NestedTransaction | None = None
        self._before = (tree, 0)
        self.tree_now = tree
        self.now = utc(now)
        self._drawn, self._randomness = b"", randomness
        self._milliseconds = int(now.timestamp() * 1000)
        self.completed: dict[int, bytes] = {}
        self.leaves: dict[int, bytes] = {}

    @property
    def _connection(self) -> Connection:  # type: ignore[override]
        """The connection for anything but a new row. From here on the act has a savepoint, to be undone alone."""
        if self._savepoint is None:
            before = self._before[1]
            self._insert(self._gathered[:before])
            del self._gathered[:before]
            self._before = (self._before[0], 0)
            self._savepoint = self._raw.begin_nested()
        self._insert(self._gathered)
        self._gathered.clear()
        return self._raw

    def randomness(self, size: int) -> bytes:
        """Random bytes, drawn for many acts at once: each drawing lets other threads go first."""
        if len(self._drawn) < size:
            self._drawn = self._randomness(max(DRAWN, size))
        random, self._drawn = self._drawn[:size], self._drawn[size:]
        return random

    def begin(self) -> None:
        """Another act begins."""
        self._before = (self.tree_now, len(self._gathered))

    def keep(self) -> None:
        """The act is done."""
        if self._savepoint is not None:
            self._savepoint.commit()
            self._savepoint = None

    def undo(self) -> None:
        """The act failed: what it wrote is taken back, and nothing else."""
        if self._savepoint is not None:
            self._savepoint.rollback()
            self._savepoint = None
        self.tree_now, count = self._before
        del self._gathered[count:]
        self._nodes.clear()
        self._remembered.clear()  # the rows that are left are found in the database, if they are looked for
        self.insert()

    @property
    def appended(self) -> bool:
        """Whether there are events that no head covers yet."""
        return self.tree_now is not self._begun

    def put_head(self, signed: SignedHead) -> None:
        """Keep the signed head of all events, in place of the last one."""
        self._raw.connection.cursor().execute(PUT_HEAD[self._raw.dialect.name], (signed.head.size, signed.checkpoint))

    def put_keys(self, fingerprints: str) -> None:
        """Note which keys the database needs from now on."""
        self._raw.execute(update(HEAD).values({HEAD.c["keys"]: fingerprints}))

    def insert(self) -> None:
        """Insert whatever is gathered."""
        self._insert(self._gathered)
        self._gathered.clear()

    def append(self, acts: Sequence[Act]) -> tuple[ConsentEvent, ...]:
        """Put acts at the end of the ledger, with the nodes of the tree that they complete.

        `TooEarly` for a kind that a process of an earlier release, which may still run, does not know.
        """
        for act in acts:
            if act.kind not in SCHEMA_OF or act.kind in NEVER_WAITS:
                continue
            if (why := self.too_early_for(act.kind)) is not None:
                raise why
        events: list[ConsentEvent] = []
        for act in acts:
            event_id = new_event_id(self._milliseconds, self.randomness(10))
            event = entry(act, self.tree_now.size + 1, event_id, self.now)
            first = stored_nodes(self.tree_now.size)
            self.leaves[event.seq] = event.leaf()
            self.tree_now, completed = self.tree_now.append(leaf_hash(self.leaves[event.seq]))
            self._gathered.append((EVENT, vars(event)))
            for place, node in enumerate(completed, first):
                self.completed[place] = node
                self._gathered.append((NODE, {"position": place, "hash": node}))
            events.append(event)
        return tuple(events)

    def too_early_for(self, kind: Kind) -> TooEarly | None:
        """Why entries of a kind cannot be written yet."""
        schema = SCHEMA_OF.get(kind, 1)
        return too_early(self.running(), schema, datetime.fromisoformat(self.now))

    def add_receipt(self, subject: str, notice: str) -> Receipt:
        """A new receipt. Two of the same reference are refused by the database, and the act is tried again."""
        reference = receipts.reference(self.randomness(8))
        receipt = Receipt(self.randomness(receipts.ID_BYTES), reference, subject, notice, self.now)
        self._add(RECEIPT, vars(receipt))
        return receipt

    def end_token(self, receipt: Receipt) -> Receipt:
        """End a receipt's token: the receipt with its next one."""
        same = RECEIPT.c.receipt_id == receipt.receipt_id
        self._connection.execute(update(RECEIPT).where(same).values(ended=RECEIPT.c.ended + 1))
        return replace(receipt, ended=receipt.ended + 1)

    def remember(self, key: bytes, body: bytes, receipt: Receipt) -> None:
        """Bind an idempotency key to its body and the receipt that answers it."""
        self._remembered[key] = (body, receipt.receipt_id)
        self._add(IDEMPOTENCY, {"key": key, "body": body, "receipt_id": receipt.receipt_id, "made": self.now})

    def remembered(self, key: bytes, since: str = "") -> tuple[bytes, bytes] | None:
        """As in a reading; what acts of this commit remember is known without asking. An expired key is forgotten."""
        if found := self._remembered.get(key):
            return found
        row = self._raw.execute(REMEMBERED, {"key": key}).first()
        if row is not None and row.made < since:
            self._connection.execute(delete(IDEMPOTENCY).where(IDEMPOTENCY.c.key == key))
            return None
        return (row.body, row.receipt_id) if row else None

    def add_details(self, subject: str, sealed: Sealed, lookup: bytes | None) -> None:
        """Keep the details of a subject that has none."""
        values = {"subject": subject, "row_key": sealed.row_key, "sealed": sealed.sealed}
        marks = {"confirmed": False, "quiet": False, "folding": FOLDING, "made": self.now}
        self._add(SUBJECT, {**values, "lookup": lookup, **marks})

    def change_details(
        self, subject: str, sealed: Sealed, lookup: bytes | None, *, confirmed: bool, since: str
    ) -> None:
        """Keep a subject's details in place of the earlier ones, which are lost with their key."""
        values = {"row_key": sealed.row_key, "sealed": sealed.sealed, "lookup": lookup, "made": since}
        marks = {"confirmed": confirmed, "folding": FOLDING}
        changed = update(SUBJECT).where(SUBJECT.c.subject == subject).values(values | marks)
        self._connection.execute(changed)

    def owe(self, kind: str, event: ConsentEvent) -> None:
        """Note that a message about an event is owed."""
        self._add(OUTBOX, {"kind": str(kind), "seq": event.seq, "made": self.now, "due": self.now, "tries": 0})

    def _prove(self, events: Sequence[ConsentEvent]) -> None:
        """Events from before are proved by the tree that the transaction began with, its own by what was hashed."""
        check_events([event for event in events if event.seq not in self.leaves], self._begun, self.nodes)
        for event in events:
            if event.seq in self.leaves and self.leaves[event.seq] != event.leaf():
                raise NotAsSigned(f"event {event.seq} is not as it was written")

    def _add(self, table: Table, row: Row) -> None:
        self._gathered.append((table, row))

    def _insert(self, gathered: Sequence[tuple[Table, Row]]) -> None:
        rows: dict[Table, list[Mapping[str, object]]] = {}
        for table, row in gathered:
            rows.setdefault(table, []).append(row)
        if rows:
            cursor = self._raw.connection.cursor()
            for table in sorted(rows, key=ORDER.__getitem__):
                self._inserts.run(cursor, table, rows[table])
