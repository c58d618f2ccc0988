"""Stands before every view: the host, the session, the role, the form's token and where it came from.

A view says what it needs with `@needs(Act.EDIT)`, `@signed_in_only`, `@by_ticket(Act.PREVIEW)` or `@open_to_all`; one that
says nothing is refused, and `check_views` finds it at start. Words that were sent are never lost: every refusal shows them again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import quote, urlsplit

from flask import Flask, Response, current_app, g, make_response, redirect, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Answer

from desk.access import PREFIX, Access
from desk.headers import framed_headers, page_headers, preview_headers
from desk.known_routes import known_page, known_target
from desk.people.acts import NEEDS_RECENT, Act, may
from desk.people.kept_forms import KeptForm
from desk.people.key_file import derived
from desk.people.person import People, Person
from desk.people.sessions import Session, form_token, is_form_token, is_recent, sealed, signed_in, unsealed
from desk.strings import LANGUAGES, DeskWords, desk_words
from generator.problems import ContentError

LOG = logging.getLogger("desk")
ACCESS = "desk.access"
REFILLS = "desk.refills"
NEED = "desk_need"
TOKEN_FIELD = "form_token"  # noqa: S105 -- a field's name
SESSION, VISITOR, LANGUAGE = "desk-session", "desk-visitor", "desk-language"
SAFE = ("GET", "HEAD", "OPTIONS")
LONGEST_COOKIE = 1000

View = TypeVar("View", bound=Callable[..., Any])
Refill = Callable[..., Any]


class Open:
    """Nobody need be signed in."""


class AnyRole:
    """Somebody must be signed in, whatever their roles."""


@dataclass(frozen=True)
class ByTicket:
    """The address holds a ticket of somebody's session; no cookie is asked for."""

    act: Act


Need = Act | ByTicket | type[Open] | type[AnyRole]
TICKET = "ticket"
"""The name of the part of an address that holds one."""


@dataclass(frozen=True)
class Visitor:
    """Who is at the desk in this request."""

    person: Person
    session: Session


def needs(act: Act) -> Callable[[View], View]:
    """Mark a view as an act: it runs for people alone whose roles are enough."""
    return _marked(act)


def signed_in_only(view: View) -> View:
    """Mark a view that everybody who is signed in may see."""
    return _marked(AnyRole)(view)


def open_to_all(view: View) -> View:
    """Mark a view that needs nobody to be signed in."""
    return _marked(Open)(view)


def by_ticket(act: Act) -> Callable[[View], View]:
    """Mark a view whose address has a `<ticket>`: pages and files of previews, which are only looked at.

    A preview is an origin of its own. Browsers send no cookie with what it loads, nor with the links in it, so that its
    addresses must say whose session it belongs to. A ticket opens nothing but such views, and ends with the session.
    """
    return _marked(ByTicket(act))


def ticket() -> str:
    """The ticket of this session, for the addresses of previews."""
    found = visitor()
    if found is None:
        raise RuntimeError("Nobody is signed in: there is no session for a ticket.")
    return sealed(derived(access().key, TICKET), found.session)


def refills(app: Flask, endpoint: str, refill: Refill) -> None:
    """Have a form shown again with the words that were sent to `endpoint`, after a token or a session was no good.

    `refill(words, reason, **arguments)` gives the page; `arguments` are those of the address. Without one, a page of the
    guard's own shows the words and can send them again.
    """
    app.extensions.setdefault(REFILLS, {})[endpoint] = refill


def protect(app: Flask, access: Access) -> None:
    """Stand before every view of the app, and give templates `words`, `person`, `may` and `form_token`."""
    app.extensions[ACCESS] = access
    app.extensions.setdefault(REFILLS, {})
    app.before_request(_check)
    app.after_request(_with_headers)
    app.context_processor(_context)


def check_views(app: Flask) -> list[str]:
    """The endpoints whose views say nothing about what they need: a start must be refused where there are any."""
    return sorted(name for name, view in app.view_functions.items() if name != "static" and not hasattr(view, NEED))


def access() -> Access:
    """What is open while the desk runs."""
    found: Access = current_app.extensions[ACCESS]
    return found


