"""A later release: this one's code with another number, another table with its migration, and a newer schema of entries.

So the release that is upgraded from is the real one, as it is.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.site_fixtures import PROJECT
from widget import __version__
from widget.ledger.events import SCHEMA
from widget.store.migrate import newest

NUMBER = "99.0.0"
_MIGRATION = '''"""What a later release adds."""

import sqlalchemy as sa
from alembic import op

revision = "9000"
down_revision = "{before}"


def upgrade() -> None:
    """Add a table, and a column to one that is written to all the time."""
    op.create_table("later", sa.Column("id", sa.Integer, primary_key=True))
    op.add_column("receipt", sa.Column("later", sa.Text))
'''
_TABLES = """
Table("later", METADATA, Column("id", Integer, primary_key=True))
RECEIPT.append_column(Column("later", Text))
"""


def make(folder: Path) -> Path:
    """The folder with the code of the later release."""
    shutil.copytree(PROJECT / "widget", folder / "widget")
    _edit(folder / "widget/__init__.py", f'__version__ = "{__version__}"', f'__version__ = "{NUMBER}"')
    _edit(folder / "widget/ledger/events.py", f"SCHEMA = {SCHEMA}\n", f"SCHEMA = {SCHEMA + 1}\n")
    tables = folder / "widget/store/schema.py"
    tables.write_text(tables.read_text("utf-8") + _TABLES, "utf-8")
    migration = _MIGRATION.format(before=newest())
    (folder / "widget/store/migrations/versions/v9000_later.py").write_text(migration, "utf-8")
    return folder


def _edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert text.count(old) == 1, f"{file} has no line {old}"
    file.write_text(text.replace(old, new), "utf-8")
