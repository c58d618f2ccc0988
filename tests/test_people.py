"""People on file: details are added and never replaced, addresses are claims until confirmed, and changed rows are
noticed."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from tests.consent_fixtures import V1, V2, FakeClock, acts, answer, confirm_address, form, press
from tests.test_desk import key_of, run
from tests.test_links import OWN, STRANGER, give
from tests.test_mail import links_in, sent
from widget.config import Config
from widget.consent.on_file import held_of
from widget.ledger.events import Kind
from widget.people.details import Held
from widget.service import Service
from widget.store.engine import open_engine
from widget.views.shared import service_of

STAFF = ("--channel", "phone", "--by", "FH-3", "--happened", "2026-11-22T09:31")


@pytest.fixture
def here(app: Flask) -> Service:
    return service_of(app)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client(use_cookies=False)


def held(here: Service, reference: str) -> Held:
    with here.store.reading() as reading:
        receipt = reading.receipt_with(reference)
        assert receipt is not None
        return held_of(reading, here.sealing, receipt.subject)


def record(config: Config, reference: str, *more: str) -> int:
    return run(config, "record", "--notice", "family-hubs", "--reference", reference, *STAFF, *more)


def status(client: FlaskClient, key: dict[str, str], email: str) -> dict[str, Any]:
    asked = {"notice": "family-hubs", "consent": "service-news", "email": email}
    response = client.post("/api/status", json=asked, headers=key)
    return {"status": response.status_code, **(response.json or {})}


@pytest.mark.postgresql
def test_nothing_is_lost_when_staff_add_a_name_or_the_web_adds_an_answer(
    config: Config, client: FlaskClient, here: Service, clock: FakeClock, capsys: pytest.CaptureFixture[str]
) -> None:
    key = key_of(config, capsys)
    mine = give(client, OWN)
    (link,) = links_in(sent(here).to(OWN)[0])
    assert press(client, link) == 200
    assert (
        record(config, mine["reference"], "--decision", "photos=given", "--name", "A Resident", "--case", "FH-17") == 0
    )
    assert record(config, mine["reference"], "--decision", "photos=given", "--name", "B Resident") == 0
    give(client, OWN, mine["token"], photos="refused")
    kept = held(here, mine["reference"])
    assert [(one.value, one.by) for one in kept.of("name")] == [("A Resident", "FH-3"), ("B Resident", "FH-3")]
    assert kept.details().name == "A Resident; B Resident"
    assert kept.details().case == "FH-17"
    capsys.readouterr()
    assert run(config, "export", "--reference", mine["reference"]) == 0
    evidence = capsys.readouterr().out
    assert re.search(r"name: A Resident \(FH-3, \d{4}-\d\d-\d\d\); B Resident \(FH-3, ", evidence)
    assert f"email: {OWN} (web, 2026-11-22, confirmed 2026-11-22)" in evidence
    assert kept.address and (kept.address.value, bool(kept.address.confirmed)) == (OWN, True)
    assert status(client, key, OWN)["valid"] is True
    assert run(config, "erase", "--email", OWN, "--by", "DPO") == 0


@pytest.mark.postgresql
def test_a_withdrawal_that_staff_record_adds_a_name_and_a_case(
    config: Config, client: FlaskClient, here: Service, clock: FakeClock
) -> None:
    mine = give(client, OWN)
    assert record(config, mine["reference"], "--decision", "service-news=withdrawn", "--name", "A", "--case", "7") == 0
    said = held(here, mine["reference"]).details()
    assert (said.email, said.name, said.case) == (OWN, "A", "7")
    clock.move(days=30000)  # past the command's own clock
    assert any("Case number: 7" in letter.body for letter in sent(here).to("family.hubs@example.org"))


@pytest.mark.postgresql
def test_details_that_are_typed_without_a_key_are_added_to_nobody_else(client: FlaskClient, here: Service) -> None:
    mine = give(client, OWN)
    before = held(here, mine["reference"])
    give(client, OWN, photos="given")
    client.post("/withdraw", data={"reference": mine["reference"], "name": "Somebody", "email": OWN, "case": "9"})
    assert held(here, mine["reference"]) == before


@pytest.mark.postgresql
def test_a_confirmed_address_gives_way_only_to_a_confirmed_one_and_its_reader_is_told(
    config: Config, client: FlaskClient, here: Service, clock: FakeClock, capsys: pytest.CaptureFixture[str]
) -> None:
    key, new = key_of(config, capsys), "new@example.org"
    mine = give(client, OWN)
    assert press(client, links_in(sent(here).to(OWN)[0])[0]) == 200
    clock.move(minutes=1)
    give(client, new, mine["token"], photos="given")
    assert (status(client, key, OWN)["valid"], status(client, key, new)["state"]) == (True, "none")
    (letter,) = sent(here).to(new)
    assert "/receipt/" not in letter.body
    (link,) = links_in(letter)
    assert press(client, link) == 200
    assert (status(client, key, OWN)["state"], status(client, key, new)["valid"]) == ("none", True)
    (told,) = sent(here).to(OWN)
    assert "Another address was confirmed in its place" in told.body
    assert new not in told.body
    with here.store.reading() as reading:
        kinds = [event.kind for event in acts(reading)]
    assert kinds.count(Kind.DETAILS_CHANGED) == 2


@pytest.mark.postgresql
def test_a_receipt_that_is_asked_for_twice_at_a_new_address_is_sent_twice_as_the_page_says(
    client: FlaskClient, here: Service, clock: FakeClock
) -> None:
    mine = give(client, OWN)
    assert press(client, links_in(sent(here).to(OWN)[0])[0]) == 200
    clock.move(minutes=1)
    for _ in range(2):
        asked = client.post(f"/receipt/{mine['token']}/mail", data={"email": STRANGER})
        assert "We are sending it" in client.get(asked.location).text
        (letter,) = sent(here).to(STRANGER)
        assert "/receipt/" not in letter.body and links_in(letter)


@pytest.mark.postgresql
def test_somebody_whose_address_was_typed_beside_a_confirmed_one_ends_that_and_nothing_else(
    client: FlaskClient, here: Service, clock: FakeClock
) -> None:
    mine = give(client, OWN)
    assert press(client, links_in(sent(here).to(OWN)[0])[0]) == 200
    clock.move(minutes=1)
    give(client, STRANGER, mine["token"], photos="given")
    (link,) = links_in(sent(here).to(STRANGER)[0])
    assert press(client, link, agreed="no") == 200
    assert client.get(link).status_code == 410
    kept = held(here, mine["reference"])
    assert [one.value for one in kept.of("email")] == [OWN]
    with here.store.reading() as reading:
        assert not {Kind.ERASED, Kind.WITHDRAWN} & {event.kind for event in acts(reading)}


CHANGES = {
    "confirmed": "UPDATE subject SET confirmed = true",
    "the look-up": "UPDATE subject SET lookup = (SELECT lookup FROM subject AS other WHERE other.subject <> subject.subject)",
    "deleted": "DELETE FROM subject",
    "an older row": "UPDATE subject SET row_key = :row_key, sealed = :sealed, confirmed = :confirmed",
}


@pytest.mark.postgresql
@pytest.mark.parametrize("what", list(CHANGES))
def test_a_row_of_details_that_was_changed_in_the_database_is_found_and_not_answered_from(
    what: str, config: Config, client: FlaskClient, here: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    key = key_of(config, capsys)
    mine = give(client, OWN)
    before: dict[str, object] = {}
    engine = open_engine(config.database, 5)
    with engine.begin() as connection:
        if what == "an older row":
            before = dict(connection.execute(text("SELECT row_key, sealed, confirmed FROM subject")).one()._mapping)
    if what == "an older row":
        confirm_address(here, acts_of(here)[0])
    assert run(config, "verify") == 0
    if what == "the look-up":
        give(client, STRANGER)
    assert status(client, key, OWN)["status"] == 200
    with engine.begin() as connection:
        connection.execute(text(CHANGES[what]), before)
    engine.dispose()
    assert run(config, "verify") == 1
    said = capsys.readouterr().out
    assert "subject " in said or "its details are gone" in said
    if what == "deleted":
        return  # nothing is answered from what is not there
    answers = [status(client, key, email)["status"] for email in (OWN, STRANGER)]
    assert 503 in answers and not any(status(client, key, email).get("valid") for email in (OWN, STRANGER))
    assert sent(here).to(OWN) == []
    assert mine["reference"]
    assert client.get(f"/receipt/{mine['token']}").status_code == 200, "the receipt shows nothing of that row"


def acts_of(here: Service) -> list[str]:
    with here.store.reading() as reading:
        return [event.subject or "" for event in acts(reading)]


@pytest.mark.postgresql
def test_erasing_by_an_address_finds_everybody_who_ever_gave_it_and_says_what_is_known(
    config: Config, client: FlaskClient, here: Service, clock: FakeClock, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = give(client, OWN), give(client, OWN, service_news="given", photos="given")
    sent(here)
    clock.move(minutes=1)
    give(client, "new@example.org", first["token"], photos="given")
    assert len(sent(here).to("new@example.org")) == 1
    capsys.readouterr()
    assert run(config, "erase", "--email", OWN.upper(), "--by", "DPO") == 0
    said = capsys.readouterr().out.splitlines()
    for receipt in (first, second):
        (line,) = [line for line in said if receipt["reference"] in line]
        assert re.search(r"email on file, 1 receipts \(.*\), 2 consents to close", line)
    assert said[-1].startswith("Erased: 2 of 2 records.")
    assert run(config, "erase", "--email", "new@example.org", "--by", "DPO") == 2
    engine = open_engine(config.database, 5)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM outbox WHERE recipient IS NOT NULL")).scalar() == 0
        assert connection.execute(text("SELECT count(*) FROM address")).scalar() == 0
    engine.dispose()


@pytest.mark.postgresql
@pytest.mark.parametrize("confirms", [True, False], ids=["confirmed", "not-confirmed"])
def test_a_token_can_be_ended_and_the_next_one_comes_only_by_mail(
    confirms: bool, client: FlaskClient, here: Service
) -> None:
    key = {"Idempotency-Key": "3fbb6d3e-6d0c-4b7e-9b6c-0f6a3a3d2d11"}
    body = answer(V2, service_news="given") | {"email": OWN}
    mine = client.post("/api/consents", json=body, headers=key).json or {}
    (link,) = links_in(sent(here).to(OWN)[0])
    if confirms:
        assert press(client, link) == 200
    assert "End this address" in client.get(f"/receipt/{mine['token']}").text
    assert client.post(f"/receipt/{mine['token']}/end").status_code == 200
    for path in ("", "/file", "/renew"):
        assert client.get(f"/receipt/{mine['token']}{path}").status_code == 404
    assert client.post(f"/receipt/{mine['token']}/end").status_code == 404
    assert client.get("/api/receipts", headers={"Authorization": f"Bearer {mine['token']}"}).status_code == 404
    assert client.post("/api/consents", json=body, headers=key).status_code == 404  # it would hand out the next one
    letters = [letter for letter in sent(here).to(OWN) if "/receipt/" in letter.body]
    assert len(letters) == confirms
    for letter in letters:
        (token,) = re.findall(r"/receipt/(\S+)", letter.body)
        assert token != mine["token"]
        assert mine["reference"] in client.get(f"/receipt/{token}").text


@pytest.mark.postgresql
def test_nobody_answers_on_a_receipt_that_was_erased(config: Config, client: FlaskClient, here: Service) -> None:
    location = client.post("/consent/family-hubs", data=form(V1, service_news="given") | {"email": OWN}).location
    assert run(config, "erase", "--email", OWN, "--by", "DPO") == 0
    before = acts_of(here)
    assert client.post(f"{location}/renew", data=form(V2, service_news="given")).location == location
    assert acts_of(here) == before
    assert "were erased on" in client.get(location).text
