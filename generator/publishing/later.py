"""Publishing a notice without a language that follows later: which languages stay, what the version says, and what is
wrong. Pure.

The newest version's day for a language goes on with the next one while nobody touched that language's text: a slip in
English needs no Welsh. Once somebody did, it is published with the others, unless it is named anew.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from generator.content.model import Change, Following
from generator.problems import Problem, errors_in
from generator.publishing.drafts import Draft
from generator.publishing.faults import P09
from generator.repository import Repository
from generator.rules.languages.following import X05, untouched
from generator.rules.languages.translation import X01
from widget import manifest

WELSH = "cy"


@dataclass(frozen=True)
class Together:
    """The languages of a notice that are published together, the change with every language that follows, and what is
    wrong."""

    group: list[Draft]
    change: Change
    problems: list[Problem]


def together(repository: Repository, group: Sequence[Draft], change: Change, on: date) -> Together:
    """The working texts of a notice that stay; `on` is the day of publishing."""
    named = change.translations
    carried = tuple(
        one for one in carried_over(repository, group) if one.language not in {own.language for own in named}
    )
    following = (*named, *carried)
    later = {one.language for one in following}
    staying = [draft for draft in group if draft.notice.language not in later]
    problems = list(_problems(repository, group, staying, named, on))
    return Together(staying, dataclasses.replace(change, translations=following), problems)


def stated(change: Change) -> tuple[manifest.Following, ...] | None:
    """The languages that follow as a frozen version holds them; None where there is none."""
    return tuple(map(_stated, change.translations)) or None


def errors_of(draft: Draft, change: Change) -> list[Problem]:
    """The problems that stop a text from being published. A language that follows later is missing on purpose."""
    later = {one.language for one in change.translations}
    return [one for one in errors_in(draft.problems) if not (is_of_another(one) and WELSH in later)]


def is_of_another(problem: Problem) -> bool:
    """Whether an error in the main text is that the Welsh one is missing: no other language has to be there."""
    return problem.rule in (X01.id, X05.id)


def carried_over(repository: Repository, group: Sequence[Draft]) -> Iterator[Following]:
    """The newest version's days for languages whose text nobody touched since: the next one says it too."""
    texts = {draft.notice.language: draft for draft in group}
    last = group[0].last
    for one in map(_taken, (last.change.translations if last else None) or ()):
        draft = texts.get(one.language)
        known = one.language in repository.site.languages
        if known and (draft is None or (draft.awaited and untouched(repository, draft.notice, draft.last))):
            yield one


def _problems(
    repository: Repository, group: Sequence[Draft], staying: list[Draft], named: Sequence[Following], on: date
) -> Iterator[Problem]:
    place = group[0].notice.place("change.translations")
    others = repository.site.languages[1:]
    for one in named:
        if one.language not in others:
            have = f"Name one of these: {', '.join(others)}." if others else "Leave it out."
            message = f"`{one.language}` is no language of site.yml that can follow the main one."
            yield P09.problem(place, message, have)
        if one.by <= on:
            yield P09.problem(place, f"{one.by} does not lie ahead.", f"Give a day after {on} for `{one.language}`.")
        if not one.reason.strip():
            message = f"Nothing says why `{one.language}` follows later."
            yield P09.problem(place, message, "Say it in one plain sentence: residents read it.")
    if len({one.language for one in named}) < len(named):
        yield P09.problem(place, "A language follows twice.", "Name each language once.")
    if named and not any(draft.changed for draft in staying):
        message = "Without the languages that follow later, nothing differs from the last version."
        yield P09.problem(place, message, "Publish all languages together, or change the main text first.")


def _stated(one: Following) -> manifest.Following:
    return manifest.Following(one.language, one.by, one.reason.strip(), (one.own_reason or "").strip())


def _taken(one: manifest.Following) -> Following:
    return Following(one.language, one.by, one.reason, one.own_reason or None)  # type: ignore[arg-type]
