"""Shared previews: an address for somebody without an account, for one draft, 14 days, until it is ended."""

from __future__ import annotations

import mimetypes

from flask import Blueprint, Response, abort, flash, make_response, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from desk.guard import access, needs, open_to_all, page, person, words
from desk.headers import preview_headers
from desk.people.acts import Act
from desk.publication.shares import Share, Shares
from desk.views.noticed import find
from desk.workplace import PREVIEW, workplace
from generator.building.site.open_site import OpenSite
from generator.markdown.pictures import FOLDER as PICTURES
from generator.site_plan import ASSETS, DRAFTS

VIEWS = Blueprint("shares", __name__)


@VIEWS.get("/desk/notices/<notice>/share")
@needs(Act.SHARE_PREVIEW)
def every(notice: str) -> Response:
    """The addresses of a draft that run."""
    return _list(notice)


@VIEWS.post("/desk/notices/<notice>/share")
@needs(Act.SHARE_PREVIEW)
def make(notice: str) -> Response:
    """Make an address, and show it this once."""
    found = find(notice)
    secret = _shares().make(notice, found.last, person().id, access().clock())
    access().write(person().id, Act.SHARE_PREVIEW, notice)
    return _list(notice, access().config.address + url_for("shares.draft", secret=secret, name=""))


@VIEWS.post("/desk/notices/<notice>/share/<share_id>/end")
@needs(Act.SHARE_PREVIEW)
def end(notice: str, share_id: str) -> Answer:
    """End an address."""
    _shares().end(share_id)
    access().write(person().id, "end-share", notice)
    flash(words()("share.ended"))
    return redirect(url_for("shares.every", notice=notice), 303)


@VIEWS.get("/desk/shared/<secret>/", defaults={"name": ""})
@VIEWS.get("/desk/shared/<secret>/<path:name>")
@open_to_all
def draft(secret: str, name: str) -> Response:
    """The draft in any of its languages, what changed in it, and what its pages load; nothing else of the site.

    Only somebody who has a picture's bytes, or a page that shows it, knows its name.
    """
    share = _shares().find(secret, access().clock())
    if share is None or _last(share.notice) != share.after:
        return page("publication/share_over.html", 404)
    start = workplace().ask(lambda site: _starts(site, share))
    if not name:
        return _shown(secret, f"{start[0]}index.html")
    file = f"{name}index.html" if name.endswith("/") else name
    if not file.startswith((*start, f"{ASSETS}/", f"{PICTURES}/")):
        abort(404)
    return _shown(secret, file)


def _shown(secret: str, file: str) -> Response:
    data = workplace().site.file(file)
    if data is None:
        abort(404)
    kind = mimetypes.guess_type(file)[0] or "application/octet-stream"
    if kind == "text/html":  # links of the page stay within what is shared
        own = url_for("shares.draft", secret=secret, name="").rstrip("/")
        data = data.replace(f"{access().config.address}{PREVIEW}".encode(), own.encode())
        data = data.replace(PREVIEW.encode(), own.encode())
    answer = make_response(data, 200, {"Content-Type": kind})
    for header, value in preview_headers(secure=access().config.is_secure).items():
        answer.headers[header] = value
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _starts(site: OpenSite, share: Share) -> tuple[str, ...]:
    """How the files of the draft start, the site's main language first."""
    languages = site.repository.site.languages
    prefixes = ("" if language == languages[0] else f"{language}/" for language in languages)
    return tuple(f"{prefix}{DRAFTS}/{share.notice}/" for prefix in prefixes)


def _last(notice: str) -> int:
    return workplace().ask(lambda site: max(site.repository.numbers(notice), default=0))


def _shares() -> Shares:
    return Shares(access().config.folder)


def _list(notice: str, made: str = "") -> Response:
    people = access().people.people()
    running = [(share, people.by_id(share.by)) for share in _shares().of(notice, access().clock())]
    return page("publication/share.html", found=find(notice), running=running, made=made, sent=request.method == "POST")
