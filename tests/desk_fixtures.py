"""The desk in tests: its app on a site's folder, with somebody signed in without a session."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from flask import Flask, g
from flask.testing import FlaskClient
from markupsafe import Markup

from desk.app import create_app
from desk.config import Config

NOW = datetime(2026, 11, 30, 10, 0, tzinfo=UTC)
TODAY = date(2026, 11, 30)
PORT = 8002


@dataclass(frozen=True)
class Somebody:
    """A person as the pages know them."""

    id: str = "anna"
    name: str = "Anna Example"
    address: str = "anna@example.org"
    roles: Collection[str] = ("editor",)
    services: tuple[str, ...] = ()


def let_in(person: Somebody) -> Callable[[Flask], None]:
    """A door that takes everybody for this person."""

    def protect(app: Flask) -> None:
        def enter() -> None:
            g.person = person

        app.before_request(enter)
        app.jinja_env.globals["csrf_field"] = lambda: Markup("")

    return protect


def desk(root: Path, person: Somebody | None = None, *, port: int = PORT) -> Flask:
    """The desk of the site in a folder."""
    return create_app(root, Config(port=port), lambda: NOW, protect=let_in(person or Somebody()))


def client(root: Path, person: Somebody | None = None) -> FlaskClient:
    """A browser without script at the desk."""
    return desk(root, person).test_client()
