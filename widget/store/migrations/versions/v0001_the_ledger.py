"""The ledger, its tree, receipts, details and the outbox; and the rules that keep entries as they are.

A database from before migrations has most of these already: nothing is made twice.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SQLITE_RULES = {
    "event_is_not_updated": "UPDATE ON event BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END",
    "event_is_not_deleted": "DELETE ON event BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END",
    # INSERT OR REPLACE deletes without firing the trigger above unless recursive_triggers is on.
    "event_is_appended": """INSERT ON event
        WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM event)
        OR EXISTS (SELECT 1 FROM event WHERE event_id = NEW.event_id)
        BEGIN SELECT RAISE(ABORT, 'an event is appended after the last one'); END""",
    "publication_is_not_replaced": """INSERT ON event
        WHEN NEW.kind = 'notice-published' AND EXISTS (SELECT 1 FROM event WHERE kind = 'notice-published'
        AND notice = NEW.notice AND version = NEW.version AND language = NEW.language)
        BEGIN SELECT RAISE(ABORT, 'a publication is recorded once'); END""",
    "node_is_not_updated": "UPDATE ON node BEGIN SELECT RAISE(ABORT, 'a node is never changed'); END",
    "node_is_not_deleted": "DELETE ON node BEGIN SELECT RAISE(ABORT, 'a node is never deleted'); END",
    "node_is_appended": """INSERT ON node
        WHEN NEW.position IS NOT (SELECT coalesce(max(position), -1) + 1 FROM node)
        BEGIN SELECT RAISE(ABORT, 'a node is appended after the last one'); END""",
}
POSTGRESQL_RULES = (
    """CREATE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the table % is only ever added to', TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    *(
        f"""CREATE TRIGGER {table}_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only()"""
        for table in ("event", "node")
    ),
)


def upgrade() -> None:
    """Make what is not there."""
    op.create_table(
        "event",
        sa.Column("seq", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("v", sa.Integer, nullable=False),
        sa.Column("event_id", sa.Text, nullable=False, unique=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("notice", sa.Text),
        sa.Column("version", sa.Integer),
        sa.Column("language", sa.Text),
        sa.Column("digest", sa.Text),
        sa.Column("consent", sa.Text),
        sa.Column("subject", sa.Text),
        sa.Column("prior", sa.Text),
        sa.Column("channel", sa.Text),
        sa.Column("recorded_by", sa.Text),
        sa.Column("acting_for", sa.Text),
        sa.Column("detail_commit", sa.Text),
        sa.Column("happened", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        if_not_exists=True,
    )
    op.create_index("event_of_subject", "event", ["subject"], if_not_exists=True)
    published = sa.text("kind = 'notice-published'")
    op.create_index(
        "event_of_publication",
        "event",
        ["notice", "version", "language"],
        unique=True,
        sqlite_where=published,
        postgresql_where=published,
        if_not_exists=True,
    )
    op.create_table(
        "node",
        sa.Column("position", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "receipt",
        sa.Column("receipt_id", sa.LargeBinary, primary_key=True),
        sa.Column("reference", sa.Text, nullable=False, unique=True),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("notice", sa.Text, nullable=False),
        sa.Column("made", sa.Text, nullable=False),
        sa.UniqueConstraint("subject", "notice"),
        sqlite_with_rowid=False,
        if_not_exists=True,
    )
    op.create_table(
        "subject",
        sa.Column("subject", sa.Text, primary_key=True),
        sa.Column("row_key", sa.LargeBinary, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("lookup", sa.LargeBinary),
        sa.Column("confirmed", sa.Boolean, nullable=False),
        sa.Column("made", sa.Text, nullable=False),
        if_not_exists=True,
    )
    op.create_index("ix_subject_lookup", "subject", ["lookup"], if_not_exists=True)
    op.create_table(
        "idempotency",
        sa.Column("key", sa.LargeBinary, primary_key=True),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("receipt_id", sa.LargeBinary, sa.ForeignKey("receipt.receipt_id"), nullable=False),
        sa.Column("made", sa.Text, nullable=False),
        sqlite_with_rowid=False,
        if_not_exists=True,
    )
    op.create_table(
        "outbox",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("seq", NUMBER, sa.ForeignKey("event.seq"), nullable=False),
        sa.Column("made", sa.Text, nullable=False),
        sa.Column("sent", sa.Text),
        if_not_exists=True,
    )
    if op.get_context().dialect.name == "sqlite":
        for name, rule in SQLITE_RULES.items():
            op.execute(f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {rule}")
    else:
        for statement in POSTGRESQL_RULES:
            op.execute(statement)
