"""Signing in by a letter: ask for it, then press its link's button or type its code."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, request
from werkzeug.wrappers import Response as Answer

from desk import guard
from desk.access import PREFIX
from desk.known_routes import known_target
from desk.people.one_time import State
from desk.people.sessions import Way
from desk.sign_in.beginning import begin, safe_back
from desk.sign_in.letters import Asked, Came, look_at_link, use_code, use_link, write_letter
from desk.sign_in.parts import parts

VIEWS = Blueprint("sign_in_by_letter", __name__, url_prefix=f"{PREFIX}/sign-in")
NO_REFERRER = {"Referrer-Policy": "no-referrer"}
"""The address of a link is worth a session: no page that it leads to is given it."""
LONGEST = 320


@VIEWS.before_request
def _only_by_mail() -> None:
    if Way.MAIL not in guard.access().config.ways:
        abort(404)


@VIEWS.post("/letter")
@guard.open_to_all
def letter() -> Answer:
    """Ask for a letter. The answer is the same for every address, and does not wait for anything."""
    access, here, words = guard.access(), parts(), guard.words()
    asked = Asked(
        request.form.get("address", "").strip()[:LONGEST],
        access.token(16),
        safe_back(request.form.get("back", "")),
        request.form.get("kept", "")[:64],
    )
    if here.postbox is not None and here.send is not None:
        send = here.send
        here.postbox.put(lambda: write_letter(access, asked, words, send))
    return redirect(known_target(f"{PREFIX}/sign-in/sent", request=asked.request), 303)


@VIEWS.get("/sent")
@guard.open_to_all
def sent() -> Answer:
    """That a letter is on its way where the address is known; the code can be typed here."""
    return _code_page(request.args.get("request", ""))


@VIEWS.post("/code")
@guard.open_to_all
def code() -> Answer:
    """Sign in by the code of the letter that this page asked for."""
    name = request.form.get("request", "")
    came = use_code(guard.access(), name, request.form.get("code", "")[:40])
    if came.state is State.READY:
        return _signed_in(came)
    return _code_page(name, "code.wrong", 403)


@VIEWS.get("/link/<name>/<secret>")
@guard.open_to_all
def look(name: str, secret: str) -> Answer:
    """A button. Looking spends nothing: scanners of mail look before the person does."""
    return _link_page(look_at_link(guard.access(), name, secret))


@VIEWS.post("/link/<name>/<secret>")
@guard.open_to_all
def press(name: str, secret: str) -> Answer:
    """Sign in by the link, on whichever machine it was opened."""
    came = use_link(guard.access(), name, secret)
    return _signed_in(came) if came.state is State.READY else _link_page(came)


def _signed_in(came: Came) -> Answer:
    if came.person is None:
        return _link_page(came)
    return begin(came.person, Way.MAIL, guard.access().clock(), came.back, came.kept)


def _code_page(name: str, wrong: str = "", status: int = 200) -> Answer:
    words = guard.words()
    title = words("sent.title")
    return guard.page("sign_in/sent.html", status, title=title, request_name=name, wrong=words(wrong) if wrong else "")


def _link_page(came: Came) -> Answer:
    """The button, or why there is none. A link that was used mails nothing: asking again is the person's to do."""
    words = guard.words()
    if came.state is State.READY:
        answer = guard.page("sign_in/press.html", title=words("link.title"), people=(), nobody=False)
    else:
        key = f"link.{came.state}"
        answer = guard.page("sign_in/message.html", 410, title=words("link.no_title"), text=words(key), again=True)
    answer.headers.update(NO_REFERRER)
    return answer
