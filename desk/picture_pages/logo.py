"""`/desk/settings/logo`: the council's logo, for administrators who signed in lately."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, request, url_for
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as Answer

from desk.guard import access, needs, page, person, words
from desk.people.acts import Act
from desk.picture_pages import uploads
from desk.pictures import logo
from desk.pictures.confined import MOST_BYTES
from desk.pictures.making import NotTakenError
from desk.saving.outcome import Conflict, Refused, Saved
from desk.views.kept import not_in_history
from desk.workplace import workplace
from generator.content.site_file import FILE
from generator.problems import Problem

VIEWS = Blueprint("logo", __name__)
VIEWS.url_value_preprocessor(uploads.make_room)
REMOVE = "remove"


@VIEWS.get("/desk/settings/logo")
@needs(Act.SETTINGS)
def show() -> Response:
    """The logo as it is."""
    return _page()


@VIEWS.post("/desk/settings/logo")
@needs(Act.SETTINGS)
def change() -> Response | Answer:
    """Use an uploaded logo, or none."""
    made = None
    if request.form.get("do") != REMOVE:
        if not uploads.is_chosen():
            return _page(422, "pictures.not_chosen")
        try:
            made = logo.remade(uploads.picture()[0])
        except NotTakenError as refused:
            return _page(422, f"pictures.not_{refused}")
    base, key = (request.form.get(name, "")[:64] for name in ("base", "key"))
    outcome = logo.change(workplace(), made, base, person(), f"{person().id}-{key}" if key else "")
    if isinstance(outcome, Refused):
        return _page(422, problems=outcome.problems)
    if isinstance(outcome, Conflict):
        return _page(409, "logo.changed")
    if isinstance(outcome, Saved):
        access().write(person().id, Act.SETTINGS, FILE)
    said = "logo.saved" if made else "logo.removed"
    flash(words()(said if isinstance(outcome, Saved) else "settings.same"))
    if told := not_in_history(outcome):
        flash(told)
    return redirect(url_for("logo.show"), 303)


@VIEWS.errorhandler(RequestEntityTooLarge)
def too_large(failure: RequestEntityTooLarge) -> Response:
    """The page again: no word was typed in its form."""
    if not uploads.may_see(Act.SETTINGS):
        return page("not_done.html", 413, title=words()("not_done.too_large_title"), text=words()("not_done.too_large"))
    return _page(413, "pictures.not_too_large")


def _page(status: int = 200, wrong: str = "", problems: tuple[Problem, ...] = ()) -> Response:
    found = logo.logo_of(workplace())
    source = workplace().ask(lambda site: site.repository.site)
    return page(
        "pictures/logo.html",
        status,
        logo=found,
        name=source.short_name(source.language),
        wrong=wrong,
        problems=problems,
        key=access().token(16),
        most=MOST_BYTES,
    )
