"""Letters that came back after they were handed over, and letters that somebody dealt with."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make room for both."""
    for name in ("bounced", "closed", "closed_how", "closed_by"):
        op.add_column("outbox", sa.Column(name, sa.Text))
    where = sa.text("bounced IS NOT NULL")
    op.create_index("outbox_came_back", "outbox", ["id"], sqlite_where=where, postgresql_where=where)
