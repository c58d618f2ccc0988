"""Mail and withdrawing without a receipt: who is written to, what it says, and servers that misbehave."""

from __future__ import annotations

import base64
import hmac
import json
import re
import socket
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from flask.testing import FlaskClient

from tests.consent_fixtures import (
    BASE_URL,
    MANIFEST,
    NEWS,
    V1,
    V2,
    FakeClock,
    acts,
    answer,
    form,
    frozen,
    press,
    published,
    version,
)
from tests.serving import free_port
from widget.app import close_app, create_app
from widget.cli import main
from widget.config import Config
from widget.consent.erasure import erase
from widget.consent.erasure_list import AGAIN
from widget.consent.input import Answer
from widget.consent.recording import record_answer
from widget.errors import StartRefused
from widget.ledger.events import Decision, Kind
from widget.mail.alarm import MailAlarm
from widget.mail.delivery import Sender, Sent, pause_after, send_due
from widget.mail.message import Letter, NotSent, Undeliverable
from widget.mail.renewals import owe_renewals
from widget.mail.smtp import Smtp
from widget.mail.transports import Folder, Notify, Transport, transport_of
from widget.mail.typed_text import notify_markdown, one_line
from widget.manifest import Question, Renewal, Retraction
from widget.people.details import Details
from widget.people.mailed_links import Link, Purpose, link_of, link_token
from widget.service import Service
from widget.store.outbox import OVER_LIMIT
from widget.views.shared import service_of

RESIDENT = "resident@example.org"
SECRET = bytes(32)
DAY = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
LETTER = Letter("a.b@privacy.example.org", "council@example.org", "Council", RESIDENT, "A message", "Grüße\n", DAY)


