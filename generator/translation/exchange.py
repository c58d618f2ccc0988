"""A notice goes to a translator and comes back: what to send, what to take, and what was left. Pure.

The last exchange is kept beside the notice (`notice.cy.xlf`): it tells which texts changed since.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from generator.content import front_matter, notice_file
from generator.content.model import BodySection, Notice
from generator.problems import ContentError, Place, Problem, errors_in
from generator.publishing import drafts
from generator.repository import CONTENT, Repository
from generator.rule import WARNING
from generator.translation import rewrite, xliff
from generator.translation.faults import E01, E02, E03, E04, E05, E06
from generator.translation.texts import HEADING, OPENING, TEXT, Unit, section_name, units
from generator.translation.xliff import Entry, Exchange, State
from generator.wording import inserts
from widget.manifest import PUBLISHED_IDENT

KEYS_REMARK = "# `keep` and `after` stay in English: they are keys that the site reads, and it writes them in the notice's language."
_ORIGINAL = re.compile(rf"{CONTENT}/({PUBLISHED_IDENT.pattern})/notice\.md")
_COUNTED = re.compile(r"(?:^|\.)(?:section-)?\d+(?=\.|$)")


@dataclass(frozen=True)
class Files:
    """The bytes beside each other: the main text, its translation and the last exchange, if there are any."""

    main: bytes
    translation: bytes | None = None
    exchange: bytes | None = None


@dataclass(frozen=True)
class Taken:
    """A translator's file, taken: what to write, and for people what became of every text, by its name."""

    notice: str
    language: str
    text: str
    exchange: Exchange
    new: tuple[str, ...]
    same: tuple[str, ...]
    kept: tuple[str, ...]
    in_main_language: tuple[str, ...]
    outdated: tuple[str, ...]
    problems: tuple[Problem, ...] = field(default_factory=tuple)


def export(repository: Repository, notice: str, language: str, last: Exchange | None) -> Exchange:
    """The exchange for a translator: every text, its translation so far, and a mark where the text changed since last
    time."""
    site = repository.site
    main = repository.notices[notice, site.language]
    before = xliff.entries_by_name(last.entries) if last else {}
    so_far = _translations(main, repository.notices.get((notice, language)))
    by_source = _by_source(last)
    entries = tuple(_entry(unit, so_far.get(unit.name, ""), before, by_source) for unit in units(main))
    return Exchange(f"{CONTENT}/{notice}/notice.md", site.language, language, entries)


def _entry(unit: Unit, target: str, before: Mapping[str, Entry], by_source: Mapping[str, str]) -> Entry:
    old = before.get(unit.name)
    known = Entry(unit.name, unit.text, help=unit.help)
    if target == unit.text and (old is None or old.target != target):
        target = ""  # the text stands untranslated in its place
    changed = bool(before) and (old is None or old.source != unit.text)
    if unit.text in by_source and (changed or not target):
        return dataclasses.replace(known, target=by_source[unit.text], state=State.DONE)
    if changed and target:
        earlier = old.source if old else ""
        return dataclasses.replace(known, target=target, state=State.CHANGED, earlier=earlier)
    return dataclasses.replace(known, target=target, state=State.DONE if target else State.MISSING)


def _by_source(last: Exchange | None) -> dict[str, str]:
    """The translations of the last exchange by what they translate, for texts that have moved since."""
    return {entry.source: entry.target for entry in last.entries if entry.target} if last else {}


def _translations(main: Notice, translation: Notice | None) -> dict[str, str]:
    """The texts of a translation by name, without those of lists that count differently: they say something else."""
    if translation is None:
        return {}
    theirs = {unit.name: unit.text for unit in units(translation)}
    here, there = _lists(unit.name for unit in units(main)), _lists(theirs)
    return {name: text for name, text in theirs.items() if here.get(_list(name)) == there.get(_list(name))}


def _list(name: str) -> str | None:
    found = _COUNTED.search(name)
    return name[: found.start()] + ("." if "section-" in found[0] else "") if found else None


def _lists(names: Iterable[str]) -> dict[str | None, set[str]]:
    """The counted items of every list: `data` to {`data.1`, `data.2`}."""
    found: dict[str | None, set[str]] = {}
    for name in names:
        if mark := _COUNTED.search(name):
            found.setdefault(_list(name), set()).add(name[: mark.end()])
    return found


