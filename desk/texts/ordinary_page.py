"""An ordinary page: its form, saving and beginning it. It has no versions: what is saved is on the site from the next
build.

A text with which the site could not be built is not saved where the text before it let it be built.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from desk import editing
from desk.drafting import Checked
from desk.editing import Choice, Open
from desk.forms import controls, findings
from desk.forms.controls import Control, Shown, ShownRow
from desk.forms.fields import fields
from desk.forms.findings import Finding
from desk.forms.values import Values
from desk.people.person import Person
from desk.saving.editing.changes import Change, SetFact, SetLead
from desk.saving.editing.edit import edited
from desk.saving.outcome import Conflict, Outcome, Refused
from desk.saving.outcome import Person as Author
from desk.saving.save import NEW, save
from desk.strings import DeskWords
from desk.texts import known as texts
from desk.texts import tried
from desk.texts.known import Folder
from desk.texts.names import RULE
from desk.workplace import Workplace
from generator import repository
from generator.content.model import TranslationStatus
from generator.problems import ContentError, Place, Problem, error
from generator.repository import CONTENT, ID_GRAMMAR
from generator.rules.text.rendering import B04
from generator.wording.page_ids import address
from widget.manifest import IDENT

FACTS = ("title", "summary")
"""The facts that an ordinary page shows."""
TRANSLATION = "translation"
UNTITLED = "The page has no title.", "Write what residents will see, such as Privacy and cookies."


@dataclass(frozen=True)
class Sheet:
    """All that the page's form prints."""

    facts: tuple[Control, ...]
    lead: Control
    sections: tuple[ShownRow, ...]
    found: tuple[Finding, ...]


def check(place: Workplace, text: Open, data: bytes) -> Checked:
    """The findings of the checks in a text of the page."""
    return place.ask(lambda site: tried.checked_page(site, text.notice, text.language, text.file, data, place.today))


def check_and_show(place: Workplace, text: Open, data: bytes) -> tuple[Checked, bytes | None]:
    """The same, and the page of it; None where none can be made."""

    def both() -> tuple[Checked, bytes | None]:
        found = tried.checked_page(place.site, text.notice, text.language, text.file, data, place.today)
        if found.notice is None or any(one.rule == B04.id for one in found.problems):
            return found, None
        return found, tried.shown_page(place.site, found.notice)

    return place.site.asked(both)


def stops(place: Workplace, text: Open, data: bytes) -> tuple[Problem, ...]:
    """The problems that would keep the whole site from being built with this text."""
    return tried.stopping(check(place, text, data), text.file, data) if data else ()


def sheet(form: Values, found: Checked, say: DeskWords) -> Sheet:
    """The form with what was found at its fields."""
    placed = findings.findings(found.problems, found.notice, form, lambda fact: say.sentences.get(f"field.{fact}"))
    at: defaultdict[str, list[Finding]] = defaultdict(list)
    for one in placed:
        at[one.field].append(one)
    shown = Shown(form, say, say.sentences, at)
    facts = tuple(controls.control(fields()[name], name, shown) for name in FACTS)
    return Sheet(facts, controls.lead(shown), controls.sections(shown), placed)


def save_form(
    place: Workplace,
    text: Open,
    form: Values,
    digest: str,
    person: Person,
    key: str,
    choice: Choice | None = None,
    *,
    is_read: bool = False,
) -> Outcome:
    """Save a form that started from the text with a digest; `choice` is that of a conflict.

    `is_read` says that the person has read the whole translation. Once its words change, it waits for a reader again.
    """
    base = editing.base_of(place, text, digest)
    wanted = editing.typed(text, base, form)
    more = _read(place, person) if is_read else _awaits(place, text, base, wanted)
    if problems := worse(place, text, edited(base, text.file, [*editing.changes_of(text, base, form), *more])):
        return Refused(problems)
    if choice is not None:
        return editing.save_chosen(place, text, form, digest, choice, person, key, more)
    return editing.save_form(place, text, form, digest, person, key, more)


