"""Inserts, compiled once for a database: to compile one, or to look its compiled form up, costs more than to run it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter

from sqlalchemy import Dialect, Table, insert
from sqlalchemy.engine import Connection

Row = Mapping[str, object]
Values = Callable[[Row], tuple[object, ...]]


class Inserts:
    """Inserts rows of any table, all of one table at once. Rows of a table name the same columns each time."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._compiled: dict[tuple[Table, tuple[str, ...]], tuple[str, Values | None]] = {}

    def run(self, connection: Connection, table: Table, rows: Sequence[Row]) -> None:
        """Insert the rows. They are handed to the driver as they are: texts, numbers, bytes and nothing else."""
        key = (table, tuple(rows[0]))
        if key not in self._compiled:
            self._compiled[key] = self._compile(*key)
        sql, values = self._compiled[key]
        connection.exec_driver_sql(sql, [values(row) if values else row for row in rows])

    def _compile(self, table: Table, columns: tuple[str, ...]) -> tuple[str, Values | None]:
        compiled = insert(table).compile(dialect=self._dialect, column_keys=list(columns))
        if not compiled.positional:
            return str(compiled), None
        return str(compiled), itemgetter(*compiled.positiontup or ())
