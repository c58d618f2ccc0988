"""Brings a dump of PostgreSQL into an empty scratch database with pg_restore, and empties that again."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, make_url
from sqlalchemy.engine import URL, Connection
from sqlalchemy.exc import OperationalError

from widget.errors import StartRefused, Unavailable
from widget.store.engine import check_address, without_password

LONGEST = 24 * 3600
"""Seconds that pg_restore may take."""
VARIABLES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
}
"""The variables that libpq reads from the environment, where no other user sees them."""
TABLES = """SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables
WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"""
ROUTINES = """SELECT oid::regprocedure::text FROM pg_proc
WHERE pronamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)"""


@contextmanager
def dump_in_scratch(dump: Path, scratch: str) -> Iterator[None]:
    """Have the dump in the scratch database until the block ends.

    `StartRefused` where that is not empty, or is no PostgreSQL; `Unavailable` where it or pg_restore cannot be had.
    All that came with the dump is dropped afterwards, and nothing else.
    """
    check_address(scratch)
    if scratch.startswith("sqlite"):
        raise StartRefused("A dump of PostgreSQL goes into a scratch database of PostgreSQL: name one with --scratch.")
    with _connected(scratch) as connection:
        if tables := _names(connection, TABLES):
            raise StartRefused(
                f"{without_password(scratch)} is not empty: it has {tables[0]}. Make a new database for the drill; nothing was "
                "changed in this one."
            )
        routines = set(_names(connection, ROUTINES))
    try:
        _restore(dump, make_url(scratch))
        yield
    finally:
        with _connected(scratch) as connection:
            for table in _names(connection, TABLES):
                connection.exec_driver_sql(f"DROP TABLE {table} CASCADE")
            for routine in set(_names(connection, ROUTINES)) - routines:
                connection.exec_driver_sql(f"DROP ROUTINE {routine} CASCADE")


def is_same(one: str, other: str) -> bool:
    """Whether two addresses name one database."""
    check_address(one)
    first, second = make_url(one), make_url(other)
    return all(getattr(first, part) == getattr(second, part) for part in ("host", "port", "database", "query"))


def _restore(dump: Path, scratch: URL) -> None:
    """Owners and rights stay behind: the scratch server need not know the roles."""
    program = shutil.which("pg_restore")
    if program is None:
        raise Unavailable("pg_restore is missing here. Install PostgreSQL's client programs (postgresql-client)")
    options = ("--exit-on-error", "--no-owner", "--no-privileges", "--single-transaction", "--no-password")
    command = [program, *options, f"--dbname={scratch.database}", str(dump)]
    try:
        done = subprocess.run(  # noqa: S603 (the operator's own file and address, each an argument of its own)
            command, env=os.environ | _variables(scratch), capture_output=True, text=True, timeout=LONGEST, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise Unavailable(f"pg_restore took longer than {LONGEST // 3600} hours") from error
    if done.returncode:
        said = done.stderr.strip().partition("\n")[0].removeprefix("pg_restore: ")
        raise StartRefused(f"pg_restore cannot bring {dump} back: {said}")


def _variables(url: URL) -> Mapping[str, str]:
    given = {"host": url.host, "port": url.port, "user": url.username, "password": url.password, "dbname": url.database}
    said = {**given, **{name: str(value) for name, value in url.query.items()}}
    return {VARIABLES[name]: str(value) for name, value in said.items() if name in VARIABLES and value is not None}


@contextmanager
def _connected(scratch: str) -> Iterator[Connection]:
    engine = create_engine(scratch)
    try:
        with engine.begin() as connection:
            yield connection
    except OperationalError as error:
        raise Unavailable(
            f"the scratch database {without_password(scratch)} cannot be reached: {error.orig}"
        ) from error
    finally:
        engine.dispose()


def _names(connection: Connection, question: str) -> list[str]:
    return list(connection.exec_driver_sql(question).scalars())
