"""Makes the desk's Flask app. The clock and the randomness come in here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from flask import Flask

from desk import afterwards, frame, guard, not_done, picture_pages, views
from desk.access import Access
from desk.shown_drafts import SHOWN, ShownDrafts
from desk.sign_in import installing
from desk.sign_in.letters import Send
from desk.withdrawals import connection
from desk.withdrawals import views as withdrawals
from desk.workplace import NAME, Workplace

MOST_BYTES = 2_000_000
"""The largest form: a notice of 500 kB with room."""
MOST_PARTS = 20_000


def create_app(
    root: Path,
    access: Access,
    today: Callable[[], date] | None = None,
    *,
    send: Send | None = None,
    announce: Callable[[str], None] | None = None,
    consents: connection.Connection | None = None,
) -> Flask:
    """The desk of the site in a folder as a WSGI app. `today` is asked for the day; without it the clock says it.

    `send` hands a letter over; `announce` shows a line in the terminal; `consents` reaches the consent endpoint where the
    operator named none. `close_app` ends what the app holds open.
    """
    app = Flask("desk", static_url_path="/desk/static")
    secure = access.config.is_secure
    app.config.update(
        MAX_CONTENT_LENGTH=MOST_BYTES,
        MAX_FORM_MEMORY_SIZE=MOST_BYTES,
        MAX_FORM_PARTS=MOST_PARTS,
        SECRET_KEY=access.randomness(32),
        SESSION_COOKIE_NAME="__Host-desk-said" if secure else f"desk-said-{access.config.port}",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_SAMESITE="Lax",
    )
    app.extensions[NAME] = Workplace(root, access.config, access.clock, today)
    not_done.install(app)
    installing.install(app, access, send=send, announce=announce)
    afterwards.install(app, root, access, app.extensions[NAME], send)
    frame.frame(app)
    app.extensions[SHOWN] = ShownDrafts(access.token)
    views.install(app)
    connection.install(app, access.config, consents)
    picture_pages.install(app)
    app.register_blueprint(withdrawals.VIEWS)
    if unmarked := guard.check_views(app):
        raise RuntimeError(f"These views do not say what they need: {', '.join(unmarked)}.")
    return app


def close_app(app: Flask) -> None:
    """End what the app holds open."""
    installing.close(app)
    afterwards.afterwards_of(app).close()
    app.extensions[NAME].close()
