"""Databases as SQL text that makes tables, rules and rows in an empty database, without any code of this project."""

from __future__ import annotations

import re
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import psycopg

from tests.databases import plain, run

SQLITE = "sqlite:///"
_VARYING = re.compile(r"^(?:\\(?:un)?restrict .*|-- Dumped .*)\n", re.M)
"""Lines of pg_dump with a random key or with the version of PostgreSQL."""
_ROWS = re.compile(r"INSERT |SELECT pg_catalog")


def dump(database: str) -> str:
    """The SQL text of a database."""
    if database.startswith(SQLITE):
        with closing(sqlite3.connect(database.removeprefix(SQLITE))) as connection:
            return "".join(f"{statement}\n" for statement in connection.iterdump())
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "dump.sql"
        options = ("--no-owner", "--no-privileges", "--inserts", f"--file={file}")
        run("pg_dump", *options, f"--dbname={plain(database)}")
        return _VARYING.sub("", file.read_text("utf-8"))


def load(text: str, database: str) -> None:
    """Fill an empty database from SQL text."""
    if database.startswith(SQLITE):
        with closing(sqlite3.connect(database.removeprefix(SQLITE))) as connection:
            connection.executescript(text)
        return
    with psycopg.connect(plain(database), autocommit=True) as connection:
        connection.execute(text.encode())


def tables(text: str) -> list[str]:
    """The lines of a dump on tables, rules and the revision, sorted: all but the rows."""
    return sorted(line for line in text.splitlines() if "alembic_version" in line or not _ROWS.match(line))
