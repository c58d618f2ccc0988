"""A document's draft becomes a notice: its id is free and allowed, its title and facts are those that were chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desk.people.person import Person
from desk.saving import posts
from desk.saving.editing.changes import Change, SetFact, SetText
from desk.saving.outcome import Conflict, Outcome, Refused
from desk.saving.outcome import Person as Author
from desk.saving.save import NEW, save
from desk.workplace import Workplace
from generator.building.site.open_site import OpenSite
from generator.commands.new_notice import refusal
from generator.problems import Place, Problem, error
from generator.repository import CONTENT, text_file

RULE = "D12"


@dataclass(frozen=True)
class Wanted:
    """Somebody's choices for a draft."""

    name: str
    title: str
    text: str
    facts: Sequence[SetFact]
    key: str


def begin(place: Workplace, wanted: Wanted, person: Person) -> Outcome:
    """Write the draft as a new notice; nothing that is there is written over."""
    if (before := posts.answered(place.root, wanted.key)) is not None:
        return before
    if problems := place.ask(lambda site: _problems(site, wanted)):
        return Refused(tuple(problems))
    file = place.ask(lambda site: text_file(wanted.name, site.repository.site.language, site.repository.site))
    changes: list[Change] = [SetText(wanted.text), SetFact("title", wanted.title), *wanted.facts]
    author = Author(person.name, person.address)
    outcome = save(place.root, file, NEW, changes, author, f"Bring in {wanted.name}", place.clock(), key=wanted.key)
    return Refused((_taken(wanted.name),)) if isinstance(outcome, Conflict) else outcome


def _problems(site: OpenSite, wanted: Wanted) -> list[Problem]:
    """Everything that is in the way, before anything is written."""
    found = list[Problem]()
    if not wanted.title:
        found.append(_wrong("The notice has no title.", "Write what residents will see, such as Library membership."))
    pages = [page for page, _ in site.repository.pages]
    if wanted.name in site.repository.ids:
        found.append(_taken(wanted.name))
    elif why := refusal(wanted.name, site.repository.site, pages, wanted.name in site.published()):
        found.append(_wrong(why, ""))
    return found


def _taken(name: str) -> Problem:
    return _wrong(f"There is a notice with the short name {name}.", "Choose another short name.")


def _wrong(message: str, remedy: str) -> Problem:
    return error(RULE, Place(CONTENT), message, remedy)
