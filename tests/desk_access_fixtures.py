"""A desk for the tests of signing in: the whole app on a folder without a site, and three views of the tests' own."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask, request
from flask.testing import FlaskClient
from werkzeug.serving import make_server
from werkzeug.test import TestResponse

from desk import guard
from desk.access import Access, loopback_address, open_access
from desk.app import close_app, create_app
from desk.config import Config
from desk.people.acts import Act
from desk.people.people_file import with_person
from desk.people.person import Person, Role
from desk.sign_in.parts import PARTS
from tests.serving import free_port
from widget.mail.message import Letter

START = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
SIAN = Person("sian1234", "Siân Example", "sian@example.org", frozenset({Role.EDITOR, Role.APPROVER}))
TOM = Person("tom12345", "Tom Example", "tom@example.org", frozenset({Role.EDITOR}))
ANN = Person("ann12345", "Ann Example", "ann@example.org", frozenset({Role.ADMINISTRATOR}))
SECURE = "https://desk.example.org"


class Clock:
    """A clock that a test sets."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def later(self, **by: int) -> None:
        """Let time pass."""
        self.now += timedelta(**by)


@dataclass
class Desk:
    """An app with what is behind it, and what it did."""

    app: Flask
    access: Access
    clock: Clock
    letters: list[Letter] = field(default_factory=list)
    announced: list[str] = field(default_factory=list)
    saved: list[dict[str, str]] = field(default_factory=list)

    def add(self, *persons: Person) -> None:
        """Put people into the file."""
        for person in persons:
            self.access.people.change(lambda people, person=person: with_person(people, person))

    def browser(self) -> Browser:
        """A browser with its own cookies."""
        return Browser(self)

    def posted(self) -> None:
        """Wait for the letters."""
        self.app.extensions[PARTS].postbox.wait()


class Browser:
    """A client that says what browsers say of a form on a page of the desk."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.address = desk.access.config.address
        self.client: FlaskClient = desk.app.test_client()

    def get(self, path: str, **more: Any) -> TestResponse:
        return self.client.get(path, base_url=self.address, **more)

    def post(self, path: str, data: dict[str, Any] | bytes | None = None, **more: Any) -> TestResponse:
        headers = {"Origin": self.address, "Sec-Fetch-Site": "same-origin"} | more.pop("headers", {})
        return self.client.post(path, data=data or {}, base_url=self.address, headers=headers, **more)

    def press(self, page: TestResponse, path: str, **fields: str) -> TestResponse:
        """Send a form of a page with its own token."""
        return self.post(path, {"form_token": token_of(page), **fields})

    def sign_in(self, person: Person) -> TestResponse:
        """Sign in by the terminal's address."""
        path = loopback_address(self.desk.access).removeprefix(self.address)
        return self.press(self.get(path), path, person=person.id)

    def save(self, text: str, page: TestResponse | None = None, **fields: str) -> TestResponse:
        """Save a text at the test's own view."""
        return self.press(page or self.get("/desk/texts/waste"), "/desk/texts/waste/save", text=text, **fields)


def token_of(page: TestResponse) -> str:
    """The token of the forms on a page."""
    found = re.search(r'name="form_token" value="([^"]+)"', page.get_data(as_text=True))
    assert found, page.get_data(as_text=True)
    return found[1]


def made_desk(folder: Path, *persons: Person, clock: Clock | None = None, send: Any = None, **options: Any) -> Desk:
    """A desk on a folder, with people. Letters are kept in a list unless `send` hands them over."""
    clock = clock or Clock()
    config = Config.from_env({}, folder=folder / "desk", **options)
    access = open_access(config, clock, os.urandom)
    letters, announced = list[Letter](), list[str]()
    app = create_app(folder, access, send=send or letters.append, announce=announced.append)
    desk = Desk(app, access, clock, letters, announced)
    _add_views(app, desk)
    assert guard.check_views(app) == []
    desk.add(*persons)
    return desk


def _add_views(app: Flask, desk: Desk) -> None:
    @app.get("/desk/texts/<name>")
    @guard.needs(Act.EDIT)
    def notice(name: str) -> str:
        return f'<h1>{name}</h1><form method="post"><input name="form_token" value="{guard.current_token()}">'

    @app.post("/desk/texts/<name>/save")
    @guard.needs(Act.EDIT)
    def save(name: str) -> str:
        desk.saved.append(request.form.to_dict())
        return "saved"

    @app.route("/desk/choices", methods=["GET", "POST"])
    @guard.needs(Act.SETTINGS)
    def settings() -> str:
        if request.method == "POST":
            desk.saved.append(request.form.to_dict())
        return f'<input name="form_token" value="{guard.current_token()}">'


@contextmanager
def served(desk: Callable[[int], Desk], port: int = 0) -> Iterator[Desk]:
    """A desk behind a real server on loopback."""
    port = port or free_port()
    here = desk(port)
    server = make_server("127.0.0.1", port, here.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield here
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        close_app(here.app)