class Box:
    """A transport that keeps what it is given."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []

    def send(self, letter: Letter, *, again: bool) -> None:
        self.letters.append(letter)

    def to(self, address: str) -> list[Letter]:
        return [letter for letter in self.letters if letter.to == address]


@pytest.fixture
def here(app: Flask) -> Service:
    return service_of(app)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client(use_cookies=False)


def agree(client: FlaskClient, email: str = RESIDENT, **more: str) -> str:
    sent = form(V2, **({"service_news": "given"} | more)) | {"email": email}
    return str(client.post("/consent/family-hubs", data=sent).location)


def sent(here: Service) -> Box:
    box = Box()
    send_due(here, box)
    return box


def links_in(letter: Letter) -> list[str]:
    return [found.removeprefix(BASE_URL) for found in re.findall(rf"{BASE_URL}/confirm/\S+", letter.body)]


def kinds(here: Service) -> list[str]:
    with here.store.reading() as reading:
        return [event.kind.value for event in acts(reading)]


@pytest.mark.postgresql
def test_a_receipt_is_mailed_once_with_the_words_and_a_neutral_subject(client: FlaskClient, here: Service) -> None:
    receipt = agree(client)
    (letter,) = sent(here).letters
    assert letter.to == RESIDENT
    assert f"{BASE_URL}{receipt}" in letter.body
    assert "or ring me, about Family Hub activities" in letter.body
    assert letter.subject == "A message from Example Council"
    assert sent(here).letters == []


def test_a_withdrawal_is_told_to_the_service_with_what_it_needs(client: FlaskClient, here: Service) -> None:
    receipt = agree(client)
    sent(here)
    client.post(f"{receipt}/withdraw", data={"consent": "service-news"})
    (letter,) = sent(here).letters
    assert letter.to == "family.hubs@example.org"
    assert "withdr" not in letter.subject.lower() and "consent" not in letter.subject.lower()
    for part in ("Version: 2", "or ring me", RESIDENT, "Reference: "):
        assert part in letter.body


def test_a_request_that_matches_nothing_is_still_a_task_for_the_service(client: FlaskClient, here: Service) -> None:
    asked = {"notice": "family-hubs", "name": "A Resident", "about": "A Child", "acting_for": "child"}
    client.post("/withdraw", data=asked | {"email": "nobody@example.org", "case": "FH-17"})
    (letter,) = sent(here).letters
    assert letter.to == "family.hubs@example.org"
    for part in ("A Resident", "A Child", "FH-17", "nobody@example.org", "acts for a child"):
        assert part in letter.body
    with here.store.reading() as reading:
        (event,) = acts(reading)
    assert (event.kind, event.acting_for) == ("withdrawal-requested", "child")
    assert sent(here).letters == []


@pytest.mark.postgresql
def test_a_request_that_is_sent_twice_from_one_view_is_one_request(client: FlaskClient, here: Service) -> None:
    agree(client)
    sent(here)
    page = client.get("/withdraw")
    assert "no-store" not in page.headers["Cache-Control"]  # Back finds the same view
    (view,) = re.findall(r'name="request_id" value="([^"]+)"', page.text)
    asked = {"request_id": view, "notice": "family-hubs", "email": RESIDENT, "name": "A Resident"}
    for _ in range(3):
        assert client.post("/withdraw", data=asked).status_code == 303
    with here.store.reading() as reading:
        assert [event.kind for event in acts(reading)].count(Kind.WITHDRAWAL_REQUESTED) == 1
    assert [letter.to for letter in sent(here).letters] == ["family.hubs@example.org", RESIDENT]
    for other in (asked | {"name": "Another"}, asked | {"notice": ""}, asked | {"request_id": "0" * 32}):
        client.post("/withdraw", data=other)
        client.post("/withdraw", data=other)
    with here.store.reading() as reading:
        requests = [event for event in acts(reading) if event.kind == Kind.WITHDRAWAL_REQUESTED]
    assert len(requests) == len({event.subject for event in requests}) == 4


@pytest.mark.postgresql
def test_a_mailed_link_withdraws_what_is_ticked_and_a_look_at_it_changes_nothing(
    client: FlaskClient, here: Service
) -> None:
    agree(client)
    agree(client, photos="given")
    agree(client, "other@example.org")
    sent(here)
    client.post("/withdraw", data={"email": RESIDENT.upper()})
    (letter,) = sent(here).to(RESIDENT)  # the address on file, not the one that was typed now
    (link,) = links_in(letter)
    shown = client.get(link)
    client.head(link)
    assert shown.text.count('type="checkbox"') == 3
    assert "checked" not in shown.text
    assert "withdrawn" not in kinds(here)
    assert client.post(link, data={}).status_code == 400
    names = re.findall(r'name="consent" value="([^"]+)"', shown.text)
    assert client.post(link, data={"consent": names[:2]}).status_code == 200
    assert kinds(here).count("withdrawn") == 2
    assert client.get(link).text.count('type="checkbox"') == 1
    assert client.post(link, data={"consent": names}).status_code == 200
    assert kinds(here).count("withdrawn") == 3


def test_a_link_is_over_after_thirty_minutes(client: FlaskClient, here: Service, clock: FakeClock) -> None:
    agree(client)
    client.post("/withdraw", data={"email": RESIDENT})
    (link,) = links_in(sent(here).to(RESIDENT)[-1])
    clock.move(minutes=29)
    assert client.get(link).status_code == 200
    clock.move(minutes=2)
    assert client.get(link).status_code == 410


def test_a_link_reaches_only_what_stands_under_its_own_address(client: FlaskClient, here: Service) -> None:
    agree(client)
    other = agree(client, "other@example.org")
    reference = re.search(r'class="reference">([^<]+)<', client.get(other).text)
    assert reference
    client.post("/withdraw", data={"email": RESIDENT})
    (link,) = links_in(sent(here).to(RESIDENT)[-1])
    stolen = client.post(link, data={"consent": f"{reference[1]}/service-news"})
    assert stolen.status_code == 404
    assert "withdrawn" not in kinds(here)


def test_a_reference_from_paper_leads_to_the_address_on_file(client: FlaskClient, here: Service) -> None:
    reference = re.search(r'class="reference">([^<]+)<', client.get(agree(client)).text)
    assert reference
    sent(here)
    client.post("/withdraw", data={"reference": reference[1].replace("-", " ").lower()})
    assert len(sent(here).to(RESIDENT)) == 1


@pytest.mark.parametrize("token", ["x", "A" * 43, "A" * 44, "_" * 44])
def test_a_made_up_link_is_not_there(client: FlaskClient, token: str) -> None:
    assert client.get(f"/confirm/{token}").status_code == 404
    assert client.post(f"/confirm/{token}", data={}).status_code in (400, 404, 415)


def test_the_answer_has_the_same_bytes_for_the_known_and_the_unknown(client: FlaskClient) -> None:
    agree(client)
    answers = {
        (response.status_code, re.sub("[0-9a-f-]{36}", "its own", f"{response.text}{sorted(response.headers.items())}"))
        for response in (
            client.post("/withdraw", data={"email": email})
            for email in (RESIDENT, "nobody@example.org", "x@example.org")
        )
    }
    assert len(answers) == 1


@pytest.mark.postgresql
def test_an_address_is_confirmed_by_its_reader_alone(client: FlaskClient, here: Service) -> None:
    agree(client)
    (link,) = links_in(sent(here).letters[0])
    client.get(link)
    with here.store.reading() as reading:
        assert reading.confirmed() == []
    assert press(client, link) == 200
    with here.store.reading() as reading:
        assert len(reading.confirmed()) == 1


def renewing(tmp_path: Path, renewal: Renewal, clock: FakeClock) -> tuple[Flask, FlaskClient]:
    versions = tuple(frozen(replace(version, renewal=renewal)) for version in MANIFEST.versions)
    app = create_app(published(tmp_path, replace(MANIFEST, versions=versions)), clock)
    return app, app.test_client(use_cookies=False)


@pytest.mark.postgresql
def test_renewal_is_mailed_to_a_confirmed_address_once_and_can_be_stopped(
    each_database: str, tmp_path: Path, clock: FakeClock
) -> None:
    app, client = renewing(tmp_path, Renewal(), clock)
    here = service_of(app)
    for email in (RESIDENT, "unconfirmed@example.org"):
        sent_form = form(V1, service_news="given", photos="given") | {"email": email}
        client.post("/consent/family-hubs", data=sent_form)
    (link,) = links_in(sent(here).to(RESIDENT)[0])
    press(client, link)
    here.clock.move(days=1)  # type: ignore[attr-defined]
    assert owe_renewals(here) == 1
    (letter,) = sent(here).letters
    assert letter.to == RESIDENT
    assert "or ring me" in letter.body and "photos" not in letter.body
    assert letter.leave
    message = letter.message()
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    leave = letter.leave.removeprefix(BASE_URL)
    for _ in range(2):
        assert client.post(leave, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    with here.store.reading() as reading:
        assert reading.confirmed() == []
    close_app(app)


def test_renewal_is_asked_where_the_words_changed_and_answered_on_the_same_receipt(
    tmp_path: Path, clock: FakeClock
) -> None:
    app, client = renewing(tmp_path, Renewal(), clock)
    given = client.post("/api/consents", json=answer(V1, service_news="given", photos="given")).json or {}
    assert set(given["renewal"]) == {"service-news"}
    assert given["renewal"]["service-news"]["version"] == 2
    path = f"/receipt/{given['token']}"
    assert f"{path}/renew" in client.get(path).text
    shown = client.get(f"{path}/renew").text
    assert "or ring me" in shown and "photos" not in shown
    assert not re.search("<button[^>]*value", shown), "lynx shows the value beside the words of the button"
    assert client.post(f"{path}/renew", data=form(V2, service_news="given")).status_code == 303
    assert kinds(service_of(app))[-1] == "renewed"
    back = client.get(f"{path}/renew?language=en")  # Back, or a reload: the receipt says what was chosen
    assert (back.status_code, back.location) == (303, f"{path}?language=en")
    refused = client.post("/api/consents", json=answer(V1, service_news="refused")).json or {}
    assert refused["renewal"] == {}
    close_app(app)


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        (Question("May we ring?", "Yes, write", "No"), True),
        (Question("May we write?", "Yes, ring", "No"), True),
        (Question("May we write?", "Yes, write", "Not now"), False),
        (None, True),
    ],
)
def test_a_yes_to_another_question_is_asked_for_again_with_both_questions_shown(
    tmp_path: Path, clock: FakeClock, question: Question | None, asks: bool
) -> None:
    old = replace(NEWS, question=Question("May we write?", "Yes, write", "No"))
    first, second = version(number=1, consents=(old,)), version(number=2, consents=(replace(old, question=question),))
    app = create_app(published(tmp_path, replace(MANIFEST, versions=(first, second))), clock)
    client, here = app.test_client(use_cookies=False), service_of(app)
    receipt = client.post(
        "/consent/family-hubs", data=form(first, service_news="given") | {"email": RESIDENT}
    ).location.partition("?")[0]
    shown = client.get(f"{receipt}/renew")
    assert (shown.status_code == 200) == asks
    assert (f"{receipt}/renew" in client.get(receipt).text) == asks
    (link,) = links_in(sent(here).to(RESIDENT)[0])
    press(client, link)
    here.clock.move(days=1)  # type: ignore[attr-defined]
    assert owe_renewals(here) == asks
    if asks:
        (letter,) = sent(here).letters
        assert "May we write? Yes, write" in letter.body
        assert "May we write? <strong>Yes, write</strong>" in shown.text
        assert (
            f'<button type="submit">{question.agree if question else "I agree to the new words"}</button>' in shown.text
        )
        assert not question or question.text in letter.body
    close_app(app)


def test_an_old_yes_lapses_where_the_notice_says_so_and_can_be_renewed(tmp_path: Path, clock: FakeClock) -> None:
    clock.now = clock.now.replace(month=1, day=3)
    renewal = Renewal(False, 28)
    old, new = (frozen(replace(version, renewal=renewal)) for version in (V1, V2))
    app, client = renewing(tmp_path, renewal, clock)
    given = client.post("/api/consents", json=answer(old, service_news="given", photos="given")).json or {}
    headers = {"Authorization": f"Bearer {given['token']}"}
    assert given["renewal"]["service-news"]["lapses"] == "2026-01-30"
    states = []
    for day in (29, 30):
        clock.now = clock.now.replace(day=day)
        states.append((client.get(f"/api/receipts/{given['reference']}", headers=headers).json or {})["state"])
    assert [state["service-news"] for state in states] == ["given", "lapsed"]
    assert states[1]["photos"] == "given"
    renewed = client.post("/api/consents", json=answer(new, service_news="given"), headers=headers).json or {}
    assert renewed["state"]["service-news"] == "given"
    close_app(app)


def test_nobody_is_asked_again_about_a_notice_that_is_no_longer_used(tmp_path: Path, clock: FakeClock) -> None:
    versions = tuple(frozen(replace(version, retired=version.version > 1)) for version in MANIFEST.versions)
    app = create_app(published(tmp_path, replace(MANIFEST, versions=versions)), clock)
    given = app.test_client().post("/api/consents", json=answer(V1, service_news="given")).json or {}
    assert (given["state"], given["renewal"]) == ({"service-news": "given"}, {})
    close_app(app)


def test_words_that_were_taken_down_are_asked_again_and_their_receipt_still_opens(
    tmp_path: Path, clock: FakeClock
) -> None:
    config = published(tmp_path)
    app = create_app(config, clock)
    client = app.test_client(use_cookies=False)
    sent_form = form(V1, photos="given") | {"email": RESIDENT}
    receipt = client.post("/consent/family-hubs", data=sent_form).location
    gone = replace(V1, consents=(), text="", retracted=Retraction(clock.now.date(), "It was never agreed."))
    published(tmp_path, replace(MANIFEST, versions=(gone, *MANIFEST.versions[1:])))
    shown = client.get(receipt)
    assert shown.status_code == 200
    assert f"{receipt}/renew" in shown.text
    assert client.get(f"{receipt}/renew").status_code == 200
    assert client.get(f"{receipt}/file").status_code == 200
    assert client.post(f"{receipt}/withdraw", data={"consent": "photos"}).status_code == 303
    assert len(sent(service_of(app)).letters) == 2
    assert client.post("/consent/family-hubs", data=sent_form).status_code == 409
    assert client.get("/consent/family-hubs?version=1").status_code in (200, 404)
    close_app(app)


# The outbox.


class Down:
    """A transport that takes nothing, or nothing for one address."""

    def __init__(self, error: BaseException, only: str = "") -> None:
        self.error = error
        self.only = only
        self.box = Box()

    def send(self, letter: Letter, *, again: bool) -> None:
        if self.only in letter.to:
            raise self.error
        self.box.send(letter, again=again)


@pytest.mark.postgresql
def test_what_fails_is_tried_again_later_and_a_resident_who_is_refused_for_good_is_not(
    client: FlaskClient, here: Service, clock: FakeClock
) -> None:
    client.post("/withdraw", data={"notice": "family-hubs", "phone": "0161 496 0002"})
    assert send_due(here, Down(Undeliverable("no such box"))).failed == 1
    assert send_due(here, Box()).sent == 0
    clock.move(seconds=31)
    assert send_due(here, Down(NotSent("down"))).failed == 1
    clock.move(seconds=31)
    assert send_due(here, Box()).sent == 0
    clock.move(hours=2)
    assert send_due(here, Box()).sent == 1
    agree(client)
    assert send_due(here, Down(Undeliverable("no such box"))).given_up == 1
    clock.move(days=1)
    assert sent(here).letters == []


@pytest.mark.parametrize(
    "error", [ValueError("x@y"), RecursionError(), KeyError("x"), UnicodeEncodeError("a", "b", 0, 1, "c")]
)
def test_whatever_sending_a_letter_raises_the_next_one_goes_out(
    client: FlaskClient, here: Service, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("first", "bad", "last"):
        agree(client, f"{name}@example.org")
    down = Down(error, only="bad")
    done = send_due(here, down)
    assert (done.sent, done.failed) == (2, 1)
    assert [letter.to for letter in down.box.letters] == ["first@example.org", "last@example.org"]
    assert client.get("/readyz").status_code == 200
    assert "x@y" not in caplog.text


@pytest.mark.postgresql
def test_an_address_on_file_that_no_letter_can_bear_stops_no_other_letter_and_is_listed(
    client: FlaskClient, here: Service
) -> None:
    agree(client, "first@example.org")
    here.store.write(
        lambda writing: record_answer(
            writing, Answer(V2, {"photos": Decision.GIVEN}, said=Details("ja..ne@example.org")), MANIFEST, here.sealing
        )
    )
    agree(client, "last@example.org")
    assert [letter.to for letter in sent(here).letters] == ["first@example.org", "last@example.org"]
    with here.store.reading() as reading:
        (listed,) = reading.listed()
    assert (listed.state, listed.kind, listed.tries) == ("undelivered", "receipt", 1)
    assert "a dot cannot be first" in (listed.why or "")


def until_settled(here: Service, transport: Transport, clock: FakeClock, days: int) -> list[Sent]:
    rounds = []
    for _ in range(days * 12):
        rounds.append(send_due(here, transport))
        clock.move(hours=2)
    return rounds


@pytest.mark.postgresql
def test_a_letter_is_given_up_after_five_days_and_listed_for_residents_and_services_alike(
    client: FlaskClient, here: Service, clock: FakeClock
) -> None:
    agree(client)
    client.post("/withdraw", data={"notice": "family-hubs", "phone": "0161 496 0002"})
    down = Down(NotSent("the address was refused: 450"))
    assert send_due(here, down).given_up == 1  # the link leads to nobody
    assert sum(done.given_up for done in until_settled(here, down, clock, days=4)) == 0
    assert sum(done.given_up for done in until_settled(here, down, clock, days=2)) == 2
    with here.store.reading() as reading:
        listed = reading.listed()
        assert reading.unsent() == 0
    assert [(one.state, one.kind, one.why) for one in listed] == [
        ("undelivered", "receipt", "the address was refused: 450"),
        ("undelivered", "withdrawal-requested", "the address was refused: 450"),
    ]
    assert "consents_mail_undelivered 2.0" in client.get("/metrics").text


def test_a_letter_is_tried_twice_however_long_the_sender_was_away(
    client: FlaskClient, here: Service, clock: FakeClock
) -> None:
    agree(client)
    clock.move(days=9)
    assert send_due(here, Down(NotSent("down"))).failed == 1
    clock.move(hours=2)
    assert sent(here).letters[0].to == RESIDENT


def test_what_waits_and_what_was_given_up_is_listed_without_addresses(
    client: FlaskClient,
    here: Service,
    config: Config,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in ("busy", "gone"):
        agree(client, f"{name}@example.org")
    client.post("/withdraw", data={"email": "nobody@example.org"})
    send_due(here, Down(NotSent("the server answered 450"), only="busy"))
    send_due(here, Down(Undeliverable("the address was refused: 550"), only=""))
    agree(client, "gone@example.org")
    send_due(here, Down(Undeliverable("the address was refused: 550"), only="gone"))
    assert main(["mail", "--database", config.database, "--format", "json"]) == 0
    written = capsys.readouterr().out
    letters = json.loads(written)["letters"]
    assert [(one["state"], one["kind"], one["why"]) for one in letters] == [
        ("waits", "receipt", "the server answered 450"),
        ("undelivered", "receipt", "the address was refused: 550"),
    ]
    assert "@" not in written
    with here.store.reading() as reading:
        assert all(reading.receipt_with(one["reference"]) for one in letters)
    assert main(["mail", "--database", config.database]) == 0
    assert capsys.readouterr().out.count("\n") == 3


# Limits by recipient.


@pytest.mark.postgresql
def test_an_unconfirmed_address_gets_five_letters_an_hour_and_twenty_a_day_from_all_hosts(
    config: Config, client: FlaskClient, here: Service, clock: FakeClock
) -> None:
    for _ in range(30):
        agree(client, photos="given")
    other = None if config.database.startswith("sqlite") else create_app(config, clock)
    hosts = [here, service_of(other)] if other else [here]
    a_day = []
    for _ in range(24):
        a_day.append(sum(len(sent(host).letters) for host in hosts))
        clock.move(hours=1)
    assert a_day[:4] == [5, 5, 5, 5]
    assert sum(a_day) == 20
    assert sum(len(sent(host).letters) for host in hosts) == 5
    agree(client, "other@example.org")
    assert len(sent(here).to("other@example.org")) == 1
    if other:
        close_app(other)


def small(here: Service) -> Service:
    """The same endpoint with an allowance of one an hour and two a day."""
    few = {"mail_hourly": 1, "mail_daily": 2, "links_hourly": 1, "links_daily": 2}
    return replace(here, config=replace(here.config, **few))  # type: ignore[arg-type]


def test_receipts_over_the_limit_are_given_up_after_five_days(
    client: FlaskClient, here: Service, clock: FakeClock
) -> None:
    for _ in range(15):
        agree(client, photos="given")
    rounds = until_settled(small(here), box := Box(), clock, days=6)
    assert 10 <= len(box.letters) <= 12
    assert len(box.letters) + sum(done.given_up for done in rounds) == 15
    with here.store.reading() as reading:
        assert {one.why for one in reading.listed()} == {OVER_LIMIT}


def test_a_confirmed_address_has_no_limit_but_for_links(client: FlaskClient, here: Service) -> None:
    agree(client)
    (link,) = links_in(sent(here).letters[0])
    press(client, link)
    for _ in range(9):
        agree(client, photos="given")
        client.post("/withdraw", data={"email": RESIDENT})
    letters = sent(here).to(RESIDENT)
    assert len([letter for letter in letters if "You asked to withdraw" in letter.body]) == 5
    assert len(letters) == 9 + 5


def test_links_for_withdrawing_have_their_own_allowance_and_none_is_ever_dropped(
    client: FlaskClient, here: Service, clock: FakeClock
) -> None:
    for _ in range(3):
        agree(client, photos="given")
    for _ in range(15):
        client.post("/withdraw", data={"email": RESIDENT})
    few = small(here)
    assert len(sent(few).to(RESIDENT)) == 1 + 1
    rounds = until_settled(few, box := Box(), clock, days=8)
    links = [letter for letter in box.to(RESIDENT) if "You asked to withdraw" in letter.body]
    assert 1 + len(links) == 15
    assert sum(done.given_up for done in rounds) == 0


def test_whom_a_letter_was_for_is_forgotten_when_no_limit_counts_it(
    client: FlaskClient, here: Service, clock: FakeClock
) -> None:
    def recipients() -> int:
        with here.store.reading() as reading:
            rows = reading._connection.exec_driver_sql("SELECT count(*) FROM outbox WHERE recipient IS NOT NULL")
            return int(rows.scalar_one())

    agree(client)
    sent(here)
    assert recipients() == 1
    clock.move(days=2)
    agree(client, "other@example.org")
    sent(here)
    assert recipients() == 1
    with here.store.reading() as reading:
        subjects = list(reading.subjects())
    for subject in subjects:
        here.store.write(lambda writing, subject=subject: erase(writing, subject, AGAIN))  # type: ignore[misc]
    assert recipients() == 0


def test_pauses_grow_to_an_hour() -> None:
    assert [pause_after(tries).total_seconds() for tries in (0, 1, 2, 20)] == [30, 60, 120, 3600]


@pytest.mark.postgresql
def test_old_mail_is_measured_and_logged_each_hour_and_acts_are_taken_all_the_same(
    client: FlaskClient, here: Service, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    agree(client)
    alarm = MailAlarm(here)
    clock.move(minutes=59)
    alarm.look()
    assert not caplog.records
    for _ in range(125):
        clock.move(minutes=1)
        alarm.look()
    assert [record.levelname for record in caplog.records] == ["ERROR", "ERROR", "ERROR"]
    assert "consents_mail_oldest_seconds 11040.0" in client.get("/metrics").text
    assert client.get("/readyz").status_code == 200


def test_readyz_turns_red_where_nothing_can_be_kept_in_the_folder_of_keys(config: Config, client: FlaskClient) -> None:
    assert config.keys is not None
    aside = config.keys.rename(config.keys.with_name("aside"))
    assert client.get("/readyz").status_code == 503
    aside.rename(config.keys)
    assert client.get("/readyz").status_code == 200


def test_readyz_turns_red_on_a_manifest_that_cannot_be_used(config: Config, client: FlaskClient) -> None:
    good = config.manifest.read_text("utf-8")
    config.manifest.write_text("{", "utf-8")
    assert client.get("/readyz").status_code == 503
    config.manifest.write_text(good, "utf-8")
    assert client.get("/readyz").status_code == 200


@pytest.mark.postgresql
def test_two_senders_send_once(client: FlaskClient, here: Service) -> None:
    for number in range(10):
        agree(client, f"resident{number}@example.org")
    box = Box()
    senders = [threading.Thread(target=send_due, args=(here, box)) for _ in range(4)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert sorted(letter.to for letter in box.letters) == [f"resident{number}@example.org" for number in range(10)]


def test_the_thread_sends_by_itself(client: FlaskClient, here: Service) -> None:
    box = Box()
    agree(client)
    sender = Sender(here, box)
    sender.start()
    for _ in range(200):
        if box.letters:
            break
        time.sleep(0.1)
    sender.close()
    assert len(box.letters) == 1


# Mail servers.


class Sink:
    """A mail server's inside: keeps every message, or refuses every recipient (of one domain)."""

    def __init__(self, refuse: str = "", only: str = "") -> None:
        self.refuse = refuse
        self.only = only
        self.got: list[tuple[list[str], EmailMessage]] = []

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        if self.refuse and self.only in address:
            return self.refuse
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.got.append((list(envelope.rcpt_tos), message))
        return "250 OK"


