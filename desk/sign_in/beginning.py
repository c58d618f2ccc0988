"""Begins a session, whichever way somebody came: a new mark, the cookie, a line in the log, and back to where they were."""

from __future__ import annotations

from datetime import datetime

from flask import current_app, g, redirect
from werkzeug.wrappers import Response as Answer

from desk import guard
from desk.access import PREFIX
from desk.known_routes import known_page
from desk.people.person import Person
from desk.people.sessions import Session, Way, sealed


def begin(person: Person, way: Way, proved: datetime | None, back: str = "", kept: str = "") -> Answer:
    """Sign somebody in and lead them on: to the form they had sent, to the page they had asked for, or to the first page."""
    access = guard.access()
    session = Session(person.id, person.session, access.token(16), access.clock(), proved, way)
    access.write(person.id, f"signed-in-{way}")
    answer = redirect(_target(person, back, kept), 303)
    guard.set_cookie(answer, guard.SESSION, sealed(access.key, session))
    g.pop("desk_new_visitor", None)
    guard.drop_cookie(answer, guard.VISITOR)
    return answer


def _target(person: Person, back: str, kept: str) -> str:
    access = guard.access()
    if kept and access.kept.of(kept, person.id, access.clock()) is not None:
        return f"{PREFIX}/sign-in/kept/{kept}"
    return back if back and known_page(current_app.url_map, back) else f"{PREFIX}/"


def safe_back(text: str) -> str:
    """A page of the desk to go back to; nothing for any other address."""
    return text if known_page(current_app.url_map, text) else ""
