"""The endpoint over HTTP: what residents, scripts, other sites and mischief get for an answer."""

from __future__ import annotations

import html
import io
import json
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from tests.consent_fixtures import (
    BASE_URL,
    LATER,
    MANIFEST,
    NEWS,
    SERVICE,
    V1,
    V2,
    FakeClock,
    answer,
    english,
    form,
    published,
    version,
)
from tests.databases import locked, lose
from widget.app import close_app, create_app
from widget.config import Config
from widget.consent.on_file import details_of
from widget.errors import StartRefused
from widget.ledger.checkpoint import Verifier, verify, verify_tlog_proof
from widget.ledger.events import ConsentEvent, Kind
from widget.ledger.merkle import leaf_hash
from widget.ledger.receipt import ALPHABET
from widget.manifest import Change, to_json
from widget.views.shared import service_of

PUBLISHED = len(MANIFEST.versions)
"""Events of the ledger before anybody acted: the publication of each version."""
WELSH = version(number=2, language="cy", title="Hysbysiad preifatrwydd")


@pytest.fixture
def config(tmp_path: Path, each_database: str) -> Config:
    return replace(published(tmp_path), busy_seconds=0.2)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client(use_cookies=False)


def events(app: Flask) -> list[ConsentEvent]:
    with service_of(app).store.reading() as reading:
        return [event for event in reading.events() if event.kind is not Kind.NOTICE_PUBLISHED]


def kinds(app: Flask) -> list[str]:
    return [event.kind.value for event in events(app)]


def give(client: FlaskClient, **decisions: str) -> dict[str, Any]:
    response = client.post("/api/consents", json=answer(V2, **(decisions or {"service_news": "given"})))
    assert response.status_code == 201
    return dict(response.json or {})


def bearer(receipt: dict[str, Any]) -> dict[str, str]:
    return {"Authorization": f"Bearer {receipt['token']}"}


def page(response: TestResponse) -> Any:
    """A page that is valid HTML with one h1 that its title starts with, but for a receipt's, which says nothing; as a tree."""
    assert response.mimetype == "text/html"
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(response.text)
    (heading,) = tree.iter("h1")
    title = "".join(tree.find(".//title").itertext())
    assert title.removeprefix("Error: ").startswith(("".join(heading.itertext()), "Your receipt"))
    ids = re.findall(r'\sid="([^"]*)"', response.text)
    assert len(ids) == len(set(ids))
    assert all(f'id="{target}"' in response.text for target in re.findall(r'href="#([^"]*)"', response.text))
    return tree


# The resident's way: forms alone.


@pytest.mark.postgresql
def test_yes_leads_to_a_receipt_and_the_receipt_to_withdrawal(
    app: Flask, client: FlaskClient, clock: FakeClock
) -> None:
    page(client.get("/consent/family-hubs"))
    given = client.post("/consent/family-hubs", data=form(service_news="given", photos="refused"))
    assert given.status_code == 303
    receipt = client.get(given.location)
    page(receipt)
    for text in (V2.digest, V2.url, "22 November 2026 at 09:30", NEWS.effect, "version", SERVICE.email or ""):
        assert text.lower() in receipt.text.lower()
    assert "or ring me, about Family Hub activities." in receipt.text
    assert receipt.text.count("<button") == 3  # to have it mailed, to withdraw, and to end the address
    clock.move(days=1)
    withdrawn = client.post(f"{given.location}/withdraw", data={"consent": "service-news"})
    assert (withdrawn.status_code, withdrawn.location) == (303, given.location)
    assert "withdrew your consent on 23 November 2026" in client.get(given.location).text
    assert kinds(app) == ["given", "refused", "withdrawn"]
    last = events(app)[-1]
    assert (last.version, last.digest, last.prior) == (2, V2.digest, events(app)[0].event_id)


def test_nothing_is_chosen_beforehand(client: FlaskClient) -> None:
    tree = page(client.get("/consent/family-hubs"))
    radios = [control for control in tree.iter("input") if control.get("name", "").startswith("decision.")]
    assert len(radios) == 4
    assert not any("checked" in control.attrib for control in radios)
    (sent,) = tree.iter("form")
    assert (sent.get("method"), sent.get("action")) == ("post", "/consent/family-hubs?answer")