def addressed(repository: Repository, sent: Exchange, file: str) -> tuple[str, str]:
    """The notice and the language that a file is for; `ContentError` if they are none of this site's."""
    site = repository.site
    original = _ORIGINAL.fullmatch(sent.original)
    notice, language = original[1] if original else "", sent.target_language
    problems = []
    if (notice, site.language) not in repository.notices:
        remedy = "Take a file that `translate export` wrote; its `original` is content/<id>/notice.md."
        problems.append(E01.problem(Place(file), f"There is no notice at `{sent.original[:80]}`.", remedy))
    if language not in site.languages[1:]:
        remedy = "Add it to `languages` in site.yml, or correct `target-language` in the file."
        problems.append(E01.problem(Place(file), f"The site has no translations into `{language[:20]}`.", remedy))
    if sent.source_language != site.language:
        message = (
            f"The file translates from `{sent.source_language[:20]}`, the site's main language is `{site.language}`."
        )
        problems.append(E01.problem(Place(file), message, "Export it again."))
    if problems:
        raise ContentError(problems)
    return notice, language


def take(
    repository: Repository, sent: Exchange, files: Files, last: Exchange | None, file: str, *, checks: bool = True
) -> Taken:
    """The translation that a file makes; `ContentError` with everything that is in the way.

    Without `checks` a text is taken that `check` finds errors in, as long as it can be read: a draft has some for a time.
    A text that the file does not have stays as it is in the translation, or else in the main language, and is named.
    """
    notice, language = addressed(repository, sent, file)
    main = repository.notices[notice, repository.site.language]
    current = repository.notices.get((notice, language))
    wanted, given, known = units(main), xliff.entries_by_name(sent.entries), _by_source(last)
    moved = {unit.name: known[unit.text] for unit in wanted if unit.text in known}
    so_far = moved | _translations(main, current)
    final = {unit.name: _target(unit, given) or so_far.get(unit.name) or unit.text for unit in wanted}
    problems = [*_file_problems(sent, wanted, file), *_target_problems(wanted, given, file)]
    problems += _lost(main, current)
    text, text_problems = _text(main, current, final, files)
    problems += text_problems
    problems += _result_problems(repository, main, language, text, given, file, checks=checks)
    if errors_in(problems):
        raise ContentError(problems)
    covered = [unit for unit in wanted if _target(unit, given)]
    rest = [unit.name for unit in wanted if not _target(unit, given)]
    return Taken(
        notice=notice,
        language=language,
        text=text,
        exchange=_kept_exchange(sent, wanted, given, final, last),
        new=tuple(unit.name for unit in covered if so_far.get(unit.name) != final[unit.name]),
        same=tuple(unit.name for unit in covered if so_far.get(unit.name) == final[unit.name]),
        kept=tuple(name for name in rest if name in so_far),
        in_main_language=tuple(name for name in rest if name not in so_far),
        outdated=tuple(unit.name for unit in covered if given[unit.name].source.strip() != unit.text.strip()),
        problems=tuple(problems),
    )


def _target(unit: Unit, given: Mapping[str, Entry]) -> str:
    """The translation that a file gives of a text, trimmed; a facet's on one line, as facets are read."""
    text = given[unit.name].target if unit.name in given else ""
    return " ".join(text.split()) if unit.path else text.replace("\r\n", "\n").strip("\n").rstrip()


def _file_problems(sent: Exchange, wanted: Iterable[Unit], file: str) -> Iterable[Problem]:
    names = {unit.name for unit in wanted}
    seen: set[str] = set()
    for entry in sent.entries:
        place = Place(file, entry.line)
        if entry.name in seen:
            yield E02.problem(place, f"The text `{entry.name[:80]}` comes twice.", "Keep one of the two.")
        elif entry.name not in names and entry.target.strip():
            message = f"The notice no longer has the text `{entry.name[:80]}`: its translation is left aside."
            yield E02.problem(place, message, "Nothing to do, if it was taken out on purpose.", WARNING)
        seen.add(entry.name)


def _target_problems(wanted: Iterable[Unit], given: Mapping[str, Entry], file: str) -> Iterable[Problem]:
    for unit in wanted:
        text = _target(unit, given)
        if not text:
            continue
        place = Place(file, given[unit.name].line)
        if unit.name.endswith(f".{HEADING}") and not unit.path and "\n" in text:
            yield E03.problem(place, f"The heading `{unit.name}` has several lines.", "Write it on one line.")
        for name in sorted(set(inserts.MARK.findall(unit.text)) - set(inserts.MARK.findall(text))):
            message = f"`[[{name}]]` stands in the text `{unit.name}` and not in its translation."
            yield E04.problem(place, message, "Keep it as it is, unless it was left out on purpose.", WARNING)


def _lost(main: Notice, current: Notice | None) -> Iterable[Problem]:
    """Parts that only the translation has, and that the new file would lose."""
    here = {unit.name for unit in units(main)}
    for unit in units(current) if current else ():
        if unit.name not in here:
            place = current.place(unit.path) if current and unit.path else Place(current.file if current else "")
            message = f"The text `{unit.name}` stands only in the translation and would be lost."
            yield E05.problem(place, message, "Take it out there, or add it to the main text.")


