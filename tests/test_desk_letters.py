"""Letters to a service lead to the desk, where there is one: over a mail server on loopback, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.consent_fixtures import MANIFEST, V2, FakeClock, answer, english, published, version, welsh
from tests.test_mail import Sink, mail_server, smtp
from widget.app import close_app, create_app
from widget.config import Config, DeskAddress
from widget.consent.acting import request_reference
from widget.mail.delivery import send_due
from widget.mail.digest import owe_digests
from widget.mail.message import Letter
from widget.mail.typed_text import notify_markdown
from widget.service import Service
from widget.views.shared import service_of

SERVICE = "family.hubs@example.org"
DESK = DeskAddress("https://desk.example.org/noticeboard")
PLACE = f"{DESK}/desk/withdrawals"
WELSH = version(number=2, consents=V2.consents, language="cy")
TWO = replace(MANIFEST, site=replace(MANIFEST.site, languages=("en", "cy")), versions=(*MANIFEST.versions[:2], WELSH))


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return published(tmp_path, TWO, {"en": english(), "cy": welsh()})


@contextmanager
def opened(config: Config, clock: FakeClock) -> Iterator[tuple[FlaskClient, Service]]:
    app = create_app(config, clock)
    yield app.test_client(use_cookies=False), service_of(app)
    close_app(app)


def withdrawals(client: FlaskClient, language: str) -> str:
    """Somebody agreed and withdrew, in a language: the receipt's reference. Somebody else asks without a receipt."""
    read = WELSH if language == "cy" else V2
    given = client.post("/api/consents", json=answer(read, service_news="given")).json or {}
    client.post(f"/receipt/{given['token']}/withdraw", data={"consent": "service-news"})
    asked = {"notice": "family-hubs", "reference": "https://evil.example.org", "phone": "0161 496 0002"}
    client.post(f"/withdraw?language={language}", data=asked)
    return str(given["reference"])


def letters(here: Service) -> list[str]:
    """The service's letters at the mail server: the text of each letter."""
    sink = Sink()
    with mail_server(sink) as port:
        send_due(here, smtp(port))
    return [message.get_content().replace("\r\n", "\n") for to, message in sink.got if to == [SERVICE]]


@pytest.mark.parametrize(
    ("language", "when_acted", "what_is_open"),
    [
        ("en", "say what you did and when on this page:", "See what is open,"),
        ("cy", "dywedwch beth a wnaethoch a phryd ar y dudalen hon:", "Gwelwch beth sy'n agored,"),
    ],
)
def test_letters_about_withdrawals_and_the_digest_lead_to_the_desk(
    config: Config, clock: FakeClock, language: str, when_acted: str, what_is_open: str
) -> None:
    with opened(replace(config, desk=DESK), clock) as (client, here):
        reference = withdrawals(client, language)
        with here.store.reading() as reading:
            asked = request_reference(reading.to_act_on(0, 5)[-1])
        told = letters(here)
        assert [text for text in told if when_acted not in text] == []
        lines = {line for text in told for line in text.splitlines() if line.startswith("https://desk.")}
        assert lines == {f"{PLACE}?reference={reference}", f"{PLACE}?reference={asked}"}
        clock.move(days=1)
        owe_digests(here)
        (digest,) = letters(here)
        assert what_is_open in digest and f"\n{PLACE}?notice=family-hubs\n" in digest


def test_without_a_desk_letters_are_as_before(config: Config, clock: FakeClock) -> None:
    with opened(config, clock) as (client, here):
        withdrawals(client, "en")
        clock.move(days=1)
        owe_digests(here)
        told = letters(here)
    assert len(told) == 3 and not any("/desk/" in text for text in told)
    assert sum("tell your data protection officer what you did" in text for text in told) == 2


def test_the_desks_address_is_a_link_in_notify_and_what_a_person_typed_is_none(
    config: Config, clock: FakeClock
) -> None:
    class Notify:
        def __init__(self) -> None:
            self.bodies: list[str] = []

        def send(self, letter: Letter, *, again: bool) -> None:
            self.bodies.append(notify_markdown(letter.body, letter.links))

    notify = Notify()
    with opened(replace(config, desk=DESK), clock) as (client, here):
        reference = withdrawals(client, "en")
        send_due(here, notify)
    assert any(f"\n{PLACE}?reference={reference}\n" in body for body in notify.bodies)
    assert not any("https://evil.example.org" in body for body in notify.bodies)


@pytest.mark.parametrize(
    ("written", "address"),
    [("https://desk.example.org/", "https://desk.example.org"), ("http://127.0.0.1:8002", "http://127.0.0.1:8002")],
)
def test_the_address_of_the_desk_has_no_slash_at_its_end(written: str, address: str) -> None:
    assert Config.from_env({"CONSENTS_DESK": written}).desk == address