@pytest.mark.postgresql
def test_one_answers_for_a_child_by_a_link_and_says_which(app: Flask, client: FlaskClient) -> None:
    own = client.get("/consent/family-hubs?version=2")
    (link,) = re.findall(r'<a href="([^"]+)">Answer for a child instead', own.text)
    asked = client.get(html.unescape(link))
    page(asked)
    assert "decision.photos" in asked.text
    assert "decision.service-news" not in asked.text  # one can only answer it for oneself
    assert "Answer for yourself instead" in asked.text
    (action,) = re.findall(r'action="(/consent/[^"]+)"', asked.text)
    sent = form(photos="given") | {"acting_for": "child", "about": "Robin"}
    wrong = client.post(html.unescape(action), data=sent | {"email": "no"})
    assert (wrong.status_code, 'value="Robin"' in wrong.text, "service-news" in wrong.text) == (400, True, False)
    given = client.post(html.unescape(action), data=sent)
    shown = client.get(given.location).text
    assert "You answered for a child" in shown
    assert "What you have not answered yet" not in shown  # the other statement is not for a child
    (event,) = events(app)
    service = service_of(app)
    with service.store.reading() as reading:
        known = details_of(reading, service.sealing, event.subject or "")
        row = reading.subject_row(event.subject or "")
    assert (event.acting_for, known.about) == ("child", "Robin")
    assert row is not None and b"Robin" not in row.sealed


def test_an_older_version_can_be_read_and_answered_and_its_receipt_shows_its_own_words(
    app: Flask, client: FlaskClient
) -> None:
    assert "newer version" in client.get("/consent/family-hubs?version=1").text
    given = client.post("/consent/family-hubs", data=form(V1, service_news="given"))
    assert given.status_code == 303
    receipt = client.get(given.location).text
    assert NEWS.statement in receipt
    assert "ring me" not in receipt
    assert events(app)[0].digest == V1.digest


def test_a_form_without_a_choice_comes_back_with_what_was_typed(app: Flask, client: FlaskClient) -> None:
    response = client.post("/consent/family-hubs", data=form() | {"email": "resident@example.org"})
    assert response.status_code == 400
    page(response)
    assert english()["endpoint.wrong.nothing-chosen"] in response.text
    assert 'value="resident@example.org"' in response.text
    assert 'href="#decision.service-news"' in response.text
    assert events(app) == []


def test_a_bad_address_comes_back_with_the_choices_kept(client: FlaskClient) -> None:
    response = client.post(
        "/consent/family-hubs", data=form(photos="refused") | {"email": '"><script>alert(1)</script>'}
    )
    assert response.status_code == 400
    tree = page(response)
    checked = [(c.get("name"), c.get("value")) for c in tree.iter("input") if "checked" in c.attrib]
    assert ("decision.photos", "refused") in checked
    assert not list(tree.iter("script"))
    assert 'aria-invalid="true"' in response.text


def test_a_choice_is_never_carried_over_to_other_words(client: FlaskClient) -> None:
    response = client.post(
        "/consent/family-hubs", data=form(photos="given") | {"digest": "0" * 64, "email": "a@example.org"}
    )
    assert response.status_code == 409
    tree = page(response)
    assert [c.get("name") for c in tree.iter("input") if "checked" in c.attrib] == []
    assert 'value="a@example.org"' in response.text


def test_what_nobody_asked_for_is_told_above_the_receipt_and_leads_to_no_field(client: FlaskClient) -> None:
    told = client.post(f"/receipt/{give(client)['token']}/mail", data={"email": "a@example.org", "colour": "red"})
    assert told.status_code == 400
    assert "<li>This is not something we asked for.</li>" in told.text


def test_a_withdrawal_repeated_is_answered_with_the_same_receipt(app: Flask, client: FlaskClient) -> None:
    receipt = give(client)
    for _ in range(2):
        response = client.post(f"/receipt/{receipt['token']}/withdraw", data={"consent": "service-news"})
        assert (response.status_code, response.location) == (303, f"/receipt/{receipt['token']}")
    assert kinds(app) == ["given", "withdrawn"]


