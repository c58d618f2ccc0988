"""Shared wording: saved, begun, and taken away once nobody uses it. Knows nothing of Flask."""

from __future__ import annotations

from collections.abc import Mapping

from desk import editing
from desk.editing import Choice, Open
from desk.forms.values import TEXT, Values, one
from desk.people.person import Person
from desk.publication.acting import Done
from desk.saving import files
from desk.saving.editing.changes import SetText
from desk.saving.outcome import Conflict, Outcome, Refused
from desk.saving.outcome import Person as Author
from desk.saving.save import NEW, save
from desk.texts import known as texts
from desk.texts import names, uses
from desk.texts.known import Folder, Known
from desk.texts.names import RULE
from desk.workplace import Workplace
from generator import repository
from generator.problems import ContentError, Place, Problem, error
from generator.repository import CONTENT

FOLDER = f"{CONTENT}/{Folder.SHARED}"


def save_text(
    place: Workplace, text: Open, form: Values, digest: str, person: Person, key: str, choice: Choice | None = None
) -> Outcome:
    """Save a form that started from the text with a digest; `choice` is that of a conflict. Empty wording is refused."""
    if not one(form, TEXT).strip():
        return Refused((_empty(text.file),))
    if choice is not None:
        return editing.save_chosen(place, text, form, digest, choice, person, key)
    return editing.save_form(place, text, form, digest, person, key)


def begin(place: Workplace, name: str, words: str, person: Person) -> Outcome:
    """Write new shared wording in the main language. `Refused` with everything that is wrong."""
    site = place.ask(lambda site: site.repository.site)
    taken = {known for known, _ in repository.shared_files(place.root, site)}
    problems = [one for one in (names.refused_wording(name, taken),) if one is not None]
    if not words.strip():
        problems.append(_empty(FOLDER))
    if problems:
        return Refused(tuple(problems))
    file = texts.file_of(Folder.SHARED, name, site.language, site)
    author, message = Author(person.name, person.address), f"Start {texts.TOLD[Folder.SHARED]} {name}"
    outcome = save(place.root, file, NEW, [SetText(words)], author, message, place.clock())
    if isinstance(outcome, Conflict):
        return Refused((error(RULE, Place(file), f"Somebody has just begun wording called {name}.", "Open theirs."),))
    return outcome


def remove(place: Workplace, known: Known, seen: Mapping[str, str]) -> Done:
    """Take every text of a shared wording away. `seen` are the digests that the person saw, by language.

    `ContentError` where a notice or page uses it by now, or a text changed since: nothing is removed then.
    """
    with files.turn(place.root):
        now = place.ask(lambda site: texts.find(site, Folder.SHARED, known.name))
        if now is None:
            raise ContentError([_problem("This wording is gone already.", "Look at the list.")])
        if used := place.ask(lambda site: uses.every(site).get(known.name, ())):
            titles = ", ".join(dict.fromkeys(use.title for use in used))
            raise ContentError([_problem(f"This wording is used in: {titles}.", "Take it out of these texts first.")])
        data = {language: files.read(place.root, file) for language, file in now.files.items()}
        if {language: files.digest(one) for language, one in data.items() if one is not None} != seen:
            raise ContentError([_problem("Somebody saved this wording since you opened it.", "Look at it again.")])
        for file in now.files.values():
            files.remove(place.root, file)
    return Done(tuple(now.files.values()))


def _empty(file: str) -> Problem:
    return error(RULE, Place(file), "There are no words.", "Write them. Wording that no text uses can be removed.")


def _problem(message: str, remedy: str) -> Problem:
    return error(RULE, Place(FOLDER), message, remedy)
