"""Working texts beside what is published: composed, checked and compared. Pure."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from generator.content.model import Notice
from generator.law.statute_book import LAW
from generator.markdown import pictures
from generator.problems import Problem, errors_in
from generator.repository import Repository
from generator.rules import check
from generator.versions import version as versions
from generator.versions.differences import Difference, differences, listed
from generator.versions.version import Version
from generator.wording import compose, inserts
from generator.wording.compose import Composed, Origin
from generator.wording.context import Setting
from generator.wording.inserts import Wording
from generator.wording.strings import Words


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
    counts: date = date.min
    """The day whose law its words follow: today, or the day from which a scheduled version counts."""

    @property
    def changed(self) -> bool:
        return self.last is None or bool(self.differences)

    @property
    def sound(self) -> bool:
        """Whether it may be published: no error in it."""
        return not errors_in(self.problems)


def drafts(repository: Repository, words: Mapping[str, Words], on: date) -> list[Draft]:
    """Every working text, by notice and language."""
    return [_draft(repository, words, notice, on) for _, notice in sorted(repository.notices.items())]


def _draft(repository: Repository, words: Mapping[str, Words], notice: Notice, on: date) -> Draft:
    """Compared as of the day whose dates the last version works with, so that these are no difference; a change of law is one."""
    last = repository.last(notice.id, notice.language)
    day = worded_on(repository.published(notice.id, notice.language)) if last else on
    counts = max(on, last.effective) if last else on
    composed = _composed(repository, words, notice, day, counts)
    version = _version(repository, notice, composed, counts)
    found = tuple(differences(last, version)) if last else ()
    facts = tuple(listed(last, version)) if last else ()
    if last and (changed := _changed_wording(repository, notice, last)):
        found = tuple(_through(difference, version, changed) for difference in found)
    if last and last.approved_by:  # nobody can agree to its words: they cannot be published with the name in them
        found = (*found, Difference("approval", "the name of who approved it, which is no longer kept", "changed"))
    return Draft(
        notice, version, last, found, tuple(problems_of(repository, notice, on)), composed.origins, facts, counts
    )


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
    """A section's difference with the changed shared wording that stands in it."""
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
    composed = _composed(repository, words, draft.notice, on, counts)
    return _version(repository, draft.notice, composed, counts)


def problems_of(repository: Repository, notice: Notice, on: date | None = None) -> list[Problem]:
    """Everything wrong with one working text, in file order; `on` is today, where it is known."""
    return list(check.inspect(repository, notice, on).problems)


def _composed(repository: Repository, words: Mapping[str, Words], notice: Notice, on: date, counts: date) -> Composed:
    site, language = repository.site, notice.language
    main, own = (
        {name: other.facets.title for (name, lang), other in repository.notices.items() if lang == wanted}
        for wanted in (site.language, language)
    )
    prefix = "" if language == site.language else f"/{language}"
    setting = Setting(
        site, words[language], on, main | own, prefix, frozenset(main.keys() - own.keys()), LAW.on(counts)
    )
    return compose.compose(notice, _wording(repository, notice, counts), setting)


def _version(repository: Repository, notice: Notice, composed: Composed, counts: date) -> Version:
    wording = _wording(repository, notice, counts)
    working = versions.working(composed, wording.inside(notice.facets), repository.site, notice.language)
    beside = repository.pictures.get(notice.id, {})
    sections = tuple(pictures.placed(section, beside) for section in working.sections)
    shared = versions.digests(wording.used(notice))
    return dataclasses.replace(working, notice=notice.id, sections=sections, shared=shared)


def _wording(repository: Repository, notice: Notice, on: date | None = None) -> Wording:
    return inserts.wording(repository.site, repository.shared[notice.language], notice.language, on)
