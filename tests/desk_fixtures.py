"""The desk in tests: its whole app on a site's folder, and browsers of people who are signed in."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from werkzeug.serving import WSGIRequestHandler, make_server

from desk.access import open_access
from desk.app import close_app, create_app
from desk.config import Config
from desk.people.person import Person, Role
from tests.desk_access_fixtures import Browser, Clock, Desk
from tests.serving import free_port

NOW = datetime(2026, 11, 30, 10, 0, tzinfo=UTC)
ANNA = Person("anna1234", "Anna Example", "anna@example.org", frozenset({Role.EDITOR}))
BEN = Person("ben12345", "Ben Example", "ben@example.org", frozenset({Role.EDITOR, Role.APPROVER}))
CERI = Person("ceri1234", "Ceri Example", "ceri@example.org", frozenset({Role.ADMINISTRATOR}))


class Quiet(WSGIRequestHandler):
    """Logs no request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


def whole_desk(root: Path, *persons: Person, port: int = 8002) -> Desk:
    """The desk of the site in a folder, with people."""
    clock = Clock(NOW)
    access = open_access(Config(root / "var" / "desk", port=port), clock, os.urandom)
    announced: list[str] = []
    desk = Desk(create_app(root, access, announce=announced.append), access, clock, announced=announced)
    desk.add(*persons)
    return desk


def signed_in(root: Path, person: Person = ANNA) -> Browser:
    """A browser without script, in which somebody is signed in at a desk of their own."""
    browser = whole_desk(root, person).browser()
    assert browser.sign_in(person).status_code == 303
    return browser


@contextmanager
def served_desk(root: Path, *persons: Person) -> Iterator[Desk]:
    """The desk behind a real server on loopback."""
    port = free_port()
    desk = whole_desk(root, *persons, port=port)
    server = make_server("127.0.0.1", port, desk.app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield desk
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        close_app(desk.app)
