"""Makes the endpoint's Flask app. The clock and the randomness come in here and nowhere else."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

from flask import Flask

from widget.config import Config
from widget.service import Clock, Randomness, open_service
from widget.views import api, errors, guard, ledger, pages, withdraw
from widget.views.shared import SERVICE, service_of

MAX_BODY = 64 * 1024
MAX_PARTS = 200


def utc_now() -> datetime:
    """The time now."""
    return datetime.now(UTC)


def create_app(config: Config, clock: Clock = utc_now, randomness: Randomness = secrets.token_bytes) -> Flask:
    """The endpoint as a WSGI app; `StartRefused` where it must not start. `close_app` ends what it holds open."""
    app = Flask("widget", static_folder=None, template_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=MAX_BODY, MAX_FORM_MEMORY_SIZE=MAX_BODY, MAX_FORM_PARTS=MAX_PARTS)
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.extensions[SERVICE] = open_service(config, clock, randomness)
    guard.protect(app)
    errors.answer(app)
    for views in (pages.VIEWS, withdraw.VIEWS, api.VIEWS, ledger.VIEWS):
        app.register_blueprint(views)
    return app


def close_app(app: Flask) -> None:
    """Keep the ledger's last head and end all connections."""
    service_of(app).close()
