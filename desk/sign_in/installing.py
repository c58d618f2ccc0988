"""Puts signing in into the desk's app: the guard before every view, and the ways that the operator set up."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping

from flask import Flask

from desk import guard
from desk.access import Access
from desk.people.sessions import Way
from desk.sign_in import by_letter, here, pages
from desk.sign_in.letters import Send
from desk.sign_in.parts import PARTS, Parts
from desk.sign_in.postbox import Postbox
from widget.errors import StartRefused
from widget.mail.message import Letter
from widget.mail.server_options import DESK
from widget.mail.transports import transport_of


def install(
    app: Flask,
    access: Access,
    *,
    send: Send | None = None,
    announce: Callable[[str], None] | None = None,
) -> None:
    """Guard the app and give it the pages of signing in. `send` hands a letter over; `announce` shows a line in the
    terminal. `close` ends what this holds open. `StartRefused` where Authlib is missing and a provider is set."""
    provider = None
    if Way.PROVIDER in access.config.ways:
        try:
            from desk.sign_in import by_provider
            from desk.sign_in.provider import Provider
        except ModuleNotFoundError as missing:
            package = (missing.name or "").partition(".")[0]
            raise StartRefused(
                f"DESK_ISSUER needs {package}. Install it with: pip install 'noticeboard[desk]'"
            ) from missing
        provider = Provider(access.config, access.clock)
        app.register_blueprint(by_provider.VIEWS)
    postbox = Postbox() if send is not None and Way.MAIL in access.config.ways else None
    app.extensions[PARTS] = Parts(provider, postbox, send, announce)
    guard.protect(app, access)
    pages.register(app)
    app.register_blueprint(by_letter.VIEWS)
    app.register_blueprint(here.VIEWS)


def close(app: Flask) -> None:
    """Hand over the letters that wait, and end their thread."""
    found: Parts = app.extensions[PARTS]
    if found.postbox is not None:
        found.postbox.close()


def sender_of(access: Access, environ: Mapping[str, str] = os.environ) -> Send | None:
    """How the operator has letters sent; None where nothing is set. `StartRefused` where it is wrong."""
    config = access.config
    if config.mail is None:
        return None
    transport = transport_of(config.mail, config.mail_seconds, environ, DESK)

    def send(letter: Letter) -> None:
        transport.send(letter, again=False)

    return send