@contextmanager
def mail_server(sink: Sink) -> Iterator[int]:
    port = free_port()
    controller = Controller(sink, hostname="127.0.0.1", port=port, enable_SMTPUTF8=True)  # type: ignore[no-untyped-call]
    controller.start()  # type: ignore[no-untyped-call]
    try:
        yield port
    finally:
        controller.stop()  # type: ignore[no-untyped-call]


@contextmanager
def bad_server(drip: bytes = b"") -> Iterator[int]:
    """Accepts and says nothing, or a sign now and then that never becomes a line."""
    stop = threading.Event()

    def drip_into(connection: socket.socket) -> None:
        with connection:
            while drip and not stop.wait(0.05):
                try:
                    connection.sendall(drip)
                except OSError:
                    return
            stop.wait(20)

    def accept() -> None:
        while not stop.is_set():
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=drip_into, args=(connection,), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.2)
        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        yield listening.getsockname()[1]
        stop.set()


def smtp(port: int, seconds: float = 10) -> Smtp:
    found = transport_of(f"smtp://127.0.0.1:{port}", seconds, {})
    assert isinstance(found, Smtp)
    return found


def test_a_mail_server_gets_each_message_exactly_once_for_one_recipient(client: FlaskClient, here: Service) -> None:
    sink = Sink()
    agree(client)
    client.post("/withdraw", data={"notice": "family-hubs", "email": "b@example.org"})
    with mail_server(sink) as port:
        assert send_due(here, smtp(port)).sent == 2
        assert send_due(here, smtp(port)).sent == 0
    assert sorted(recipients for recipients, _ in sink.got) == [["family.hubs@example.org"], [RESIDENT]]
    assert len({message["Message-ID"] for _, message in sink.got}) == 2
    assert all(message["To"] in recipients for recipients, message in sink.got)


