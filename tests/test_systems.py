"""Requests of the council's systems with their keys: each sees what its scope says, and no more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.consent_fixtures import FakeClock, form
from tests.test_desk import Described, run
from widget.cli import main
from widget.config import Config
from widget.store.engine import open_engine

pytestmark = pytest.mark.postgresql


@pytest.fixture
def clock() -> FakeClock:
    """Now: commands use the real time."""
    return FakeClock(datetime.now(UTC))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client that holds every answer against the OpenAPI document."""
    app.test_client_class = Described
    return app.test_client(use_cookies=False)


def key(config: Config, capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, str]:
    assert run(config, "key", "add", "a system", *options) == 0
    return {"Authorization": f"Bearer {capsys.readouterr().out.split()[-1]}"}


@pytest.fixture
def withdrawn(config: Config, client: FlaskClient, capsys: pytest.CaptureFixture[str]) -> int:
    """The number of a withdrawal by phone from a person with a case; before it stands a request without a receipt."""
    client.post("/withdraw", data={"phone": "0161 496 0002"})
    said = ("--channel", "phone", "--by", "FH-3", "--happened", "2026-11-20T14:30")
    given = (
        "--notice",
        "family-hubs",
        "--decision",
        "service-news=given",
        "--case",
        "FH-17",
        "--email",
        "a@example.org",
    )
    assert run(config, "record", *said, *given) == 0
    reference = capsys.readouterr().out.partition("Reference: ")[2].split()[0]
    assert run(config, "record", *said, "--reference", reference, "--decision", "service-news=withdrawn") == 0
    return int(capsys.readouterr().out.split(".")[0].split()[-1])


def test_open_withdrawals_leave_the_list_once_somebody_acted(
    config: Config, client: FlaskClient, capsys: pytest.CaptureFixture[str], withdrawn: int
) -> None:
    desk = key(config, capsys, "--may", "withdrawals")
    answered = client.get("/api/withdrawals", headers=desk).json or {}
    request, by_phone = answered["withdrawals"]
    assert (request["kind"], by_phone["seq"], by_phone["kind"]) == ("withdrawal-requested", withdrawn, "withdrawn")
    assert (by_phone["deadline"], by_phone["told"]) == ("2026-12-20", None)
    assert by_phone["reference"] and "case" not in by_phone
    said = {"code": "stopped", "by": "FH-3", "note": "Taken off the list"}
    for status in (201, 200):
        done = client.post(f"/api/withdrawals/{withdrawn}/acted", json=said, headers=desk)
        assert (done.status_code, (done.json or {})["about"]) == (status, withdrawn)
    left = client.get("/api/withdrawals", headers=desk).json or {}
    assert [one["seq"] for one in left["withdrawals"]] == [request["seq"]]


def test_the_feed_has_references_and_the_case_only_for_a_key_that_may_see_it(
    config: Config, client: FlaskClient, capsys: pytest.CaptureFixture[str], withdrawn: int
) -> None:
    for options, cases in (((), None), (("--may", "events", "--may", "cases"), "FH-17")):
        feed = client.get("/api/events", headers=key(config, capsys, *options)).json or {}
        last = feed["events"][-1]
        assert (last["seq"], last.get("case"), "case" in last) == (withdrawn, cases, cases is not None)
        assert last["reference"]


def test_a_key_sees_its_notices_and_what_may_be_about_any(
    config: Config, client: FlaskClient, capsys: pytest.CaptureFixture[str], withdrawn: int
) -> None:
    other = key(config, capsys, *("--may", "events", "--may", "withdrawals", "--may", "status"), "--notice", "primary")
    feed = client.get("/api/events", headers=other).json or {}
    assert {event["notice"] for event in feed["events"]} == {"primary", None}
    assert feed["next"] == withdrawn
    seen = client.get("/api/withdrawals", headers=other).json or {}
    assert [one["notice"] for one in seen["withdrawals"]] == [None]
    said = {"code": "stopped", "by": "FH-3"}
    assert client.post(f"/api/withdrawals/{withdrawn}/acted", json=said, headers=other).status_code == 404
    asked = {"notice": "family-hubs", "consent": "service-news", "email": "a@example.org"}
    assert client.post("/api/status", json=asked, headers=other).status_code == 403


