"""Working texts beside what is published: composed, checked and compared. Pure."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Protocol

from generator.content.model import ChangeKind, Notice
from generator.law.statute_book import LAW
from generator.markdown import pictures
from generator.problems import Problem, errors_in
from generator.repository import Repository
from generator.rules import check
from generator.versions import following
from generator.versions import version as versions
from generator.versions.differences import Difference, differences, listed
from generator.versions.version import Version
from generator.wording import compose, glance, inserts
from generator.wording.compose import Composed, Origin
from generator.wording.context import Setting
from generator.wording.inserts import Wording
from generator.wording.strings import Words
from widget.manifest import Following


@dataclass(frozen=True)
class Draft:
    """One language of a working text: what it would be, what is wrong with it, how it differs from the last version."""

    notice: Notice
    version: Version
    last: Version | None
    differences: tuple[Difference, ...]
    problems: tuple[Problem, ...]
    origins: tuple[Origin, ...] = ()
    facts: tuple[Difference, ...] = ()
    """Facts about the notice that differ: publishing them needs no version."""
    on: date = date.min
    """The day whose dates `version` works with."""
    counts: date = date.min
    """The day whose law its words follow: today, or the day from which a scheduled version counts."""
    awaited: Following | None = None
    """The newest version's day for this language, which it lacks."""
    declared: ChangeKind | None = None
    """The most that the versions which this language lacks said of their change."""

    @property
    def changed(self) -> bool:
        return self.last is None or bool(self.differences)

    @property
    def sound(self) -> bool:
        """Whether it may be published: no error in it."""
        return not errors_in(self.problems)


@dataclass(frozen=True)
class Outcome:
    """The outcome of a draft without its words, as lists of all working texts show it.

    `last` is the number of the last version. `review_by` is the day in the working text, else the one that was published.
    """

    notice: str
    language: str
    file: str
    title: str
    last: int | None
    review_by: date | None
    differences: tuple[Difference, ...]
    facts: tuple[Difference, ...]
    problems: tuple[Problem, ...]

    @property
    def changed(self) -> bool:
        return self.last is None or bool(self.differences)


def outcome(draft: Draft) -> Outcome:
    """The outcome of a draft."""
    notice, last = draft.notice, draft.last
    published = last.facets.get("review_by") if last else None
    review_by = notice.facets.review_by or (date.fromisoformat(str(published)) if published else None)
    about = notice.id, notice.language, notice.file, draft.version.title
    found = draft.differences, draft.facts, draft.problems
    return Outcome(*about, last.version if last else None, review_by, *found)


class Working(Protocol):
    """The working texts of a site, each composed and compared when somebody asks. The open site is one."""

    def outcome(self, notice: str, language: str) -> Outcome: ...
    def draft(self, notice: str, language: str) -> Draft: ...


class Drafted:
    """Those of a repository that was read whole."""

    def __init__(self, repository: Repository, words: Mapping[str, Words], on: date) -> None:
        self._repository = repository
        self._words = words
        self._on = on

    @cached_property
    def _drafts(self) -> dict[tuple[str, str], Draft]:
        return {(one.notice.id, one.notice.language): one for one in drafts(self._repository, self._words, self._on)}

    def outcome(self, notice: str, language: str) -> Outcome:
        return outcome(self._drafts[notice, language])

    def draft(self, notice: str, language: str) -> Draft:
        return self._drafts[notice, language]


def drafts(repository: Repository, words: Mapping[str, Words], on: date) -> list[Draft]:
    """Every working text, by notice and language."""
    return [
        draft(repository, words, notice, lambda: on, problems_of(repository, notice, on), LAW.settled(on))
        for _, notice in sorted(repository.notices.items())
    ]