def test_a_comma_cannot_add_a_recipient(client: FlaskClient, here: Service) -> None:
    for email in ("a@example.org,b@example.org", "a@example.org, b@example.org", "a@example.org\r\nBcc: b@example.org"):
        assert client.post("/withdraw", data={"email": email}).status_code != 202
        assert client.post("/consent/family-hubs", data=form(photos="given") | {"email": email}).status_code == 400
    assert sent(here).letters == []


def test_a_domain_that_is_refused_for_now_for_ever_holds_up_nobody_and_is_given_up(
    client: FlaskClient, here: Service, clock: FakeClock
) -> None:
    sink = Sink("450 4.1.2 Recipient address rejected: Domain not found", only="gmial.con")
    agree(client, "jane@gmial.con")
    agree(client)
    with mail_server(sink) as port:
        done = send_due(here, smtp(port))
        assert (done.sent, done.failed) == (1, 1)
        clock.move(days=5)
        assert send_due(here, smtp(port)).given_up == 1
    with here.store.reading() as reading:
        assert [one.why for one in reading.listed()] == ["the address was refused: 450"]
    assert client.get("/readyz").status_code == 200


@pytest.mark.parametrize(("refusal", "error"), [("550 no such box", Undeliverable), ("451 try later", NotSent)])
def test_a_refused_recipient_is_told_apart_from_a_busy_server(refusal: str, error: type[Exception]) -> None:
    with mail_server(Sink(refusal)) as port, pytest.raises(error):
        smtp(port).send(LETTER, again=False)


