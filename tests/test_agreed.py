"""Seeing everything agreed to with an address: a form for it, one link by mail, and the same answer for everybody."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from tests.consent_fixtures import BASE_URL, MANIFEST, FakeClock, english, published
from tests.test_desk import run
from tests.test_mail import RESIDENT, Box, agree, sent
from widget.app import close_app, create_app
from widget.config import Config
from widget.consent.recording import ONLINE
from widget.mail.delivery import Sent, send_due
from widget.service import Service
from widget.store.outbox import ASKED_TWICE, NOBODY
from widget.store.schema import OUTBOX
from widget.store.transaction import Writing
from widget.views.shared import service_of

FORM = "/withdraw/agreed"


@pytest.fixture
def here(app: Flask) -> Service:
    return service_of(app)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client(use_cookies=False)


def ask(client: FlaskClient, email: str = RESIDENT, **more: str) -> str:
    """Ask as a browser without script does; where it leads."""
    answer = client.post(FORM, data={"email": email} | more)
    assert answer.status_code == 303
    return str(answer.location)


def link(here: Service) -> str:
    """The link in the one letter that is owed now."""
    (letter,) = sent(here).letters
    (found,) = re.findall(rf"{BASE_URL}(/confirm/\S+)", letter.body)
    return str(found)


def page(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.get_data(as_text=True))


def rows(here: Service) -> list[tuple[str, bytes | None, str | None]]:
    """The outbox's letters of this kind: their recipients, and why they were given up."""
    found = select(OUTBOX.c.kind, OUTBOX.c.recipient, OUTBOX.c.given_up).where(OUTBOX.c.kind.like("agreed %"))
    with here.store.reading() as reading:
        return [tuple(row) for row in reading._connection.execute(found.order_by(OUTBOX.c.id))]


@pytest.mark.postgresql
def test_a_link_shows_everything_agreed_to_with_the_address_and_withdraws_it(
    client: FlaskClient, here: Service, config: Config
) -> None:
    first = agree(client)
    agree(client, photos="given", service_news="refused")
    client.post(f"{first}/withdraw", data={"consent": "service-news"})
    sent(here)
    shown = page(client, FORM)
    assert "See what you agreed to" in shown
    (view,) = re.findall(r'name="request_id" value="(\w+)"', shown)
    places = {ask(client, request_id=view) for _ in range(2)}
    assert places == {f"{FORM}/sent?language=en"}
    address = link(here)  # sent twice from one view it is one letter
    found = page(client, address)
    assert "<h1>What you agreed to</h1>" in found
    ticks = re.findall(r'name="consent" value="[^"]+/([^"/]+)"', found)
    assert ticks == ["photos"]
    assert "Already withdrawn" in found
    (name,) = re.findall(r'name="consent" value="([^"]+)"', found)
    withdrawn = client.post(address, data={"consent": name})
    assert "Your consent is withdrawn" in withdrawn.get_data(as_text=True)
    again = page(client, address)  # it works until it expires, not once
    assert "There is nothing left to withdraw" in again
    assert run(config, "verify") == 0


def test_the_answer_is_the_same_whether_or_not_anything_is_known(client: FlaskClient, here: Service) -> None:
    agree(client)
    refused = agree(client, "no@example.org", service_news="refused")
    assert refused
    sent(here)
    answers = []
    for email in (RESIDENT, "no@example.org", "nobody@example.org"):
        place = ask(client, email)
        answers.append((place, page(client, place)))
        assert email not in answers[-1][1]
    assert len(set(answers)) == 1
    with here.store.reading() as reading:
        assert len(reading.owed("9999")) == 3, "each is owed a letter until it is known that it is for nobody"
    assert [letter.to for letter in sent(here).letters] == [RESIDENT]
    assert [bool(recipient) for _, recipient, _ in rows(here)] == [True, False, False], "nobody's is forgotten at once"
    with here.store.reading() as reading:
        assert reading.undelivered() == 0


def test_a_letter_names_nothing_that_was_agreed_to(client: FlaskClient, here: Service) -> None:
    agree(client)
    sent(here)
    ask(client)
    (letter,) = sent(here).letters
    assert letter.subject == "A message from Example Council"
    assert "Family Hub" not in letter.body
    assert "It works for 30 minutes." in letter.body
    assert "you need not do anything" in letter.body


def test_a_link_is_over_after_thirty_minutes_and_another_can_be_had(
    client: FlaskClient, here: Service, clock: FakeClock
) -> None:
    agree(client)
    sent(here)
    ask(client)
    old = link(here)
    clock.now += timedelta(minutes=31)
    assert client.get(old).status_code == 410
    ask(client)
    assert "What you agreed to" in page(client, link(here))


