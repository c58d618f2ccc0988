"""Whether the database agrees with itself: rows that others point to, and in SQLite its pages and indexes."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import exists, select, text

from widget.store.audit.findings import Fault, Ledger, shown
from widget.store.schema import METADATA

DAMAGED = "The file is damaged, or was changed outside of SQLite: restore a backup"


def integrity_faults(ledger: Ledger) -> Iterator[Fault]:
    """Rows that point to none, and what SQLite's own check says."""
    for table in METADATA.sorted_tables:
        for key in (key for column in table.columns for key in column.foreign_keys):
            target = key.column.table.alias("target")
            points = exists().where(target.c[key.column.name] == key.parent)
            for row in ledger.rows(select(key.parent).where(key.parent.is_not(None), ~points)):
                name = f"{table.name} with {key.parent.name} {shown(row[0])}"
                wrong = f"it points to a row of {key.column.table.name} that is not there"
                yield Fault(name, wrong, "A row was deleted, or this one was made up")
    if ledger.connection.dialect.name == "sqlite":
        for (found,) in ledger.rows(text("PRAGMA integrity_check")):
            if found != "ok":
                yield Fault("SQLite's integrity_check", shown(found), DAMAGED)
