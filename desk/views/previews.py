"""`/desk/preview/...`: the site with its working texts, sandboxed: a script in a draft or a theme never acts as an officer."""

from __future__ import annotations

import mimetypes

from flask import Blueprint, Response, abort, current_app, request

from desk.drafting import inert, saved_page
from desk.guard import needs, open_to_all, person
from desk.headers import preview_headers
from desk.people.acts import Act
from desk.shown_drafts import SHOWN, ShownDrafts
from desk.workplace import PREVIEW, workplace

VIEWS = Blueprint("previews", __name__)


@VIEWS.get(f"{PREVIEW}/assets/<path:name>")
@open_to_all
def asset(name: str) -> Response:
    """Styles and scripts. A sandboxed page asks for them without a session; their names follow from their bytes."""
    return _file(f"assets/{name}")


@VIEWS.get(f"{PREVIEW}/pictures/<path:name>")
@open_to_all
def picture(name: str) -> Response:
    """A picture, likewise: only somebody who has its bytes knows its name."""
    return _file(f"pictures/{name}")


@VIEWS.get(f"{PREVIEW}/unsaved/<key>")
@needs(Act.PREVIEW)
def unsaved(key: str) -> Response:
    """Words that nobody has saved, as the page that they would be. Only for the person who typed them."""
    drafts: ShownDrafts = current_app.extensions[SHOWN]
    data = drafts.of(person().id, key)
    if data is None:
        abort(404)
    return framed(data, "text/html")


@VIEWS.get(f"{PREVIEW}/saved/<notice>/<language>")
@needs(Act.PREVIEW)
def saved(notice: str, language: str) -> Response:
    """A working text as it is saved, without what was found in it: that is at the fields of the form."""
    place = workplace()
    data = place.ask(lambda site: saved_page(site, notice, language, place.today))
    if data is None:
        abort(404)
    return framed(data, "text/html")


@VIEWS.get(f"{PREVIEW}/")
@VIEWS.get(f"{PREVIEW}/<path:name>")
@needs(Act.PREVIEW)
def page(name: str = "") -> Response:
    """A page of the site with its working texts, as it is saved."""
    return _file(f"{name}index.html" if not name or name.endswith("/") else name)


def framed(data: bytes, mimetype: str) -> Response:
    """A file of the site with the headers of its frame."""
    answer = Response(data, mimetype=mimetype)
    answer.headers.update(preview_headers(secure=workplace().config.is_secure))
    answer.headers["X-Frame-Options"] = "SAMEORIGIN"
    return answer


def _file(name: str) -> Response:
    data = workplace().site.file(name)
    if data is None:
        abort(404)
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    apart = request.headers.get("Sec-Fetch-Dest") in (None, "document")
    answer = framed(data if apart or kind != "text/html" else inert(data), kind)
    if name.startswith(("assets/", "pictures/")):
        answer.headers["Cache-Control"] = "private, max-age=86400"
        answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # a sandboxed page is of no origin
    return answer
