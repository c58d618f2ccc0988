"""A consent endpoint that answers on loopback, with people who withdrew; and the desk beside it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.serving import make_server

from desk.people.person import Person, Role
from tests.consent_fixtures import MANIFEST, SERVICE, FakeClock, answer, published, version, welsh
from tests.consent_fixtures import english as english_words
from tests.desk_access_fixtures import Browser, Clock, made_desk
from tests.desk_fixtures import NOW
from tests.test_desk import run
from widget.app import close_app, create_app
from widget.config import Config
from widget.record_period import TimeLimit, Unit

LIBRARY = replace(SERVICE, name="Library Service", email="library@example.org")
NEWS = replace(version().consents[0], topic="Family Hub news")
LIBRARY_NEWS = replace(NEWS, withdraw=LIBRARY, topic="Library news")
HUBS = {name: version(number=2, consents=(NEWS,), language=name) for name in ("en", "cy")}
BOOKS = version("library", 1, service=LIBRARY, consents=(LIBRARY_NEWS,))
SAM = Person("sam12345", "Sam Example", "sam@example.org", frozenset({Role.SERVICE}))
COUNCIL = replace(
    MANIFEST,
    site=replace(MANIFEST.site, languages=("en", "cy"), act_within=TimeLimit(7, Unit.DAY)),
    versions=(version(), *HUBS.values(), BOOKS),
)


@dataclass
class Endpoint:
    """The endpoint, its clock, and an address at which it answers until it is `stopped`."""

    app: Flask
    config: Config
    clock: FakeClock
    address: str
    stop: Callable[[], None]

    @property
    def client(self) -> FlaskClient:
        """A resident's browser."""
        return self.app.test_client(use_cookies=False)

    def withdraw(self, notice: str = "family-hubs", language: str = "en") -> str:
        """Somebody agreed and withdrew: the receipt's reference."""
        read = BOOKS if notice == "library" else HUBS[language]
        given = self.client.post("/api/consents", json=answer(read, service_news="given")).json or {}
        self.client.post(f"/receipt/{given['token']}/withdraw", data={"consent": "service-news"})
        return str(given["reference"])

    def ask(self, **said: str) -> None:
        """Somebody asks to withdraw without a receipt."""
        self.client.post("/withdraw", data={"name": "Canary Resident", "phone": "0161 496 0002"} | said)


@contextmanager
def endpoint(folder: Path) -> Iterator[Endpoint]:
    """The endpoint of a council with two services, in English and Welsh."""
    config = published(folder, COUNCIL, {"en": english_words(), "cy": welsh()})
    clock = FakeClock(NOW)
    app = create_app(config, clock)
    with answering(app) as (address, stop):
        yield Endpoint(app, config, clock, address, stop)
    close_app(app)


@contextmanager
def answering(app: Callable[..., object]) -> Iterator[tuple[str, Callable[[], None]]]:
    """The address of a WSGI app on loopback, and how to stop it before the block ends."""
    server = make_server("127.0.0.1", 0, app, threaded=True)  # type: ignore[arg-type]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    ended = threading.Event()

    def stop() -> None:
        if not ended.is_set():
            ended.set()
            server.shutdown()
            thread.join(20)
            server.server_close()

    yield f"http://127.0.0.1:{server.port}", stop
    stop()


def key_file(folder: Path, config: Config, told: Callable[[], str], *options: str) -> Path:
    """A file with an API key for the desk; `told` gives what the command printed."""
    told()
    assert run(config, "key", "add", "desk", *(options or ("--may", "withdrawals"))) == 0
    path = folder / "key"
    path.write_text(told().split()[-1] + "\n", "ascii")
    return path


def desk_of(root: Path, address: str | None, key: Path | None, person: Person = SAM) -> Browser:
    """The browser of somebody in a service team, signed in at the desk of the site in a folder."""
    browser = made_desk(root, person, clock=Clock(NOW), consents=address, consents_key_file=key).browser()
    assert browser.sign_in(person).status_code == 303
    return browser
