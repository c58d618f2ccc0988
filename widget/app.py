"""Makes the endpoint's Flask app. The clock and the randomness come in here and nowhere else."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from flask import Flask

from widget.config import Config
from widget.consent.erasure_list import Copier
from widget.ledger.key_folder import note_revoked
from widget.mail.delivery import Sender
from widget.mail.transports import check_sender, transport_of
from widget.people.api_keys import NewKey, Right, Scope, new_key
from widget.service import Clock, Randomness, open_service
from widget.store.presence import Presence
from widget.views import (
    agreed,
    api,
    confirm,
    errors,
    guard,
    headers,
    health,
    ledger,
    limits,
    metrics,
    open_withdrawals,
    pages,
    report,
    systems,
    withdraw,
)
from widget.views.shared import SERVICE, STOPPING, service_of, stopping_of

MAX_BODY = 64 * 1024
MAX_PARTS = 200
SENDER = "consents.sender"
PRESENCE = "consents.presence"
COPIER = "consents.copier"


class Endpoint(Flask):
    """The app. None of its views is asynchronous, so that nothing has to find that out for each request."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The view as it is."""
        return func


def utc_now() -> datetime:
    """The time now."""
    return datetime.now(UTC)


def create_app(config: Config, clock: Clock = utc_now, randomness: Randomness = secrets.token_bytes) -> Flask:
    """The endpoint as a WSGI app; `StartRefused` where it must not start. `close_app` ends what it holds open."""
    check_sender(config.mail_from)
    transport = transport_of(config.mail, config.mail_seconds) if config.mail else None
    app = Endpoint("widget", static_folder=None, template_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=MAX_BODY, MAX_FORM_MEMORY_SIZE=MAX_BODY, MAX_FORM_PARTS=MAX_PARTS)
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.extensions[STOPPING] = threading.Event()
    here = app.extensions[SERVICE] = open_service(config, clock, randomness)
    answering = headers.with_headers(app.wsgi_app, lambda: here.manifest.site)
    app.wsgi_app = headers.below_path(answering, lambda: here.manifest.site)  # type: ignore[assignment,method-assign]
    guard.protect(app)
    errors.answer(app)
    for views in (pages, withdraw, agreed, report, confirm, api, systems, open_withdrawals, ledger, health):
        app.register_blueprint(views.VIEWS)
    metrics.measure(app)
    limits.limit(app)
    app.extensions[PRESENCE] = Presence(here.store, randomness(8).hex(), here.record_publications)
    app.extensions[PRESENCE].start()
    app.extensions[COPIER] = Copier(here.copy_lists)
    app.extensions[COPIER].start()
    if transport is not None:
        app.extensions[SENDER] = Sender(here, transport)
        app.extensions[SENDER].start()
    return app


def open_key(app: Flask, name: str) -> NewKey:
    """A new API key for something on this machine that shows withdrawals and says what was done. `close_key` ends it."""
    here = service_of(app)
    scope = Scope(frozenset({Right.WITHDRAWALS}))
    made = new_key(here.keys.token_secret, here.randomness, scope)
    here.store.write(lambda writing: writing.add_api_key(made, name, scope, here.keys.token_secret))
    return made


def close_key(app: Flask, key: NewKey) -> None:
    """End a key of `open_key`."""
    here = service_of(app)
    note_revoked(here.keys.folder, [key.key_id])
    here.store.write(lambda writing: writing.revoke_api_key(key.key_id))


def close_app(app: Flask) -> None:
    """Let nobody wait any more, send no more mail and end all connections."""
    stopping_of(app).set()
    app.extensions[COPIER].close()
    if (sender := app.extensions.get(SENDER)) is not None:
        sender.close()
    app.extensions[PRESENCE].close()
    service_of(app).close()
