"""Migrations: every database comes to the tables of this release, and none is touched by a release that is too old."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from tests.databases import CHOSEN
from widget.errors import StartRefused
from widget.ledger.events import Act, Kind
from widget.store.engine import open_engine
from widget.store.group_commit import Store
from widget.store.migrate import migrate
from widget.store.schema import METADATA

pytestmark = pytest.mark.postgresql


def made(database: str) -> Store:
    store = Store(open_engine(database, 5), lambda: datetime.now(UTC), secrets.token_bytes)
    store.make()
    return store


def test_the_migrations_make_the_tables_that_this_release_knows(each_database: str, tmp_path: Path) -> None:
    database = CHOSEN.url(tmp_path)
    made(database).close()
    engine = open_engine(database, 5)
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), METADATA)
    engine.dispose()
    assert differences == []


def at_first(database: str, *statements: str) -> None:
    """A database as the first revision made it, with what the statements put there."""
    engine = open_engine(database, 5)
    with engine.begin() as connection:
        migrate(connection, "0001")
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


def test_a_database_from_before_migrations_is_taken_over_with_what_it_holds(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path}/consents.db"
    at_first(database, "DROP TABLE alembic_version")
    store = made(database)
    store.write(lambda writing: writing.append([Act(Kind.GIVEN)]))
    with store.reading() as reading:
        assert reading.size() == 1
    store.close()
    made(database).close()


def test_details_and_mail_of_the_first_revision_stay_and_what_is_owed_is_due(
    each_database: str, tmp_path: Path
) -> None:
    database = CHOSEN.url(tmp_path)
    at_first(
        database,
        "INSERT INTO event (seq, v, event_id, kind, happened, at) VALUES (1, 1, 'e', 'given', '2026-11-01', '2026-11-01')",
        "INSERT INTO outbox (id, kind, seq, made) VALUES (1, 'receipt', 1, '2026-11-01')",
        "INSERT INTO subject (subject, row_key, sealed, confirmed, made) VALUES ('s', '', '', true, '2026-11-01')",
    )
    store = made(database)
    with store.reading() as reading:
        assert [(owed.seq, owed.tries) for owed in reading.owed("2026-11-02")] == [(1, 0)]
        assert [known.subject for known in reading.confirmed()] == ["s"]
    store.close()


def test_a_database_of_a_newer_release_is_left_alone(each_database: str, tmp_path: Path) -> None:
    database = CHOSEN.url(tmp_path)
    made(database).close()
    engine = open_engine(database, 5)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    store = Store(open_engine(database, 5), lambda: datetime.now(UTC), secrets.token_bytes)
    with pytest.raises(StartRefused, match="newer release"):
        store.make()
    store.close()
