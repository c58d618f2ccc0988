"""The tables, and the rules by which the database itself refuses to change or delete an entry of the ledger.

The rules do not stop a database administrator, who can drop them; the signed heads find that out. They stop mistakes.
"""

from __future__ import annotations

from sqlalchemy import (
    DDL,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    event,
)

METADATA = MetaData()
_Number = BigInteger().with_variant(Integer, "sqlite")

EVENT = Table(
    "event",
    METADATA,
    Column("seq", _Number, primary_key=True, autoincrement=False),
    Column("v", Integer, nullable=False),
    Column("event_id", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("notice", Text),
    Column("version", Integer),
    Column("language", Text),
    Column("digest", Text),
    Column("consent", Text),
    Column("subject", Text),
    Column("prior", Text),
    Column("channel", Text),
    Column("recorded_by", Text),
    Column("acting_for", Text),
    Column("detail_commit", Text),
    Column("happened", Text, nullable=False),
    Column("at", Text, nullable=False),
    Index("event_of_subject", "subject"),
)
"""The ledger: one row an entry, its columns named as the leaf's fields."""

NODE = Table(
    "node",
    METADATA,
    Column("position", _Number, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary, nullable=False),
)
"""The perfect subtrees of the Merkle tree, in the order of `widget.merkle.position`."""

RECEIPT = Table(
    "receipt",
    METADATA,
    Column("receipt_id", LargeBinary, primary_key=True),
    Column("reference", Text, nullable=False, unique=True),
    Column("subject", Text, nullable=False),
    Column("notice", Text, nullable=False),
    Column("made", Text, nullable=False),
    UniqueConstraint("subject", "notice"),
    sqlite_with_rowid=False,
)
"""One a subject and notice: withdrawals and renewals show on the receipt of the act that they follow."""

SUBJECT = Table(
    "subject",
    METADATA,
    Column("subject", Text, primary_key=True),
    Column("row_key", LargeBinary, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("lookup", LargeBinary, index=True),
    Column("confirmed", Boolean, nullable=False),
    Column("made", Text, nullable=False),
)
"""Personal details, sealed; apart from the ledger, so that they can be erased."""

IDEMPOTENCY = Table(
    "idempotency",
    METADATA,
    Column("key", LargeBinary, primary_key=True),
    Column("body", LargeBinary, nullable=False),
    Column("receipt_id", LargeBinary, ForeignKey(RECEIPT.c.receipt_id), nullable=False),
    Column("made", Text, nullable=False),
    sqlite_with_rowid=False,
)
"""Hashes of a request's key and body, and the receipt that it was answered with."""

OUTBOX = Table(
    "outbox",
    METADATA,
    Column("id", _Number, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("seq", _Number, ForeignKey(EVENT.c.seq), nullable=False),
    Column("made", Text, nullable=False),
    Column("sent", Text),
)
"""Messages that are owed, by the event they are about: ids only, never an address or a token."""

_REFUSALS = {
    "event_is_not_updated": "UPDATE ON event BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END",
    "event_is_not_deleted": "DELETE ON event BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END",
    # INSERT OR REPLACE deletes without firing the trigger above unless recursive_triggers is on.
    "event_is_appended": """INSERT ON event
        WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM event)
        OR EXISTS (SELECT 1 FROM event WHERE event_id = NEW.event_id)
        BEGIN SELECT RAISE(ABORT, 'an event is appended after the last one'); END""",
    "node_is_not_updated": "UPDATE ON node BEGIN SELECT RAISE(ABORT, 'a node is never changed'); END",
    "node_is_not_deleted": "DELETE ON node BEGIN SELECT RAISE(ABORT, 'a node is never deleted'); END",
    "node_is_appended": """INSERT ON node
        WHEN NEW.position IS NOT (SELECT coalesce(max(position), -1) + 1 FROM node)
        BEGIN SELECT RAISE(ABORT, 'a node is appended after the last one'); END""",
}

for _name, _rule in _REFUSALS.items():
    _trigger = DDL(f"CREATE TRIGGER IF NOT EXISTS {_name} BEFORE {_rule}")  # type: ignore[no-untyped-call]
    event.listen(METADATA, "after_create", _trigger.execute_if(dialect="sqlite"))
