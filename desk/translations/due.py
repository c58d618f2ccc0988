"""The languages that follow later: which notices wait for one, by which day, and why; the most urgent first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from generator.building.site.open_site import OpenSite
from generator.versions import following
from generator.versions.version import Version


@dataclass(frozen=True)
class Due:
    """One text that is due. `number` is that of the newest version, which lacks the language."""

    notice: str
    title: str
    language: str
    number: int
    by: date
    reason: str
    overdue: bool


def every(site: OpenSite, today: date) -> list[Due]:
    """All that are due; within a question. `ContentError` where history was altered."""
    by_notice: dict[str, list[Version]] = {}
    for version in site.facts():
        if version.called_off is None:
            by_notice.setdefault(version.notice, []).append(version)
    languages = site.repository.site.languages
    found = (due for versions in by_notice.values() for due in _of(versions, languages, today))
    return sorted(found, key=lambda one: (one.by, one.title.casefold()))


def of(site: OpenSite, notice: str, language: str, today: date) -> Due | None:
    """That of one text; None where it is not due. Within a question."""
    languages = (site.repository.site.language, language)
    return next(iter(_of(site.repository.ever_of(notice), languages, today)), None)


def _of(versions: Iterable[Version], languages: Iterable[str], today: date) -> list[Due]:
    main, *others = languages
    standing = [one for one in versions if one.retracted is None and one.called_off is None]
    own = {name: [one for one in standing if one.language == name] for name in (main, *others)}
    found = []
    for language in others:
        said = following.awaited(own[main], own[language], language)
        if said is not None:
            last = own[main][-1]
            about = last.notice, last.title, language, last.version
            found.append(Due(*about, said.by, said.reason, following.is_overdue(said, today)))
    return found
