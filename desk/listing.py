"""The list of notices and what waits: read from what is known of each text, so that a thousand notices are listed at
once.

Nothing is checked for a list. Of a text that nobody has looked at since it changed, the list says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

from generator.building.site.open_site import OpenSite
from generator.problems import ContentError, Level, errors_in
from generator.publishing import review_file
from generator.publishing.drafts import Outcome
from generator.repository import CONTENT
from generator.site_folder import exists, read
from generator.versions import timeline
from generator.versions.timeline import History


class State(StrEnum):
    """Where a notice stands."""

    NEW = "new"
    IN_FORCE = "in-force"
    CHANGED = "changed"
    ASKED = "asked"
    STARTS = "starts"
    UNREADABLE = "unreadable"
    UNSEEN = "unseen"
    """Nobody has compared its text since it changed."""
    NO_TEXT = "no-text"


@dataclass(frozen=True)
class Listed:
    """A notice in the list. `errors` and `warnings` are None where its text was not checked since it changed."""

    id: str
    title: str
    state: State
    starts: date | None = None
    errors: int | None = None
    warnings: int | None = None
    review_by: date | None = None
    owner: str = ""


@dataclass(frozen=True)
class Filter:
    """Somebody's choice of the list's rows."""

    words: str = ""
    state: str = ""
    problems: str = ""
    due: bool = False


def every(site: OpenSite, today: date) -> list[Listed]:
    """All notices by title, without their owners; within a question."""
    repository, language = site.repository, site.repository.site.language
    published = site.published()
    histories = timeline.histories(site.facts(), today)
    texts = set(repository.ids)
    found = []
    for name in sorted(texts | set(published)):
        history = histories.get((name, language))
        if name not in texts:
            title = history.latest.title if history else name
            found.append(Listed(name, title, State.NO_TEXT, _starts(history)))
        else:
            found.append(_listed(site, name, language, history))
    return sorted(found, key=lambda one: (one.title.casefold(), one.id))


def _listed(site: OpenSite, name: str, language: str, history: History | None) -> Listed:
    repository = site.repository
    if (name, language) not in repository.notices:
        problems = len(repository.unread_problems(name)) or None
        return Listed(name, name, State.UNREADABLE, errors=problems)
    title = repository.title(name, language) or name
    starts, published = _starts(history), history.latest.facets.get("review_by") if history else None
    review_by = date.fromisoformat(str(published)) if published else None
    languages = [language, *(one for one in repository.site.languages[1:] if (name, one) in repository.notices)]
    # an approver must find what waits for them at once; few texts wait, so that these are compared here
    if not all(site.knows("outcome", name, one) for one in languages) and not is_asked(site.root, name):
        return Listed(name, title, State.NEW if history is None else State.UNSEEN, starts, review_by=review_by)
    outcomes = [site.outcome(name, one) for one in languages]
    return Listed(
        name,
        title,
        _state(site.root, outcomes, starts),
        starts,
        sum(len(errors_in(one.problems)) for one in outcomes),
        sum(problem.level is Level.WARNING for one in outcomes for problem in one.problems),
        outcomes[0].review_by,
    )


def _state(root: Path, outcomes: Sequence[Outcome], starts: date | None) -> State:
    """Where a notice stands, by what came of its text in each language, the main one first.

    A translation that alone was changed waits for publishing and approval as every text does.
    """
    changed = any(one.changed for one in outcomes)
    if changed and is_asked(root, outcomes[0].notice):
        return State.ASKED
    if outcomes[0].last is None:
        return State.NEW
    if changed:
        return State.CHANGED
    return State.STARTS if starts else State.IN_FORCE


def _starts(history: History | None) -> date | None:
    coming = history.upcoming if history else None
    return coming.effective if coming else None


def is_asked(root: Path, notice: str) -> bool:
    """Whether approval was asked for a text of the notice and nobody has answered yet."""
    path = root / CONTENT / review_file.name(notice)
    if not exists(path):
        return False
    try:
        review = review_file.read(read(root, path), review_file.name(notice))
    except (ContentError, ValueError):  # the review page says what is wrong with it
        return False
    answered = {one.digest for one in review.returned} | {one.digest for one in review.approvals}
    return any(one.digest not in answered for one in review.requests)


def with_owners(site: OpenSite, listed: Sequence[Listed]) -> Iterator[Listed]:
    """The same with who answers for each: only for those that are shown, since their texts are read for it."""
    language = site.repository.site.language
    for one in listed:
        text = site.repository.notices.get((one.id, language)) if one.state is not State.NO_TEXT else None
        owner = text.facets.owner if text is not None else None
        review_by = text.facets.review_by if text is not None else None
        yield replace(one, owner=owner.name if owner else "", review_by=one.review_by or review_by)


def chosen(listed: Sequence[Listed], wanted: Filter, until: date) -> list[Listed]:
    """Those that a filter lets through; `until` is the last day of what is due."""
    words = wanted.words.casefold().split()
    return [
        one
        for one in listed
        if all(word in f"{one.title} {one.id}".casefold() for word in words)
        and (not wanted.state or one.state == wanted.state)
        and (wanted.problems != "errors" or bool(one.errors))
        and (wanted.problems != "none" or (one.errors == 0 and one.warnings == 0))
        and (not wanted.due or (one.review_by is not None and one.review_by <= until))
    ]


def quarter_end(day: date) -> date:
    """The last day of the quarter that a day is in."""
    month = 3 * ((day.month - 1) // 3) + 3
    return date(day.year, month, 31 if month in (3, 12) else 30)
