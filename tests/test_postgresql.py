"""What PostgreSQL itself does for the ledger: order among several hosts, rules, and a role that may only add."""

from __future__ import annotations

import secrets
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime

import psycopg
import pytest

from tests.consent_fixtures import MANIFEST
from tests.databases import cluster, plain
from tests.site_fixtures import PROJECT
from widget.events import Act, Kind
from widget.publication import record_publications
from widget.store.audit import faults
from widget.store.engine import open_engine, open_to_read
from widget.store.grants import grants
from widget.store.store import Store, reading_of
from widget.store.writing import Writing

GIVEN = Act(Kind.GIVEN, "s", "family-hubs", 1, "en", "0" * 64, "news", channel="web", acting_for="self")


def give(writing: Writing) -> int:
    return writing.append([GIVEN])[0].seq


def opened(database: str) -> Store:
    return Store(open_engine(database, 5), lambda: datetime.now(UTC), secrets.token_bytes)


@pytest.fixture
def database() -> Iterator[str]:
    name = f"p{secrets.token_hex(4)}"
    yield cluster().make(name)
    with cluster().connect() as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    made = opened(database)
    made.make()
    yield made
    made.close()


def whole(database: str) -> int:
    """How many events there are, if the ledger is whole."""
    engine = open_to_read(database, 5)
    with reading_of(engine) as reading:
        tree, found = faults(reading, None)
    engine.dispose()
    assert found == []
    return tree.size


def test_several_hosts_write_one_ledger(store: Store, database: str) -> None:
    hosts, each = 3, 50
    command = [sys.executable, "-m", "tests.recorder", database, str(each)]
    running = [subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) for _ in range(hosts)]
    told = [line for one in running for line in one.communicate(timeout=120)[0].split()[1::2]]
    assert len(set(told)) == hosts * each
    assert "unavailable" not in told
    assert whole(database) == hosts * each


def test_hosts_that_start_together_migrate_once_and_record_each_publication_once(database: str) -> None:
    start = (
        "import secrets, sys; from datetime import UTC, datetime; from tests.test_postgresql import opened, MANIFEST;"
        "from widget.publication import record_publications; store = opened(sys.argv[1]); store.make();"
        "store.write(lambda writing: record_publications(writing, MANIFEST)); store.close()"
    )
    running = [subprocess.Popen([sys.executable, "-c", start, database], cwd=PROJECT) for _ in range(4)]
    assert [one.wait(120) for one in running] == [0] * 4
    assert whole(database) == len(MANIFEST.versions)
    store = opened(database)
    assert store.write(lambda writing: record_publications(writing, MANIFEST)) == ()
    store.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET kind = 'refused'",
        "DELETE FROM event",
        "TRUNCATE event CASCADE",
        "UPDATE node SET hash = ''",
        "DELETE FROM node",
        "TRUNCATE node",
        "INSERT INTO event SELECT * FROM event",
        "INSERT INTO event SELECT * FROM event ON CONFLICT (seq) DO UPDATE SET kind = 'refused'",
    ],
)
def test_the_database_itself_refuses_to_change_the_ledger(store: Store, database: str, statement: str) -> None:
    store.write(give)
    with psycopg.connect(plain(database)) as connection, pytest.raises(psycopg.errors.IntegrityError):
        connection.execute(statement)
    assert whole(database) == 1


def test_a_role_that_may_only_add_is_enough_and_can_do_no_more(store: Store, database: str) -> None:
    role = f"r{secrets.token_hex(4)}"
    with psycopg.connect(plain(database), autocommit=True) as owner:
        owner.execute(f"CREATE ROLE {role} LOGIN")
        for statement in grants(role):
            owner.execute(statement)
    as_role = database.replace("postgres@", f"{role}@")
    endpoint = opened(as_role)
    endpoint.make()
    assert endpoint.write(give) == 1
    endpoint.write(lambda writing: writing.owe("receipt", writing.append([GIVEN])[0]))
    endpoint.check_writable()
    endpoint.close()
    for statement in (
        "UPDATE event SET kind = 'refused'",
        "DELETE FROM node",
        "TRUNCATE event CASCADE",
        "DROP TRIGGER event_is_append_only ON event",
        "CREATE TABLE mine (a int)",
    ):
        with psycopg.connect(plain(as_role)) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement)
    assert whole(database) == 2
    with psycopg.connect(plain(database), autocommit=True) as owner:
        owner.execute(f"DROP OWNED BY {role}; DROP ROLE {role}")


def test_a_commit_is_flushed_though_the_servers_default_is_not_to(database: str) -> None:
    with psycopg.connect(plain(database), autocommit=True) as owner:
        owner.execute(f"ALTER DATABASE {owner.info.dbname} SET synchronous_commit = off")
    engine = open_engine(database, 5)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SHOW synchronous_commit").scalar_one() == "on"
    engine.dispose()
