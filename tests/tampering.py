"""Acts of somebody with all rights on the database while the endpoint runs. For tests that see it noticed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import make_url

from tests.databases import cluster, plain
from widget.ledger.events import ConsentEvent, Kind
from widget.ledger.merkle import Tree, leaf_hash, stored_nodes
from widget.store.engine import sqlite_module


class Administrator:
    """A connection of somebody with all rights, past the rules that refuse changes."""

    def __init__(self, database: str) -> None:
        self.database = database

    @contextmanager
    def _cursor(self) -> Iterator[Any]:
        if self.database.startswith("sqlite"):
            connection = sqlite_module().connect(self.database.removeprefix("sqlite:///"), timeout=20)
            rules = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for name, _ in rules:
                connection.execute(f"DROP TRIGGER {name}")
        else:
            rules = []
            connection = psycopg.connect(plain(self.database))
            connection.execute("SET session_replication_role = replica")
        try:
            cursor = connection.cursor()
            yield cursor
            for _, rule in rules:  # as somebody does who leaves no traces
                cursor.execute(rule)
            connection.commit()
        finally:
            connection.close()

    def run(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """One statement, with `?` for each value; its rows."""
        with self._cursor() as cursor:
            cursor.execute(self._marked(statement), values)
            return list(cursor.fetchall()) if cursor.description else []

    def size(self) -> int:
        """How many events there are."""
        return int(self.run("SELECT count(*) FROM event")[0][0])

    def head(self) -> list[tuple[Any, ...]]:
        """The row with the signed head."""
        return self.run("SELECT size, checkpoint FROM head")

    def recompute(self) -> None:
        """Make the whole tree anew from the events, so that nothing in the database tells."""
        names = [*ConsentEvent.__dataclass_fields__]
        rows = self.run(f"SELECT {', '.join(names)} FROM event ORDER BY seq")  # noqa: S608 (names of our own tables)
        tree, nodes = Tree(), []
        for row in rows:
            values = dict(zip(names, row, strict=True))
            event = ConsentEvent(**{**values, "kind": Kind(values["kind"])})
            first = stored_nodes(tree.size)
            tree, completed = tree.append(leaf_hash(event.leaf()))
            nodes += enumerate(completed, first)
        with self._cursor() as cursor:
            cursor.execute("DELETE FROM node")
            cursor.executemany(self._marked("INSERT INTO node (position, hash) VALUES (?, ?)"), nodes)

    def copy(self, place: Path) -> Callable[[], None]:
        """A copy of the database as it is now; what is returned puts it in place of the one that is running."""
        if self.database.startswith("sqlite"):
            connection = sqlite_module().connect(self.database.removeprefix("sqlite:///"))
            connection.execute(f"VACUUM INTO '{place}'")
            connection.close()
            return lambda: self.swap(place)
        name = make_url(self.database).database or ""
        _made_of(f"{name}_standby", name)
        return lambda: _take_over(name, f"{name}_standby")

    def swap(self, file: Path) -> None:
        """Another file in place of the SQLite database, as `mv` does it."""
        target = Path(self.database.removeprefix("sqlite:///"))
        shutil.copy(file, target.with_name("swap"))
        for ending in ("-wal", "-shm", "-journal"):
            with suppress(FileNotFoundError):
                target.with_name(target.name + ending).unlink()
        target.with_name("swap").replace(target)

    def _marked(self, statement: str) -> str:
        return statement if self.database.startswith("sqlite") else statement.replace("?", "%s")


def _made_of(name: str, template: str) -> None:
    with cluster().connect() as server:
        _end_all(server, template)
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def _take_over(name: str, standby: str) -> None:
    """The standby answers under the name of the one that failed."""
    with cluster().connect() as server:
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        server.execute(f'ALTER DATABASE "{standby}" RENAME TO "{name}"')


def _end_all(server: psycopg.Connection[Any], database: str) -> None:
    server.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", (database,))


FORGED = """INSERT INTO event (seq, v, event_id, kind, notice, version, language, digest, consent, subject, channel,
    acting_for, happened, at) SELECT (SELECT max(seq) + 1 FROM event), v, 'forged', 'given', notice, version, language,
    digest, consent, 'forged', channel, acting_for, happened, at FROM event WHERE consent IS NOT NULL ORDER BY seq LIMIT 1"""


def rewritten(admin: Administrator) -> None:
    """A yes becomes a no, and the tree is made anew."""
    admin.run("UPDATE event SET kind = 'refused' WHERE seq = 6")
    admin.recompute()


def rewritten_without_its_head(admin: Administrator) -> None:
    """The same, and the signed head is deleted so that it does not tell."""
    rewritten(admin)
    admin.run("DELETE FROM head")


def cut(admin: Administrator) -> None:
    """The last two events are taken away, with their nodes."""
    size = admin.size() - 2
    for table in ("outbox", "action", "link"):
        admin.run(f"DELETE FROM {table} WHERE seq > ?", size)  # noqa: S608 (names of our own tables)
    admin.run("DELETE FROM event WHERE seq > ?", size)
    admin.run("DELETE FROM node WHERE position >= ?", stored_nodes(size))


def forged(admin: Administrator) -> None:
    """An event is appended, with its nodes, by somebody who has no key."""
    admin.run(FORGED)
    admin.recompute()


def a_peak_changed(admin: Administrator) -> None:
    """The last node of the tree is another."""
    (top,) = admin.run("SELECT max(position) FROM node")[0]
    admin.run("UPDATE node SET hash = ? WHERE position = ?", bytes(32), top)


def the_head_taken(admin: Administrator) -> None:
    """The signed head is gone."""
    admin.run("DELETE FROM head")


def the_head_spoilt(admin: Administrator) -> None:
    """The signed head says another size."""
    admin.run("UPDATE head SET checkpoint = replace(checkpoint, ?, ?)", "\n", "\n9")


def emptied(admin: Administrator) -> None:
    """Everything is deleted, the head too."""
    for table in ("outbox", "action", "link", "idempotency", "receipt", "subject", "event", "node", "head"):
        admin.run(f"DELETE FROM {table}")  # noqa: S608 (names of our own tables)


HEALED = (the_head_taken, the_head_spoilt)
"""All that is there is covered by the kept head: the next start puts the head back."""
KINDS = (rewritten, rewritten_without_its_head, cut, forged, a_peak_changed, the_head_taken, the_head_spoilt, emptied)
"""Each changes what the endpoint has signed."""