def test_what_is_not_on_the_receipt_cannot_be_withdrawn(app: Flask, client: FlaskClient) -> None:
    receipt = give(client)
    assert client.post(f"/receipt/{receipt['token']}/withdraw", data={"consent": "photos"}).status_code == 404
    assert client.post(f"/receipt/{'A' * 43}/withdraw", data={"consent": "service-news"}).status_code == 404
    assert client.get(f"/receipt/{'A' * 43}").status_code == 404
    assert kinds(app) == ["given"]


def test_a_notice_without_choices_says_so(client: FlaskClient) -> None:
    response = client.get("/consent/primary")
    page(response)
    assert english()["endpoint.consent.none"] in response.text


@pytest.mark.parametrize(
    "path",
    [
        "/consent/nope",
        "/consent/family-hubs?version=9",
        "/consent/family-hubs?version=x",
        "/receipt/short",
        "/elsewhere",
    ],
)
def test_what_is_not_there_is_a_page_with_other_ways(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    page(response)
    assert "0161 496 0001" in response.text


# Without a receipt.


@pytest.mark.postgresql
def test_a_request_without_a_receipt_is_recorded_and_the_service_named(app: Flask, client: FlaskClient) -> None:
    tree = page(client.get("/withdraw?notice=family-hubs"))
    assert [option.get("value") for option in tree.iter("option") if "selected" in option.attrib] == ["family-hubs"]
    asked = {"notice": "family-hubs", "name": "A Resident", "email": "resident@example.org"}
    response = client.post("/withdraw", data=asked)
    assert response.status_code == 303
    shown = client.get(response.location)
    page(shown)
    assert "22 December 2026" in shown.text  # a month to act: UK GDPR article 12(3)
    assert shown.data == client.get(response.location).data  # loaded again it records nothing
    assert str(SERVICE.email) in shown.text
    assert str(SERVICE.phone) in shown.text
    (event,) = events(app)
    assert (event.kind, event.notice, event.consent) == ("withdrawal-requested", "family-hubs", None)
    assert event.detail_commit is not None


@pytest.mark.postgresql
@pytest.mark.parametrize("request_id", ["%00", "x" * 5000, "%ff", "a%0d%0ab"])
def test_a_made_up_request_is_no_page(client: FlaskClient, request_id: str) -> None:
    assert client.get(f"/withdraw/{request_id}").status_code == 404


def test_a_receipt_that_is_to_be_mailed_nowhere_names_the_field_and_does_not_offer_to_leave_it_empty(
    client: FlaskClient,
) -> None:
    refused = client.post(f"/receipt/{give(client)['token']}/mail", data={"email": " "})
    assert refused.status_code == 400
    page(refused)
    assert 'id="wrong-email">This is missing.' in refused.text


@pytest.mark.postgresql
def test_an_answer_is_no_request(app: Flask, client: FlaskClient) -> None:
    give(client)
    assert client.get(f"/withdraw/{events(app)[0].event_id}").status_code == 404


def page_after(client: FlaskClient, ways: dict[str, str]) -> str:
    """The page that a request to withdraw leads to."""
    return client.get(client.post("/withdraw", data={"notice": "family-hubs", **ways}).location).text


def test_the_answer_to_a_request_is_the_same_whether_anything_is_known(client: FlaskClient) -> None:
    receipt = give(client)
    client.post("/consent/family-hubs", data=form(photos="given") | {"email": "known@example.org"})
    bodies = {
        re.sub(f"{'-'.join([f'[{ALPHABET}]{{3}}'] * 3)}|[0-9a-f-]{{36}}", "its own", page_after(client, ways))
        for ways in (
            {"email": "known@example.org"},
            {"email": "unknown@example.org"},
            {"reference": receipt["reference"]},
        )
    }
    assert len(bodies) == 1


def test_a_request_that_leads_to_nobody_comes_back_with_what_was_typed(app: Flask, client: FlaskClient) -> None:
    response = client.post("/withdraw", data={"notice": "family-hubs", "name": "A <b>Resident</b>"})
    assert response.status_code == 400
    page(response)
    assert "A &lt;b&gt;Resident&lt;/b&gt;" in response.text
    assert events(app) == []


# Personal details.


def test_an_address_is_nowhere_in_the_database_in_the_clear(app: Flask, client: FlaskClient, tmp_path: Path) -> None:
    canary = "canary.resident@example.org"
    client.post("/consent/family-hubs", data=form(photos="given") | {"email": canary})
    receipt = give(client)
    close_app(app)
    for file in tmp_path.rglob("*"):
        if file.is_file():
            held = file.read_bytes()
            assert canary.encode() not in held
            assert str(receipt["token"]).encode() not in held


# The API.


@pytest.mark.postgresql
def test_the_receipt_of_the_api_proves_itself_with_the_public_key_alone(client: FlaskClient) -> None:
    for _ in range(3):
        give(client, service_news="given", photos="refused")
    receipt = give(client, service_news="given", photos="refused")
    verifier = Verifier.parse(client.get("/log/key").text)
    for leaf, proof, event in zip(receipt["leaves"], receipt["proof"], receipt["events"], strict=True):
        assert verify_tlog_proof(leaf_hash(leaf.encode()), proof, verifier).size == 8 + PUBLISHED
        assert json.loads(leaf)["event_id"] == event["event_id"]
    assert verify(receipt["checkpoint"], verifier).size == 8 + PUBLISHED
    assert receipt["state"] == {"service-news": "given", "photos": "refused"}
    assert receipt["manage_url"] == f"{BASE_URL}/receipt/{receipt['token']}"


@pytest.mark.postgresql
def test_a_receipt_shows_its_withdrawal(client: FlaskClient) -> None:
    receipt = give(client)
    path = f"/api/receipts/{receipt['reference']}"
    first = client.post(f"{path}/withdrawals", json={"consents": ["service-news"]}, headers=bearer(receipt))
    again = client.post(f"{path}/withdrawals", json={"consents": ["service-news"]}, headers=bearer(receipt))
    assert (first.status_code, again.status_code) == (201, 200)
    now = client.get(path, headers=bearer(receipt)).json
    assert now is not None
    assert now["state"] == {"service-news": "withdrawn"}
    assert [event["kind"] for event in now["events"]] == ["given", "withdrawn"]


def test_only_its_own_token_opens_a_receipt(client: FlaskClient) -> None:
    mine, other = give(client), give(client)
    for headers in ({}, bearer(other), {"Authorization": "Bearer x"}, {"Authorization": "Basic x"}):
        assert client.get(f"/api/receipts/{mine['reference']}", headers=headers).status_code == 404
    assert (
        client.get(f"/api/receipts/{mine['reference'].replace('-', '').lower()}", headers=bearer(mine)).status_code
        == 200
    )
    response = client.post(
        f"/api/receipts/{mine['reference']}/withdrawals", json={"consents": ["photos"]}, headers=bearer(mine)
    )
    assert response.status_code == 404


@pytest.mark.postgresql
def test_a_retry_with_the_same_key_is_one_act(app: Flask, client: FlaskClient) -> None:
    key = {"Idempotency-Key": "a-key-of-the-client-alone"}
    first = client.post("/api/consents", json=answer(photos="given"), headers=key)
    again = client.post("/api/consents", json=answer(photos="given"), headers=key)
    other = client.post("/api/consents", json=answer(photos="refused"), headers=key)
    assert (first.status_code, again.status_code, other.status_code) == (201, 200, 422)
    assert first.json is not None and again.json is not None
    assert first.json["token"] == again.json["token"]
    assert first.json["events"] == again.json["events"]
    assert kinds(app) == ["given"]


def test_a_key_that_came_with_a_bad_body_can_be_used_again(client: FlaskClient) -> None:
    key = {"Idempotency-Key": "a-key-of-the-client-alone"}
    assert client.post("/api/consents", json=answer(photos="maybe"), headers=key).status_code == 400
    assert client.post("/api/consents", json=answer(photos="given"), headers=key).status_code == 201
    assert (
        client.post("/api/consents", json=answer(photos="given"), headers={"Idempotency-Key": "guessable"}).status_code
        == 400
    )


@pytest.mark.postgresql
def test_fifty_at_once_with_one_key_are_one_act(app: Flask) -> None:
    def send(_: int) -> tuple[int, str]:
        response = app.test_client().post(
            "/api/consents", json=answer(photos="given"), headers={"Idempotency-Key": "fifty-at-once-with-one"}
        )
        assert response.json is not None
        return response.status_code, response.json["token"]

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(send, range(50)))
    assert sorted(status for status, _ in answers) == [200] * 49 + [201]
    assert len({token for _, token in answers}) == 1
    assert kinds(app) == ["given"]


