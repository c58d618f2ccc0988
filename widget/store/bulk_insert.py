"""Inserts: all rows of a table with as few statements as can be, written once and handed to the driver as they are."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from operator import itemgetter
from typing import Any

from sqlalchemy import Dialect, Table

Row = Mapping[str, object]
"""Texts, numbers, bytes and nothing else. Rows of a table name the same columns each time, two or more."""
MOST = 64
"""How many rows a statement of SQLite inserts at the most: 17 columns are far from its limit of 32,766 values."""
FEW = 32
"""So many rows or fewer go in one statement: what a shared commit has of a table."""


class Inserts:
    """Inserts rows of any table. For a transaction's own thread; what is written once is shared."""

    def __init__(self, dialect: Dialect) -> None:
        self._run = _many_values if dialect.name == "sqlite" else _one_json
        self._quote = dialect.identifier_preparer.quote
        self._names = cache(self._written)

    def run(self, cursor: Any, table: Table, rows: Sequence[Row]) -> None:
        """Insert the rows, in their order."""
        columns = tuple(rows[0])
        self._run(cursor, *self._names(table, columns), columns, rows)

    def _written(self, table: Table, columns: tuple[str, ...]) -> tuple[str, str]:
        return self._quote(table.name), ", ".join(map(self._quote, columns))


def _many_values(cursor: Any, table: str, names: str, columns: tuple[str, ...], rows: Sequence[Row]) -> None:
    """SQLite takes many rows of values: the driver lets other threads go first once a statement, not once a row."""
    values: Callable[[Row], tuple[object, ...]] = itemgetter(*columns)
    for some in _in_parts(rows):
        cursor.execute(_with_values(table, names, len(columns), len(some)), [*chain.from_iterable(map(values, some))])


def _one_json(cursor: Any, table: str, names: str, _columns: tuple[str, ...], rows: Sequence[Row]) -> None:
    """PostgreSQL takes all rows as one JSON text: one statement and one value, however many there are."""
    statement = f"INSERT INTO {table} ({names}) SELECT {names} FROM json_populate_recordset(NULL::{table}, %s)"  # noqa: S608
    cursor.execute(statement, (json.dumps(rows, ensure_ascii=False, default=_hexadecimal),))


@cache
def _with_values(table: str, names: str, columns: int, rows: int) -> str:
    one = f"({', '.join('?' * columns)})"
    return f"INSERT INTO {table} ({names}) VALUES {', '.join([one] * rows)}"  # noqa: S608 (names of our own tables)


def _in_parts(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """The rows in parts of not too many different lengths, so that the driver has each statement prepared already."""
    done = 0
    while (left := len(rows) - done) > 0:
        length = left if left <= FEW else min(MOST, 1 << left.bit_length() - 1)
        yield rows[done : done + length]
        done += length


def _hexadecimal(value: object) -> str:
    """Bytes as PostgreSQL reads them."""
    if not isinstance(value, bytes):
        raise TypeError(f"{type(value).__name__} is not a value of a row")
    return "\\x" + value.hex()
