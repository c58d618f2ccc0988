"""`/desk/notices`: every notice, found by words and filters, and the ways to begin another."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from desk import guard, listing, starting
from desk.guard import needs
from desk.listing import Filter, State
from desk.people.acts import Act
from desk.saving.outcome import Refused
from desk.workplace import workplace
from generator.problems import ContentError

VIEWS = Blueprint("notices", __name__)
A_PAGE = 50


@VIEWS.get("/desk/notices")
@needs(Act.READ)
def every() -> Answer:
    """The list, a page at a time."""
    place = workplace()
    today = place.today()
    wanted = Filter(
        request.args.get("words", "")[:200],
        request.args.get("state", ""),
        request.args.get("problems", ""),
        bool(request.args.get("due")),
    )
    number = max(1, request.args.get("page", 1, int))
    try:
        whole = place.ask(lambda site: listing.every(site, today))
    except ContentError as wrong:
        return make_response(render_template("site_broken.html", problems=wrong.problems))
    found = listing.chosen(whole, wanted, listing.quarter_end(today))
    last = max(1, -(-len(found) // A_PAGE))
    number = min(number, last)
    part = found[(number - 1) * A_PAGE : number * A_PAGE]
    shown = place.ask(lambda site: list(listing.with_owners(site, part)))
    return make_response(
        render_template(
            "notices.html",
            listed=shown,
            count=len(found),
            total=len(whole),
            wanted=wanted,
            states=list(State),
            number=number,
            last=last,
            today=today,
            page_at=_page_at,
        )
    )


def _page_at(number: int) -> str:
    """The address of another page of the same list."""
    return f"{url_for('notices.every')}?{urlencode(request.args.to_dict() | {'page': str(number)})}"


@VIEWS.get("/desk/new")
@needs(Act.CREATE)
def new() -> str:
    """The form for a new notice, empty or as a copy of another."""
    return _new_page({}, ())


@VIEWS.post("/desk/new")
@needs(Act.CREATE)
def create() -> Answer:
    """Write a new notice and open it."""
    asked = {name: request.form.get(name, "") for name in ("title", "id", "copy")}
    outcome = starting.start(workplace(), asked["title"], asked["id"], asked["copy"], guard.person())
    if isinstance(outcome, Refused):
        return make_response(_new_page(asked, [f"{one.message} {one.remedy}" for one in outcome.problems]), 422)
    guard.access().write(guard.person().id, Act.CREATE, outcome)
    return redirect(url_for("notice.edit", notice=outcome), 303)


def _new_page(asked: dict[str, str], wrong: object) -> str:
    titles = workplace().ask(starting.titles)
    return render_template("notice_new.html", asked=asked, wrong=wrong, titles=titles)