def _text(main: Notice, current: Notice | None, final: Mapping[str, str], files: Files) -> tuple[str, list[Problem]]:
    """The whole new file: the translation that is there with new texts, or the main text with all texts replaced."""
    base, problems = main, list[Problem]()
    matter, own_body = _split(files.main)
    if current is not None and files.translation is not None:
        theirs, their_body = _split(files.translation)
        if _same_facts(main, matter, theirs):
            base, matter, own_body = current, theirs, their_body
        else:
            place = Place(current.file)
            problems = [
                E06.problem(place, f"This remark is not kept: {remark[:100]}", "Add it again if you need it.", WARNING)
                for remark in rewrite.remarks(theirs)
                if remark not in rewrite.remarks(matter) and remark != KEYS_REMARK
            ]
    texts = {unit.path: final[unit.name] for unit in units(main) if unit.path}
    matter = rewrite.awaiting_review(rewrite.front_matter(matter, texts))
    if "keep" in {path.rpartition(".")[2] for path in rewrite.leaves(matter)} and "`keep` and `after`" not in matter:
        matter = f"{KEYS_REMARK}\n{matter}"
    translated = _with_body(main, final)
    if base is main or rewrite.body(translated) != rewrite.body(base):
        own_body = rewrite.body(translated)
    return f"---\n{matter}\n---\n{own_body}", problems


def _split(data: bytes) -> tuple[str, str]:
    text, _ = notice_file.decode_text(data, "")
    parts = front_matter.split(text or "", "")
    matter, body = parts.matter, parts.body
    return matter or "", body


def _same_facts(main: Notice, matter: str, theirs: str) -> bool:
    """Whether two front matters have the same keys, and the same values but for texts and the translation's own state."""
    here, there = (
        {path: value for path, value in rewrite.leaves(m).items() if not path.startswith("translation")}
        for m in (matter, theirs)
    )
    texts = {unit.path for unit in units(main) if unit.path}
    shortened = {path for path in here if any(text == path or text.startswith(f"{path}.") for text in texts)}
    return here.keys() == there.keys() and all(here[path] == there[path] for path in here.keys() - shortened)


def _with_body(main: Notice, final: Mapping[str, str]) -> Notice:
    opening = main.opening and dataclasses.replace(main.opening, markdown=final[f"body.{OPENING}"])
    sections = []
    for index, section in enumerate(main.sections):
        name = f"body.{section_name(main, index)}"
        text = final.get(f"{name}.{TEXT}", "")
        sections.append(BodySection(final[f"{name}.{HEADING}"], text, section.place, section.id, section.first_line))
    return dataclasses.replace(main, opening=opening, sections=tuple(sections))


def _result_problems(
    repository: Repository,
    main: Notice,
    language: str,
    text: str,
    given: Mapping[str, Entry],
    file: str,
    *,
    checks: bool,
) -> list[Problem]:
    """The findings of `check` in the new file, reported at the places in the translator's file."""
    name = f"{CONTENT}/{main.id}/notice.{language}.md"
    notice, problems = notice_file.read(text.encode(), name, main.id, language)
    if notice is None:
        return problems
    found = [*problems, *(drafts.problems_of(dataclasses.replace(repository, problems=()), notice) if checks else ())]
    if [unit.name for unit in units(notice)] != [unit.name for unit in units(main)]:
        message = "A translation adds or loses a heading that starts with ##, or is read as something else than a text."
        found.append(E03.problem(Place(name), message, "Keep the headings of the main text, each in its own unit."))
    return [dataclasses.replace(problem, place=_sent_place(problem, notice, given, file)) for problem in found]


def _sent_place(problem: Problem, notice: Notice, given: Mapping[str, Entry], file: str) -> Place:
    """The text of the translator's file in which a problem of the new file lies; its start where there is none."""
    best = Place(file)
    sections = {section_name(notice, index): section for index, section in enumerate(notice.sections)}
    for unit in units(notice):
        part = unit.name.split(".")[1] if not unit.path else ""
        body = notice.opening if part == OPENING else sections.get(part)
        place = notice.place(unit.path) if unit.path else body.place if body else Place(notice.file)
        if place.line <= problem.place.line and unit.name in given:
            best = Place(file, given[unit.name].line)
    return best


def _kept_exchange(
    sent: Exchange,
    wanted: Iterable[Unit],
    given: Mapping[str, Entry],
    final: Mapping[str, str],
    last: Exchange | None,
) -> Exchange:
    """The exchange to remember: what the translator saw and wrote, and what was known before of texts not in the file."""
    before = xliff.entries_by_name(last.entries) if last else {}
    entries = []
    for unit in wanted:
        if _target(unit, given):
            entries.append(Entry(unit.name, given[unit.name].source, final[unit.name], State.DONE))
        elif unit.name in before:
            entries.append(before[unit.name])
    return dataclasses.replace(sent, entries=tuple(entries))
