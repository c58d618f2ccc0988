"""One act is one event, in the right order, and every page, letter and API says the same about where a consent stands."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.consent_fixtures import MANIFEST, V1, V2, FakeClock, acts, answer, form
from widget.cli import main
from widget.config import Config
from widget.consent.erasure import erase
from widget.consent.recording import Recorder
from widget.ledger.events import ConsentEvent
from widget.views.shared import service_of

RESIDENT = "resident@example.org"
PUBLISHED = len(MANIFEST.versions)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client(use_cookies=False)


@pytest.fixture
def key(config: Config, app: Flask, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """The header of a system of the council's."""
    assert main(["key", "add", "case system", "--database", config.database, "--keys", str(config.keys_folder)]) == 0
    return {"Authorization": f"Bearer {capsys.readouterr().out.strip()}"}


def written(app: Flask) -> list[ConsentEvent]:
    """The events of people."""
    with service_of(app).store.reading() as reading:
        return acts(reading)


def confirm_all(app: Flask) -> None:
    """As if everybody had used the link that was mailed to them."""
    for event in written(app):
        service_of(app).store.write(lambda writing, event=event: writing.confirm(event.subject))  # type: ignore[misc]


def bearer(receipt: dict[str, Any]) -> dict[str, str]:
    return {"Authorization": f"Bearer {receipt['token']}"}


def give(client: FlaskClient, **more: str) -> dict[str, Any]:
    """The receipt of a yes to the news."""
    response = client.post("/api/consents", json=answer(V2, service_news="given") | more)
    assert response.status_code == 201
    return dict(response.json or {})


def status(client: FlaskClient, key: dict[str, str], **asked: str) -> dict[str, Any]:
    """What a service sees of the news."""
    sent = {"notice": "family-hubs", "consent": "service-news", **asked}
    return dict(client.post("/api/status", json=sent, headers=key).json or {})


# One answer about where a consent stands.


@pytest.mark.postgresql
def test_two_answers_of_one_address_that_differ_are_no_consent_anywhere(
    app: Flask, client: FlaskClient, key: dict[str, str]
) -> None:
    first, second = give(client, email=RESIDENT), give(client, email=RESIDENT)
    confirm_all(app)
    assert status(client, key, email=RESIDENT)["valid"] is True
    assert client.get("/api/receipts", headers=bearer(first)).json["ambiguous"] == []  # type: ignore[index]
    client.post(f"/receipt/{second['token']}/withdraw", data={"consent": "service-news"})
    asked = status(client, key, email=RESIDENT)
    assert (asked["state"], asked["valid"], asked["since"], asked["seq"]) == ("ambiguous", False, None, None)
    assert status(client, key, reference=first["reference"])["state"] == "given"
    assert status(client, key, reference=second["reference"])["state"] == "withdrawn"
    for one in (first, second):
        assert "it sees no yes" in client.get(f"/receipt/{one['token']}").text
        assert client.get("/api/receipts", headers=bearer(one)).json["ambiguous"] == ["service-news"]  # type: ignore[index]
    client.post(f"/receipt/{first['token']}/withdraw", data={"consent": "service-news"})
    assert status(client, key, email=RESIDENT)["state"] == "withdrawn"
    assert "it sees no yes" not in client.get(f"/receipt/{first['token']}").text


def test_an_address_that_nobody_confirmed_makes_nobody_elses_answer_ambiguous(
    app: Flask, client: FlaskClient, key: dict[str, str]
) -> None:
    own = give(client, email=RESIDENT)
    confirm_all(app)
    client.post("/api/consents", json=answer(V2, service_news="refused") | {"email": RESIDENT})
    assert status(client, key, email=RESIDENT)["state"] == "given"
    assert "it sees no yes" not in client.get(f"/receipt/{own['token']}").text


@pytest.mark.postgresql
def test_the_feed_says_what_results_and_not_only_what_was_said(
    app: Flask, client: FlaskClient, key: dict[str, str], clock: FakeClock
) -> None:
    receipt = give(client)
    clock.move(days=1)
    client.post(f"/receipt/{receipt['token']}/withdraw", data={"consent": "service-news"})
    here = service_of(app)
    subject = written(app)[0].subject or ""
    here.store.write(lambda writing: erase(writing, subject, Recorder("staff", "FH-3")))
    feed = client.get(f"/api/events?after={PUBLISHED}", headers=key).json or {}
    assert [(event["kind"], event["state"]) for event in feed["events"]] == [
        ("given", "given"),
        ("withdrawn", "withdrawn"),
        ("erased", "none"),
    ]
    rest = client.get(f"/api/events?after={PUBLISHED + 1}", headers=key).json or {}
    assert [event["state"] for event in rest["events"]] == ["withdrawn", "none"]


# Words that are not in force, and receipts that are over.


def test_a_version_dated_in_the_future_is_not_offered_and_not_answered(app: Flask, client: FlaskClient) -> None:
    far = next(one for one in MANIFEST.versions if one.version == 3)
    assert client.post("/api/consents", json=answer(far, service_news="given")).status_code == 409
    refused = client.post("/consent/family-hubs", data=form(far, service_news="given"))
    assert (refused.status_code, V2.digest in refused.text) == (409, True)
    assert V2.digest in client.get("/consent/family-hubs?version=3").text
    assert client.get("/api/notices/family-hubs?version=3").json["digest"] == V2.digest  # type: ignore[index]
    assert written(app) == []


@pytest.mark.postgresql
def test_an_erased_receipt_takes_no_new_answer(app: Flask, client: FlaskClient) -> None:
    receipt = client.post("/api/consents", json=answer(V1, service_news="given")).json or {}
    subject = written(app)[0].subject or ""
    service_of(app).store.write(lambda writing: erase(writing, subject, Recorder("staff", "FH-3")))
    before = written(app)
    assert client.post(f"/receipt/{receipt['token']}/renew", data=form(V2, service_news="given")).status_code == 303
    assert written(app) == before
    anew = client.post("/api/consents", json=answer(V2, service_news="given"), headers=bearer(receipt)).json or {}
    assert anew["reference"] != receipt["reference"]  # the person sees where the new answer is
    assert client.get("/api/receipts", headers=bearer(anew)).json["state"] == {"service-news": "given"}  # type: ignore[index]


@pytest.mark.postgresql
def test_new_words_are_answered_from_the_receipt_once_and_only_while_they_are_asked(
    app: Flask, client: FlaskClient
) -> None:
    receipt = client.post("/api/consents", json=answer(V1, service_news="given")).json or {}
    renew, sent = f"/receipt/{receipt['token']}/renew", form(V2, service_news="given")
    for _ in range(2):
        assert client.post(renew, data=sent).status_code == 303
    client.post(f"/receipt/{receipt['token']}/withdraw", data={"consent": "service-news"})
    assert client.post(renew, data=sent).status_code == 303
    assert [event.kind for event in written(app)] == ["given", "renewed", "withdrawn"]