@pytest.mark.postgresql
def test_events_join_an_earlier_receipt(app: Flask, client: FlaskClient) -> None:
    receipt = client.post("/api/consents", json=answer(V1, service_news="given", photos="given")).json or {}
    renewed = client.post(
        "/api/consents", json=answer(V2, service_news="given", photos="given"), headers=bearer(receipt)
    )
    assert renewed.status_code == 201
    assert renewed.json is not None
    assert renewed.json["reference"] == receipt["reference"]
    assert [(event["consent"], event["kind"]) for event in renewed.json["events"]] == [("service-news", "renewed")]
    assert len({event.subject for event in events(app)}) == 1
    same = client.post("/api/consents", json=answer(V2, photos="given"), headers=bearer(receipt))
    assert (same.status_code, same.json and same.json["events"]) == (200, [])
    no = client.post("/api/consents", json=answer(V2, photos="refused"), headers=bearer(receipt))
    assert no.json is not None
    assert no.json["state"] == {"service-news": "given", "photos": "withdrawn"}
    assert "ring me" in client.get(f"/receipt/{receipt['token']}").text


def test_a_token_of_nobody_joins_nothing(app: Flask, client: FlaskClient) -> None:
    response = client.post(
        "/api/consents", json=answer(photos="given"), headers={"Authorization": f"Bearer {'A' * 43}"}
    )
    assert response.status_code == 404
    assert events(app) == []