def draft(
    repository: Repository,
    words: Mapping[str, Words],
    notice: Notice,
    today: Callable[[], date],
    problems: Iterable[Problem],
    law_since: date,
) -> Draft:
    """One working text, of which `problems` are known. It is compared as of the day whose dates the last version works
    with, so that these are no difference; `today` is called where there is none. A change of law is a difference: the
    law has been as it is today since `law_since`.
    """
    last = repository.last(notice.id, notice.language)
    day = worded_on(repository.published(notice.id, notice.language)) if last else today()
    counts = max(law_since, last.effective) if last else law_since
    composed, version = _composed(repository, words, notice, day, counts)
    found = tuple(differences(last, version)) if last else ()
    facts = tuple(listed(last, version)) if last else ()
    if last and (changed := _changed_wording(repository, notice, last)):
        found = tuple(_through(difference, version, changed) for difference in found)
    if last and last.approved_by:  # nobody can agree to its words: they cannot be published with the name in them
        found = (*found, Difference("approval", "the name of who approved it, which is no longer kept", "changed"))
    main, own = (repository.published(notice.id, one) for one in (repository.site.language, notice.language))
    behind = following.awaited(main, own, notice.language), following.declared(main, own)
    return Draft(notice, version, last, found, tuple(problems), composed.origins, facts, day, counts, *behind)


def worded_on(published: Sequence[Version]) -> date:
    """The day on which the words of the newest version were made: later versions that changed nothing kept them."""
    run = [published[-1]]
    for version in reversed(published[:-1]):
        if differences(version, run[-1]):
            break
        run.append(version)
    return run[-1].published


def _changed_wording(repository: Repository, notice: Notice, last: Version) -> dict[str, str]:
    """The shared wording of a notice whose words are not those that its last version was published with."""
    used = _wording(repository, notice).used(notice)
    digests = versions.digests(used)
    return {name: text for name, text in used.items() if last.shared.get(name, digests[name]) != digests[name]}


def _through(difference: Difference, version: Version, changed: Mapping[str, str]) -> Difference:
    """A section's difference with the changed shared wording that is in it."""
    texts = [f"{s.heading}\n\n{s.markdown}" for s in version.sections if s.id == difference.id]
    names = (
        name for name, words in changed.items() if any(part in text for text in texts for part in words.split("\n\n"))
    )
    return dataclasses.replace(difference, through=tuple(names))


def final(
    repository: Repository, words: Mapping[str, Words], draft: Draft, on: date, effective: date | None = None
) -> Version:
    """The draft's words with the worked dates of the day it is published, and the law of the day from which it counts."""
    counts = max(effective or on, draft.counts)
    if draft.on == on and LAW.settled(counts) == LAW.settled(draft.counts):
        return draft.version
    return _composed(repository, words, draft.notice, on, counts)[1]


def problems_of(repository: Repository, notice: Notice, on: date | None = None) -> list[Problem]:
    """Everything wrong with one working text, in file order; `on` is today, where it is known."""
    return list(check.inspect(repository, notice, on).problems)


def _composed(
    repository: Repository, words: Mapping[str, Words], notice: Notice, on: date, counts: date
) -> tuple[Composed, Version]:
    """A working text in its final words, and as the version that it would become."""
    site, language = repository.site, notice.language
    parent = notice.facets.parent or ""
    own, main = repository.title(parent, language), repository.title(parent, site.language)
    title = own if own is not None else main
    titles = {} if title is None else {parent: title}
    prefix = "" if language == site.language else f"/{language}"
    only_main = frozenset(titles if own is None else ())
    setting = Setting(site, words[language], on, titles, prefix, only_main, LAW.on(counts))
    wording = _wording(repository, notice, counts)
    composed = compose.compose(notice, wording, setting)
    working = versions.working(composed, wording.inside(notice.facets), repository.site, language)
    beside = repository.pictures.get(notice.id, {})
    sections = tuple(pictures.placed(section, beside) for section in working.sections)
    version = dataclasses.replace(
        working,
        notice=notice.id,
        sections=sections,
        glance=glance.rows(working.facets, setting),
        shared=versions.digests(wording.used(notice)),
        pictures=pictures.named_beside(working.sections, beside),
    )
    return composed, version


def _wording(repository: Repository, notice: Notice, on: date | None = None) -> Wording:
    return inserts.wording(repository.site, repository.shared[notice.language], notice.language, on)
