"""A report about a withdrawal is an entry of the ledger; entries of new kinds wait until every host can read them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.consent_fixtures import FakeClock, acts, published
from tests.databases import CHOSEN
from tests.test_desk import bearer, give, run
from widget.app import close_app, create_app
from widget.config import Config
from widget.consent.recording import Recorder
from widget.ledger.events import Act, ConsentEvent, Done, Kind, entry
from widget.store.engine import open_engine
from widget.store.presence import Presence
from widget.store.releases import COUNTS_FOR, Running, TooEarly, too_early
from widget.views.shared import service_of

pytestmark = pytest.mark.postgresql
NOTE = "Taken off the list of A. Resident"


@pytest.fixture
def clock() -> FakeClock:
    """Now: commands use the real time."""
    return FakeClock(datetime.now(UTC))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client(use_cookies=False)


def withdrawn(client: FlaskClient) -> dict[str, object]:
    """A receipt whose consent was withdrawn."""
    receipt = give(client)
    client.post(f"/receipt/{receipt['token']}/withdraw", data={"consent": "service-news"})
    return receipt


def last(app: Flask, kind: Kind) -> ConsentEvent:
    with service_of(app).store.reading() as reading:
        return next(event for event in reversed(acts(reading)) if event.kind is kind)


def rows(config: Config, capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    capsys.readouterr()
    assert run(config, "export") == 0
    return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))


def test_what_was_done_is_an_entry_that_outlives_its_note(
    app: Flask, config: Config, client: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    receipt = withdrawn(client)
    about = last(app, Kind.WITHDRAWN)
    assert run(config, "acted", str(about.seq), "stopped", "--note", NOTE, "--by", "FH-3") == 0
    done = last(app, Kind.ACTED)
    assert (done.code, done.prior, done.recorded_by, done.notice) == ("stopped", about.event_id, "FH-3", "family-hubs")
    assert NOTE.encode() not in done.leaf()
    assert rows(config, capsys)[-1]["note"] == NOTE
    shown = client.get(f"/api/receipts/{receipt['reference']}", headers=bearer(receipt)).json or {}
    assert [event["kind"] for event in shown["events"]] == ["given", "withdrawn", "acted"]
    assert shown["state"] == {"service-news": "withdrawn"}

    here = service_of(app)
    here.erasures.erase(about.subject or "", Recorder("staff", "DPO"))
    assert run(config, "verify") == 0
    row = next(row for row in rows(config, capsys) if row["kind"] == "acted")
    assert (row["code"], row["recorded_by"], row["note"]) == ("stopped", "FH-3", "")
    assert here.erasures.erase(about.subject or "", Recorder("staff", "DPO")) == ()


def test_the_same_report_twice_is_one_entry(app: Flask, config: Config, client: FlaskClient) -> None:
    withdrawn(client)
    about = str(last(app, Kind.WITHDRAWN).seq)
    for said in (("stopped",), ("stopped",), ("passed-on",), ("stopped", "--note", NOTE), ("stopped", "--note", NOTE)):
        assert run(config, "acted", about, *said, "--by", "FH-3") == 0
    with service_of(app).store.reading() as reading:
        codes = [event.code for event in acts(reading) if event.kind is Kind.ACTED]
    assert codes == ["stopped", "passed-on", "stopped"]


def test_a_request_without_a_receipt_is_acted_on_and_its_code_survives_erasure(
    app: Flask, config: Config, client: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    client.post("/withdraw", data={"phone": "0161 496 0002"})
    request = last(app, Kind.WITHDRAWAL_REQUESTED)
    assert run(config, "acted", str(request.seq), "not-identified", "--note", NOTE, "--by", "FH-3") == 0
    assert run(config, "erase", "--subject", request.subject or "", "--by", "DPO") == 0
    row = next(row for row in rows(config, capsys) if row["kind"] == "acted")
    assert (row["code"], row["note"], row["said_phone"]) == ("not-identified", "", "")


@pytest.mark.parametrize(
    ("code", "note", "said"),
    [("Taken off", "", "Write one of stopped, passed-on"), ("other", "x" * 2001, "more than 2000 characters")],
)
def test_staff_read_which_codes_there_are(
    app: Flask, config: Config, client: FlaskClient, capsys: pytest.CaptureFixture[str], code: str, note: str, said: str
) -> None:
    withdrawn(client)
    about = str(last(app, Kind.WITHDRAWN).seq)
    assert run(config, "acted", about, code, "--note", note, "--by", "FH-3") == 2
    assert said in capsys.readouterr().err


def test_notes_of_the_release_before_stay_readable(
    app: Flask, config: Config, client: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    receipt = withdrawn(client)
    about = last(app, Kind.WITHDRAWN)
    noted = (about.seq, "Taken off the list", "FH-1", "2026-11-28T00:00:00.000Z", "2026-11-28T00:00:00.000Z")
    engine = open_engine(config.database, 5)
    with engine.begin() as connection:
        insert = (
            "INSERT INTO action (id, seq, what, recorded_by, happened, made) VALUES (1, {}, '{}', '{}', '{}', '{}')"
        )
        connection.exec_driver_sql(insert.format(*noted))
    engine.dispose()
    capsys.readouterr()
    assert run(config, "export", "--reference", str(receipt["reference"])) == 0
    assert "by FH-1: Taken off the list" in capsys.readouterr().out
    assert next(row for row in rows(config, capsys) if row["kind"] == "withdrawn")["done"] == "Taken off the list"


def test_erasing_ends_a_consent_as_revoked_by_the_council_and_the_receipt_says_so(
    app: Flask, config: Config, client: FlaskClient
) -> None:
    given = give(client)
    assert run(config, "erase", "--reference", given["reference"], "--by", "DPO") == 0
    ended = last(app, Kind.REVOKED)
    assert (ended.recorded_by, ended.consent) == ("DPO", "service-news")
    assert "You withdrew your consent" not in client.get(f"/receipt/{given['token']}").text
    assert run(config, "verify") == 0


# Leaves and releases.


def test_old_entries_keep_their_bytes_and_a_field_that_no_hash_covers_is_refused() -> None:
    old = entry(Act(Kind.GIVEN, "s"), 1, "id", "2026-11-29T00:00:00.000Z")
    assert set(json.loads(old.leaf())) == set(vars(old)) - {"code"}
    assert json.loads(old.leaf())["v"] == 1
    new = entry(Act(Kind.ACTED, "s", code=str(Done.OTHER)), 2, "id", "2026-11-29T00:00:00.000Z")
    assert (json.loads(new.leaf())["v"], json.loads(new.leaf())["code"]) == (2, "other")
    for false in (replace(old, code="stopped"), replace(new, v=3), replace(old, v=0)):
        with pytest.raises(ValueError, match="schema"):
            false.leaf()


NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)


def seen(schema: int, minutes_ago: float) -> Running:
    return Running("p", "0.1.0", schema, (NOW - timedelta(minutes=minutes_ago)).isoformat())


def test_new_kinds_start_when_every_process_of_the_last_ten_minutes_reads_them() -> None:
    assert too_early([], 2, NOW) is None
    assert too_early([seen(2, 0), seen(1, 10)], 2, NOW) is None
    assert too_early([seen(1, 1)], 1, NOW) is None
    why = too_early([seen(2, 0), seen(1, 9), seen(1, 4)], 2, NOW)
    assert why is not None and why.until == NOW - timedelta(minutes=4) + COUNTS_FOR


@pytest.fixture
def upgraded(tmp_path: Path, each_database: str, clock: FakeClock) -> Iterator[Flask]:
    """An endpoint whose database had entries when this release came."""
    app = create_app(published(tmp_path), clock)
    give(app.test_client())
    engine = open_engine(CHOSEN.url(tmp_path), 5)
    with engine.begin() as connection:
        said = f"'before', '0.1.0', 1, '{clock().isoformat()}'"
        connection.exec_driver_sql(f"INSERT INTO release (process, release, schema, seen) VALUES ({said})")  # noqa: S608
    engine.dispose()
    yield app
    close_app(app)


def test_while_an_earlier_release_may_run_nothing_is_written_that_it_cannot_read(
    upgraded: Flask, clock: FakeClock
) -> None:
    here = service_of(upgraded)
    with here.store.reading() as reading:
        (given,) = acts(reading)
    with pytest.raises(TooEarly, match="was running"):
        here.store.write(lambda writing: writing.append([Act(Kind.ACTED, code="stopped")]))
    closed = here.erasures.erase(given.subject or "", Recorder("staff", "DPO"))
    assert [event.kind for event in closed] == [Kind.WITHDRAWN, Kind.ERASED]
    clock.move(minutes=11)
    here.store.write(lambda writing: writing.append([Act(Kind.ACTED, code="stopped")]))


def test_each_process_says_that_it_runs_and_that_it_ended(app: Flask) -> None:
    store = service_of(app).store
    other = Presence(store, "other")
    other.start()
    with store.reading() as reading:
        assert {(one.schema, one.process == "other") for one in reading.running()} == {(2, True), (2, False)}
    other.close()
    with store.reading() as reading:
        assert [one.process == "other" for one in reading.running()] == [False]


@pytest.mark.parametrize("change", ["v = 3", "v = 0", "code = 'stopped'", "kind = 'praised'"])
def test_a_row_that_no_schema_of_this_release_can_say_is_never_answered_from(
    config: Config, client: FlaskClient, change: str
) -> None:
    receipt = give(client)
    engine = open_engine(config.database, 5)
    with engine.begin() as connection:
        rule = "ALTER TABLE event DISABLE TRIGGER ALL"
        if engine.dialect.name == "sqlite":
            rule = "DROP TRIGGER event_is_not_updated"
        connection.exec_driver_sql(rule)
        connection.exec_driver_sql(f"UPDATE event SET {change} WHERE kind = 'given'")  # noqa: S608
    engine.dispose()
    assert client.get(f"/api/receipts/{receipt['reference']}", headers=bearer(receipt)).status_code == 503