def begin(place: Workplace, title: str, name: str, words: str, person: Person) -> str | Refused:
    """Write a new page in the main language; its name, or everything that is wrong."""
    title = " ".join(title.split())
    name = name.strip() or (address(title, "page") if title else "")
    if problems := tuple(_refused(place, title, name, words)):
        return Refused(problems)
    site = place.ask(lambda site: site.repository.site)
    file = texts.file_of(Folder.PAGES, name, site.language, site)
    changes: list[Change] = [SetFact("title", title), SetLead(words)]
    try:
        data = edited(b"", file, changes)
    except ContentError as wrong:
        return Refused(tuple(wrong.problems))
    if problems := stops(place, Open(name, site.language, file, data, NEW), data):
        return Refused(problems)
    author, message = Author(person.name, person.address), f"Start {texts.TOLD[Folder.PAGES]} {name}"
    outcome = save(place.root, file, NEW, changes, author, message, place.clock())
    if isinstance(outcome, Conflict):
        return Refused((error(RULE, Place(file), "Somebody has just begun a page of this name.", "Open theirs."),))
    return outcome if isinstance(outcome, Refused) else name


def _refused(place: Workplace, title: str, name: str, words: str) -> list[Problem]:
    found = list[Problem]()
    if not title:
        found.append(_wrong(*UNTITLED))
    if not words.strip():
        found.append(_wrong("The page has no words.", "Write them: residents read the page from the next build."))
    if not title and not name:
        return found
    source = place.ask(lambda site: site.repository.site)
    taken = {known for known, _ in repository.page_files(place.root, source)}
    if name in taken:
        found.append(_wrong(f"There is a page with the address {name}.", "Choose another address, or open that page."))
    elif name in place.ask(lambda site: list(site.repository.ids)):
        found.append(_wrong(f"A notice has the address {name}.", "Choose another one for the page."))
    elif not IDENT.fullmatch(name):
        remedy = f"Use {ID_GRAMMAR}, such as {address(name, 'contact-us')}."
        found.append(_wrong(f"“{name[:100]}” cannot be an address.", remedy))
    elif repository.id_problems(name, "", source) or name in place.ask(lambda site: site.published()):
        found.append(
            _wrong(f"The address {name} belongs to the site or to a notice that was published.", "Choose another one.")
        )
    return found


def worse(place: Workplace, text: Open, data: bytes) -> tuple[Problem, ...]:
    """The problems that keep the site from being built with a text, where that as it is saved lets it be built."""
    return () if stops(place, text, text.data) else (*stops(place, text, data), *_untitled(place, text, data))


def _untitled(place: Workplace, text: Open, data: bytes) -> tuple[Problem, ...]:
    """The foot of every page leads to a page by its title."""
    found = check(place, text, data).notice
    return () if found is None or found.facets.title.strip() else (_wrong(*UNTITLED),)


def _awaits(place: Workplace, text: Open, base: bytes, wanted: bytes) -> Sequence[Change]:
    """A translation that was read waits for a reader again once its words changed, and so does a new one."""
    main = place.ask(lambda site: site.repository.site.language)
    if text.language == main or wanted == base:
        return ()
    status = check(place, text, base).notice if base else None
    said = status.facets.translation if status is not None else None
    if base and (said is None or said.status is not TranslationStatus.REVIEWED):
        return ()
    return [SetFact(TRANSLATION, {"status": TranslationStatus.AWAITING_REVIEW})]


def _read(place: Workplace, person: Person) -> Sequence[Change]:
    said = {"status": TranslationStatus.REVIEWED, "reviewed_by": person.name, "reviewed_on": place.today()}
    return [SetFact(TRANSLATION, said)]


def _wrong(message: str, remedy: str) -> Problem:
    return error(RULE, Place(f"{CONTENT}/{Folder.PAGES}"), message, remedy)
