"""`/desk/example`: taking away the example that comes with Noticeboard, once somebody said that they mean it."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from desk.guard import access, needs, page, person, words
from desk.office import example as office
from desk.people.acts import Act
from desk.saving.outcome import Saved
from desk.views.kept import not_in_history
from desk.workplace import workplace

VIEWS = Blueprint("example", __name__)


@VIEWS.get("/desk/example")
@needs(Act.REMOVE_EXAMPLE)
def example() -> Response:
    """Show the files that would go, and those that stay."""
    return page("office/example.html", plan=office.plan(workplace().root), wrong=False)


@VIEWS.post("/desk/example")
@needs(Act.REMOVE_EXAMPLE)
def remove() -> Response | Answer:
    """Take it away."""
    if request.form.get("sure") != "yes":
        return page("office/example.html", 400, plan=office.plan(workplace().root), wrong=True)
    done = office.take_away(workplace(), person())
    if done is None:
        return page("office/example.html", 409, plan=office.plan(workplace().root), wrong=False)
    access().write(person().id, Act.REMOVE_EXAMPLE)
    flash(words()("example.done"))
    if said := not_in_history(Saved("", done)):
        flash(said)
    return redirect(url_for("home.home"), 303)