@pytest.mark.parametrize("drip", [b"", b"2"])
def test_a_silent_and_a_dripping_server_are_not_waited_for_without_end(drip: bytes) -> None:
    with bad_server(drip) as port, pytest.raises(NotSent):
        smtp(port, 0.2).send(LETTER, again=False)


def test_a_server_that_is_not_there_is_tried_again() -> None:
    with pytest.raises(NotSent):
        smtp(free_port()).send(LETTER, again=False)


def test_a_folder_holds_one_file_a_message_however_often_it_is_sent(tmp_path: Path) -> None:
    for again in (False, True):
        Folder(tmp_path / "mail").send(LETTER, again=again)
    (file,) = (tmp_path / "mail").iterdir()
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert (message["To"], message.get_content()) == (RESIDENT, "Grüße\r\n")


class FakeNotify(BaseHTTPRequestHandler):
    """GOV.UK Notify as far as we use it: takes a message, and knows a reference again."""

    taken: list[dict[str, Any]]
    refuse = 0

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.refuse:
            said = [{"error": "ValidationError", "message": "email_address Not a valid email address"}]
            return self._answer(self.refuse, {"status_code": self.refuse, "errors": said})
        self.taken.append(body)
        return self._answer(201, {"id": "1", "reference": body["reference"]})

    def do_GET(self) -> None:
        found = [one for one in self.taken if one["reference"] in self.path.replace("%40", "@")]
        self._answer(200, {"notifications": found})

    def _answer(self, status: int, document: object) -> None:
        text = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def test_notify_takes_a_letter_once_and_says_which_addresses_are_wrong() -> None:
    handler = type("Handler", (FakeNotify,), {"taken": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    key = "test-00000000-0000-4000-8000-000000000000-00000000-0000-4000-8000-000000000000"
    notify = Notify(key, "template", f"http://127.0.0.1:{server.server_port}", 5)
    try:
        notify.send(LETTER, again=False)
        notify.send(LETTER, again=True)
        assert [one["email_address"] for one in handler.taken] == [RESIDENT]  # type: ignore[attr-defined]
        assert handler.taken[0]["personalisation"] == {"subject": "A message", "body": "Grüße\n"}  # type: ignore[attr-defined]
        handler.refuse = 400
        with pytest.raises(Undeliverable):
            notify.send(LETTER, again=False)
        handler.refuse = 500
        with pytest.raises(NotSent):
            notify.send(LETTER, again=False)
    finally:
        server.shutdown()
        server.server_close()


# What a letter says of itself.


def test_every_letter_has_a_date_one_id_and_lines_that_every_server_takes(
    client: FlaskClient, here: Service, tmp_path: Path, clock: FakeClock
) -> None:
    agree(client)
    client.post("/withdraw", data={"notice": "family-hubs", "email": RESIDENT, "name": "ŵ" * 200})
    send_due(here, Folder(tmp_path / "mail"))
    files = sorted((tmp_path / "mail").iterdir())
    assert len(files) == 3
    for file in files:
        raw = file.read_bytes()
        message = message_from_bytes(raw, policy=policy.default)
        assert message["Date"].datetime == clock.now
        assert message["Message-ID"].endswith("@privacy.example.org>")
        assert (message["Auto-Submitted"], message["MIME-Version"]) == ("auto-generated", "1.0")
        assert not any(message[name].defects for name in message)
        head, _, body = raw.partition(b"\r\n\r\n")
        assert max(map(len, body.split(b"\r\n"))) <= 76
        assert max(map(len, head.split(b"\r\n"))) <= 998
        assert raw.isascii()


def test_one_click_is_offered_by_https_alone_and_on_one_line() -> None:
    leave = f"https://privacy.a-council-with-a-long-name.example.org/confirm/{'A' * 46}"
    raw = bytes(replace(LETTER, leave=leave).message())
    assert f"\r\nList-Unsubscribe: <{leave}>\r\n".encode() in raw
    assert b"List-Unsubscribe" not in bytes(replace(LETTER, leave="http://127.0.0.1/confirm/A").message())


@pytest.mark.parametrize("name", ["Cyngor Sir Gâr, ŵ", 'The "Council", at large', "Council <x@example.org>", "ŵ" * 300])
def test_the_name_of_the_council_cannot_change_who_sends(name: str) -> None:
    message = message_from_bytes(bytes(replace(LETTER, sender_name=name).message()), policy=policy.default)
    (sender,) = message["From"].addresses
    assert (sender.display_name, sender.addr_spec) == (name, LETTER.sender)


def test_a_link_never_ends_in_a_sign_that_mail_programs_drop() -> None:
    for number in range(5000):
        for purpose in Purpose:
            link = Link(purpose, str(uuid.UUID(int=number)), number.to_bytes(16), DAY)
            token = link_token(SECRET, link)
            assert token[-1].isalnum()
            assert link_of(SECRET, token) == link


def test_a_link_that_an_earlier_release_mailed_keeps_working(client: FlaskClient, here: Service) -> None:
    agree(client)
    sent(here)
    with here.store.reading() as reading:
        event = acts(reading)[0]
    said = uuid.UUID(event.event_id).bytes + b"a"
    mac = hmac.digest(here.keys.token_secret, b"link\0" + said, "sha256")[:16]
    old = base64.urlsafe_b64encode(said + mac).decode()
    assert press(client, f"/confirm/{old}") == 200
    with here.store.reading() as reading:
        assert len(reading.confirmed()) == 1


# What was typed is text.

FORGED = [
    "A\nReference: AAAA-BBBB",
    "A\r\n\r\nWhen you have acted",
    "A\x0bReference: X",
    "A\u2028Reference: X",
    "A\x85Reference: X",
    "\u202eBBBB-AAAA :ecnerefeR",
    "A" + " " * 90 + "Reference: X",
]


@pytest.mark.parametrize("field", ["name", "phone", "post", "about", "case", "reference"])
@pytest.mark.parametrize("typed", FORGED)
def test_what_was_typed_adds_no_line_to_the_letter_to_the_service(
    client: FlaskClient, here: Service, field: str, typed: str
) -> None:
    asked = {"notice": "family-hubs", "phone": "0161 496 0002"} | {field: typed[:50]}
    if client.post("/withdraw", data=asked).status_code == 400:
        return  # the form refuses that sign
    (letter,) = sent(here).to("family.hubs@example.org")
    lines = letter.body.splitlines()
    assert sum(line.startswith("Reference: ") for line in lines) == (field == "reference")
    assert not any(sign in letter.body for sign in "\u202e\u2028\x85\x0b")
    assert " " * 3 not in letter.body


def test_names_are_spelt_as_they_were_typed() -> None:
    for name in ("Siân O’Neil-Jones", "می\u200cخواهم", "Zoë  (she/her)", "李小龍"):
        assert one_line(name) == " ".join(name.split())


@pytest.mark.parametrize(
    "typed",
    [
        "[Open the case](https://evil.example/x)",
        "&#91;Open the case&#93;&#40;https&#58;//evil.example/x&#41;",
        "https://evil.example/x",
        "# Heading",
        "* one",
        "1. one",
        "^ quoted",
        "---",
        "===",
        "![x](https://evil.example/x.png)",
        "[x]: https://evil.example",
        "<https://evil.example>",
        "((subject))",
        "a`b`c\\",
    ],
)
def test_notify_shows_what_was_typed_letter_by_letter_and_links_only_ours(typed: str) -> None:
    ours = f"{BASE_URL}/confirm/{'A_' * 23}"
    body = f"Open this:\n{ours}\n\nName: {typed}\n{typed}\n"
    written = notify_markdown(body, (ours,)).split("\n")
    assert written[1] == ours
    for line in written[3:5]:
        assert not re.search(r"https?://", line)
        assert not re.search(r"&[#\w]", line)
        assert not re.search(r"(?<!\\)(?:\\\\)*[\[\]()#*`!_]", line)
        shown = re.sub(r"\\([\\`*{}\[\]()#+\-.!_>~|])", r"\1", line).replace("\u200b", "")
        assert shown.endswith(typed)
    assert not re.match(r"\s*(?:[-=*•^#]|\d+\.)", written[4])


@pytest.mark.parametrize("address", ["", "folder", "folder:", "http://x", "smtp://", "notify", "smtp://h:x"])
def test_a_transport_that_is_not_named_properly_is_refused(address: str) -> None:
    with pytest.raises(StartRefused):
        transport_of(address, 1, {})


def test_tls_is_required_but_on_this_machine() -> None:
    named = ("smtp://127.0.0.1", "smtp://mail.example.org", "smtps://mail.example.org", "smtp://h?starttls=off")
    found = [transport_of(address, 1, {}) for address in named]
    assert [(one.starttls, one.tls, one.port) for one in found if isinstance(one, Smtp)] == [
        (False, False, 587),
        (True, False, 587),
        (True, True, 465),
        (False, False, 587),
    ]
