"""`/desk/people`: the people of the desk, for administrators who signed in lately."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from desk.guard import access, needs, page, words
from desk.guard import person as person_here
from desk.office import changing_people as changing
from desk.office import person_form
from desk.office.person_form import Typed
from desk.people.acts import Act, can_require_approval
from desk.people.person import Person, Role
from desk.workplace import workplace
from generator.content.site_file import Approval

VIEWS = Blueprint("people", __name__)
NOBODY_YET = "new"
"""The stand-in for an id in the address of the form for another person; no id is that short."""


@VIEWS.get("/desk/people")
@needs(Act.PEOPLE)
def people() -> Response:
    """Everybody, with their roles."""
    return page("office/people.html", people=access().people.people().persons, roles=list(Role))


@VIEWS.get("/desk/people/new")
@needs(Act.PEOPLE)
def new() -> Response:
    """The form for another person."""
    return _form(None, Typed())


@VIEWS.post("/desk/people/new")
@needs(Act.PEOPLE)
def add() -> Response | Answer:
    """Add a person."""
    typed = _typed()
    return _done(None, typed, changing.add(access().people, typed, access().new_id()), "people.added")


@VIEWS.get("/desk/people/<name>")
@needs(Act.PEOPLE)
def one(name: str) -> Response:
    """A person's form."""
    found = _found(name)
    return _form(found, person_form.of_person(found))


@VIEWS.post("/desk/people/<name>")
@needs(Act.PEOPLE)
def change(name: str) -> Response | Answer:
    """Change a person."""
    found, typed = _found(name), _typed()
    mark = request.form.get("mark", "")
    return _done(found, typed, changing.change(access().people, name, typed, mark), "people.changed_them")


@VIEWS.post("/desk/people/<name>/out")
@needs(Act.PEOPLE)
def out(name: str) -> Response | Answer:
    """Take a person out, once somebody said that they mean it."""
    found = _found(name)
    if request.form.get("sure") != "yes":
        return _form(found, person_form.of_person(found), 400, {"sure": "people.not_sure"})
    return _done(found, person_form.of_person(found), changing.take_out(access().people, name), "people.taken_out")


@VIEWS.post("/desk/people/<name>/sessions")
@needs(Act.PEOPLE)
def sessions(name: str) -> Answer:
    """End every session of a person."""
    found = _found(name)
    changing.end_sessions(access().people, name)
    access().write(person_here().id, Act.PEOPLE, name)
    flash(words()("people.sessions_ended", name=found.name))
    return redirect(url_for("people.people"), 303)


def _found(name: str) -> Person:
    found = access().people.people().by_id(name)
    if found is None:
        abort(404)
    return found


def _typed() -> Typed:
    lists = {field: request.form.getlist(field) for field in ("roles", "issuer", "subject")}
    return person_form.typed(request.form, lists)


def _done(found: Person | None, typed: Typed, outcome: Person | changing.Wrong, said: str) -> Response | Answer:
    """Lead back to the list, with what else follows from the change; or the form again with what is wrong."""
    if not isinstance(outcome, Person):
        return _form(found, typed, 409 if "" in outcome else 400, outcome)
    access().write(person_here().id, Act.PEOPLE, outcome.id)
    flash(words()(said, name=outcome.name))
    requiring = can_require_approval(access().people.people())
    if not requiring.possible and _is_required():
        flash(f"{words()('people.approval_stuck')} {words()(requiring.reason, name=requiring.name)}")
    return redirect(url_for("people.people"), 303)


def _is_required() -> bool:
    return workplace().ask(lambda site: site.repository.site.approval) is Approval.REQUIRED


def _form(found: Person | None, typed: Typed, status: int = 200, wrong: changing.Wrong | None = None) -> Response:
    return page(
        "office/person.html",
        status,
        found=found,
        typed=typed,
        wrong=wrong or {},
        roles=list(Role),
        mark=request.form.get("mark") or (person_form.mark(found) if found else ""),
        issuer=access().config.issuer or "",
    )
