"""The whole check of one working text: every family of rules, the notice's silences, and its scorecard. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from generator.content import marks, site_file
from generator.content.model import Notice
from generator.law.statute_book import LAW, LawOfDay
from generator.problems import Problem
from generator.repository import Repository
from generator.rule import Rule
from generator.rules import addresses, approver, silence
from generator.rules.case import Case
from generator.rules.catalogue import BY_ID
from generator.rules.languages import following, translation
from generator.rules.law import (
    adequacy,
    bases,
    completeness,
    consistency,
    lawfulness,
    record_periods,
    replaced,
    unlawful_words,
)
from generator.rules.silence import Silenced
from generator.rules.text import (
    audience,
    heading_ids,
    links,
    pictures,
    remnants,
    rendering,
    tables,
    typed_marks,
    wording,
)
from generator.wording import inserts
from generator.wording.controllers import site_of

FAMILIES = (
    bases,
    lawfulness,
    unlawful_words,
    adequacy,
    record_periods,
    replaced,
    wording,
    remnants,
    audience,
    translation,
    following,
    links,
    pictures,
    tables,
    typed_marks,
    heading_ids,
)
"""Of each family, the module whose `check` looks at one text."""


class State(StrEnum):
    """How a notice meets one thing that the law requires it to say."""

    THERE = "in a fact"
    IN_WORDS = "in words"
    PERHAPS = "perhaps"
    INCOMPLETE = "incomplete"
    MISSING = "not found"
    SILENCED = "silenced"
    NOT_APPLICABLE = "does not apply"


@dataclass(frozen=True)
class Score:
    """One line of a scorecard; `detail` is the sentence that says it, the reason for silence, or what is missing."""

    rule: Rule
    state: State
    detail: str = ""


@dataclass(frozen=True)
class Inspection:
    """The findings of one working text's check: problems in file order, silences, and N01 to N18 one by one."""

    notice: str
    language: str
    problems: tuple[Problem, ...]
    silenced: tuple[Silenced, ...]
    scores: tuple[Score, ...]


def inspect(repository: Repository, notice: Notice, on: date | None = None) -> Inspection:
    """Check one working text among all that there is. `on` is today, for rules about days that lie ahead."""
    return inspect_among(repository, notice, lambda: on, address_problems(repository, notice, on), LAW.on(on))


def address_problems(repository: Repository, text: Notice, on: date | None = None) -> list[Problem]:
    """Problems with the addresses of a notice or an ordinary page: the one check that looks at the whole plan."""
    if not text.facets.aliases and not repository.old_addresses:
        return []  # as in nearly every notice: the plan of the site is not needed
    return list(addresses.check(repository.plan, text, on))


def inspect_among(
    repository: Repository,
    notice: Notice,
    today: Callable[[], date | None],
    addresses: Iterable[Problem],
    law: LawOfDay,
) -> Inspection:
    """The same where `address_problems` and the law of the day are known. `today` is called by the rules that need it."""
    case = case_of(repository, notice, today, law)
    found = repository.problems_in(notice.file, site_file.FILE)
    found += inserts.problems(notice, case.wording)
    found += rendering.check(notice, case.wording)
    found += consistency.check(notice, repository.ids)
    stands = completeness.outcomes(case)
    found += completeness.problems(stands)
    for family in FAMILIES:
        found += family.check(case)
    found += addresses
    found += approver.check(notice)
    found += silence.check(case, BY_ID)
    ordered, silenced = _settled(case, found)
    scores = tuple(_score(outcome, silenced) for outcome in stands)
    return Inspection(notice.id, notice.language, tuple(ordered), tuple(silenced), scores)


def _settled(case: Case, found: list[Problem]) -> tuple[list[Problem], list[Silenced]]:
    """The problems that stand, in file order, without those that the law of the day does not know; and the silences."""
    asked = [problem for problem in _without_echoes(found) if case.law.asks_for(problem.rule)]
    kept, silenced = silence.apply(case, asked, BY_ID)
    return sorted(dict.fromkeys(kept), key=lambda problem: (problem.place, problem.rule)), list(silenced)


def _without_echoes(found: list[Problem]) -> list[Problem]:
    """The problems without those that a mark to fill in brings about on its own line: one slip is one problem."""
    marked = {
        (one.place.file, one.place.line) for one in found if one.rule == wording.T03.id and marks.START in one.message
    }
    return [one for one in found if one.rule == wording.T03.id or (one.place.file, one.place.line) not in marked]


def inspect_page(repository: Repository, page: Notice, on: date | None = None) -> list[Problem]:
    """Check an ordinary page: its words and links; the law of notices is not about it."""
    return inspect_page_by(repository, page, lambda: on, LAW.on(on))


def inspect_page_by(
    repository: Repository, page: Notice, today: Callable[[], date | None], law: LawOfDay
) -> list[Problem]:
    """The same where the law of the day is known. `today` is called by the rules that need it."""
    case = case_of(repository, page, today, law)
    found = repository.problems_in(page.file)
    found += inserts.problems(page, case.wording)
    found += rendering.check(page, case.wording)
    for family in (replaced, wording, remnants, links, pictures, tables, typed_marks):
        found += family.check(case)
    found += address_problems(repository, page)
    found += silence.check(case, BY_ID)
    return _settled(case, found)[0]


def case_of(repository: Repository, notice: Notice, today: Callable[[], date | None], law: LawOfDay) -> Case:
    """The notice with everything around it that rules look at."""
    words = inserts.wording(repository.site, repository.shared[notice.language], notice.language, law.day)
    site = site_of(repository.site, words.inside(notice.facets))
    return Case(notice, site, repository, words, today, law)


def _score(outcome: completeness.Outcome, silenced: list[Silenced]) -> Score:
    rule = outcome.requirement.rule
    for item in silenced:
        if item.rule == rule.id:
            return Score(rule, State.SILENCED, item.reason)
    if not outcome.applies:
        return Score(rule, State.NOT_APPLICABLE)
    words = outcome.words.statement
    if words and not outcome.problems:
        return Score(rule, State.IN_WORDS, f"«{words.quote}»")
    if words:
        return Score(rule, State.PERHAPS, f"«{words.quote}»")
    if not outcome.problems:
        return Score(rule, State.THERE)
    return Score(rule, State.MISSING if outcome.absent else State.INCOMPLETE, outcome.problems[0].message)
