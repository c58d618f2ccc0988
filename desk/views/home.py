"""`/desk/`: what waits for the person who is signed in, and the first steps of a new desk."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, current_app, make_response, render_template, url_for
from werkzeug.wrappers import Response as Answer

from desk import guard, listing
from desk.guard import open_to_all, signed_in_only
from desk.listing import Listed, State
from desk.people.acts import Act, may
from desk.people.person import Role
from desk.publication import together
from desk.translations import due
from desk.workplace import workplace
from generator.problems import ContentError

VIEWS = Blueprint("home", __name__)
FEW = 8
"""How many notices of a kind are named; the list has all of them."""
STEPS = (
    ("settings", "settings.settings", Act.SETTINGS),
    ("import", "imports.start", Act.IMPORT),
    ("approver", "people.people", Act.PEOPLE),
)


@dataclass(frozen=True)
class Step:
    """A step of the first day. `href` is empty where somebody else has to take it."""

    name: str
    href: str
    done: bool


@VIEWS.get("/desk/")
@signed_in_only
def home() -> Answer:
    """The page of work that waits for you."""
    place = workplace()
    today = place.today()
    try:
        whole = place.ask(lambda site: listing.every(site, today))
    except ContentError as wrong:
        return make_response(render_template("site_broken.html", problems=wrong.problems))
    until = listing.quarter_end(today)
    waiting = {
        "drafts": [one for one in whole if one.state in (State.NEW, State.CHANGED, State.UNREADABLE)],
        "asked": [one for one in whole if one.state is State.ASKED],
        "due": [one for one in whole if one.review_by is not None and one.review_by <= until],
        "starts": sorted((one for one in whole if one.starts), key=lambda one: one.starts or today),
    }
    shown = {name: (listed[:FEW], len(listed)) for name, listed in waiting.items()}
    unseen = sum(one.state is State.UNSEEN for one in whole)
    changed = [one.id for one in whole if one.state in (State.CHANGED, State.ASKED)]
    shared = len(place.ask(lambda site: together.touched(site, changed)).notices) if len(changed) > 1 else 0
    late = place.ask(lambda site: due.every(site, today)) if may(guard.person(), Act.TRANSLATE) else []
    own = {"late": late[:FEW], "late_count": len(late)}
    own |= {"waiting": shown, "unseen": unseen, "until": until, "steps": _steps(whole), "shared": shared}
    return make_response(render_template("home.html", **own))


@VIEWS.get("/desk/accessibility")
@open_to_all
def accessibility() -> str:
    """The desk's own accessibility statement."""
    return render_template("accessibility.html")


def _steps(whole: list[Listed]) -> list[Step]:
    """The first day's list, until all of it is done."""
    everybody = guard.access().people.people()
    others = [one for one in everybody.with_role(Role.APPROVER) if one.id != guard.person().id]
    done = {"settings": bool(whole), "import": bool(whole), "approver": bool(others)}
    steps = [Step(name, _way(endpoint, act), done[name]) for name, endpoint, act in STEPS]
    return [] if all(step.done for step in steps) else steps


def _way(endpoint: str, act: Act) -> str:
    open_to_them = endpoint in current_app.view_functions and may(guard.person(), act)
    return url_for(endpoint) if open_to_them else ""
