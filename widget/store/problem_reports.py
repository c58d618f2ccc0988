"""Reports of problems with a page, in the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection

from widget.people.details import Sealed
from widget.store.schema import OUTBOX, REPORT

PROBLEM_KIND = "problem"
"""The letter about a report is of the kind `problem ID`."""


@dataclass(frozen=True)
class ReportRow:
    """A report as it is kept.

    `seq` is the publication that its letter is owed about; `made` is when it came (RFC 3339).
    """

    report: str
    seq: int
    notice: str | None
    version: int | None
    language: str
    row_key: bytes
    sealed: bytes
    made: str


class ReportReading:
    """Questions about reports."""

    _connection: Connection

    def report(self, report: str) -> ReportRow | None:
        """The report of an id, unless it was erased."""
        row = self._connection.execute(select(REPORT).where(REPORT.c.report == report)).first()
        return _row(row._mapping) if row else None

    def reports(self) -> list[ReportRow]:
        """Every report, the oldest first."""
        return [_row(row._mapping) for row in self._connection.execute(select(REPORT).order_by(REPORT.c.made))]


class ReportWriting:
    """Writing about reports."""

    _connection: Connection
    now: str

    def add_report(self, row: ReportRow) -> None:
        """Keep a report, and owe the letter about it."""
        self._connection.execute(insert(REPORT), vars(row))
        letter = {"kind": f"{PROBLEM_KIND} {row.report}", "seq": row.seq, "made": self.now, "due": self.now, "tries": 0}
        self._connection.execute(insert(OUTBOX), letter)

    def reseal_report(self, report: str, sealed: Sealed) -> None:
        """Keep the same report sealed anew."""
        values = {"row_key": sealed.row_key, "sealed": sealed.sealed}
        self._connection.execute(update(REPORT).where(REPORT.c.report == report).values(values))

    def forget_reports(self, last: str) -> int:
        """Delete the reports that came up to a time."""
        return self._connection.execute(delete(REPORT).where(REPORT.c.made <= last)).rowcount


def _row(row: Mapping[Any, Any]) -> ReportRow:
    return ReportRow(**row)
