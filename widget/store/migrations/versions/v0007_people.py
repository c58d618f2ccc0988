"""By which addresses a person is found besides the one on file, who was erased, and which receipts have another token."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what there is not. Release 0.1.0 kept one address a person, and the list of erasures in the keys folder alone."""
    op.add_column("receipt", sa.Column("ended", sa.Integer, nullable=False, server_default="0"))
    op.create_table(
        "address",
        sa.Column("subject", sa.Text, primary_key=True),
        sa.Column("lookup", sa.LargeBinary, primary_key=True),
    )
    op.create_index("ix_address_lookup", "address", ["lookup"])
    op.create_table(
        "erasure",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("made", sa.Text, nullable=False),
    )
