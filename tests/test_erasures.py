"""A person erased on one host stays erased on every other, whatever backup is put back there."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, text

from tests.consent_fixtures import FakeClock, form, published
from tests.releases import dumps
from tests.test_desk import run
from widget.app import close_app, create_app
from widget.config import Config, sqlite_file
from widget.ledger import key_folder
from widget.people.addresses import lookup
from widget.store.engine import open_engine
from widget.views.shared import service_of

RESIDENT = "resident@example.org"


@pytest.fixture
def first(tmp_path: Path, each_database: str) -> Config:
    """A host with one resident."""
    config = published(tmp_path)
    app = create_app(config, FakeClock())
    app.test_client().post("/consent/family-hubs", data=form(photos="given") | {"email": RESIDENT})
    close_app(app)
    return config


@pytest.fixture
def second(first: Config, tmp_path: Path) -> Config:
    """Another host of the same database, with a keys folder of its own that has the same keys."""
    shutil.copytree(first.keys_folder, tmp_path / "keys-of-the-second")
    return replace(first, keys=tmp_path / "keys-of-the-second")


@pytest.fixture
def waiting(second: Config) -> Iterator[Flask]:
    """The second host, running."""
    app = create_app(second, FakeClock())
    yield app
    close_app(app)


def erase(config: Config) -> None:
    assert run(config, "erase", "--email", RESIDENT, "--by", "DPO") == 0


def known(app: Flask) -> list[str]:
    here = service_of(app)
    with here.store.reading() as reading:
        return reading.who_gave(lookup(RESIDENT, here.keys.pepper))


def put_back(config: Config, dump: str) -> None:
    """Put an older dump in place of the database, as a restore by hand does."""
    if (file := sqlite_file(config.database)) is not None:
        for end in ("", "-wal", "-shm", "-journal"):
            file.with_name(file.name + end).unlink(missing_ok=True)
    else:
        engine = create_engine(config.database)
        with engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        engine.dispose()
    dumps.load(dump, config.database)


@pytest.mark.postgresql
def test_every_host_copies_who_was_erased_and_the_database_shows_no_name(first: Config, waiting: Flask) -> None:
    (subject,) = known(waiting)
    erase(first)
    folder = service_of(waiting).config.keys_folder
    assert key_folder.erasures(folder) == []
    service_of(waiting).erasures.copy()
    assert key_folder.erasures(folder) == [subject] == key_folder.erasures(first.keys_folder)
    engine = open_engine(first.database, 5)
    with engine.connect() as connection:
        (row,) = connection.execute(text("SELECT sealed FROM erasure"))
    engine.dispose()
    assert subject.encode() not in bytes(row.sealed)


@pytest.mark.postgresql
def test_an_address_that_one_host_erased_does_not_come_back_when_the_other_restores(
    first: Config, second: Config, capsys: pytest.CaptureFixture[str]
) -> None:
    dump = dumps.dump(first.database)
    erase(first)
    app = create_app(second, FakeClock())  # it copies at its start
    close_app(app)
    put_back(second, dump)
    assert run(second, "restore") == 0
    assert "1 erasures were done again" in capsys.readouterr().out
    app = create_app(second, FakeClock())
    assert known(app) == []
    close_app(app)
    assert run(second, "verify") == 0


@pytest.mark.postgresql
def test_a_host_that_runs_on_erases_again_whom_a_restore_brought_back(first: Config, waiting: Flask) -> None:
    """The restore is done by a host that knew of no erasure; the other one tells the database, and the first copies
    it."""
    erase(first)
    here = service_of(waiting)
    here.erasures.copy()
    engine = open_engine(first.database, 5)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM erasure"))
        values = {"row_key": b"-", "sealed": b"-", "lookup": lookup(RESIDENT, here.keys.pepper)}
        connection.execute(
            text(
                "INSERT INTO subject (subject, row_key, sealed, lookup, confirmed, quiet, made, folding) "
                "SELECT subject, :row_key, :sealed, :lookup, false, false, at, 2 FROM event WHERE kind = 'erased'"
            ),
            values,
        )
    engine.dispose()
    assert len(known(waiting)) == 1
    here.erasures.copy()
    assert known(waiting) == []
    (first.keys_folder / "erasures").unlink()
    close_app(create_app(first, FakeClock()))
    assert len(key_folder.erasures(first.keys_folder)) == 1


def test_a_backup_of_sqlite_is_cleaned_of_whom_another_host_erased_last(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = published(tmp_path)
    app = create_app(config, FakeClock())
    app.test_client().post("/consent/family-hubs", data=form(photos="given") | {"email": RESIDENT})
    close_app(app)
    assert run(config, "backup", str(tmp_path / "copy.db")) == 0
    older = tmp_path / "keys-from-the-backup"
    shutil.copytree(config.keys_folder, older)
    erase(config)
    restored = replace(config, keys=older)  # these keys know nothing of it: the database that is replaced does
    assert run(restored, "restore", str(tmp_path / "copy.db")) == 0
    assert "1 erasures were done again" in capsys.readouterr().out
