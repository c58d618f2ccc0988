"""The checks that every request passes: the host, the ticket or the session, the role, and for a form its origin and
its token."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import quote

from flask import Flask, Response, current_app, g, make_response, redirect, request
from werkzeug.wrappers import Response as Answer

from desk.access import PREFIX, Access
from desk.guard.cookies import SESSION, VISITOR, cookie_name, set_cookie
from desk.guard.here import TICKET, TOKEN_FIELD, Visitor, current_token, page, visitor, words
from desk.guard.needs import NEED, AnyRole, ByTicket, Need, Open
from desk.guard.opened import ACCESS, access
from desk.guard.origin import is_own_host, is_same_origin
from desk.guard.sent_words import REFILLS, keep_form, shown_again, words_page
from desk.headers import framed_headers, page_headers, preview_headers
from desk.known_routes import known_target
from desk.people.acts import NEEDS_RECENT, Act, may
from desk.people.key_file import derived
from desk.people.person import People
from desk.people.sessions import Session, is_form_token, is_recent, signed_in, unsealed
from generator.problems import ContentError

LOG = logging.getLogger("desk")
SAFE = ("GET", "HEAD", "OPTIONS")


def protect(app: Flask, access: Access) -> None:
    """Stand before every view of the app, and give templates `words`, `person`, `may` and `form_token`."""
    app.extensions[ACCESS] = access
    app.extensions.setdefault(REFILLS, {})
    app.before_request(_check)
    app.after_request(_with_headers)
    app.context_processor(_context)


def _check() -> Answer | None:
    if not is_own_host():
        return make_response("This desk does not answer to that host.\n", 421, {"Content-Type": "text/plain"})
    if request.endpoint is None:
        return None  # no such page: the app says so
    if request.endpoint == "static":
        return None
    people = _people()
    if people is None:
        return page("sign_in/stopped.html", 503, title=words()("guard.stopped"))
    session = unsealed(access().key, request.cookies.get(cookie_name(SESSION), ""))
    found = signed_in(session, people, access().clock())
    if found is not None and session is not None:
        g.desk_visitor = Visitor(found, session)
    need: Need | None = getattr(current_app.view_functions[request.endpoint], NEED, None)
    if isinstance(need, ByTicket):
        return _check_ticket(need, people)
    if request.method in SAFE:
        return _check_look(need)
    return _check_form(need, session)


def _check_ticket(need: ByTicket, people: People) -> Answer | None:
    """Whether the address has a ticket of a session that goes on, of somebody who may look. Nothing is sent this way."""
    text = str((request.view_args or {}).get(TICKET, ""))
    session = unsealed(derived(access().key, TICKET), text)
    found = signed_in(session, people, access().clock())
    if request.method not in SAFE or session is None or found is None or not may(found, need.act):
        g.pop("desk_visitor", None)
        answer = page("sign_in/message.html", 403, title=words()("ticket.title"), text=words()("ticket.text"))
        answer.headers.update(preview_headers(secure=access().config.is_secure))  # it is seen in the preview's frame
        return answer
    g.desk_visitor = Visitor(found, session)
    return None


def _check_look(need: Need | None) -> Answer | None:
    if need is Open:
        return None
    found = visitor()
    if found is None:
        return _leads(f"{PREFIX}/sign-in", back=_own_path())
    return _refused(need, found, back=_own_path())


def _check_form(need: Need | None, session: Session | None) -> Answer | None:
    """The faults of a form, in the order in which they can be told: its origin, its token, its session, its role."""
    if not is_same_origin():
        return words_page(request.form, "from_elsewhere", 403, again=False)
    found = visitor()
    mark = _mark_of_form(need, found, session)
    sent = request.form.get(TOKEN_FIELD, "") or request.headers.get("X-Form-Token", "")
    good = bool(mark) and is_form_token(access().key, mark, sent)
    if need is not Open and found is None:
        kept = keep_form(session) if good and session is not None else ""
        if kept:
            return _leads(f"{PREFIX}/sign-in", kept=kept)
        return words_page(request.form, "session_over", 403, again=False)
    if not good:
        return shown_again(request.endpoint or "", request.view_args or {}, request.form, "form_old", 403)
    return None if need is Open or found is None else _refused(need, found)


def _mark_of_form(need: Need | None, found: Visitor | None, session: Session | None) -> str:
    """The mark that a form's token is bound to: the session, one that is over too, or the cookie of somebody not
    signed in."""
    if found is not None:
        return found.session.mark
    if session is not None and need is not Open:
        return session.mark
    return request.cookies.get(cookie_name(VISITOR), "")


def _refused(need: Need | None, found: Visitor, back: str = "") -> Answer | None:
    """Why somebody who is signed in may not do this; None where they may."""
    if need is AnyRole:
        return None
    if not isinstance(need, Act):
        LOG.error("the view %s does not say what it needs, and is refused", request.endpoint)
        return words_page(request.form, "no_role", 403, again=False)
    if not may(found.person, need):
        access().write(found.person.id, f"refused-{need}")
        return words_page(request.form, "no_role_to_look" if request.method in SAFE else "no_role", 403, again=False)
    if need in NEEDS_RECENT and not is_recent(found.session, access().clock()):
        kept = "" if request.method in SAFE else keep_form(found.session)
        if request.method not in SAFE and not kept:
            return words_page(request.form, "prove_again", 403, again=False)
        return _leads(f"{PREFIX}/sign-in/again", back=back, kept=kept)
    return None


def _people() -> People | None:
    """Everybody, as the file says now; None where it cannot be read: then nobody is let in."""
    try:
        return access().people.people()
    except ContentError as wrong:
        for problem in wrong.problems:
            LOG.error("nobody can sign in: %s", problem)
        return None


def _own_path() -> str:
    query = request.query_string.decode("ascii", "replace")
    path = quote(request.path)
    return f"{path}?{query}" if query else path


def _leads(address: str, back: str = "", kept: str = "") -> Answer:
    """Lead to a page of signing in, and from there back again."""
    return redirect(known_target(address, back=back, kept=kept), 303)


def _with_headers(answer: Response) -> Response:
    secure = access().config.is_secure
    own_policy = "Content-Security-Policy" in answer.headers
    for name, value in (framed_headers(secure=secure) if own_policy else page_headers(secure=secure)).items():
        answer.headers.setdefault(name, value)
    if (mark := g.get("desk_new_visitor")) is not None:
        set_cookie(answer, VISITOR, mark)
    return answer


def _context() -> dict[str, Any]:
    found, said = visitor(), words()
    return {
        "words": said,
        "language": said.language,
        "person": found.person if found else None,
        "may": lambda name: found is not None and may(found.person, Act(name)),
        "form_token": current_token,
        "token_field": TOKEN_FIELD,
    }
