"""Questions of a notice besides the statement: a way to reach the person, a question, help in danger, discretion."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.consent_fixtures import MANIFEST, NEWS, PHOTOS, FakeClock, answer, form, published, version
from tests.test_acts import record
from tests.test_app import bearer, events, page
from tests.test_mail import sent as deliver
from widget.app import close_app, create_app
from widget.config import Config
from widget.manifest import Question
from widget.views.shared import service_of

ASKED = Question("May we write to you?", "Yes, write to me", "No, do not")
HELP = "Is a child in danger? Ring 999."
SECRET = version(
    number=1,
    consents=(replace(NEWS, reach="required", question=ASKED), replace(PHOTOS, reach="required")),
    urgent_help=HELP,
    discreet=True,
)


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return published(tmp_path, replace(MANIFEST, versions=(SECRET,)))


@pytest.fixture
def app(config: Config) -> Iterator[Flask]:
    made = create_app(config, FakeClock())
    yield made
    close_app(made)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client(use_cookies=False)


def test_a_yes_needs_a_way_to_reach_the_person_and_says_so_before(app: Flask, client: FlaskClient) -> None:
    asked = client.get("/consent/family-hubs")
    assert "To say yes, give us a way to reach you below" in asked.text
    for reach in ("email", "phone", "case"):
        assert f'name="{reach}"' in asked.text
    lacking = client.post("/consent/family-hubs", data=form(SECRET, service_news="given"))
    assert (lacking.status_code, events(app)) == (400, [])
    assert (
        '<a href="#field-email">To say yes, give an email address, a phone number or a case number.</a>' in lacking.text
    )
    assert "<title>Error: Your choice – " in lacking.text
    assert 'aria-invalid="true" aria-describedby="hint-email wrong-email"' in lacking.text
    for nobody in ({"phone": "none"}, {"phone": "\u200b"}, {"case": "\u2060 "}):
        assert client.post("/consent/family-hubs", data=form(SECRET, service_news="given") | nobody).status_code == 400
    refused = client.post("/consent/family-hubs", data=form(SECRET, service_news="refused"))
    assert refused.status_code == 303  # a no needs nothing
    for way in ({"phone": "0161 496 0000"}, {"case": "FH-1"}, {"email": "resident@example.org"}):
        assert client.post("/consent/family-hubs", data=form(SECRET, service_news="given") | way).status_code == 303
    assert [event.kind for event in events(app)] == ["refused", "given", "given", "given"]


def test_a_yes_for_a_child_says_which_child_too(app: Flask, client: FlaskClient) -> None:
    asked = client.get("/consent/family-hubs?for=child")
    assert "Nobody else sees it, and your receipt does not show it. We do not read this straight away. " in asked.text
    assert HELP in asked.text
    body = answer(SECRET, photos="given") | {"acting_for": "child"}
    wrong = client.post("/api/consents", json=body).get_json()
    assert {(one["field"], one["code"]) for one in wrong["errors"]} == {("email", "reach"), ("about", "reach-child")}
    given = client.post("/api/consents", json=body | {"about": "Robin", "phone": "0161 496 0000"})
    assert given.status_code == 201
    # What is on file does for the next answer about the same person.
    again = client.post("/api/consents", json=body, headers=bearer(given.get_json()))
    assert again.status_code == 200


def test_a_question_has_its_own_answers_beside_the_statement_on_the_form_and_in_the_evidence(
    client: FlaskClient,
) -> None:
    asked = client.get("/consent/family-hubs").text
    assert all(words in asked for words in (NEWS.statement, *vars(ASKED).values()))
    assert asked.index(ASKED.refuse) < asked.index(ASKED.agree)
    (shown, _) = client.get("/api/notices/family-hubs").get_json()["form"]["asked"]
    assert shown["answers"] == [["refused", ASKED.refuse], ["given", ASKED.agree]]
    sent = client.post("/consent/family-hubs", data=form(SECRET, service_news="refused"))
    assert ASKED.text in client.get(sent.location).text
    other = version(number=1, consents=(replace(NEWS, question=replace(ASKED, agree="Go on")),))
    assert other.digest != version(number=1, consents=(replace(NEWS, question=ASKED),)).digest


def test_the_script_is_told_to_ask_for_what_our_own_page_asks_for(client: FlaskClient) -> None:
    for who in ("self", "child"):
        told = client.get(f"/api/notices/family-hubs?for={who}").get_json()["form"]
        shown = html.unescape(client.get(f"/consent/family-hubs?for={who}").text)
        fields = re.findall(r'<label for="field-(\w+)">([^<]*)</label>\s*<p class="hint"[^>]*>([^<]*)</p>', shown)
        assert fields == [(one["name"], one["label"], one["hint"]) for one in told["fields"]]
        notes = re.findall(r'id="effect-[^"]*">(.*?)</div>', shown, re.DOTALL)
        assert [re.findall(r"<p>(?:<strong>)?(.*?)(?:</strong>)?</p>", note) for note in notes] == [
            one["notes"] for one in told["asked"]
        ]


def test_a_discreet_notice_is_named_in_no_title_and_in_no_letter_to_a_resident(app: Flask, client: FlaskClient) -> None:
    asked = client.get("/consent/family-hubs").text
    assert re.findall("<title>(.*?) – ", asked) == ["Your choice"]
    sent = form(SECRET, service_news="given") | {"email": "resident@example.org"}
    receipt = client.post("/consent/family-hubs", data=sent).location
    page(client.get(receipt))
    service = service_of(app)
    (letter,) = deliver(service).to("resident@example.org")
    told = f"{letter.subject} {letter.sender_name} {letter.body}".lower()
    told = re.sub(r"(?<=/receipt/|/confirm/)[\w-]+", "", told)  # random, so it may spell anything
    assert "does not say what it is about" in told
    assert receipt in letter.body
    assert not any(word in told for word in ("family", "hub", NEWS.statement.lower()))


def test_help_in_danger_stands_wherever_somebody_types(client: FlaskClient) -> None:
    for address in ("/withdraw", "/withdraw?notice=family-hubs"):
        asked = client.get(address).text
        assert f"We do not read this straight away. {HELP}" in asked
    receipt = client.post("/consent/family-hubs", data=form(SECRET, service_news="refused")).location
    assert HELP not in client.get(receipt).text  # nothing to type


def test_new_words_that_need_a_way_to_reach_somebody_ask_for_it_on_the_receipt(tmp_path: Path) -> None:
    before, now = version(number=1), version(number=2, consents=(replace(NEWS, statement="New.", reach="required"),))
    app = create_app(published(tmp_path, replace(MANIFEST, versions=(before, now))), FakeClock())
    client = app.test_client(use_cookies=False)
    receipt = client.post("/consent/family-hubs", data=form(before, service_news="given")).location
    asked = client.post(f"{receipt}/renew", data=form(now, service_news="given"))
    page(asked)
    assert (asked.status_code, '<a href="#email">To say yes, give an email address' in asked.text) == (400, True)
    client.post(f"{receipt}/mail", data={"email": "resident@example.org"})
    assert client.post(f"{receipt}/renew", data=form(now, service_news="given")).status_code == 303
    assert "renewed" in [event.kind for event in events(app)]
    close_app(app)


def test_staff_are_asked_how_the_person_can_be_reached(
    config: Config, client: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    said = ("--notice", "family-hubs", "--decision", "service-news=given", "--happened", "2026-11-21T10:00")
    assert record(config, *said, "--channel", "phone", "--by", "FH-3", "--yes") != 0
    assert "this yes needs a way to reach the person" in capsys.readouterr().err
    assert record(config, *said, "--channel", "phone", "--by", "FH-3", "--yes", "--case", "FH-9") == 0
    reference = client.post("/api/consents", json=answer(SECRET, photos="refused")).get_json()["reference"]
    joining = (*said, "--channel", "phone", "--by", "FH-3", "--yes", "--reference", reference)
    assert record(config, *joining) != 0
    assert "this yes needs a way to reach the person" in capsys.readouterr().err
    assert record(config, *joining, "--phone", "0161 496 0000") == 0
    assert record(config, *joining, "--digest", SECRET.digest) == 0  # what is on file does
