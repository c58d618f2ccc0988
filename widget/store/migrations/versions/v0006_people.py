"""By which addresses a person is found besides the one on file."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table. Release 0.1.0 kept one address a person."""
    op.create_table(
        "address",
        sa.Column("subject", sa.Text, primary_key=True),
        sa.Column("lookup", sa.LargeBinary, primary_key=True),
    )
    op.create_index("ix_address_lookup", "address", ["lookup"])
