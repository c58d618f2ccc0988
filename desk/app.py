"""Makes the desk's Flask app. The clock comes in here and nowhere else."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from flask import Flask

from desk import frame, guard, views
from desk.config import Config
from desk.workplace import NAME, Workplace

BLUEPRINTS = (*views.ALL,)
"""Every part of the desk that has addresses."""
MOST_BYTES = 2_000_000
"""The largest form: a notice of 500 kB, in two languages, with room."""
MOST_PARTS = 20_000


def utc_now() -> datetime:
    """The time now."""
    return datetime.now(UTC)


def create_app(
    root: Path,
    config: Config,
    clock: Callable[[], datetime] = utc_now,
    today: Callable[[], date] | None = None,
    protect: Callable[[Flask], None] = guard.protect,
) -> Flask:
    """The desk of the site in a folder as a WSGI app. `today` is asked for the day; without it the clock says it. `close_app` ends it.

    `protect` is the door that each request passes; it sets `flask.g.person`.
    """
    app = Flask("desk", static_url_path="/desk/static")
    app.config.update(
        MAX_CONTENT_LENGTH=MOST_BYTES,
        MAX_FORM_MEMORY_SIZE=MOST_BYTES,
        MAX_FORM_PARTS=MOST_PARTS,
        SECRET_KEY=secrets.token_bytes(32),
        SESSION_COOKIE_NAME="__Host-desk_said" if config.is_secure else "desk_said",
        SESSION_COOKIE_SECURE=config.is_secure,
        SESSION_COOKIE_SAMESITE="Strict",
    )
    app.extensions[NAME] = Workplace(root, config, clock, today)
    protect(app)
    frame.frame(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app


def close_app(app: Flask) -> None:
    """End what the app holds open."""
    app.extensions[NAME].close()
