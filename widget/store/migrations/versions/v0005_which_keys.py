"""Which keys the database needs, beside its signed head: so that no endpoint goes on with those of before a change."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make room for it. The endpoint notes its own keys when it starts."""
    op.add_column("head", sa.Column("keys", sa.Text))
