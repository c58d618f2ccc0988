"""Mail that is tried again, mailed links, API keys, what was done about events, wording from before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add what the release of that day needs. Mail that was owed before is due at once."""
    op.add_column("subject", sa.Column("quiet", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("outbox", sa.Column("due", sa.Text, nullable=False, server_default=""))
    op.add_column("outbox", sa.Column("tries", sa.Integer, nullable=False, server_default="0"))
    op.add_column("outbox", sa.Column("given_up", sa.Text))
    op.create_index("outbox_of_event", "outbox", ["seq", "kind"], unique=True)
    op.create_index("outbox_unsent", "outbox", ["sent", "given_up", "due"])
    op.create_table(
        "link",
        sa.Column("seq", NUMBER, sa.ForeignKey("event.seq"), primary_key=True, autoincrement=False),
        sa.Column("purpose", sa.Text, primary_key=True),
        sa.Column("used", sa.Text, nullable=False),
    )
    op.create_table(
        "api_key",
        sa.Column("key_id", sa.Text, primary_key=True),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("made", sa.Text, nullable=False),
        sa.Column("revoked", sa.Text),
    )
    op.create_table(
        "action",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("seq", NUMBER, sa.ForeignKey("event.seq"), nullable=False, index=True),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("recorded_by", sa.Text, nullable=False),
        sa.Column("happened", sa.Text, nullable=False),
        sa.Column("made", sa.Text, nullable=False),
    )
    op.create_table(
        "earlier",
        sa.Column("digest", sa.Text, primary_key=True),
        sa.Column("wording", sa.LargeBinary, nullable=False),
        sa.Column("made", sa.Text, nullable=False),
    )
