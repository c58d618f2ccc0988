"""The list of what waits for a service, and the report of what was done: as the desk asks for them with its key."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy import event as engine_events

from tests.consent_fixtures import MANIFEST, SERVICE, FakeClock, form, version
from tests.test_desk import Described, give, run
from tests.test_systems import key
from widget import manifest as manifests
from widget.config import Config
from widget.consent.acting import request_reference
from widget.mail.compose import NO_ADDRESS
from widget.mail.message import Why
from widget.mail.undelivered import why
from widget.record_period import TimeLimit, Unit
from widget.store.engine import open_engine
from widget.store.outbox import OVER_LIMIT
from widget.views.shared import service_of

pytestmark = pytest.mark.postgresql
LIBRARY = replace(SERVICE, name="Library Service", email="library@example.org")
LIBRARY_NEWS = replace(version().consents[0], withdraw=LIBRARY, topic="Library news")
TWO = replace(
    MANIFEST,
    site=replace(MANIFEST.site, act_within=TimeLimit(7, Unit.DAY)),
    versions=(*MANIFEST.versions, version("library", 1, service=LIBRARY, consents=(LIBRARY_NEWS,))),
)
STOPPED = {"code": "stopped", "by": "FH-3"}


@pytest.fixture
def clock() -> FakeClock:
    """Now: commands use the real time."""
    return FakeClock(datetime.now(UTC))


@pytest.fixture
def client(app: Flask, config: Config) -> FlaskClient:
    """A client that holds every answer against the OpenAPI document, of an endpoint whose site has two services."""
    config.manifest.write_text(manifests.to_json(TWO), "utf-8")
    service_of(app).files.look()
    app.test_client_class = Described
    return app.test_client(use_cookies=False)


@pytest.fixture
def desk(config: Config, client: FlaskClient, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    return key(config, capsys, "--may", "withdrawals")


def withdraw(client: FlaskClient, config: Config, notice: str = "family-hubs", **more: str) -> str:
    """Somebody agreed and withdrew: the reference of the receipt."""
    site = manifests.from_json(config.manifest.read_bytes())
    read = next(one for one in reversed(site.versions) if one.notice == notice and one.effective <= date.today())
    data = form(read, service_news="given") | more
    token = client.post(f"/consent/{notice}", data=data).location.rpartition("/")[2].partition("?")[0]
    client.post(f"/receipt/{token}/withdraw", data={"consent": "service-news"})
    return str((client.get("/api/receipts", headers={"Authorization": f"Bearer {token}"}).json or {})["reference"])


def listed(client: FlaskClient, desk: dict[str, str], **asked: object) -> dict[str, Any]:
    return client.get("/api/withdrawals", query_string=asked, headers=desk).json or {}


def report(client: FlaskClient, desk: dict[str, str], seq: int, **said: object) -> tuple[int, dict[str, Any]]:
    done = client.post(f"/api/withdrawals/{seq}/acted", json=STOPPED | said, headers=desk)
    return done.status_code, done.json or {}


def test_the_list_says_what_a_service_needs_and_names_nobody(
    config: Config, client: FlaskClient, clock: FakeClock, desk: dict[str, str]
) -> None:
    reference = withdraw(client, config, email="canary@example.org")
    client.post("/withdraw", data={"name": "Canary Resident", "email": "canary@example.org", "notice": "library"})
    answered = listed(client, desk)
    withdrawal, request = answered["withdrawals"]
    today = clock().date()
    assert (
        withdrawal
        | {
            "kind": "withdrawn",
            "notice": "family-hubs",
            "version": 2,
            "language": "en",
            "title": "Family Hubs privacy notice",
            "label": "You may write to me, or ring me, about Family Hub activities.",
            "said_in": "en",
            "service": "Family Hubs",
            "channel": "web",
            "reference": reference,
            "request": None,
            "deadline": (today + timedelta(days=7)).isoformat(),
            "overdue": False,
            "acted": None,
        }
        == withdrawal
    )
    assert (request["title"], request["service"], request["label"]) == (
        "Library privacy notice",
        "Library Service",
        None,
    )
    assert request["request"] and request["deadline"] > withdrawal["deadline"]
    assert "canary" not in str(answered).lower()
    clock.move(days=8)
    assert [one["overdue"] for one in listed(client, desk)["withdrawals"]] == [True, False]


def test_a_request_has_the_reference_that_its_own_page_shows(
    app: Flask, client: FlaskClient, desk: dict[str, str]
) -> None:
    page = client.post("/withdraw", data={"phone": "0161 496 0002"}).location
    (request,) = listed(client, desk)["withdrawals"]
    assert request["request"] in client.get(page).text
    with service_of(app).store.reading() as reading:
        event = reading.event_at(request["seq"])
    assert event is not None and request_reference(event) == request["request"]
    assert (request["notice"], request["title"], request["service"]) == (None, None, "The council")


def test_the_list_is_of_a_notice_or_a_service_and_what_may_be_about_any(
    config: Config, client: FlaskClient, desk: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    withdraw(client, config)
    withdraw(client, config, "library")
    client.post("/withdraw", data={"phone": "0161 496 0002"})

    def notices(**asked: object) -> list[str | None]:
        return [one["notice"] for one in listed(client, desk, **asked)["withdrawals"]]

    assert notices() == ["family-hubs", "library", None]
    assert notices(notice="library") == notices(service="library SERVICE") == ["library", None]
    assert notices(service="Library Service", notice="family-hubs") == notices(service="Nobody") == [None]
    assert client.get("/api/withdrawals?notice=parks", headers=desk).status_code == 404
    narrow = key(config, capsys, "--may", "withdrawals", "--notice", "library")
    assert [one["notice"] for one in listed(client, narrow)["withdrawals"]] == ["library", None]
    assert client.get("/api/withdrawals?notice=family-hubs", headers=narrow).status_code == 403
    for wrong in ("most=501", "most=x", "letters_before=-1", "acted=maybe"):
        assert client.get(f"/api/withdrawals?{wrong}", headers=desk).status_code == 400


def test_pages_follow_one_another_and_lose_nothing(config: Config, client: FlaskClient, desk: dict[str, str]) -> None:
    for _ in range(5):
        withdraw(client, config)
    found, after, more = [], 0, True
    while more:
        answered = listed(client, desk, after=after, most=2)
        found += [one["seq"] for one in answered["withdrawals"]]
        after, more = answered["next"], answered["more"]
        assert len(found) <= 6
    assert found == [one["seq"] for one in listed(client, desk)["withdrawals"]] and len(found) == 5


def test_a_page_takes_the_same_number_of_questions_however_much_waits(
    config: Config, client: FlaskClient, desk: dict[str, str]
) -> None:
    def questions() -> int:
        asked: list[str] = []
        own = threading.get_ident()

        def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
            if threading.get_ident() == own:  # the endpoint's other threads look at the database too
                asked.append(statement)

        engine_events.listen(Engine, "before_cursor_execute", note)
        listed(client, desk, acted="yes")
        engine_events.remove(Engine, "before_cursor_execute", note)
        return len(asked)

    withdraw(client, config)
    listed(client, desk)  # the first use in an hour is noted
    one = questions()
    for number in range(8):
        withdraw(client, config, email=f"r{number}@example.org")
    fail(config)
    assert questions() == one


def test_what_others_did_is_refused_with_who_and_when_unless_it_is_meant_to_stand_beside(
    config: Config, client: FlaskClient, desk: dict[str, str]
) -> None:
    withdraw(client, config)
    (open_one,) = listed(client, desk)["withdrawals"]
    seq = open_one["seq"]
    assert report(client, desk, seq)[0] == 201
    assert [report(client, desk, seq, note="")[0] for _ in range(2)] == [200, 200]
    status, refused = report(client, desk, seq, by="FH-4")
    assert (status, refused["errors"][0]["code"]) == (409, "already-acted")
    assert refused["acted"]["by"] == "FH-3" and refused["acted"]["code"] == "stopped" and refused["acted"]["happened"]
    assert report(client, desk, seq, code="passed-on")[0] == 201, "the same person may add to their report"
    assert report(client, desk, seq, by="FH-4", beside=True)[0] == 201
    assert report(client, desk, seq, by="FH-4")[0] == 200, "that report is known already"
    assert report(client, desk, seq, by="FH-5", beside="yes")[0] == 400
    assert listed(client, desk)["withdrawals"] == []
    (done,) = listed(client, desk, acted="yes")["withdrawals"]
    assert (done["seq"], done["acted"]["by"]) == (seq, "FH-4")
    assert client.get(f"/api/withdrawals/{seq}", headers=desk).json == done
    for other in (1, seq + 50, 10**30):
        assert client.get(f"/api/withdrawals/{other}", headers=desk).status_code == 404


def test_of_two_people_at_once_one_acts_and_the_other_reads_who_did(
    app: Flask, config: Config, client: FlaskClient, desk: dict[str, str]
) -> None:
    withdraw(client, config)
    seq = listed(client, desk)["withdrawals"][0]["seq"]
    answers: list[int] = []
    start = threading.Barrier(4)

    def act(by: str) -> None:
        own = app.test_client(use_cookies=False)
        start.wait(20)
        answers.append(own.post(f"/api/withdrawals/{seq}/acted", json=STOPPED | {"by": by}, headers=desk).status_code)

    people = [threading.Thread(target=act, args=(f"FH-{number}",)) for number in range(4)]
    for person in people:
        person.start()
    for person in people:
        person.join(60)
    assert sorted(answers) == [201, 409, 409, 409]


def fail(config: Config, noted: str = "the address was refused: 550", where: str = "1 = 1") -> None:
    """Have letters given up as the sender does it."""
    engine = open_engine(config.database, 5)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE outbox SET given_up = '{noted}', tries = 1 WHERE {where}")  # noqa: S608
    engine.dispose()


def test_letters_that_reached_nobody_go_back_in_time_and_leave_once_somebody_acted(
    config: Config, client: FlaskClient, desk: dict[str, str]
) -> None:
    for number in range(3):
        withdraw(client, config, email=f"r{number}@example.org")
    withdraw(client, config, "library")
    fail(config)
    everything = listed(client, desk)["undelivered"]
    ids = [letter["id"] for letter in everything]
    assert ids == sorted(ids, reverse=True) and len(ids) >= 7
    assert {letter["why"] for letter in everything} == {"refused"}
    paged, before = [], 0
    while before is not None:
        answered = listed(client, desk, most=3, letters_before=before)
        paged += answered["undelivered"]
        before = answered["earlier_letters"]
        assert len(paged) <= len(ids)
    assert paged == everything
    assert {one["notice"] for one in listed(client, desk, notice="library")["undelivered"]} == {"library"}
    last = listed(client, desk)["withdrawals"][-1]["seq"]
    assert last in {letter["seq"] for letter in everything}
    assert report(client, desk, last)[0] == 201
    assert last not in {letter["seq"] for letter in listed(client, desk)["undelivered"]}
    assert "@example.org" not in str(listed(client, desk))


@pytest.mark.parametrize(
    ("noted", "code"),
    [
        ("the address was refused: 550", Why.REFUSED),
        ("the address was refused: Notify answered 400", Why.REFUSED),
        ("the server cannot write to that address", Why.NO_ADDRESS),
        (f"{NO_ADDRESS}: two dots stand together", Why.NO_ADDRESS),
        ("the service has no mail address", Why.NO_MAILBOX),
        (OVER_LIMIT, Why.TOO_MANY),
        ("TimeoutError with mail.example.org:587", Why.NOT_TAKEN),
        ("550 gone@example.org is unknown", Why.NOT_TAKEN),
    ],
)
def test_why_a_letter_reached_nobody_is_a_code(noted: str, code: Why) -> None:
    assert why(noted) is code


def test_what_0_1_0_noted_counts_as_done_and_its_words_stay_closed(
    config: Config, client: FlaskClient, desk: dict[str, str]
) -> None:
    withdraw(client, config)
    seq = listed(client, desk)["withdrawals"][0]["seq"]
    engine = open_engine(config.database, 5)
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO action (id, seq, what, recorded_by, happened, made) VALUES "  # noqa: S608
            f"(1, {seq}, 'Rang A. Resident', 'FH-1', '2026-11-28T00:00:00.000Z', '2026-11-28T00:00:00.000Z')"
        )
    engine.dispose()
    assert listed(client, desk)["withdrawals"] == []
    (done,) = listed(client, desk, acted="yes")["withdrawals"]
    assert done["acted"] == {"seq": None, "code": None, "by": "FH-1", "happened": "2026-11-28T00:00:00.000Z"}
    assert report(client, desk, seq)[0] == 409


def test_a_manifest_without_a_time_limit_leaves_the_month(
    app: Flask, config: Config, client: FlaskClient, clock: FakeClock, desk: dict[str, str]
) -> None:
    config.manifest.write_text(manifests.to_json(replace(TWO, site=MANIFEST.site)), "utf-8")
    service_of(app).files.look()
    withdraw(client, config)
    (one,) = listed(client, desk)["withdrawals"]
    assert (date.fromisoformat(one["deadline"]) - clock().date()).days >= 28


def test_erasing_a_person_leaves_what_is_to_be_stopped(
    config: Config, client: FlaskClient, desk: dict[str, str]
) -> None:
    given = give(client)
    assert run(config, "erase", "--reference", str(given["reference"]), "--by", "DPO") == 0
    (ended,) = listed(client, desk)["withdrawals"]
    assert (ended["kind"], ended["notice"], ended["service"]) == ("revoked", "family-hubs", "Family Hubs")
    assert (ended["title"], ended["acted"]) == ("Family Hubs privacy notice", None)
