"""Saves the council's settings: checked whole before anything is written, and to the byte."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desk.office import settings_form as form
from desk.people.acts import Requiring, can_require_approval
from desk.people.person import People, Person
from desk.saving import starting_points
from desk.saving.editing.changes import SetFact
from desk.saving.editing.edit import content, edited
from desk.saving.outcome import Outcome
from desk.saving.outcome import Person as Author
from desk.saving.save import opened, save
from desk.workplace import Workplace
from generator.problems import ContentError, Problem


@dataclass(frozen=True)
class Settings:
    """site.yml as a form shows it: its languages, its fields, and the digest that the form sends back."""

    languages: tuple[str, ...]
    fields: Mapping[str, str]
    digest: str


@dataclass(frozen=True)
class Wrong:
    """Why nothing was saved: problems by the names of their fields, and why approval cannot be required."""

    problems: tuple[tuple[str, Problem], ...] = ()
    approval: Requiring | None = None


def open_settings(place: Workplace) -> Settings:
    """The settings as they are. `ContentError` where site.yml cannot be read."""
    found = opened(place.root, form.FILE)
    languages = place.ask(lambda site: site.repository.site.languages)
    return Settings(tuple(languages), form.of_facts(content(found.data, form.FILE).facts, languages), found.digest)


def save_settings(
    place: Workplace,
    people: People,
    fields: Mapping[str, str],
    languages: Sequence[str],
    base: str,
    over: str,
    person: Person,
    key: str,
) -> Outcome | Wrong:
    """Save what was changed since the file with the digest `base`, or what is wrong with it.

    `over` is the digest of a file that somebody has seen in a conflict: the changes go into that one.
    """
    start = starting_points.find(place.root, form.FILE, base) or opened(place.root, form.FILE).data
    before = form.of_facts(content(start, form.FILE).facts, languages)
    changes = form.changes(before, fields, languages)
    requiring = can_require_approval(people)
    if fields[form.APPROVAL] and not before[form.APPROVAL] and not requiring.possible:
        return Wrong(approval=requiring)
    if problems := _problems(start, changes, languages):
        return Wrong(tuple(problems))
    author = Author(person.name, person.address)
    return save(place.root, form.FILE, over or base, changes, author, "Change the settings", place.clock(), key=key)


def _problems(start: bytes, changes: Sequence[SetFact], languages: Sequence[str]) -> list[tuple[str, Problem]]:
    """The problems of the file after the changes. Reading stops at values of a wrong type, so that each change is
    looked at by itself too: everything is said at once."""
    try:
        if not (found := form.problems(edited(start, form.FILE, changes), languages)):
            return []
        alone = [form.problems(edited(start, form.FILE, [change]), languages) for change in changes]
    except ContentError as refused:
        return [("", problem) for problem in refused.problems]
    said = {(field, problem.message): (field, problem) for some in [found, *alone] for field, problem in some}
    return list(said.values())