def test_a_notice_for_the_script_comes_with_its_words(client: FlaskClient) -> None:
    response = client.get("/api/notices/family-hubs", headers={"Origin": "https://www.example.org"})
    assert response.json is not None
    assert response.json["version"] == 2
    assert [consent["id"] for consent in response.json["consents"]] == ["service-news", "photos"]
    assert response.json["words"]["consent_form.send"] == english()["consent_form.send"]
    assert response.headers["Access-Control-Allow-Origin"] == "https://www.example.org"
    assert response.headers["Cache-Control"].startswith("public")
    unchanged = client.get("/api/notices/family-hubs", headers={"If-None-Match": response.headers["ETag"]})
    assert unchanged.status_code == 304
    gone = client.get("/api/notices/nope")
    assert (gone.status_code, gone.get_json()["errors"][0]["code"]) == (404, "no-notice")


PROBLEMS = [
    ("POST", "/api/consents", {"data": b"{", "content_type": "application/json"}, 400),
    ("POST", "/api/consents", {"data": b'"abc"', "content_type": "application/json"}, 400),
    ("POST", "/api/consents", {"data": b"[" * 60_000, "content_type": "application/json"}, 400),
    ("POST", "/api/consents", {"data": b'{"version": NaN}', "content_type": "application/json"}, 400),
    ("POST", "/api/consents", {"data": b'{"\\ud800": "\\ud800"}', "content_type": "application/json"}, 400),
    ("POST", "/api/consents", {"data": b'{"notice": "\\u0000"}', "content_type": "application/json"}, 400),
    ("POST", "/api/consents", {"data": b"{}", "content_type": "text/plain"}, 415),
    ("POST", "/api/consents", {"data": b"x" * 70_000, "content_type": "application/json"}, 413),
    ("POST", "/api/consents", {"json": answer(photos="given") | {"version": 7}}, 409),
    ("GET", "/api/consents", {}, 405),
    ("GET", "/api/nothing", {}, 404),
    ("GET", "/log/proof/inclusion?seq=99", {}, 400),
    ("GET", "/log/proof/inclusion", {}, 400),
    ("GET", "/log/proof/consistency?from=2&to=1", {}, 400),
    ("GET", "/log/proof/consistency?from=%00&to=-1", {}, 400),
]


@pytest.mark.parametrize(("method", "path", "sent", "status"), PROBLEMS)
def test_the_api_answers_with_problem_documents(
    client: FlaskClient, method: str, path: str, sent: dict[str, Any], status: int
) -> None:
    response = client.open(path, method=method, **sent)
    assert response.status_code == status
    assert response.mimetype == "application/problem+json"
    assert response.json is not None
    assert response.json["status"] == status
    assert response.json["detail"]


