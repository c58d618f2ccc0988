"""Why a letter was not sent yet, whom limits count it for, and by which folding an address is found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns. Look-ups that are there count as made by the first folding: start-up makes them anew."""
    op.add_column("subject", sa.Column("folding", sa.Integer, nullable=False, server_default="1"))
    op.add_column("outbox", sa.Column("why", sa.Text))
    op.add_column("outbox", sa.Column("recipient", sa.LargeBinary))
    op.add_column("outbox", sa.Column("handed", sa.Text))
    counted = sa.text("recipient IS NOT NULL")
    for name, column in (("outbox_of_recipient", "recipient"), ("outbox_handed", "handed")):
        op.create_index(name, "outbox", [column], sqlite_where=counted, postgresql_where=counted)