@pytest.mark.parametrize("email", ["", "sam@", "a@example.org, b@example.org"])
def test_an_address_that_no_letter_can_bear_is_told_at_its_field(client: FlaskClient, email: str) -> None:
    answer = client.post(FORM, data={"email": email})
    shown = unescape(answer.get_data(as_text=True))
    assert answer.status_code == 400
    assert "<title>Error: See what you agreed to" in shown
    assert '<a href="#email">' in shown
    assert f'value="{email}"' in shown
    assert 'aria-invalid="true" aria-describedby="wrong-email"' in shown


def test_asking_again_and_again_fills_no_mailbox_and_holds_up_no_link_for_withdrawing(
    tmp_path: Path, clock: FakeClock
) -> None:
    limits = {"links_hourly": 1, "links_daily": 2}
    app = create_app(replace(published(tmp_path), **limits), clock)
    client, here, box = app.test_client(use_cookies=False), service_of(app), Box()
    agree(client)
    send_due(here, Box())
    for _ in range(4):
        ask(client)
    client.post("/withdraw", data={"email": RESIDENT})
    send_due(here, box)
    told = [letter.body for letter in box.to(RESIDENT)]
    assert len([body for body in told if "You asked to see" in body]) == 1
    assert len([body for body in told if "You asked to withdraw" in body]) == 1, "it has an allowance of its own"
    assert [why for *_, why in rows(here)] == [None, None, ASKED_TWICE, ASKED_TWICE]
    with here.store.reading() as reading:
        assert reading.undelivered() == 0
    clock.now += timedelta(minutes=61)
    box = Box()
    assert send_due(here, box) == Sent(sent=1), "one of those that wait goes when the hour is over"
    close_app(app)


def test_what_was_erased_is_not_written_to(client: FlaskClient, here: Service) -> None:
    agree(client)
    sent(here)
    ask(client)
    with here.store.reading() as reading:
        (subject,) = {event.subject for event in reading.events_after(0, 50) if event.subject}
    here.erasures.erase(str(subject), ONLINE)
    assert RESIDENT not in [letter.to for letter in sent(here).letters]
    assert rows(here) == [(rows(here)[0][0], None, NOBODY)]


def test_verify_finds_a_letter_that_was_moved_to_an_act(
    client: FlaskClient, here: Service, config: Config, capsys: pytest.CaptureFixture[str]
) -> None:
    agree(client)
    sent(here)
    ask(client)

    def move(writing: Writing) -> None:
        last = max(event.seq for event in writing.events_after(0, 50))
        writing._connection.execute(update(OUTBOX).where(OUTBOX.c.kind.like("agreed %")).values(seq=last))

    here.store.write(move)
    assert run(config, "verify") != 0
    assert "asks for no letter agreed" in capsys.readouterr().out


def test_the_letter_and_the_page_are_in_the_language_in_which_one_asked(tmp_path: Path, clock: FakeClock) -> None:
    site = replace(MANIFEST.site, languages=("en", "cy"))
    welsh = english() | {
        "endpoint.confirm.title_agreed": "Yr hyn y cytunoch iddo",
        "endpoint.mail.agreed_lead": "Gofynnoch am gael gweld:",
    }
    app = create_app(published(tmp_path, replace(MANIFEST, site=site), {"en": english(), "cy": welsh}), clock)
    client, here = app.test_client(use_cookies=False), service_of(app)
    agree(client)
    sent(here)
    assert client.post(f"{FORM}?language=cy", data={"email": RESIDENT}).location == f"{FORM}/sent?language=cy"
    (letter,) = sent(here).letters
    assert "Gofynnoch am gael gweld:" in letter.body
    (address,) = re.findall(rf"{BASE_URL}(/confirm/\S+)", letter.body)
    shown = page(client, address)
    assert "<h1>Yr hyn y cytunoch iddo</h1>" in shown
    assert 'action="/confirm/' in shown and "?language=cy" in shown
    assert "<h1>What you agreed to</h1>" in page(client, address.replace("=cy", "=en"))
    close_app(app)


def test_a_site_built_by_an_earlier_release_has_no_such_page(tmp_path: Path, clock: FakeClock) -> None:
    words = {key: text for key, text in english().items() if not key.startswith("endpoint.agreed.")}
    app = create_app(published(tmp_path, MANIFEST, {"en": words}), clock)
    client = app.test_client(use_cookies=False)
    assert client.get(FORM).status_code == client.post(FORM, data={"email": RESIDENT}).status_code == 404
    assert FORM not in client.get("/withdraw").get_data(as_text=True)
    close_app(app)


def test_the_page_for_withdrawing_leads_there(client: FlaskClient) -> None:
    assert f'href="{FORM}?language=en"' in page(client, "/withdraw")
