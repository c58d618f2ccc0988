"""Opens a translation and saves it: the text to the byte, then the exchange that remembers what was translated."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desk.people.person import Person
from desk.saving import files, git, starting_points
from desk.saving.editing.changes import Change, SetFact, SetText
from desk.saving.git import Entry as Commit
from desk.saving.git import Git
from desk.saving.outcome import Conflict, Outcome, Refused, Same, Saved
from desk.saving.outcome import Person as Author
from desk.saving.save import NEW, save
from desk.translations import sheet as sheets
from desk.translations import typed as typing
from desk.translations.sheet import Sheet, Sides
from desk.translations.typed import Typed
from desk.workplace import Workplace
from generator.content.model import TranslationStatus
from generator.content.site_file import SiteSource
from generator.problems import ContentError, Problem
from generator.repository import CONTENT, text_file
from generator.translation import exchange, xliff
from generator.translation.exchange import Taken
from generator.translation.xliff import Exchange


@dataclass(frozen=True)
class Opened:
    """A translation as the page shows it, and the digests that its form sends back: of the main text, and of the
    translation, empty where there is none yet."""

    sheet: Sheet
    main: str
    base: str


@dataclass(frozen=True)
class Post:
    """The values that the form sent with its texts.

    `over` is the digest of a translation that somebody saw in a conflict.
    """

    main: str
    base: str
    over: str = ""
    reviewed: bool = False
    key: str = ""


@dataclass(frozen=True)
class Both:
    """Nothing was saved: somebody else changed the same texts.

    Theirs and mine by name; `digest` is that of their file.
    """

    texts: dict[str, tuple[str, str]]
    digest: str


@dataclass(frozen=True)
class NotAll:
    """Nothing was saved: a translation is read as a whole, and these texts are not translated, or changed since."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class Wrong:
    """Nothing was saved: problems, each with the name of its text, empty for what is in none."""

    problems: tuple[tuple[str, Problem], ...]


def open_translation(place: Workplace, notice: str, language: str) -> Opened | None:
    """A translation as it is; None where there is no main text. `ContentError` where a file cannot be read."""
    sides = _sides(place, notice, language)
    if sides is None:
        return None
    base = NEW if sides.translation is None else starting_points.keep(place.root, sides.translation)
    found = sheets.sheet(_site(place), sides)
    return Opened(found, starting_points.keep(place.root, sides.main), base)


def sent_to_translators(place: Workplace, now: Opened) -> bytes:
    """The file for translators."""
    main, sides = _site(place).language, now.sheet.sides
    original = f"{CONTENT}/{sides.notice}/notice.md"
    return xliff.write(Exchange(original, main, sides.language, now.sheet.entries))


def come_back(place: Workplace, now: Opened, data: bytes, name: str) -> Typed:
    """The form with a translator's file in it; nothing is saved. `ContentError` where it is for something else."""
    sent, sides = sheets.exchange_of(data, name), now.sheet.sides
    found = place.ask(lambda site: exchange.addressed(site.repository, sent, name))
    if found != (sides.notice, sides.language):
        raise ContentError([sheets.for_another(name, *found)])
    return typing.of_exchange(now.sheet, sent)


def save_translation(
    place: Workplace, now: Opened, typed: Typed, post: Post, person: Person
) -> Outcome | Both | NotAll | Wrong:
    """Save what somebody typed in a form that started from the files with the digests of the post."""
    start = _start(place, now, post)
    mine = typing.changed(start, typed)
    both = typing.both_changed(start, now.sheet, mine)
    if both and post.over != now.base:
        return Both(both, now.base)
    try:
        taken = _taken(place, start, now.sheet, typed)
        after = sheets.sheet(_site(place), _after(now.sheet.sides, taken))
    except ContentError as refused:
        return Wrong(tuple((_name(one, now.sheet), one) for one in refused.problems))
    if post.reviewed and (left := typing.open_texts(after)):
        return NotAll(left)
    outcome = _saved(place, now, taken, post, person, touched=bool(mine))
    if isinstance(outcome, Saved | Same):
        _remember(place, now.sheet.sides, xliff.write(taken.exchange), person)
    return outcome


def _saved(place: Workplace, now: Opened, taken: Taken, post: Post, person: Person, *, touched: bool) -> Outcome:
    sides = now.sheet.sides
    file = text_file(sides.notice, sides.language, _site(place))
    changes: list[Change] = [SetText(taken.text)] if touched or sides.translation is None else []
    if post.reviewed:
        said = {"status": TranslationStatus.REVIEWED, "reviewed_by": person.name, "reviewed_on": place.today()}
        changes.append(SetFact("translation", said))
    if not changes:
        return Same(now.base)
    author = Author(person.name, person.address)
    message = f"Translate {sides.notice} ({sides.language})"
    outcome = save(place.root, file, now.base, changes, author, message, place.clock(), key=post.key)
    return outcome if not isinstance(outcome, Conflict) else Refused((sheets.changing(file),))


def _start(place: Workplace, now: Opened, post: Post) -> Sheet:
    """The sheet that the form started from; that of now where nobody knows its files any more."""
    sides = now.sheet.sides
    site = _site(place)
    main_file, file = (text_file(sides.notice, language, site) for language in (site.language, sides.language))
    main = starting_points.find(place.root, main_file, post.main) or sides.main
    translation = starting_points.find(place.root, file, post.base) if post.base else None
    if post.base and translation is None:
        translation = sides.translation
    wanted = replace(sides, main=main, translation=translation)
    return sheets.sheet(site, wanted)


def _taken(place: Workplace, start: Sheet, now: Sheet, typed: Typed) -> Taken:
    site, sides = _site(place), now.sides
    entries = typing.to_take(start, now, typed)
    sent = Exchange(f"{CONTENT}/{sides.notice}/notice.md", site.language, sides.language, entries)
    return exchange.take(sheets.of_sides(site, sides), sent, sides.files, sheets.last_of(sides), "", checks=False)


def _site(place: Workplace) -> SiteSource:
    return place.ask(lambda site: site.repository.site)


def _after(sides: Sides, taken: Taken) -> Sides:
    return replace(sides, translation=taken.text.encode(), last=xliff.write(taken.exchange))


def _name(problem: Problem, now: Sheet) -> str:
    """The text that a problem is in: what was taken numbers its lines by the texts."""
    line = problem.place.line
    return now.entries[line - 1].name if not problem.place.file and 0 < line <= len(now.entries) else ""


def _remember(place: Workplace, sides: Sides, data: bytes, person: Person) -> None:
    """Keep the exchange beside the notice, in a commit of its own where there is a history."""
    if data == sides.last:
        return
    name = _exchange_file(sides.notice, sides.language)
    with files.turn(place.root):
        files.write(place.root, name, data, files.read(place.root, name))
        entry = Commit(
            Author(person.name, person.address), f"Remember what is translated of {sides.notice}", place.clock()
        )
        git.commit(Git((place.root / name).parent), [place.root / name], entry)


def _sides(place: Workplace, notice: str, language: str) -> Sides | None:
    site = _site(place)
    main_file, file = (text_file(notice, code, site) for code in (site.language, language))
    main = files.read(place.root, main_file)
    if main is None:
        return None
    last = files.read(place.root, _exchange_file(notice, language))
    return Sides(notice, language, main, files.read(place.root, file), last)


def _exchange_file(notice: str, language: str) -> str:
    return f"{CONTENT}/{notice}/notice.{language}.xlf"
