"""Opens the database so that what is committed is on the disk: which SQLite, and which of its modes, and why."""

from __future__ import annotations

import importlib
import logging
import os
import socket
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.engine import Connection
from sqlalchemy.exc import ArgumentError, DisconnectionError

from widget.config import sqlite_file
from widget.errors import StartRefused, Unavailable

log = logging.getLogger("consents")

PREPARED = 256
"""How many statements a connection to SQLite keeps prepared: one for each table and number of rows, and the questions."""

WRITES = "consents_writes"
"""Execution option: this connection's transactions take the write lock when they begin."""

APPLICATION = "consents"
"""How PostgreSQL names the connections of this program; the host and the process follow."""

LEDGER_LOCK = 0x4E6F7469
"""The advisory lock that orders appends in PostgreSQL; the number means nothing."""


ADDRESSES = (
    "Write sqlite:////var/lib/noticeboard-consents/consents.db or postgresql+psycopg://user:password@host/consents."
)
STALE = "consents_stale"
USED = "consents_used"
IDLE_SECONDS = 60.0
"""Firewalls drop a connection that was idle for a few minutes, and say nothing: it is replaced before."""


def sqlite_module() -> ModuleType:
    """The SQLite to use: pysqlite3 brings a current library; the standard library's has the system's age."""
    try:
        return importlib.import_module("pysqlite3.dbapi2")
    except ImportError:
        return sqlite3


def check_address(database: str) -> None:
    """`StartRefused` for what is no database that this can use. The address is not repeated: it may hold a password."""
    try:
        address = make_url(database)
    except (ArgumentError, ValueError) as error:
        raise StartRefused(f"DATABASE_URL (or --database) is no address of a database. {ADDRESSES}") from error
    if address.drivername not in ("sqlite", "postgresql", "postgresql+psycopg"):
        raise StartRefused(f"{address.drivername} is no database that consents are recorded in. {ADDRESSES}")
    if address.drivername == "sqlite":
        if sqlite_file(database) is None:
            raise StartRefused(f"The database needs a file. {ADDRESSES}")
        return
    try:
        importlib.import_module("psycopg")
    except ImportError as error:
        raise StartRefused(
            "The driver for PostgreSQL is missing. Install it with: pip install 'noticeboard[postgresql]'"
        ) from error


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """Whether that SQLite is free of the WAL-reset bug: fixed in 3.51.3, and in 3.50.7 and 3.44.6 of their lines."""
    return (
        version >= (3, 51, 3) or (version[:2] == (3, 50) and version >= (3, 50, 7)) or (3, 44, 6) <= version < (3, 45)
    )


def durable_mode(version: tuple[int, ...]) -> tuple[str, str]:
    """The journal mode and synchronous setting with which that SQLite keeps every commit through a loss of power."""
    return ("WAL", "FULL") if wal_is_safe(version) else ("DELETE", "EXTRA")


def open_engine(database: str, busy_seconds: float, idle_seconds: float = IDLE_SECONDS) -> Engine:
    """An engine for the endpoint; says in the log which SQLite mode was chosen. Makes the SQLite file's folder.

    A connection to PostgreSQL that was idle for `idle_seconds` is replaced; one to an SQLite file that is another now,
    at once.
    """
    check_address(database)
    if not database.startswith("sqlite"):
        return _postgresql_engine(database, busy_seconds, idle_seconds)
    if (file := sqlite_file(database)) is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
    module = sqlite_module()
    journal, synchronous = durable_mode(module.sqlite_version_info)
    why = "is free of" if journal == "WAL" else "may have"
    log.info(
        "SQLite %s (%s) %s the WAL-reset bug: journal_mode=%s, synchronous=%s",
        *(module.sqlite_version, module.__name__, why, journal, synchronous),
    )

    def set_up(connection: Any, _record: object) -> None:
        (chosen,) = connection.execute(f"PRAGMA journal_mode = {journal}").fetchone()
        # a file system without shared memory keeps the old journal, which needs more flushes
        safe = synchronous if chosen == journal.lower() else "EXTRA"
        _set(connection, f"synchronous = {safe}", "foreign_keys = ON", "secure_delete = ON")

    return _sqlite_engine(database, busy_seconds, set_up)


def open_to_read(database: str, busy_seconds: float) -> Engine:
    """An engine that leaves the database as it is, its journal mode included: for checks and exports."""
    check_address(database)
    if not database.startswith("sqlite"):
        return create_engine(database, isolation_level="REPEATABLE READ")
    if (file := sqlite_file(database)) is None or not file.is_file():
        raise Unavailable(f"there is no database {database}")
    return _sqlite_engine(database, busy_seconds, lambda connection, _record: _set(connection, "query_only = ON"))