def test_a_key_does_what_it_may_until_its_last_day(
    app: Flask, config: Config, client: FlaskClient, clock: FakeClock, capsys: pytest.CaptureFixture[str]
) -> None:
    tomorrow = clock().date() + timedelta(days=1)
    feed = key(config, capsys, "--may", "events", "--expires", tomorrow.isoformat())
    assert client.get("/api/events", headers=feed).status_code == 200
    for path in ("/api/withdrawals",):
        assert client.get(path, headers=feed).status_code == 403
    assert main(["key", "list", "--database", config.database]) == 0
    listed = capsys.readouterr().out.strip().split("\t")
    assert listed[4:7] == ["events", "all", tomorrow.isoformat()]
    assert listed[7].startswith(clock().date().isoformat())
    clock.move(days=3)
    assert client.get("/api/events", headers=feed).status_code == 401
    past = ("--expires", "2020-01-01")
    assert run(config, "key", "add", "late", *past) == 2


def test_nobody_widens_a_key_in_the_database(
    config: Config, client: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    narrow = key(config, capsys, "--may", "status", "--notice", "primary", "--expires", "2999-01-01")
    assert client.get("/api/events", headers=narrow).status_code == 403
    for change in ("acts = 'events'", "acts = NULL", "notices = NULL", "expires = NULL"):
        engine = open_engine(config.database, 5)
        with engine.begin() as connection:
            connection.exec_driver_sql(f"UPDATE api_key SET {change}")  # noqa: S608
        engine.dispose()
        assert client.get("/api/events", headers=narrow).status_code == 401


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({}, {"code", "by"}),
        ({"code": "done", "by": "x"}, {"code"}),
        ({"code": "stopped", "by": 3, "who": "x"}, {"by", "who"}),
        ({"code": "stopped", "by": "x", "note": "x" * 2001}, {"note"}),
        ({"code": "stopped", "by": "x", "happened": "yesterday"}, {"happened"}),
        ({"code": "stopped", "by": "x", "happened": "2026-11-24T14:30"}, {"happened"}),
        ({"code": "stopped", "by": "x", "happened": "2026-11-20T14:29:00Z"}, {"happened"}),
        ({"code": "stopped", "by": "x", "happened": "2999-01-01T00:00:00Z"}, {"happened"}),
        ([], {""}),
    ],
)
def test_a_report_that_cannot_be_kept_is_refused_with_every_reason(
    config: Config, client: FlaskClient, capsys: pytest.CaptureFixture[str], withdrawn: int, said: Any, wrong: set[str]
) -> None:
    desk = key(config, capsys, "--may", "withdrawals")
    refused = client.post(f"/api/withdrawals/{withdrawn}/acted", json=said, headers=desk)
    assert refused.status_code == 400
    assert {one["field"] for one in (refused.json or {})["errors"]} == wrong
    assert client.post("/api/withdrawals/1/acted", json={"code": "stopped", "by": "x"}, headers=desk).status_code == 409
    huge = f"/api/withdrawals/{10**30}/acted"
    assert client.post(huge, json={"code": "stopped", "by": "x"}, headers=desk).status_code == 404


def test_letters_that_reached_nobody_are_listed_without_their_address(
    app: Flask, config: Config, client: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    client.post("/consent/family-hubs", data=form(service_news="given") | {"email": "gone@example.org"})
    engine = open_engine(config.database, 5)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE outbox SET given_up = '550 gone@example.org is unknown'")
    engine.dispose()
    answered = client.get("/api/withdrawals", headers=key(config, capsys, "--may", "withdrawals"))
    (letter,) = (answered.json or {})["undelivered"]
    assert (letter["letter"], letter["notice"]) == ("receipt", "family-hubs")
    assert "gone@" not in answered.text
