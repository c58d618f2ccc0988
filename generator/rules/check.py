"""The whole check of one working text: every family of rules, the notice's silences, and its scorecard. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from generator.content import site_file
from generator.content.model import Notice
from generator.problems import Level, Problem
from generator.repository import Repository
from generator.rules import addresses, approver, silence
from generator.rules.case import Case
from generator.rules.catalogue import BY_ID
from generator.rules.languages import translation
from generator.rules.law import completeness, consistency, lawfulness, record_periods
from generator.rules.rule import Rule
from generator.rules.silence import Silenced
from generator.rules.text import links, pictures, rendering, tables, wording
from generator.wording import inserts
from generator.wording.controllers import site_of


class State(StrEnum):
    """How a notice stands to one thing that the law has it say."""

    THERE = "there"
    IN_WORDS = "said in words"
    WARNED = "to look at"
    MISSING = "missing"
    SILENCED = "silenced"
    NOT_APPLICABLE = "does not apply"


@dataclass(frozen=True)
class Score:
    """One line of a scorecard; `detail` is the reason for silence, or what is missing."""

    rule: Rule
    state: State
    detail: str = ""


@dataclass(frozen=True)
class Inspection:
    """What the check of one working text found: problems in file order, silences, and N01 to N18 one by one."""

    notice: str
    language: str
    problems: tuple[Problem, ...]
    silenced: tuple[Silenced, ...]
    scores: tuple[Score, ...]


def inspect(repository: Repository, notice: Notice, on: date | None = None) -> Inspection:
    """Check one working text among all that there is. `on` is today, for rules about days that lie ahead."""
    return inspect_among(repository, notice, lambda: on, address_problems(repository, notice, on))


def address_problems(repository: Repository, text: Notice, on: date | None = None) -> list[Problem]:
    """What is wrong with the addresses of a notice or an ordinary page: the one check that looks at the whole plan."""
    if not text.facets.aliases and not repository.old_addresses:
        return []  # as in nearly every notice: the plan of the site is not needed
    return list(addresses.check(repository.plan, text, on))


def inspect_among(
    repository: Repository, notice: Notice, today: Callable[[], date | None], addresses: Iterable[Problem]
) -> Inspection:
    """The same where `address_problems` are known. `today` is called by the rules that need it."""
    case = case_of(repository, notice, today)
    found = repository.problems_in(notice.file, site_file.FILE)
    found += inserts.problems(notice, case.wording)
    found += rendering.check(notice, case.wording)
    found += consistency.check(notice, repository.ids)
    stands = completeness.outcomes(case)
    found += completeness.problems(stands)
    for family in (lawfulness, record_periods, wording, translation, links, pictures, tables):
        found += family.check(case)
    found += addresses
    found += approver.check(notice)
    found += silence.check(case, BY_ID)
    kept, silenced = silence.apply(case, found, BY_ID)
    ordered = sorted(dict.fromkeys(kept), key=lambda problem: (problem.place, problem.rule))
    scores = tuple(_score(outcome, silenced) for outcome in stands)
    return Inspection(notice.id, notice.language, tuple(ordered), tuple(silenced), scores)


def inspect_page(repository: Repository, page: Notice) -> list[Problem]:
    """Check an ordinary page: its words and links; the law of notices is not about it."""
    case = case_of(repository, page)
    found = repository.problems_in(page.file)
    found += inserts.problems(page, case.wording)
    found += rendering.check(page, case.wording)
    for family in (wording, links, pictures, tables):
        found += family.check(case)
    found += address_problems(repository, page)
    found += silence.check(case, BY_ID)
    kept, _ = silence.apply(case, found, BY_ID)
    return sorted(dict.fromkeys(kept), key=lambda problem: (problem.place, problem.rule))


def case_of(repository: Repository, notice: Notice, today: Callable[[], date | None] = lambda: None) -> Case:
    """The notice with everything around it that rules look at."""
    words = inserts.wording(repository.site, repository.shared[notice.language], notice.language)
    site = site_of(repository.site, words.inside(notice.facets))
    return Case(notice, site, repository, words, today)


def _score(outcome: completeness.Outcome, silenced: list[Silenced]) -> Score:
    rule = outcome.requirement.rule
    for item in silenced:
        if item.rule == rule.id:
            return Score(rule, State.SILENCED, item.reason)
    if not outcome.applies:
        return Score(rule, State.NOT_APPLICABLE)
    if outcome.in_words:
        return Score(rule, State.IN_WORDS)
    if not outcome.problems:
        return Score(rule, State.THERE)
    worst = State.MISSING if any(p.level is Level.ERROR for p in outcome.problems) else State.WARNED
    return Score(rule, worst, outcome.problems[0].message)
