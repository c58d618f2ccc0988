"""Changes the people of the desk. Somebody stays who can name people, and nobody's change is overwritten unseen."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from desk.office import person_form
from desk.office.person_form import Typed
from desk.people.acts import has_administrator
from desk.people.people_file import PeopleFile, sessions_ended, with_person, without_person
from desk.people.person import People, Person

Wrong = Mapping[str, str]


class _NotNow(Exception):
    def __init__(self, wrong: Wrong) -> None:
        super().__init__(wrong)
        self.wrong = wrong


def add(file: PeopleFile, typed: Typed, new_id: str) -> Person | Wrong:
    """Add a person, or what is wrong with them."""
    return _changed(file, lambda people: _with(people, typed, new_id))


def change(file: PeopleFile, person: str, typed: Typed, mark: str) -> Person | Wrong:
    """Change the person of an id; `mark` is that of the person that the form started from."""

    def make(people: People) -> tuple[People, Person]:
        before = people.by_id(person)
        if before is None:
            raise _NotNow({"": "people.gone"})
        if person_form.mark(before) != mark:
            raise _NotNow({"": "people.changed"})
        return _with(people, typed, person)

    return _changed(file, make)


def take_out(file: PeopleFile, person: str) -> Person | Wrong:
    """Take somebody out: every session of theirs ends with its next request."""

    def make(people: People) -> tuple[People, Person]:
        before = people.by_id(person)
        if before is None:
            raise _NotNow({"": "people.gone"})
        return without_person(people, person), before

    return _changed(file, make)


def end_sessions(file: PeopleFile, person: str) -> None:
    """End every session of a person, on every machine."""
    file.change(lambda people: sessions_ended(people, person))


def _with(people: People, typed: Typed, own: str) -> tuple[People, Person]:
    found = person_form.read(typed, people, own)
    if not isinstance(found, Person):
        raise _NotNow(found)
    return with_person(people, found), found


def _changed(file: PeopleFile, make: Callable[[People], tuple[People, Person]]) -> Person | Wrong:
    made: list[Person] = []

    def change(people: People) -> People:
        wanted, person = make(people)
        if not has_administrator(wanted):
            raise _NotNow({"roles": "people.no_administrator"})
        made.append(person)
        return wanted

    try:
        file.change(change)
    except _NotNow as refused:
        return refused.wrong
    return made[-1]