def is_stale(connection: Connection) -> bool:
    """Whether a connection is not to be used any more: idle for too long, or to a file that was replaced."""
    return bool(connection.info[STALE]())


def is_lost(connection: Connection) -> bool:
    """Whether a connection that failed is dead, rather than refused for now."""
    return connection.invalidated or bool(getattr(connection.connection.driver_connection, "closed", False))


def note_use(connection: Connection) -> None:
    """Note that a connection that is kept open was used now."""
    connection.info[USED] = time.monotonic()


def without_password(database: str) -> str:
    """The address as it may be said in a message."""
    return make_url(database).render_as_string(hide_password=True)


def for_reading(engine: Engine) -> Engine:
    """The same connections, for transactions that see one state from their first statement to their last."""
    if engine.dialect.name == "sqlite":
        return engine
    return engine.execution_options(isolation_level="REPEATABLE READ")


def _postgresql_engine(database: str, busy_seconds: float, idle_seconds: float) -> Engine:
    """Appends are put in order by one advisory lock, under READ COMMITTED: the next writer sees what the last one
    wrote."""
    milliseconds = int(busy_seconds * 1000)
    limits = {"lock_timeout": milliseconds, "idle_in_transaction_session_timeout": 4 * milliseconds}
    connect = {
        "application_name": f"{APPLICATION} {socket.gethostname()[:40]} {os.getpid()}",
        "connect_timeout": max(2, int(busy_seconds)),
        "tcp_user_timeout": 2 * milliseconds,
        # a quiet connection is seen by every firewall on the way, and one that died is found within a minute
        "keepalives": 1,
        "keepalives_idle": 30,
        "keepalives_interval": 10,
        "keepalives_count": 3,
        "options": " ".join(f"-c {name}={value}" for name, value in limits.items()),
    }
    engine = create_engine(database, isolation_level="READ COMMITTED", connect_args=connect, pool_size=16)

    @event.listens_for(engine, "connect")
    def _keeps_its_word(connection: Any, _record: object) -> None:
        """A confirmed commit is on the disk, whatever the server's default is."""
        with connection.cursor() as cursor:
            settings = [cursor.execute(f"SHOW {name}").fetchone()[0] for name in ("fsync", "synchronous_commit")]
            if settings[0] == "off":
                raise StartRefused("PostgreSQL runs with fsync=off and would lose what it has confirmed. Switch it on.")
            if settings[1] in ("off", "local"):
                cursor.execute("SET synchronous_commit = on")
        connection.commit()

    _replace_stale(engine, lambda info: lambda: time.monotonic() - info[USED] > idle_seconds)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if connection.get_execution_options().get(WRITES):
            connection.connection.cursor().execute(f"SELECT pg_advisory_xact_lock({LEDGER_LOCK})")

    return engine


def _sqlite_engine(database: str, busy_seconds: float, set_up: Callable[[Any, object], None]) -> Engine:
    connect = {"timeout": busy_seconds, "check_same_thread": False, "cached_statements": PREPARED}
    engine = create_engine(database, module=sqlite_module(), connect_args=connect, max_overflow=-1)

    @event.listens_for(engine, "connect")
    def _own_transactions(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # they begin below, not where the driver guesses
        _set(connection, "trusted_schema = OFF")

    event.listen(engine, "connect", set_up)
    file = sqlite_file(database)

    def replaced(_info: dict[str, Any]) -> Callable[[], bool]:
        opened = _identity(file)
        return lambda: _identity(file) != opened

    _replace_stale(engine, replaced)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES)
        connection.connection.cursor().execute("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _replace_stale(engine: Engine, test: Callable[[dict[str, Any]], Callable[[], bool]]) -> None:
    """Have the pool replace each connection that its test, made when it is opened, finds stale."""

    @event.listens_for(engine, "connect")
    def _opened(_connection: Any, record: Any) -> None:
        record.info[USED] = time.monotonic()
        record.info[STALE] = test(record.info)

    @event.listens_for(engine, "checkin")
    def _used(_connection: Any, record: Any) -> None:
        record.info[USED] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def _taken(_connection: Any, record: Any, _fairy: object) -> None:
        if record.info[STALE]():
            raise DisconnectionError


def _identity(file: Path | None) -> tuple[tuple[int, int] | None, ...]:
    """Which files SQLite has open: who swaps one under a running endpoint would have it write where nobody reads."""
    found: list[tuple[int, int] | None] = []
    for ending in ("", "-wal", "-shm") if file else ():
        try:
            status = os.stat(f"{file}{ending}")  # noqa: PTH116 (asked before each transaction: a Path costs as much again)
        except FileNotFoundError:
            found.append(None)
        else:
            found.append((status.st_dev, status.st_ino))
    return tuple(found)


def _set(connection: Any, *pragmas: str) -> None:
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}").close()
