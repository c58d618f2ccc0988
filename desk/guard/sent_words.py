"""Words that were sent and not saved: kept, or shown again. None are lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlsplit

from flask import Flask, Response, current_app, make_response, request
from werkzeug.datastructures import MultiDict

from desk.access import PREFIX
from desk.guard.here import TOKEN_FIELD, page, visitor, words
from desk.guard.opened import access
from desk.known_routes import known_page
from desk.people.kept_forms import KeptForm
from desk.people.sessions import Session

REFILLS = "desk.refills"
Refill = Callable[..., Any]


def refills(app: Flask, endpoint: str, refill: Refill) -> None:
    """Have a form shown again with the words that were sent to `endpoint`, after a token or a session was no good.

    `refill(words, reason, **arguments)` gives the page; `arguments` are those of the address. Without one, a page of the
    guard's own shows the words and can send them again.
    """
    app.extensions.setdefault(REFILLS, {})[endpoint] = refill


def keep_form(session: Session) -> str:
    """Keep the form of this request for the person of a session that is over; its name, or nothing where it cannot be."""
    name = access().token()
    fields = tuple((key, value) for key, value in request.form.items(multi=True) if key != TOKEN_FIELD)
    form = KeptForm(session.person, quote(request.path), _page_of_form(), fields, access().clock())
    return name if access().kept.keep(name, form) else ""


def shown_again(
    endpoint: str, arguments: dict[str, Any], fields: MultiDict[str, str], reason: str, status: int
) -> Response:
    """The form again with the words that were sent, by the view's own refill or the guard's page."""
    refill = current_app.extensions[REFILLS].get(endpoint)
    if refill is not None and visitor() is not None:
        return make_response(refill(fields, reason, **arguments), status)
    return words_page(fields, reason, status, again=True)


def kept_page(endpoint: str, arguments: dict[str, Any], fields: MultiDict[str, str], address: str) -> Response:
    """A form that was kept, once its person is signed in again: by the view's own refill or the guard's page."""
    refill = current_app.extensions[REFILLS].get(endpoint)
    if refill is not None:
        return make_response(refill(fields, "kept", **arguments))
    return words_page(fields, "kept", 200, again=True, address=address)


def words_page(fields: MultiDict[str, str], reason: str, status: int, *, again: bool, address: str = "") -> Response:
    """A page with the words that were sent. With `again` a button sends them once more, with a token that is good."""
    shown = [(name, value) for name, value in fields.items(multi=True) if name != TOKEN_FIELD]
    files = sorted(name for name, file in request.files.items() if file.filename) if request.method == "POST" else []
    return page(
        "sign_in/words.html",
        status,
        title=words()("guard.not_saved" if request.method == "POST" else "guard.not_yours"),
        reason=words()(f"guard.{reason}"),
        fields=shown,
        files=files,
        address=address or quote(request.path),
        again=again,
    )


def _page_of_form() -> str:
    """The page on which the form was: what the browser says, else the form's own address where that is a page."""
    came = urlsplit(request.headers.get("Referer", ""))
    if f"{came.scheme}://{came.netloc}" == access().config.address and known_page(current_app.url_map, came.path):
        return came.path
    own = quote(request.path)
    return own if known_page(current_app.url_map, own) else f"{PREFIX}/"
