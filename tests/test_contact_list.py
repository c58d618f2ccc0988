"""The list of people to contact today: everybody whose consent counts, by the ways that prove to be theirs, and
nobody else."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.consent_fixtures import V1, FakeClock, acts, confirm_address, form
from tests.test_desk import run
from widget.cli import main
from widget.config import Config
from widget.people.addresses import lookup
from widget.views.shared import service_of

pytestmark = pytest.mark.postgresql


@pytest.fixture
def clock() -> FakeClock:
    """Now: commands use the real time."""
    return FakeClock(datetime.now(UTC))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client(use_cookies=False)


def say(client: FlaskClient, email: str | None = None, decision: str = "given", **more: str) -> str:
    """Answer about photos; the receipt's address."""
    address = {"email": email} if email else {}
    read = V1 if more.pop("old", None) else None
    sent = form(*([read] if read else []), photos=decision) | {"acting_for": "self"} | address | more
    return client.post("/consent/family-hubs", data=sent).location


def confirm(app: Flask, email: str) -> None:
    here = service_of(app)
    with here.store.reading() as reading:
        subjects = [one.subject for one in reading.known_by(lookup(email, here.keys.pepper))]
    for subject in subjects:
        confirm_address(here, subject)


def listing(config: Config, capsys: pytest.CaptureFixture[str]) -> tuple[list[dict[str, str]], str]:
    capsys.readouterr()
    assert run(config, "list", "family-hubs", "photos", "--by", "FH-3") == 0
    told = capsys.readouterr()
    return list(csv.DictReader(io.StringIO(told.out))), told.err


def test_the_list_has_whoever_agreed_and_can_be_reached_and_counts_the_others(
    app: Flask, config: Config, client: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    say(client, "yes@example.org")
    confirm(app, "yes@example.org")
    say(client, "typed@example.org", acting_for="child")
    say(client)
    say(client, "no@example.org", "refused")
    gone = say(client, "gone@example.org")
    client.post(f"{gone}/withdraw", data={"consent": "photos"})
    erased = say(client, "erased@example.org")
    confirm(app, "erased@example.org")
    assert erased and run(config, "erase", "--email", "erased@example.org", "--by", "DPO") == 0
    said = ("--channel", "phone", "--by", "FH-3", "--happened", "2026-11-20", "--case", "=FH-17")
    assert run(config, "record", "--notice", "family-hubs", "--decision", "photos=given", *said) == 0

    rows, told = listing(config, capsys)
    reached = {(row["email"], row["unconfirmed_email"], row["address"], row["acting_for"], row["case"]) for row in rows}
    assert reached == {
        ("yes@example.org", "", "confirmed", "self", ""),
        ("", "typed@example.org", "unconfirmed", "child", ""),
        ("", "", "", "self", "'=FH-17"),
    }
    assert all(row["reference"] and row["since"] for row in rows)
    assert told.splitlines()[-1] == "3 listed; 1 more said yes and left no way to reach them."


def test_an_address_that_says_yes_and_no_is_not_written_to(
    app: Flask, config: Config, client: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    say(client, "two@example.org")
    gone = say(client, "two@example.org")
    confirm(app, "two@example.org")
    assert [row["email"] for row in listing(config, capsys)[0]] == ["two@example.org"] * 2
    client.post(f"{gone}/withdraw", data={"consent": "photos"})
    (row,) = listing(config, capsys)[0]
    assert (row["email"], row["address"]) == ("", "contradicted")


def test_an_answer_that_a_stranger_typed_takes_nobody_off_the_list(
    app: Flask, config: Config, client: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    say(client, "mine@example.org")
    confirm(app, "mine@example.org")
    say(client, "mine@example.org", "refused")
    (row,) = listing(config, capsys)[0]
    assert row["email"] == "mine@example.org"


def test_an_open_request_to_withdraw_is_shown_beside_the_person(
    app: Flask, config: Config, client: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    say(client, "one@example.org")
    confirm(app, "one@example.org")
    said = ("--channel", "phone", "--by", "FH-3", "--happened", "2026-11-20", "--phone", "0161 496 0002")
    assert run(config, "record", "--notice", "family-hubs", "--decision", "photos=given", *said) == 0
    reference = capsys.readouterr().out.partition("Reference: ")[2].split()[0]
    client.post("/withdraw", data={"email": "one@example.org"})
    client.post("/withdraw", data={"reference": reference.lower(), "notice": "family-hubs"})
    with service_of(app).store.reading() as reading:
        requests = [str(event.seq) for event in acts(reading) if event.kind == "withdrawal-requested"]
    rows = listing(config, capsys)[0]
    assert sorted(row["asked_to_withdraw"] for row in rows) == requests
    for number in requests:
        assert run(config, "acted", number, "nothing-to-stop", "--by", "FH-3") == 0
    assert {row["asked_to_withdraw"] for row in listing(config, capsys)[0]} == {""}


def test_each_list_can_be_found_again(
    app: Flask, config: Config, client: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    say(client, "typed@example.org")
    say(client)
    capsys.readouterr()
    assert run(config, "list", "family-hubs", "photos", "--by", "FH-3", "--format", "jsonl") == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["unconfirmed_email"] == "typed@example.org"
    for unknown in (("family-hubs", "photo"), ("primary", "photos")):
        assert run(config, "list", *unknown, "--by", "FH-3") == 2
    capsys.readouterr()
    assert main(["listed", "--database", config.database]) == 0
    at, *noted = capsys.readouterr().out.strip().split("\t")
    assert noted == ["FH-3", "family-hubs", "photos", "1", "1"]
    assert datetime.fromisoformat(at).date() == datetime.now(UTC).date()
