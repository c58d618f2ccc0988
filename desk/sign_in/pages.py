"""The pages of signing in and out that every way has in common."""

from __future__ import annotations

from flask import Blueprint, Flask, current_app, redirect, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Answer

from desk import guard
from desk.access import PREFIX
from desk.known_routes import known_target, route_of
from desk.people.people_file import sessions_ended
from desk.people.sessions import Way
from desk.sign_in.beginning import safe_back
from desk.sign_in.parts import provider_of
from desk.strings import LANGUAGES

VIEWS = Blueprint("sign_in", __name__, url_prefix=PREFIX)


@VIEWS.get("/sign-in")
@guard.open_to_all
def start() -> Answer:
    """The ways in which somebody can sign in. Somebody who is signed in goes on."""
    back, kept = safe_back(request.args.get("back", "")), request.args.get("kept", "")
    if guard.visitor() is not None and not kept:
        return redirect(back or f"{PREFIX}/", 303)
    return _ways("sign_in.title", back, kept)


@VIEWS.get("/sign-in/again")
@guard.signed_in_only
def again() -> Answer:
    """Settings and people ask for a recent proof."""
    back, kept = safe_back(request.args.get("back", "")), request.args.get("kept", "")
    return _ways("sign_in.again_title", back, kept, fresh=True)


@VIEWS.get("/sign-in/kept/<name>")
@guard.signed_in_only
def kept(name: str) -> Answer:
    """The form that was sent when its session was over, with its words."""
    access = guard.access()
    form = access.kept.of(name, guard.person().id, access.clock())
    if form is None:
        return guard.page(
            "sign_in/message.html", 404, title=guard.words()("kept.gone_title"), text=guard.words()("kept.gone")
        )
    fields = MultiDict(form.fields)
    found = route_of(current_app.url_map, form.address, "POST")
    if found is None:
        return guard.words_page(fields, "kept", 200, again=False)
    return guard.kept_page(found[0], found[1], fields, form.address)


@VIEWS.post("/sign-out")
@guard.signed_in_only
def sign_out() -> Answer:
    """End every session of this person, on every machine, whatever copies of the cookie there are."""
    access, person = guard.access(), guard.person()
    found = guard.visitor()
    access.people.change(lambda people: sessions_ended(people, person.id))
    access.write(person.id, "signed-out")
    with_provider = found is not None and found.session.way is Way.PROVIDER
    answer = redirect(known_target(f"{PREFIX}/signed-out", provider="yes" if with_provider else ""), 303)
    guard.drop_cookie(answer, guard.SESSION)
    return answer


@VIEWS.get("/signed-out")
@guard.open_to_all
def signed_out() -> Answer:
    """That it is done, and that the provider's own session is still there."""
    access = guard.access()
    leave = None
    if request.args.get("provider") and (provider := provider_of(current_app)) is not None:
        leave = provider.end_session(f"{access.config.address}{PREFIX}/signed-out")
    return guard.page(
        "sign_in/signed_out.html",
        title=guard.words()("signed_out.title"),
        provider_stays=bool(request.args.get("provider")),
        leave=leave,
    )


@VIEWS.post("/language")
@guard.open_to_all
def language() -> Answer:
    """Choose the language of the desk."""
    chosen = request.form.get("language", "")
    answer = redirect(safe_back(request.form.get("back", "")) or f"{PREFIX}/", 303)
    if chosen in LANGUAGES:
        guard.set_cookie(answer, guard.LANGUAGE, chosen, 365 * 24 * 3600)
    return answer


def _ways(title: str, back: str, kept: str, *, fresh: bool = False) -> Answer:
    words, config = guard.words(), guard.access().config
    ways = config.ways
    query = {"back": back, "kept": kept, "fresh": "yes" if fresh else ""}
    return guard.page(
        "sign_in/start.html",
        title=words(title),
        fresh=fresh,
        back=back,
        kept=kept,
        kept_words=bool(kept),
        provider=known_target(f"{PREFIX}/sign-in/provider", **query) if Way.PROVIDER in ways else "",
        mail=Way.MAIL in ways,
        here=Way.LOOPBACK in ways,
    )


def register(app: Flask) -> None:
    """Put the pages into the app."""
    app.register_blueprint(VIEWS)
