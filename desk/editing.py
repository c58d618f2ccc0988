"""One text open in the editor: its file, the form of it, what the checks find, and saving. Knows nothing of Flask."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desk.drafting import Checked, checked, page
from desk.forms import changes as form_changes
from desk.forms import controls, findings, values
from desk.forms.controls import Control, Shown, ShownGroup, ShownRow
from desk.forms.fields import SECTIONS
from desk.forms.findings import Finding
from desk.forms.values import LEAD, Values
from desk.people.person import Person
from desk.saving import files, merging, starting_points
from desk.saving.editing.changes import (
    Change,
    MoveSection,
    RemoveFact,
    RemoveSection,
    SetFact,
    SetHeading,
    SetLead,
    SetSection,
    SetText,
)
from desk.saving.editing.edit import Content, content, edited
from desk.saving.editing.source_text import Form, form_of
from desk.saving.outcome import ConflictPart, Outcome, PartKind
from desk.saving.outcome import Person as Author
from desk.saving.save import NEW, opened, save
from desk.strings import DeskWords
from desk.workplace import Workplace
from generator.building.site.open_site import OpenSite
from generator.repository import text_file

MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True)
class Open:
    """A text as the form started from it. `notice` is the id of its notice, or the name of the page or shared wording.

    One that has no file yet has no bytes, and the digest `NEW`.
    """

    notice: str
    language: str
    file: str
    data: bytes
    digest: str
    told: str = ""
    """Its name in history, where that is not the notice's id."""


@dataclass(frozen=True)
class Sheet:
    """All that the editor's page prints of the form."""

    groups: tuple[ShownGroup, ...]
    lead: Control
    sections: tuple[ShownRow, ...]
    found: tuple[Finding, ...]


def open_text(place: Workplace, notice: str, language: str) -> Open | None:
    """A notice's text in a language; None where there is none. `ContentError` where it cannot be opened."""
    file = place.ask(lambda site: text_file(notice, language, site.repository.site))
    if files.read(place.root, file) is None:
        return None
    found = opened(place.root, file)
    return Open(notice, language, file, found.data, found.digest)


def base_of(place: Workplace, text: Open, digest: str) -> bytes:
    """The bytes that a form started from; those of now where nobody knows them any more."""
    if digest == NEW:
        return b""
    return starting_points.find(place.root, text.file, digest) or text.data


def form_of_file(text: Open) -> Values:
    """The form as the file has it."""
    return _values(text.file, text.data)


def _values(file: str, data: bytes) -> Values:
    found = content(data, file)
    return {values.TEXT: (found.body.lead,)} if form_of(file) is Form.SHARED else values.of_file(found)


def typed(text: Open, base: bytes, form: Values) -> bytes:
    """The text as it would be with the form's words. `ContentError` where they cannot be written."""
    return edited(base, text.file, changes_of(text, base, form))


def changes_of(text: Open, base: bytes, form: Values) -> list[Change]:
    """The changes of a form to the bytes that it started from."""
    before = _values(text.file, base)
    if form_of(text.file) is Form.SHARED:
        return form_changes.of_text(before, form)
    return form_changes.changes(before, form)


def check(place: Workplace, text: Open, data: bytes) -> Checked:
    """The findings of the checks in a text of the notice."""
    return place.ask(lambda site: checked(site, text.notice, text.language, data, place.today))


def check_and_show(place: Workplace, text: Open, data: bytes) -> tuple[Checked, bytes | None]:
    """The same, and the page of it."""

    def both() -> tuple[Checked, bytes | None]:
        found = checked(place.site, text.notice, text.language, data, place.today)
        return found, page(place.site, found, place.today)

    return place.site.asked(both)


def part_of_row(place: Workplace, text: Open, form: Values, row: str) -> str:
    """The name that a section of the form, such as `sections.2`, has in the text as it is saved now; empty for the words
    before the first heading, and where it is not to be found."""
    found = open_text(place, text.notice, text.language)
    heading = values.one(form, f"{row}.heading").strip()
    if found is None or not row.startswith(f"{SECTIONS}."):
        return ""
    rows = [one for one in values.rows(form, SECTIONS) if form_changes.is_written(form, one)]
    at = next((at for at, one in enumerate(rows) if f"{SECTIONS}.{one.number}" == row), -1)
    saved = content(found.data, found.file).body.sections
    if 0 <= at < len(saved) and saved[at].heading == heading:
        return saved[at].name
    return next((one.name for one in saved if one.heading == heading), "")