def visitor() -> Visitor | None:
    """Who is at the desk in this request; None where nobody is signed in."""
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


def cookie_name(name: str) -> str:
    """A cookie's name. With TLS `__Host-`: no other host of the council can set it. On loopback the port is part of it,
    since all ports share their cookies."""
    config = access().config
    return f"__Host-{name}" if config.is_secure else f"{name}-{urlsplit(config.address).port or 80}"


def set_cookie(answer: Answer, name: str, value: str, seconds: int | None = None) -> None:
    """Set a cookie of the desk. Without `seconds` it lasts as long as the browser runs: the server ends sessions, so that
    a form sent too late still says whose it was."""
    if len(value) > LONGEST_COOKIE:
        raise ValueError("A cookie of this length could be dropped.")
    secure = access().config.is_secure
    full = cookie_name(name)
    answer.set_cookie(full, value, max_age=seconds, path="/", secure=secure, httponly=True, samesite="Lax")


def drop_cookie(answer: Answer, name: str) -> None:
    """Have the browser forget a cookie."""
    answer.delete_cookie(cookie_name(name), path="/", secure=access().config.is_secure, httponly=True, samesite="Lax")


def page(template: str, status: int = 200, **values: Any) -> Response:
    """A page of the desk as a response."""
    return make_response(render_template(template, **values), status)


def current_token() -> str:
    """The token of the forms on this page. Somebody who is not signed in gets a cookie of their own for it."""
    found = visitor()
    return form_token(access().key, found.session.mark if found else _visitor_mark())


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
        title=words()("guard.not_saved"),
        reason=words()(f"guard.{reason}"),
        fields=shown,
        files=files,
        address=address or quote(request.path),
        again=again,
    )


def _marked(need: Need) -> Callable[[View], View]:
    def mark(view: View) -> View:
        setattr(view, NEED, need)
        return view

    return mark


def _check() -> Answer | None:
    if not _is_own_host():
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
    """What is wrong with a form, in the order in which it can be told: its origin, its token, its session, its role."""
    if not _is_same_origin():
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
    """What a form's token is bound to: the session, one that is over too, or the cookie of somebody not signed in."""
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
        return words_page(request.form, "no_role", 403, again=False)
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


def _is_own_host() -> bool:
    """Whether the request is for the desk's own address: another name for this machine could be anybody's page."""
    wanted = urlsplit(access().config.address)
    try:
        asked = urlsplit(f"{wanted.scheme}://{request.environ.get('HTTP_HOST', '')}")
        default = 443 if wanted.scheme == "https" else 80
        return (asked.hostname, asked.port or default) == (wanted.hostname, wanted.port or default)
    except ValueError:
        return False


def _is_same_origin() -> bool:
    """Whether a form was sent by a page of the desk.

    Browsers send `Sec-Fetch-Site` to addresses with TLS and to loopback. A page without referrer sends `Origin: null`, which
    says nothing by itself. A subdomain of the council is same-site and still not the desk.
    """
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if origin not in (None, "null") and origin != access().config.address:
        return False
    if site is not None:
        return site == "same-origin"
    return origin == access().config.address


def _own_path() -> str:
    query = request.query_string.decode("ascii", "replace")
    path = quote(request.path)
    return f"{path}?{query}" if query else path


def _page_of_form() -> str:
    """The page on which the form was: what the browser says, else the form's own address where that is a page."""
    came = urlsplit(request.headers.get("Referer", ""))
    if f"{came.scheme}://{came.netloc}" == access().config.address and known_page(current_app.url_map, came.path):
        return came.path
    own = quote(request.path)
    return own if known_page(current_app.url_map, own) else f"{PREFIX}/"


def _leads(address: str, back: str = "", kept: str = "") -> Answer:
    """Lead to a page of signing in, and from there back again."""
    return redirect(known_target(address, back=back, kept=kept), 303)


def _visitor_mark() -> str:
    """The random mark of somebody who is not signed in; the answer sets its cookie."""
    mark = g.get("desk_visitor_mark") or request.cookies.get(cookie_name(VISITOR), "")
    if not mark:
        mark = access().token(16)
        g.desk_new_visitor = mark
    g.desk_visitor_mark = mark
    return str(mark)


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
