"""The context of a request: the open parts, the visitor, the words, the tokens of its forms; and pages in those words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Response, g, make_response, render_template, request

from desk.guard.cookies import LANGUAGE, VISITOR, cookie_name
from desk.guard.opened import access
from desk.people.key_file import derived
from desk.people.person import Person
from desk.people.sessions import Session, form_token, sealed
from desk.strings import LANGUAGES, DeskWords, desk_words

TOKEN_FIELD = "form_token"  # noqa: S105 -- a field's name
TICKET = "ticket"
"""The name of the part of an address that holds one."""


@dataclass(frozen=True)
class Visitor:
    """The person at the desk in this request."""

    person: Person
    session: Session


def visitor() -> Visitor | None:
    """The person at the desk in this request; None where nobody is signed in."""
    found: Visitor | None = g.get("desk_visitor")
    return found


def person() -> Person:
    """The person at the desk, in a view that needs one."""
    found = visitor()
    if found is None:
        raise RuntimeError("This view is open to all: there may be nobody.")
    return found.person


def words() -> DeskWords:
    """The desk's words in the language of this request: the one that was chosen, else what the browser asks for."""
    chosen = request.cookies.get(cookie_name(LANGUAGE), "")
    if chosen not in LANGUAGES:
        chosen = request.accept_languages.best_match(LANGUAGES) or LANGUAGES[0]
    return desk_words(chosen)


def page(template: str, status: int = 200, **values: Any) -> Response:
    """A page of the desk as a response."""
    return make_response(render_template(template, **values), status)


def current_token() -> str:
    """The token of the forms on this page. Somebody who is not signed in gets a cookie of their own for it."""
    found = visitor()
    return form_token(access().key, found.session.mark if found else _visitor_mark())


def ticket() -> str:
    """The ticket of this session, for the addresses of previews."""
    found = visitor()
    if found is None:
        raise RuntimeError("Nobody is signed in: there is no session for a ticket.")
    return sealed(derived(access().key, TICKET), found.session)


def _visitor_mark() -> str:
    """The random mark of somebody who is not signed in; the answer sets its cookie."""
    mark = g.get("desk_visitor_mark") or request.cookies.get(cookie_name(VISITOR), "")
    if not mark:
        mark = access().token(16)
        g.desk_new_visitor = mark
    g.desk_visitor_mark = mark
    return str(mark)
