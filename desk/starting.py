"""A new notice: a first text with marks where only its author knows, or a copy of another. Knows nothing of Flask."""

from __future__ import annotations

from desk.people.person import Person
from desk.saving import files
from desk.saving.editing.changes import Change, RemoveFact, SetFact, SetText
from desk.saving.editing.edit import edited
from desk.saving.outcome import Conflict, Refused
from desk.saving.outcome import Person as Author
from desk.saving.save import NEW, save
from desk.workplace import Workplace
from generator.building.site.open_site import OpenSite
from generator.commands.new_notice import Answers, refusal, text
from generator.problems import ContentError, Place, error
from generator.repository import CONTENT, text_file
from generator.wording.page_ids import address

RULE = "D10"
NOT_COPIED = ("aliases", "earlier", "retired", "change", "review_by")
"""Facts that are one notice's own."""


def titles(site: OpenSite) -> list[tuple[str, str]]:
    """The id and title of every notice that can be copied; within a question."""
    language = site.repository.site.language
    found = ((name, site.repository.title(name, language)) for name in site.repository.ids)
    return sorted(((name, title) for name, title in found if title), key=lambda one: one[1].casefold())


def start(place: Workplace, title: str, name: str, copied: str, person: Person) -> str | Refused:
    """Write a new notice; its id, or why there is none."""
    title = " ".join(title.split())
    name = name.strip() or address(title, "notice")
    try:
        changes = _changes(place, title, name, copied)
    except ContentError as wrong:
        return Refused(tuple(wrong.problems))
    file = place.ask(lambda site: text_file(name, site.repository.site.language, site.repository.site))
    author = Author(person.name, person.address)
    outcome = save(place.root, file, NEW, changes, author, f"Start {name}", place.clock())
    if isinstance(outcome, Conflict):
        return Refused((error(RULE, Place(file), "Somebody has just started a notice of this name.", "Open theirs."),))
    return outcome if isinstance(outcome, Refused) else name


def _changes(place: Workplace, title: str, name: str, copied: str) -> list[Change]:
    if not title:
        raise _wrong("The notice has no title.", "Write what residents will see, such as Library membership.")
    site = place.ask(lambda site: site.repository.site)
    published = place.ask(lambda site: name in site.published())
    taken = place.ask(lambda site: name in site.repository.ids)
    pages = place.ask(lambda site: [page for page, _ in site.repository.pages])
    if taken:
        raise _wrong(
            f"There is a notice with the short name {name}.", "Choose another short name, or open that notice."
        )
    if why := refusal(name, site, pages, published):
        raise _wrong(why, "")
    if not copied:
        return [SetText(text(name, Answers(title=title), site, site.language, place.today()))]
    file = text_file(copied, site.language, site)
    data = files.read(place.root, file) if place.ask(lambda site: copied in site.repository.ids) else None
    if data is None:
        raise _wrong("The notice to copy is not there.", "Choose one from the list.")
    own: list[Change] = [SetFact("title", title), *(RemoveFact(fact) for fact in NOT_COPIED)]
    return [SetText(edited(data, file, own).decode("utf-8-sig"))]


def _wrong(message: str, remedy: str) -> ContentError:
    return ContentError([error(RULE, Place(CONTENT), message, remedy)])