@pytest.mark.parametrize(
    ("path", "sent", "status"),
    [
        ("/consent/family-hubs", {"json": {}}, 415),
        ("/consent/family-hubs", {"data": b"\xff=%ff&version=%00"}, 415),
        ("/consent/family-hubs", {"data": {"email": "x" * 70_000}}, 413),
        (
            "/consent/family-hubs",
            {"data": {f"f{n}": "" for n in range(300)}, "content_type": "multipart/form-data"},
            413,
        ),
        ("/consent/nope", {"data": {}, "content_type": "application/x-www-form-urlencoded"}, 404),
        (
            "/consent/family-hubs",
            {"data": b"\xff=%ff&version=%00", "content_type": "application/x-www-form-urlencoded"},
            400,
        ),
        ("/withdraw", {"data": b"email=%00&email=b", "content_type": "application/x-www-form-urlencoded"}, 400),
    ],
)
def test_a_form_that_cannot_be_read_is_answered_with_a_page(
    client: FlaskClient, path: str, sent: dict[str, Any], status: int
) -> None:
    response = client.post(path, **sent)
    assert response.status_code == status
    page(response)


def test_a_long_body_is_refused_though_its_length_is_not_told(app: Flask, client: FlaskClient) -> None:
    for path, start, kind in (
        ("/consent/family-hubs", urlencode(form(photos="given")) + "&email=", "application/x-www-form-urlencoded"),
        ("/api/consents", json.dumps(answer(photos="given")), "application/json"),
    ):
        stream = io.BytesIO(start.encode().ljust(200_000))
        chunked = {"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}
        response = client.post(path, input_stream=stream, content_type=kind, environ_overrides=chunked)
        assert response.status_code == 413
    assert events(app) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(
        ["/consent/family-hubs", "/withdraw", "/api/consents", "/receipt/x/withdraw", "/api/receipts/x/withdrawals"]
    ),
    st.sampled_from(
        ["application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "\xff"]
    ),
    st.binary(max_size=200) | st.text(max_size=60).map(str.encode),
    st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=60),
)
def test_no_bytes_make_it_fail(client: FlaskClient, path: str, content_type: str, body: bytes, text: str) -> None:
    headers = {"Authorization": text, "Idempotency-Key": text, "Content-Type": content_type}
    assert 400 <= client.post(path, data=body, headers=headers).status_code < 500
    assert client.get(path, headers=headers, query_string={"version": text, "language": text}).status_code < 500


# Other sites, other hosts, and what every answer carries.


@pytest.mark.parametrize(
    ("headers", "allowed"),
    [
        ({}, True),
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Origin": "http://localhost"}, True),
        ({"Origin": BASE_URL, "Sec-Fetch-Site": "same-site"}, True),
        ({"Origin": "https://www.example.org", "Sec-Fetch-Site": "cross-site"}, True),
        ({"Origin": "https://evil.example.net", "Sec-Fetch-Site": "cross-site"}, False),
        ({"Origin": "https://evil.example.net"}, False),
        ({"Origin": "https://privacy.example.org.evil.example.net"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Origin": "null"}, False),
    ],
)
def test_only_the_councils_own_pages_can_have_something_sent(
    app: Flask, client: FlaskClient, headers: dict[str, str], allowed: bool
) -> None:
    for response in (
        client.post("/consent/family-hubs", data=form(photos="given"), headers=headers),
        client.post("/api/consents", json=answer(photos="given"), headers=headers),
    ):
        assert (response.status_code in (201, 303)) == allowed
        assert allowed or response.status_code == 403
    assert len(events(app)) == (2 if allowed else 0)


def test_a_page_without_an_origin_needs_the_token(client: FlaskClient) -> None:
    receipt, nowhere = give(client), {"Origin": "null"}
    path = f"/receipt/{receipt['token']}/withdraw"
    assert client.post(path, data={"consent": "service-news"}, headers=nowhere).status_code == 303
    assert (
        client.post(f"/receipt/{'A' * 43}/withdraw", data={"consent": "service-news"}, headers=nowhere).status_code
        == 403
    )


def test_a_preflight_is_answered_for_listed_sites_only(client: FlaskClient) -> None:
    for origin, allowed in (("https://www.example.org", True), ("https://evil.example.net", False)):
        response = client.options("/api/consents", headers={"Origin": origin, "Access-Control-Request-Method": "POST"})
        assert ("Access-Control-Allow-Origin" in response.headers) == allowed
        assert "Idempotency-Key" in response.headers["Access-Control-Allow-Headers"]


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("privacy.example.org", 200),
        ("localhost:8000", 200),
        ("127.0.0.1", 200),
        ("[::1]:80", 200),
        ("evil.example.net", 400),
    ],
)
def test_only_its_own_hosts_are_answered(client: FlaskClient, host: str, status: int) -> None:
    assert client.get("/withdraw", headers={"Host": host}).status_code == status