def differs(place: Workplace, text: Open) -> bool:
    """Whether the text as it is saved can be compared with a published version, and differs from it."""

    def question(site: OpenSite) -> bool:
        if (text.notice, text.language) not in site.repository.notices:
            return False
        found = site.outcome(text.notice, text.language)
        return found.last is not None and found.changed

    return place.ask(question)


def sheet(place: Workplace, form: Values, found: Checked, say: DeskWords) -> Sheet:
    """The form with what was found at its fields."""
    placed = findings.findings(
        found.problems,
        found.notice,
        form,
        lambda fact: say.sentences.get("section.lead" if fact == LEAD else f"field.{fact}"),
    )
    at: defaultdict[str, list[Finding]] = defaultdict(list)
    for one in placed:
        at[one.field].append(one)
    sentences = place.dates[say.language].sentences
    headings = {
        key.split(".")[1]: text
        for key, text in sentences.items()
        if key.startswith("section.") and key.endswith(".heading")
    }
    shown = Shown(form, say, say.sentences, at, headings)
    return Sheet(controls.groups(shown), controls.lead(shown), controls.sections(shown), placed)


def save_form(
    place: Workplace, text: Open, form: Values, digest: str, person: Person, key: str, more: Sequence[Change] = ()
) -> Outcome:
    """Save a form that started from the text with a digest. A conflict says what to choose in; nothing is written then.

    `more` are changes that the form has no field for.
    """
    base = base_of(place, text, digest)
    changes = [*changes_of(text, base, form), *more]
    return _saved(place, text, digest, changes, person, key)


@dataclass(frozen=True)
class Choice:
    """Somebody's choice in a conflict: by part `mine` or `theirs`, of the file with the digest `seen`."""

    seen: str
    by_part: Mapping[str, str]


def save_chosen(
    place: Workplace,
    text: Open,
    form: Values,
    digest: str,
    choice: Choice,
    person: Person,
    key: str,
    more: Sequence[Change] = (),
) -> Outcome:
    """Save a form after somebody chose, in each part that both sides changed: `mine`, or the file's words, which stay.

    Where a part is left open, or the file has changed since it was looked at, it is the conflict again.
    """
    base = base_of(place, text, digest)
    wanted = [*changes_of(text, base, form), *more]
    changes = _chosen(text, base, edited(base, text.file, wanted), choice)
    if changes is None or choice.seen != text.digest:
        return _saved(place, text, digest, wanted, person, key)
    return _saved(place, text, text.digest, changes, person, key)


def _chosen(text: Open, base: bytes, mine: bytes, choice: Choice) -> list[Change] | None:
    """The changes of the file that a choice asks for; None where it leaves a part open."""
    if PartKind.TEXT in choice.by_part:
        return [SetText(mine.decode("utf-8-sig"))] if choice.by_part[PartKind.TEXT] == MINE else []
    start, own, theirs = (content(data, text.file) for data in (base, mine, text.data))
    kind = form_of(text.file).kind
    found = merging.merge(start, own, theirs, kind)
    if any(choice.by_part.get(part_name(part)) not in (MINE, THEIRS) for part in found.parts):
        return None
    to_mine = merging.merge(theirs, own, theirs, kind).changes
    taken = [part for part in found.parts if choice.by_part[part_name(part)] == MINE]
    return [*found.changes, *(one for one in to_mine if any(_is_of(one, part, theirs) for part in taken))]


def part_name(part: ConflictPart) -> str:
    """A part's name in the form in which somebody chooses."""
    return f"{part.kind}:{part.name}" if part.name else str(part.kind)


def _is_of(change: Change, part: ConflictPart, theirs: Content) -> bool:
    """Whether a change makes a part of their file mine."""
    if part.kind is PartKind.FACT:
        return isinstance(change, SetFact | RemoveFact) and change.path == part.name
    if part.kind is PartKind.LEAD:
        return isinstance(change, SetLead)
    if part.kind is PartKind.ORDER:
        return isinstance(change, MoveSection)
    names = {section.name for section in theirs.body.sections if section.key == part.name}
    return isinstance(change, SetSection | SetHeading | RemoveSection) and change.name in names


def _saved(place: Workplace, text: Open, digest: str, changes: list[Change], person: Person, key: str) -> Outcome:
    author = Author(person.name, person.address)
    told = text.told or text.notice
    message = f"Edit {told}" if text.language == "en" else f"Edit {told} ({text.language})"
    return save(place.root, text.file, digest, changes, author, message, place.clock(), key=key)
