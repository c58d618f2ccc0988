"""A copy of the database in figures, whichever release made it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.engine import Connection

from widget.store.migrate import revision_of


@dataclass(frozen=True)
class Summary:
    """The revision of the tables, how many events there are, and the time of the last one (UTC)."""

    tables: str | None
    events: int
    newest: str | None


def summary_of(connection: Connection) -> Summary:
    """Read it."""
    row = connection.exec_driver_sql("SELECT seq, at FROM event ORDER BY seq DESC LIMIT 1").first()
    return Summary(revision_of(connection), row.seq if row else 0, row.at if row else None)