@pytest.mark.postgresql
def test_every_address_has_the_headers_and_no_cookie_and_no_get_changes_anything(
    app: Flask, client: FlaskClient
) -> None:
    receipt = give(client)
    before = events(app)
    values = {"notice": "family-hubs", "token": receipt["token"], "reference": receipt["reference"]}
    values |= dict.fromkeys(("request_id", "report"), "x")
    seen = 0
    assert {rule.rule for rule in app.url_map.iter_rules()} >= {"/confirm/<token>", "/metrics", "/openapi.json"}
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<(\w+)>", lambda name: str(values[name[1]]), rule.rule)
        for method in ("GET", "HEAD"):
            response = client.open(path, method=method, headers=bearer(receipt))
            seen += 1
            assert response.status_code < 500
            assert "Set-Cookie" not in response.headers
            assert response.headers["X-Content-Type-Options"] == "nosniff"
            assert response.headers["Referrer-Policy"] == "strict-origin"
            policy = response.headers["Content-Security-Policy"]
            assert "frame-ancestors 'none'" in policy and "form-action 'self'" in policy and "unsafe" not in policy
            if receipt["token"] in path or "receipts" in path:
                assert response.headers["Cache-Control"] == "no-store"
    assert seen >= 24
    assert events(app) == before


# What is published, and when it changes.


def test_a_scheduled_version_counts_from_its_day(client: FlaskClient, clock: FakeClock) -> None:
    assert V2.digest in client.get("/consent/family-hubs").text
    clock.move(days=190)  # 23:30 in Britain on 31 May is 22:30 UTC
    clock.now = clock.now.replace(month=5, day=31, hour=22, minute=59)
    assert V2.digest in client.get("/consent/family-hubs").text
    clock.move(minutes=1)
    assert LATER.digest in client.get("/consent/family-hubs").text


@pytest.mark.postgresql
def test_a_new_manifest_is_taken_up_and_a_bad_one_is_not(config: Config, client: FlaskClient) -> None:
    newest = version(number=4, effective=V2.effective)
    good = replace(MANIFEST, versions=(*MANIFEST.versions, newest))
    lost = replace(MANIFEST, versions=MANIFEST.versions[1:])
    for text, digest in (
        ("{", V2.digest),
        (to_json(lost), V2.digest),
        (to_json(good), newest.digest),
        (to_json(MANIFEST), newest.digest),
    ):
        config.manifest.write_text(text, encoding="utf-8")
        assert digest in client.get("/consent/family-hubs").text
    config.manifest.unlink()
    assert newest.digest in client.get("/consent/family-hubs").text


def test_a_link_that_is_swapped_is_followed(tmp_path: Path) -> None:
    public = tmp_path / "public"
    for name in ("one", "two"):
        published(tmp_path / name)
    newest = version(number=4, effective=V2.effective)
    published(tmp_path / "two", replace(MANIFEST, versions=(*MANIFEST.versions, newest)))
    public.symlink_to(tmp_path / "one" / "public")
    app = create_app(Config(manifest=public / "published.json", database=f"sqlite:///{tmp_path}/c.db"), FakeClock())
    client = app.test_client()
    assert V2.digest in client.get("/consent/family-hubs").text
    (tmp_path / "next").symlink_to(tmp_path / "two" / "public")
    (tmp_path / "next").replace(public)
    assert newest.digest in client.get("/consent/family-hubs").text
    close_app(app)


def test_a_language_is_added_by_its_words_alone(tmp_path: Path) -> None:
    welsh = {key: f"[cy] {sentence}" for key, sentence in english().items()}
    manifest = replace(
        MANIFEST, site=replace(MANIFEST.site, languages=("en", "cy")), versions=(*MANIFEST.versions, WELSH)
    )
    app = create_app(published(tmp_path, manifest, {"en": english(), "cy": welsh}), FakeClock())
    client = app.test_client()
    assert 'lang="cy"' in client.get("/consent/family-hubs?language=cy").text
    given = client.post("/consent/family-hubs", data=form(WELSH, photos="given"))
    receipt = client.get(given.location)
    assert 'lang="cy"' in receipt.text and "[cy] Your receipt" in receipt.text and WELSH.title in receipt.text
    assert 'lang="en"' in client.get("/consent/family-hubs?language=xx").text
    close_app(app)


