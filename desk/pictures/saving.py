"""Puts pictures into a notice's text, and changes and takes out those that it shows: each one save and one commit.

Each act is on the text as it is now, and puts no older text in its place: a picture at the end of a section takes
nothing away from what others wrote there meanwhile. A picture that is changed must still be the one that somebody
saw.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from desk import editing
from desk.editing import Open
from desk.people.person import Person
from desk.pictures import confined, in_text, naming, shown
from desk.pictures.in_text import Mark
from desk.pictures.making import Made, Wanted
from desk.pictures.shown import LEAD, Part
from desk.saving import posts
from desk.saving.beside import Beside, NameTakenError
from desk.saving.editing.changes import Change, SetLead, SetSection
from desk.saving.files import is_picture
from desk.saving.outcome import Conflict, Outcome, Refused, Saved
from desk.saving.outcome import Person as Author
from desk.saving.save import save
from desk.workplace import Workplace
from generator.markdown.pictures import MAX_BYTES
from generator.problems import Place, error
from generator.repository import pictures_beside
from generator.versions import version as versions

RULE = "D14"
EDGE = 1_600
"""Pixels of the longest edge: twice what a phone shows, for sharp screens."""
WANTED = Wanted(EDGE, MAX_BYTES)
MOST_TRIES = 5
LONGEST = 500
"""Letters of alternative text."""


class GoneError(Exception):
    """The place or the picture that somebody meant is not in the text any more."""


class NoPlaceError(Exception):
    """A picture at that place would be none: it is within a block of code that nothing ends."""


@dataclass(frozen=True)
class Spot:
    """Where a picture goes: a part of the text by its name, on top of it or at its end."""

    part: str = LEAD
    on_top: bool = False


@dataclass(frozen=True)
class Seen:
    """A picture as somebody saw it in a text."""

    part: str
    number: int
    name: str
    alt: str


@dataclass(frozen=True)
class Doing:
    """A person and the text that they change.

    A post with the `key` of one that was answered before is answered as that was.
    """

    place: Workplace
    text: Open
    person: Person
    key: str = ""


@dataclass(frozen=True)
class _Act:
    """The change to a part, and to files."""

    part: Part
    markdown: str
    beside: Beside = field(default_factory=Beside)


def remade(data: bytes) -> Made:
    """An uploaded picture as it is kept. `making.NotTakenError` with the reason where it cannot be."""
    return confined.remade(data, WANTED)


def add(doing: Doing, made: Made, name: str, alt: str, spot: Spot) -> Outcome:
    """Keep a picture beside the notice, under a free name made from that of its file, and show it in the text."""

    def act(text: Open) -> _Act:
        own = _name(doing, made, name)
        return _put(text, own, alt, spot, Beside({_file(text, own): made.data}))

    return _saved(doing, act, "Add a picture to")


def use(doing: Doing, name: str, alt: str, spot: Spot) -> Outcome:
    """Show a picture in the text that lies beside the notice already."""

    def act(text: Open) -> _Act:
        there = pictures_beside((doing.place.root / text.file).parent).get(name)
        if there is None or not there.sound:
            raise GoneError(name)
        return _put(text, name, alt, spot, Beside())

    return _saved(doing, act, "Add a picture to")


def describe(doing: Doing, seen: Seen, alt: str) -> Outcome:
    """Give a picture other words."""

    def act(text: Open) -> _Act:
        part, mark = _found(text, seen)
        return _Act(part, in_text.changed(part.markdown, mark, mark.name, alt))

    return _saved(doing, act, "Describe a picture of")


def exchange(doing: Doing, seen: Seen, made: Made, name: str, alt: str) -> Outcome:
    """Show another picture in the place of one. The old file goes where no text needs it and git has it."""

    def act(text: Open) -> _Act:
        part, mark = _found(text, seen)
        own = _name(doing, made, name)
        gone = () if own == mark.name else (_file(text, mark.name),)
        return _Act(
            part, in_text.changed(part.markdown, mark, own, alt), Beside({_file(text, own): made.data}, _ours(gone))
        )

    return _saved(doing, act, "Exchange a picture of")


def take_out(doing: Doing, seen: Seen) -> Outcome:
    """Take a picture out of the text. Its file goes where no text needs it and git has it."""

    def act(text: Open) -> _Act:
        part, mark = _found(text, seen)
        return _Act(part, in_text.without(part.markdown, mark), Beside(gone=_ours((_file(text, mark.name),))))

    return _saved(doing, act, "Take a picture out of")


def _put(text: Open, name: str, alt: str, spot: Spot, beside: Beside) -> _Act:
    part = next((one for one in shown.parts_of(text.data, text.file) if one.name == spot.part), None)
    if part is None:
        raise GoneError(spot.part)
    markdown = in_text.added(part.markdown, in_text.written(name, alt), on_top=spot.on_top)
    if markdown is None:
        raise NoPlaceError(part.heading)
    return _Act(part, markdown, beside)


def _found(text: Open, seen: Seen) -> tuple[Part, Mark]:
    """The picture that somebody saw: where it was, or the only one like it in the same part."""
    part = next((one for one in shown.parts_of(text.data, text.file) if one.name == seen.part), None)
    marks = in_text.marks(part.markdown) if part is not None else ()
    like = [one for one in marks if one.whole and (one.name, one.alt) == (seen.name, seen.alt)]
    if part is None or not like:
        raise GoneError(seen.name)
    if seen.number < len(marks) and marks[seen.number] in like:
        return part, marks[seen.number]
    if len(like) > 1:
        raise GoneError(seen.name)
    return part, like[0]


def _name(doing: Doing, made: Made, name: str) -> str:
    """The name of the same picture where it lies beside the notice already, else a free one."""
    beside = pictures_beside((doing.place.root / doing.text.file).parent)
    digest = versions.digest(made.data)
    same = (one.name for one in beside.values() if one.digest == digest and one.sound and "/" not in one.name)
    return next(same, "") or naming.free(name, made.suffix, beside)


def _file(text: Open, name: str) -> str:
    return f"{text.file.rpartition('/')[0]}/{name}"


def _ours(files: tuple[str, ...]) -> tuple[str, ...]:
    """Those that the desk may remove: what lies in a folder below the notice's, or has a name of its own kind, stays."""
    return tuple(file for file in files if is_picture(file))


