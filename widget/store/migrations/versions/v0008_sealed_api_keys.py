"""A seal for each API key: what it may do, for which notices and until when, and who has it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column. Keys from before have none: their hashes are noted in the keys folder."""
    op.add_column("api_key", sa.Column("seal", sa.LargeBinary))
