"""The frame around every page of the desk: its words, its ways to other pages, the council's name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, request, url_for
from markupsafe import Markup

from desk import guard
from desk.people.acts import Act, may
from desk.people.person import Person
from desk.strings import LANGUAGES
from desk.workplace import workplace
from generator.problems import ContentError

OWN_NAMES = {"en": "English", "cy": "Cymraeg"}


@dataclass(frozen=True)
class Way:
    """A way in the head of each page: its endpoint, the key of its words, and the act of those who see it."""

    endpoint: str
    words: str
    act: Act


WAYS = (
    Way("home.home", "frame.home", Act.READ),
    Way("notices.every", "frame.notices", Act.READ),
    Way("shared.every", "frame.shared", Act.SAVE_SHARED),
    Way("pages.every", "frame.pages", Act.SAVE_PAGES),
    Way("withdrawals.open", "frame.withdrawals", Act.SEE_WITHDRAWALS),
    Way("settings.settings", "frame.settings", Act.SETTINGS),
    Way("people.people", "frame.people", Act.PEOPLE),
    Way("act_log.log", "frame.log", Act.SEE_LOG),
)
"""Those whose endpoint is registered are shown."""
BELOW = {
    "notices.every": ("/desk/new", "/desk/import", "/desk/import/save"),
    "shared.every": ("/desk/new-shared",),
    "pages.every": ("/desk/new-page", "/desk/publish-pages"),
}
"""Pages that belong to a way and do not have its address in front."""


def frame(app: Flask) -> None:
    """Give every template what the frame prints."""
    app.context_processor(_values)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["csrf_field"] = _csrf_field
    app.jinja_env.globals["translations"] = _translations


def _csrf_field() -> Markup:
    return Markup('<input type="hidden" name="{}" value="{}">').format(guard.TOKEN_FIELD, guard.current_token())


def _values() -> dict[str, Any]:
    words, found = guard.words(), guard.visitor()
    return {
        "say": words,
        "other_languages": [(name, OWN_NAMES[name]) for name in LANGUAGES if name != words.language],
        "day": workplace().dates[words.language].full_date,
        "name_of": workplace().dates[words.language].name_of,
        "ways": _ways(found.person) if found else [],
        "council": _council(),
        "static": lambda name: url_for("static", filename=name),
        "own_address": request.path,
        "own_names": OWN_NAMES,
    }


def _ways(person: Person) -> list[dict[str, Any]]:
    return [
        {
            "href": url_for(way.endpoint),
            "label": guard.words()(way.words),
            "here": _here(way),
        }
        for way in WAYS
        if way.endpoint in current_app.view_functions and may(person, way.act)
    ]


def _here(way: Way) -> str:
    """For a screen reader: `page` on the page that a way leads to, `true` on those below it; else empty."""
    if request.endpoint == way.endpoint:
        return "page"
    is_below = f"{request.path}/".startswith(f"{url_for(way.endpoint)}/") or request.path in BELOW.get(way.endpoint, ())
    return "true" if is_below and way.endpoint != "home.home" else ""


def _translations() -> list[tuple[str, str]]:
    """The languages that the site's notices are translated into, each with its own name."""
    try:
        languages = workplace().ask(lambda site: site.repository.site.languages, now=False)
    except ContentError:
        return []
    return [(code, OWN_NAMES.get(code, code)) for code in languages[1:]]


def _council() -> str:
    """The council's name in the site's main language; empty where site.yml cannot be read."""
    try:
        source = workplace().ask(lambda site: site.repository.site, now=False)
    except ContentError:
        return ""
    return source.short_name(source.language)