def _saved(doing: Doing, act: Callable[[Open], _Act], message: str) -> Outcome:
    """Do it on the text as it is now. Raises `GoneError` and `NoPlaceError`."""
    for _ in range(MOST_TRIES):
        if (before := _before(doing)) is not None:
            return before
        try:
            outcome = _tried(doing, act, message)
        except NameTakenError:
            continue
        except GoneError:
            if (before := _before(doing)) is not None:  # the same post was faster
                return before
            raise
        if not isinstance(outcome, Conflict):
            return outcome
    place = Place(doing.text.file)
    return Refused((error(RULE, place, "This text changes all the time.", "Wait a moment, and try again."),))


def _before(doing: Doing) -> Saved | None:
    return posts.answered(doing.place.root, doing.key) if doing.key else None


def _tried(doing: Doing, act: Callable[[Open], _Act], message: str) -> Outcome:
    place = doing.place
    text = editing.open_text(place, doing.text.notice, doing.text.language)
    if text is None:
        raise GoneError(doing.text.notice)
    done = act(text)
    change: Change = SetSection(done.part.name, done.markdown) if done.part.name != LEAD else SetLead(done.markdown)
    what = f"{message} {text.notice}" if text.language == "en" else f"{message} {text.notice} ({text.language})"
    author = Author(doing.person.name, doing.person.address)
    now, beside = place.clock(), done.beside
    return save(place.root, text.file, text.digest, [change], author, what, now, key=doing.key, beside=beside)
