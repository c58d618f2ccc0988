"""Mailed links act for the address that they were mailed to, and for nobody else, however records are changed meanwhile."""

from __future__ import annotations

import base64
import hmac
import re
import uuid

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.consent_fixtures import V2, FakeClock, acts, answer, press
from tests.test_mail import links_in, sent
from widget.people.addresses import lookup
from widget.people.mailed_links import Link, Purpose, link_of, link_token, recipient_of
from widget.service import Service
from widget.views.shared import service_of

OWN, STRANGER = "own@example.org", "stranger@example.org"


@pytest.fixture
def here(app: Flask) -> Service:
    return service_of(app)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client(use_cookies=False)


def give(client: FlaskClient, email: str, token: str = "", **decisions: str) -> dict[str, str]:
    """Answer through the API, with an earlier receipt's token if there is one; the receipt."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    body = answer(V2, **(decisions or {"service_news": "given"})) | {"email": email}
    response = client.post("/api/consents", json=body, headers=headers)
    assert response.status_code in (200, 201)
    return dict(response.json or {})


def state(client: FlaskClient, receipt: dict[str, str]) -> dict[str, str]:
    known = client.get("/api/receipts", headers={"Authorization": f"Bearer {receipt['token']}"})
    return dict((known.json or {})["state"])


def withdraw_link(client: FlaskClient, here: Service, to: str, **asked: str) -> str:
    client.post("/withdraw", data=asked or {"email": to})
    letters = [letter for letter in sent(here).to(to) if "/confirm/" in letter.body and "/receipt/" not in letter.body]
    return links_in(letters[-1])[0]


def confirmed(here: Service, email: str) -> list[bool]:
    with here.store.reading() as reading:
        return [known.confirmed for known in reading.known_by(lookup(email, here.keys.pepper))]


def old_link(here: Service, code: bytes, kind: str) -> str:
    """A link as release 0.1.0 mailed it: its MAC covers the event and the purpose alone."""
    with here.store.reading() as reading:
        event = next(event for event in acts(reading) if event.kind == kind)
    said = uuid.UUID(event.event_id).bytes + code
    mac = hmac.digest(here.keys.token_secret, b"link\0" + said, "sha256")[:16]
    return f"/confirm/{base64.urlsafe_b64encode(said + mac).decode()}"


@pytest.mark.postgresql
@pytest.mark.parametrize("old", [False, True], ids=["new", "old"])
def test_a_link_to_withdraw_never_acts_for_an_address_that_a_receipt_was_given_later(
    client: FlaskClient, here: Service, clock: FakeClock, old: bool
) -> None:
    theirs = give(client, STRANGER)
    mine = give(client, OWN)
    sent(here)
    link = withdraw_link(client, here, OWN, reference=mine["reference"])
    if old:
        link = old_link(here, b"w", "withdrawal-requested")
    clock.move(minutes=1)
    give(client, STRANGER, mine["token"], photos="given")
    shown = client.get(link)
    assert theirs["reference"] not in shown.text
    assert mine["reference"] not in shown.text
    assert client.post(link, data={"consent": f"{theirs['reference']}/service-news"}).status_code in (404, 410)
    assert client.post(link, data={"consent": f"{mine['reference']}/service-news"}).status_code in (404, 410)
    assert state(client, theirs) == {"service-news": "given"}


@pytest.mark.postgresql
@pytest.mark.parametrize("old", [False, True], ids=["new", "old"])
def test_a_link_that_confirms_an_address_never_confirms_another(
    client: FlaskClient, here: Service, clock: FakeClock, old: bool
) -> None:
    mine = give(client, OWN)
    (link,) = links_in(sent(here).to(OWN)[0])
    if old:
        link = old_link(here, b"a", "given")
    clock.move(minutes=1)
    give(client, STRANGER, mine["token"], photos="given")
    assert press(client, link) == 410
    assert confirmed(here, STRANGER) == [False]
    assert confirmed(here, OWN) == []


@pytest.mark.postgresql
def test_a_link_that_stops_letters_stops_those_to_its_own_address(
    client: FlaskClient, here: Service, clock: FakeClock
) -> None:
    give(client, OWN)
    give(client, OWN, photos="given")
    mine = give(client, OWN, photos="refused")
    with here.store.reading() as reading:
        event = acts(reading)[-1]
    half = recipient_of(lookup(OWN, here.keys.pepper))
    link = f"/confirm/{link_token(here.keys.token_secret, Link(Purpose.QUIET, event.event_id, half, clock()))}"
    clock.move(minutes=1)
    give(client, STRANGER, mine["token"], photos="given")
    give(client, OWN, photos="given")
    assert [press(client, link), press(client, link)] == [200, 200]
    with here.store.reading() as reading:
        quiet = [known.quiet for known in reading.known_by(lookup(OWN, here.keys.pepper))]
        assert sorted(quiet) == [False, True, True]  # the last one was answered after the letter
        assert not any(known.quiet for known in reading.known_by(lookup(STRANGER, here.keys.pepper)))


def test_whatever_a_link_is_altered_in_it_is_no_link_any_more(here: Service, clock: FakeClock) -> None:
    event, secret = str(uuid.UUID(int=7)), here.keys.token_secret
    link = Link(Purpose.WITHDRAW, event, bytes(16), clock())
    token = link_token(secret, link)
    assert link_of(secret, token) == link
    assert link_of(bytes(32), token) is None
    value = base64.urlsafe_b64decode(token + "=")
    for place in range(len(value)):
        altered = value[:place] + bytes([value[place] ^ 1]) + value[place + 1 :]
        assert link_of(secret, base64.urlsafe_b64encode(altered).decode().rstrip("=")) is None


@pytest.mark.postgresql
def test_a_link_to_withdraw_acts_until_it_expires_and_nobody_can_use_it_up(
    client: FlaskClient, here: Service, clock: FakeClock
) -> None:
    first, second = give(client, OWN), give(client, OWN, photos="given")
    link = withdraw_link(client, here, OWN)
    clock.move(minutes=1)
    later = give(client, OWN, photos="given")
    shown = client.get(link).text
    assert later["reference"] not in shown
    assert client.post(link, data={"consent": f"{first['reference']}/service-news"}).status_code == 200
    withdrawn = client.get(link)
    assert f"(reference {first['reference']}, answered for yourself): withdrawn" in withdrawn.text
    withdraw_link(client, here, OWN)  # somebody else asks for another link
    assert client.post(link, data={"consent": f"{second['reference']}/photos"}).status_code == 200
    assert client.post(link, data={"consent": f"{second['reference']}/photos"}).status_code == 200
    assert [state(client, one) for one in (first, second, later)] == [
        {"service-news": "withdrawn"},
        {"photos": "withdrawn"},
        {"photos": "given"},
    ]
    clock.move(minutes=30)
    assert client.get(link).status_code == 410


@pytest.mark.postgresql
def test_the_last_page_of_a_link_names_what_was_withdrawn_and_what_stays_and_gives_a_receipt(
    client: FlaskClient, here: Service, clock: FakeClock
) -> None:
    mine = give(client, OWN, service_news="given", photos="given")
    sent(here)
    link = withdraw_link(client, here, OWN)
    done = client.post(link, data={"consent": f"{mine['reference']}/photos"})
    assert '<h1 tabindex="-1" autofocus>Your consent is withdrawn</h1>' in done.text
    withdrawn, _, stays = done.text.partition("What you still agree to")
    assert "photos of my child" in withdrawn and "withdrew your consent on 22 November 2026" in withdrawn
    assert "activities" in stays and f'value="{mine["reference"]}/service-news"' in stays
    (receipt,) = re.findall(r'href="(/receipt/[^"]+)"', withdrawn)
    assert mine["reference"] in client.get(receipt).text
    last = client.post(link, data={"consent": f"{mine['reference']}/service-news"})  # it works until it expires
    assert "There is nothing left to withdraw with this email address." in last.text
    assert "Already withdrawn" in last.text
    clock.move(minutes=5)
    link = withdraw_link(client, here, OWN)  # what is withdrawn is shown too
    assert client.get(link).text.count(f"reference {mine['reference']}") == 2
    client.post(f"/receipt/{mine['token']}/end")
    give(client, OWN, photos="given")
    ended = client.post(withdraw_link(client, here, OWN), data={"consent": f"{mine['reference']}/photos"})
    assert "/receipt/" not in ended.text  # only a mailed address opens it now


@pytest.mark.postgresql
def test_to_withdraw_one_answer_confirms_no_other(client: FlaskClient, here: Service) -> None:
    forged = give(client, OWN, service_news="given", photos="given")
    link = withdraw_link(client, here, OWN)
    client.post(link, data={"consent": f"{forged['reference']}/photos"})
    assert not any(confirmed(here, OWN))


@pytest.mark.postgresql
def test_the_page_that_confirms_an_address_lists_what_counts_then(client: FlaskClient, here: Service) -> None:
    mine = give(client, OWN, service_news="given", photos="refused")
    (link,) = links_in(sent(here).to(OWN)[0])
    shown = client.get(link).text
    assert "You may write to me, or ring me, about Family Hub activities." in shown
    assert "our” leaflets" not in shown  # a no counts for nothing
    assert client.post(link, data={}).status_code == 400
    give(
        client, OWN, mine["token"], photos="given"
    )  # whoever has the receipt answers more, before the button is pressed
    seen = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', shown))
    again = client.post(link, data=seen | {"agreed": "yes"})
    assert (again.status_code, "our” leaflets" in again.text) == (409, True)
    assert confirmed(here, OWN) == [False]
    assert press(client, link) == 200
    assert confirmed(here, OWN) == [True]


@pytest.mark.postgresql
def test_somebody_who_did_not_agree_withdraws_and_erases_with_the_same_letter(
    client: FlaskClient, here: Service
) -> None:
    forged = give(client, STRANGER, service_news="given")
    (link,) = links_in(sent(here).to(STRANGER)[0])
    assert "I did not agree" in client.get(link).text
    assert press(client, link, agreed="no") == 200
    assert confirmed(here, STRANGER) == []
    with here.store.reading() as reading:
        kinds = [event.kind.value for event in acts(reading)]
        assert reading.receipt_with(forged["reference"]) is not None
    assert kinds == ["given", "revoked", "erased"]
    assert [letter.to for letter in sent(here).letters] == ["family.hubs@example.org"]
    assert client.get(link).status_code == 410
