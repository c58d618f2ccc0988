"""Migrations: every database comes to the tables of this release, and none is touched by a release that is too old."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from tests.consent_fixtures import published
from tests.databases import CHOSEN
from tests.releases import dumps
from widget import __version__
from widget.cli import main
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


@pytest.mark.parametrize("said", ["", " (9.9.9)"])
def test_a_refused_downgrade_says_why_and_what_to_do_and_leaves_the_database_alone(
    each_database: str,
    tmp_path: Path,
    said: str,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    database = CHOSEN.with_tables(tmp_path)
    engine = open_engine(database, 5)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        if said:
            connection.exec_driver_sql(
                "INSERT INTO release (process, release, schema, seen) VALUES ('later', '9.9.9', 9, '2026-11-01')"
            )
    engine.dispose()
    before = dumps.dump(database)
    store = Store(open_engine(database, 5), lambda: datetime.now(UTC), secrets.token_bytes)
    with pytest.raises(StartRefused, match="newer release"):
        store.make()
    store.close()
    for command in ("serve", "verify", "migrate"):
        keys = [] if command == "migrate" else ["--keys", str(tmp_path / "keys")]
        manifest = ["--manifest", str(published(tmp_path).manifest)] if command == "serve" else []
        assert main([command, "--database", database, *keys, *manifest]) == 2
        printed = capsys.readouterr().err.splitlines()
        logged = [record.getMessage() for record in caplog.records if record.levelname == "CRITICAL"]
        caplog.clear()
        (line,) = logged or printed  # a server off a terminal logs it
        assert line.partition(": ")[2] == (
            f"Release {__version__} cannot use this database, because a newer release{said} brought it to "
            "revision 9999; nothing was changed. Install that release again; docs/upgrading.md says what going back would cost."
        )
    assert dumps.dump(database) == before
