"""A language that follows later, by a day that a version names: told when the day is near, and more loudly when it is
over."""

from __future__ import annotations

from collections.abc import Iterator

from generator.content.model import Notice
from generator.problems import Level, Problem
from generator.repository import Repository, text_file
from generator.rule import ERROR, NOTE, WARNING, Family, Rule
from generator.rules.case import Case
from generator.rules.languages.names import NAMES
from generator.scene import Edit, scene
from generator.versions import following
from generator.versions.version import Version
from widget.manifest import Following

_BOTH = (
    Edit("site.yml", new="languages: [en, cy]\n"),
    Edit("content/library/notice.cy.md", new="---\ntitle: Llyfrgell\n---\nDyma hysbysiad y llyfrgell.\n"),
    'publish library --kind clarification --summary "In Welsh too."',
    Edit("content/library/notice.md", "about the library", "about the library and its books"),
)
_LATER = 'publish library --kind clarification --summary Books. --reason "The translator is ill." --later'
X05 = Rule(
    "X05",
    Family.TRANSLATION,
    WARNING,
    "A translation that is due",
    "A language that the newest version lacks and says to follow by a day: a note from 7 days before it, a warning when it is "
    "over, and an error where the Welsh one is due, nobody touched it, and site.yml says `welsh_body: yes`.",
    "Welsh Language (Wales) Measure 2011 and the standards made under it; UK GDPR article 12(1). The council told residents "
    "that day.",
    scene(*_BOTH, f"{_LATER} cy=2026-11-25", "check"),
    scene(*_BOTH, f"{_LATER} cy=2026-12-20", "check"),
)


def check(case: Case) -> Iterator[Problem]:
    """The due day of one text; of a language without a text, it is reported in the main one."""
    if not case.main:
        found = _awaited(case, case.language)
        touched = found is not None and not untouched(case.repository, case.notice, _last(case, case.language))
        place = case.notice.place("translation")
        remedy = "Publish it." if touched else "Translate what changed, and publish it."
        yield from [X05.problem(place, *one) for one in _told(case, found, remedy, touched=touched)]
        return
    for language in case.site.languages[1:]:
        if (case.notice.id, language) not in case.notices:
            remedy = f"Add {text_file(case.notice.id, language, case.site)}, and publish it."
            told = _told(case, _awaited(case, language), remedy, touched=False)
            yield from [X05.problem(case.notice.place("title"), *one) for one in told]


def waits(case: Case, language: str) -> bool:
    """Whether a language follows later, nobody touched its text, and its day is not over: that it lacks a change is
    known."""
    found = _awaited(case, language)
    if found is None or (case.on is not None and following.is_overdue(found, case.on)):
        return False
    text = case.notices.get((case.notice.id, language))
    return text is None or untouched(case.repository, text, _last(case, language))


def follows(case: Case, language: str) -> bool:
    """Whether the newest version says that a language follows later."""
    return _awaited(case, language) is not None


def untouched(repository: Repository, notice: Notice, last: Version | None) -> bool:
    """Whether a working text is to the byte the one that its last version was made from."""
    return last is not None and bool(last.source) and repository.source(notice) == last.source


def _told(case: Case, found: Following | None, remedy: str, *, touched: bool) -> Iterator[tuple[str, str, Level]]:
    """The message, the remedy and the level."""
    if found is None or case.on is None or not following.is_near(found, case.on):
        return
    name = NAMES.get(found.language, f"text in {found.language}")
    if not following.is_overdue(found, case.on):
        yield f"The {name} text is due by {found.by}, as the last version says.", remedy, NOTE
        return
    grave = found.language == "cy" and case.site.welsh_body and not touched
    more = " Or name a new day and reason with the next version: --later and --reason."
    message = f"The {name} text was due by {found.by}, as the last version says, and residents do not have it."
    yield message, remedy + more, ERROR if grave else WARNING


def _awaited(case: Case, language: str) -> Following | None:
    main = case.repository.published(case.notice.id, case.site.language)
    return following.awaited(main, case.repository.published(case.notice.id, language), language)


def _last(case: Case, language: str) -> Version | None:
    return case.repository.last(case.notice.id, language)
