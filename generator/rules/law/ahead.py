"""Published notices that a change of law breaks: which, from which day, and by which rule. Pure.

A version is judged by the law of the day from which it counts; what the law of a later day finds besides is what that
change breaks. Its frozen words and facts are judged, never the working text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from generator.content import notice_file
from generator.content.model import Notice
from generator.law.entries import Entry, Replaced
from generator.law.statute_book import LAW, StatuteBook
from generator.problems import Place, Problem
from generator.repository import Repository
from generator.rules.case import Case
from generator.rules.law import adequacy, bases, lawfulness, missing, replaced
from generator.versions import frozen_yaml, timeline
from generator.versions.html_passages import passages_in
from generator.versions.version import Version, shown_text
from generator.wording import inserts

FACTS = ("lawful_bases", "special_category", "transfers", "automated_decisions", "controller")
"""The frozen facts that these rules look at."""


@dataclass(frozen=True)
class Broken:
    """A version that a change of law breaks, the first day on which it does, and what is then wrong with it."""

    version: Version
    since: date
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Awaited:
    """A change of law whose day is not known yet, and the versions in force whose words it will make wrong."""

    entry: Entry
    versions: tuple[Version, ...]


def broken(repository: Repository, on: date, book: StatuteBook = LAW) -> list[Broken]:
    """The versions that count on a day, or that come next, with each day from which the law has more against them."""
    return broken_among(repository, repository.versions, on, book)


def broken_among(
    repository: Repository, versions: Iterable[Version], on: date, book: StatuteBook = LAW
) -> list[Broken]:
    """The same among some versions: all that there are of one notice or of several."""
    return [found for version in _counting(versions, on) for found in _of(repository, version, on, book)]


def awaited(repository: Repository, on: date, book: StatuteBook = LAW) -> list[Awaited]:
    """Every change of law without a day, with the versions that say what it replaces; none for one that breaks no
    version."""
    entries = [entry for entry in book.awaited() if isinstance(entry, Replaced)]
    if not entries:
        return []
    texts = [(version, shown_text(version).lower()) for version in _counting(repository.versions, on)]
    found = (Awaited(entry, tuple(version for version, text in texts if entry.may_be_in(text))) for entry in entries)
    return [one for one in found if one.versions]


def _counting(versions: Iterable[Version], on: date) -> Iterator[Version]:
    """The version in force of each notice and language, and the next to come, but for notices that are retired."""
    for history in timeline.histories(versions, on).values():
        for version in (history.in_force, history.upcoming):
            if version is not None and not version.facets.get("retired"):
                yield version


def _of(repository: Repository, version: Version, on: date, book: StatuteBook) -> Iterator[Broken]:
    """The findings of each change of law after the version's first day, unless a later law took it back."""
    days = book.switches(version.effective)
    if not days or (notice := as_notice(version)) is None:
        return
    known = {_place(found) for found in _findings(repository, notice, version.effective, book)}
    today = {_place(found) for found in _findings(repository, notice, max(on, version.effective), book)}
    for day in days:
        found = _findings(repository, notice, day, book)
        new = [one for one in found if _place(one) not in known and (day > on or _place(one) in today)]
        known.update(map(_place, new))
        if new:
            yield Broken(version, day, tuple(new))


def _place(problem: Problem) -> tuple[str, Place]:
    """The identity of a finding across days; its message may name the day."""
    return problem.rule, problem.place


def _findings(repository: Repository, notice: Notice, on: date, book: StatuteBook) -> list[Problem]:
    """The findings of the rules about the law in frozen words and facts, by the law of a day."""
    words = inserts.wording(repository.site, {}, notice.language, on)
    case = Case(notice, repository.site, repository, words, lambda: on, book.on(on))
    found: list[Problem] = []
    for family in (bases, lawfulness, adequacy, replaced):
        found += family.check(case)
    if isinstance(notice.facets.automated_decisions, tuple):
        found += missing.safeguards_in_words(case)
    return [problem for problem in found if case.law.asks_for(problem.rule)]


def as_notice(version: Version) -> Notice | None:
    """A version's frozen words and facts as a notice that rules can read; None where its facts cannot be read."""
    facts = {name: value for name, value in version.facets.items() if name in FACTS}
    front = frozen_yaml.dump({"title": version.title or version.notice} | facts)
    body = "\n\n".join(f"## {heading} {{#{name}}}\n\n{text}" for name, heading, text in _texts(version))
    data = f"---\n{front}---\n\n{body}\n".encode()
    return notice_file.read(data, version.file, version.notice, version.language)[0]


def _texts(version: Version) -> Sequence[tuple[str, str, str]]:
    """Each section's id, heading and text, a paragraph for each passage that a reader sees."""
    if version.html:
        return [
            (one.id, one.id, "\n\n".join(" ".join(text.words) for text in passages_in(one.html)))
            for one in version.html
        ]
    return [(one.id, one.heading, one.markdown) for one in version.sections]
