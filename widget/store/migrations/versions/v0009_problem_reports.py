"""Reports of problems with a page."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make room for them."""
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "report",
        sa.Column("report", sa.Text, primary_key=True),
        sa.Column("seq", number, sa.ForeignKey("event.seq"), nullable=False),
        sa.Column("notice", sa.Text),
        sa.Column("version", sa.Integer),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("row_key", sa.LargeBinary, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("made", sa.Text, nullable=False),
    )