# Faults.


@pytest.mark.postgresql
def test_a_locked_database_is_answered_with_503_and_nothing_is_lost(
    app: Flask, client: FlaskClient, config: Config
) -> None:
    with locked(config.database):
        for response in (
            client.post("/consent/family-hubs", data=form(photos="given")),
            client.post("/api/consents", json=answer(photos="given")),
            client.get("/readyz"),
        ):
            assert response.status_code == 503
            assert int(response.headers["Retry-After"]) > 0
        page(client.post("/withdraw", data={"email": "a@example.org"}))
    assert client.get("/readyz").status_code == 200
    give(client)
    assert kinds(app) == ["given"]


@pytest.mark.postgresql
def test_a_ledger_shorter_than_its_signed_head_is_not_started(config: Config, tmp_path: Path) -> None:
    app = create_app(config, FakeClock())
    give(app.test_client())
    close_app(app)
    assert (tmp_path / "keys" / "head.1").exists()
    lose(config.database)
    with pytest.raises(StartRefused, match=r"but 5 (events )?were signed"):
        create_app(config, FakeClock())


def test_keys_are_for_this_user_only_and_are_made_once(config: Config, app: Flask, tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    assert folder.stat().st_mode & 0o777 == 0o700
    made = [file for file in folder.iterdir() if "head" not in file.name]
    assert all(file.stat().st_mode & 0o777 == 0o600 for file in made)
    before = {file.name: file.read_bytes() for file in made}
    close_app(create_app(config, FakeClock()))
    assert {file.name: file.read_bytes() for file in made} == before
    folder.chmod(0o750)
    with pytest.raises(StartRefused, match="chmod 700"):
        create_app(config, FakeClock())


@pytest.mark.parametrize("missing", ["published.json", "endpoint.json"])
def test_without_a_built_site_it_does_not_start(config: Config, missing: str) -> None:
    (config.manifest.parent / missing).unlink()
    with pytest.raises(StartRefused, match="noticeboard build"):
        create_app(config, FakeClock())


def test_every_word_that_is_used_is_written_and_every_word_written_is_used() -> None:
    widget = Path(__file__).parent.parent / "widget"
    sources = "".join(file.read_text() for pattern in ("*.py", "*.html", "*.txt") for file in widget.rglob(pattern))
    made = re.compile(
        r"endpoint\.(month|problem|wrong|confirm)\.|endpoint\.receipt\.(state|next|acting_for|renewal|outcome|happens)_|endpoint\.withdraw\."
        r"|endpoint\.mail\.(state_|subject_|name|about|case|email|phone|post)|consent_form\.instead_"
    )
    form = "".join((widget / name).read_text() for name in ("templates/consent_form.html", "static/consent.js"))
    for key in english():
        group, _, name = key.rpartition(".")
        said_by_form = group == "consent_form" and re.search(rf"\b{name}\b", form)
        assert f'"{key}"' in sources or made.match(key) or said_by_form, key


def test_the_manifest_of_these_tests_reads_back() -> None:
    assert V2.change == Change("clarification", "Made clearer.")


def test_a_token_alone_finds_its_receipt(client: FlaskClient) -> None:
    receipt = give(client)
    found = client.get("/api/receipts", headers={"Authorization": f"Bearer {receipt['token']}"})
    assert found.json is not None and found.json["reference"] == receipt["reference"]
    assert client.get("/api/receipts").status_code == 404


def test_a_site_that_is_not_listed_may_read_why_and_nothing_else(client: FlaskClient) -> None:
    stranger = {"Origin": "https://evil.example.net"}
    refused = client.get("/api/notices/family-hubs", headers=stranger)
    assert refused.status_code == 403
    assert refused.headers["Access-Control-Allow-Origin"] == stranger["Origin"]
    assert "Access-Control-Allow-Origin" not in client.get("/api/receipts", headers=stranger).headers
