"""Signing in on one's own machine, by an address that the terminal shows. Refused wherever the desk can be reached from.

Somebody who reads the terminal can read and write all files of the desk as well, so the address asks for no more than which
person they are.
"""

from __future__ import annotations

from flask import Blueprint, abort, redirect, request
from werkzeug.wrappers import Response as Answer

from desk import guard
from desk.access import LOOPBACK, PREFIX, loopback_address
from desk.people.one_time import State
from desk.people.people_file import first_administrator
from desk.people.person import Person, Role
from desk.people.sessions import Way
from desk.sign_in.beginning import begin
from desk.sign_in.by_letter import NO_REFERRER
from desk.sign_in.parts import parts
from generator.problems import ContentError
from widget.config import LOOPBACK as LOOPBACK_HOSTS

VIEWS = Blueprint("sign_in_here", __name__, url_prefix=f"{PREFIX}/sign-in/here")


@VIEWS.before_request
def _only_here() -> None:
    if not guard.access().config.is_local or request.remote_addr not in LOOPBACK_HOSTS:
        abort(404)


@VIEWS.get("/<token>")
@guard.open_to_all
def look(token: str) -> Answer:
    """A button, and a choice where there are several people. Looking spends nothing."""
    access = guard.access()
    state, _ = access.once.look(LOOPBACK, token, access.clock())
    return _page(state)


@VIEWS.post("/<token>")
@guard.open_to_all
def press(token: str) -> Answer:
    """Sign in as the person who was chosen. On the first day there is nobody: then the form made the first person."""
    access = guard.access()
    state, _ = access.once.look(LOOPBACK, token, access.clock())
    if state is not State.READY:
        return _page(state)
    try:
        person = _person()
    except ContentError:
        return _page(state, wrong="here.wrong_person")
    if person is None:
        return _page(state, wrong="here.choose")
    state, _ = access.once.spend(LOOPBACK, token, access.clock())
    return begin(person, Way.LOOPBACK, access.clock()) if state is State.READY else _page(state)


@VIEWS.post("")
@guard.open_to_all
def show_another() -> Answer:
    """Have the terminal show another address."""
    if (announce := parts().announce) is not None:
        announce(loopback_address(guard.access()))
    return redirect(f"{PREFIX}/sign-in", 303)


def _person() -> Person | None:
    """The person who was chosen; the only one where there is one; where there was nobody, the first, who may do everything:
    it is their own machine.
    """
    access = guard.access()
    people = access.people.people().persons
    if not people:
        name, address = request.form.get("name", ""), request.form.get("address", "")
        return first_administrator(access.people, name, address, access.new_id, frozenset(Role))
    if len(people) == 1:
        return people[0]
    return next((one for one in people if one.id == request.form.get("person")), None)


def _page(state: State, wrong: str = "") -> Answer:
    words = guard.words()
    if state is not State.READY:
        answer = guard.page(
            "sign_in/message.html", 410, title=words("link.no_title"), text=words(f"here.{state}"), again=True
        )
    else:
        people = guard.access().people.people().persons
        answer = guard.page(
            "sign_in/press.html",
            400 if wrong else 200,
            title=words("link.title"),
            people=people if len(people) > 1 else (),
            nobody=not people,
            wrong=words(wrong) if wrong else "",
            typed=request.form,
        )
    answer.headers.update(NO_REFERRER)
    return answer
