"""The earlier saves of a shared wording or page, as history has them, and bringing one of them back. Knows nothing of Flask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desk.editing import Open
from desk.people.person import Person
from desk.saving import history, merging
from desk.saving.editing.changes import Restore
from desk.saving.outcome import Outcome, Refused
from desk.saving.outcome import Person as Author
from desk.saving.save import save
from desk.texts import ordinary_page
from desk.texts.known import Folder, Known
from desk.texts.names import RULE
from desk.workplace import Workplace
from generator.problems import Place, error
from generator.versions.changes import Passage, passages_between

MOST = 20
"""How many saves are shown, the newest first."""


@dataclass(frozen=True)
class Earlier:
    """A save: by whom, when, and the words of the text as it is with those that differ from the save's. `is_now` where the
    text has just these bytes."""

    commit: str
    person: str
    when: datetime
    passages: tuple[Passage, ...]
    is_now: bool


def earlier(place: Workplace, text: Open) -> list[Earlier]:
    """The saves of a text that can be brought back, the newest first; none where no history is kept."""
    found = []
    for one in history.earlier(place.root, text.file, MOST) if text.digest else ():
        data = history.bytes_at(place.root, text.file, one.commit)
        if data is not None:
            sides = (data.decode("utf-8-sig", "replace"), text.data.decode("utf-8-sig", "replace"))
            before, now = (merging.paragraphs(side.replace("\r\n", "\n")) for side in sides)
            passages = tuple(passages_between(now, before))
            found.append(Earlier(one.commit, one.person.name, one.when, passages, data == text.data))
    return found


def bring_back(place: Workplace, known: Known, text: Open, commit: str, digest: str, person: Person) -> Outcome:
    """Save the words of an earlier save again. `digest` is that of the text that the person saw beside it."""
    data = history.bytes_at(place.root, text.file, commit) if text.digest else None
    if data is None:
        problem = error(RULE, Place(text.file), "History has no such save.", "Choose one from the list.")
        return Refused((problem,))
    if known.folder is Folder.PAGES and (problems := ordinary_page.worse(place, text, data)):
        return Refused(problems)
    author, message = Author(person.name, person.address), f"Use earlier words of {text.told} again"
    return save(place.root, text.file, digest, [Restore(data)], author, message, place.clock())
