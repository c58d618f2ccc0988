"""`/desk/settings`: site.yml as a form, for administrators who signed in lately."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from flask import Blueprint, Response, flash, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from desk.forms.findings import in_form_words
from desk.frame import OWN_NAMES
from desk.guard import access, needs, page, person, words
from desk.office import colours, example
from desk.office import settings_form as form
from desk.office.saving_settings import Wrong, open_settings, save_settings
from desk.people.acts import Act, can_require_approval
from desk.saving.outcome import Conflict, Refused, Saved
from desk.views.kept import not_in_history
from desk.workplace import workplace
from generator.problems import Problem

VIEWS = Blueprint("settings", __name__)


@VIEWS.get("/desk/settings")
@needs(Act.SETTINGS)
def settings() -> Response:
    """The settings as they are."""
    found = open_settings(workplace())
    return _form(found.fields, found.languages, found.digest)


@VIEWS.post("/desk/settings")
@needs(Act.SETTINGS)
def change() -> Response | Answer:
    """Save what was changed; the form again with everything that is wrong."""
    languages = open_settings(workplace()).languages
    fields = form.typed(request.form, languages)
    base, over, key = (request.form.get(name, "")[:64] for name in ("base", "over", "key"))
    if request.form.get("do") == "check":
        return _form(fields, languages, base)
    outcome = save_settings(workplace(), access().people.people(), fields, languages, base, over, person(), key)
    if isinstance(outcome, Wrong):
        return _form(fields, languages, base, 400, wrong=outcome)
    if isinstance(outcome, Refused):
        return _form(fields, languages, base, 400, wrong=Wrong(tuple(("", one) for one in outcome.problems)))
    if isinstance(outcome, Conflict):
        return page("office/conflict.html", 409, conflict=outcome, fields=fields, base=base, key=access().token(16))
    if isinstance(outcome, Saved):
        access().write(person().id, Act.SETTINGS, form.FILE)
    flash(words()("settings.saved" if isinstance(outcome, Saved) else "settings.same"))
    if said := not_in_history(outcome):
        flash(said)
    return redirect(url_for("settings.settings"), 303)


def _form(
    fields: Mapping[str, str], languages: Sequence[str], base: str, status: int = 200, wrong: Wrong | None = None
) -> Response:
    wrong = wrong or Wrong()
    at: dict[str, list[Problem]] = {}
    for name, problem in wrong.problems:
        at.setdefault(name, []).append(_in_form_words(name, problem))
    return page(
        "office/settings.html",
        status,
        groups=form.GROUPS,
        names=form.names,
        languages=languages,
        language_names=OWN_NAMES,
        fields=fields,
        base=base,
        key=access().token(16),
        at=at,
        swatch=colours.swatch(fields[form.ACCENT]),
        requiring=can_require_approval(access().people.people()),
        approval_wrong=wrong.approval,
        example=example.plan(workplace().root),
    )


def _in_form_words(name: str, problem: Problem) -> Problem:
    """A problem that names the fact as the form does, and not by its key in the file."""

    def label(key: str) -> str | None:
        path = next((fact.path for fact in form.FACTS if name.startswith(fact.path)), "")
        return words()(f"settings.{path}") if path.rpartition(".")[2] == key else None

    return replace(problem, message=in_form_words(problem.message, label))
