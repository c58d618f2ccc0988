"""Entries of schema 2, notes about what was done, running releases, lists of people, and the scopes of API keys."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add what the release of that day needs. Where there are entries, a process of the release before may be running."""
    op.add_column("event", sa.Column("code", sa.Text))
    _partial_index("event_acted_about", "prior", "kind = 'acted'")
    _partial_index("event_to_act_on", "seq", "kind IN ('withdrawn', 'withdrawal-requested', 'revoked')")
    for name in ("acts", "notices", "expires", "used"):
        op.add_column("api_key", sa.Column(name, sa.Text))
    op.create_table(
        "note",
        sa.Column("seq", NUMBER, sa.ForeignKey("event.seq"), primary_key=True, autoincrement=False),
        sa.Column("row_key", sa.LargeBinary, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("made", sa.Text, nullable=False),
    )
    release = op.create_table(
        "release",
        sa.Column("process", sa.Text, primary_key=True),
        sa.Column("release", sa.Text, nullable=False),
        sa.Column("schema", sa.Integer, nullable=False),
        sa.Column("seen", sa.Text, nullable=False),
    )
    op.create_table(
        "listing",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("asked_by", sa.Text, nullable=False),
        sa.Column("notice", sa.Text, nullable=False),
        sa.Column("consent", sa.Text, nullable=False),
        sa.Column("listed", sa.Integer, nullable=False),
        sa.Column("anonymous", sa.Integer, nullable=False),
    )
    if op.get_bind().execute(sa.text("SELECT 1 FROM event LIMIT 1")).first() is not None:
        # 0.1.0 does not say that it runs: it is taken to have run until now.
        now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        op.bulk_insert(release, [{"process": "before", "release": "0.1.0", "schema": 1, "seen": now}])


def _partial_index(name: str, column: str, rows: str) -> None:
    where = sa.text(rows)
    op.create_index(name, "event", [column], sqlite_where=where, postgresql_where=where)
