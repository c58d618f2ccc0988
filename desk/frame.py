"""The frame around every page of the desk: its words, its language, its ways to other pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, current_app, g, request, url_for

from desk.strings import LANGUAGES, DeskWords, desk_words
from desk.workplace import workplace
from generator.problems import ContentError

COOKIE = "desk_language"
A_YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class Way:
    """A way in the head of each page: its endpoint, the key of its words, and the roles that see it; none means all."""

    endpoint: str
    words: str
    roles: frozenset[str] = frozenset()


WAYS = (
    Way("home.home", "frame.home"),
    Way("notices.every", "frame.notices", frozenset({"editor", "approver"})),
    Way("shared.every", "frame.shared", frozenset({"editor"})),
    Way("pages.every", "frame.pages", frozenset({"editor"})),
    Way("withdrawals.open", "frame.withdrawals", frozenset({"service"})),
    Way("settings.settings", "frame.settings", frozenset({"administrator"})),
    Way("people.people", "frame.people", frozenset({"administrator"})),
    Way("act_log.log", "frame.log", frozenset({"administrator"})),
)
"""Those whose endpoint is registered are shown."""


def frame(app: Flask) -> None:
    """Give every template its words, and every answer the chosen language."""
    app.before_request(_choose_language)
    app.after_request(_keep_language)
    app.context_processor(_values)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def say() -> DeskWords:
    """The words of the language that the person chose."""
    return desk_words(language())


def language() -> str:
    """The language of the desk's own pages."""
    return str(getattr(g, "language", LANGUAGES[0]))


def _choose_language() -> None:
    wanted = request.args.get("language") or request.cookies.get(COOKIE, "")
    g.language = wanted if wanted in LANGUAGES else LANGUAGES[0]


def _keep_language(response: Response) -> Response:
    if request.args.get("language") in LANGUAGES:
        secure = workplace().config.is_secure
        response.set_cookie(COOKIE, language(), A_YEAR, secure=secure, httponly=True, samesite="Lax")
    return response


def _values() -> dict[str, Any]:
    dates = workplace().dates[language()]
    return {
        "say": say(),
        "language": language(),
        "languages": [(name, dates.name_of(name), _in_language(name)) for name in LANGUAGES if name != language()],
        "day": dates.full_date,
        "person": getattr(g, "person", None),
        "ways": _ways(),
        "council": _council(),
        "static": lambda name: url_for("static", filename=name),
    }


def _in_language(name: str) -> str:
    """The address of this page in another language."""
    kept = [f"{key}={value}" for key, value in request.args.items(multi=True) if key == "page"]
    return "?" + "&".join([*kept, f"language={name}"])


def _ways() -> list[dict[str, Any]]:
    person = getattr(g, "person", None)
    roles = frozenset(str(role) for role in person.roles) if person is not None else frozenset()
    shown = []
    for way in WAYS:
        if person is not None and way.endpoint in current_app.view_functions and (not way.roles or way.roles & roles):
            address = url_for(way.endpoint)
            blueprint = way.endpoint.partition(".")[0]
            shown.append({"href": address, "label": say()(way.words), "here": request.blueprint == blueprint})
    return shown


def _council() -> str:
    """The council's name; empty where site.yml cannot be read."""
    try:
        return str(workplace().ask(lambda site: site.repository.site.short_name, now=False))
    except ContentError:
        return ""
