"""How a notice stands to what the law has it say (N01 to N18).

A notice that is published as written shows its facts to readers and not to this program: words that speak of a requirement
count there, and what is missing is a warning.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from generator.problems import Level, Place, Problem
from generator.rules.case import Case
from generator.rules.law import missing, required
from generator.rules.rule import Rule
from generator.wording.compose import has_standard_sections


@dataclass(frozen=True)
class Requirement:
    """One row of the law's list: when it applies, what is missing, and words by which prose shows that it is there."""

    rule: Rule
    find: Callable[[Case], Iterable[Problem]]
    applies: Callable[[Case], bool] = lambda _case: True
    signs: str = ""
    from_site: bool = False
    always: bool = False
    """Whether it stops publishing although the notice does not say `complete: yes`: what residents are asked hangs on it."""


REQUIREMENTS = (
    Requirement(required.N01, missing.controller, signs=r"controller|council|rheolydd|cyngor", from_site=True),
    Requirement(required.N02, missing.representative, missing.has_representative),
    Requirement(
        required.N03, missing.officer, signs=r"data protection officer|\bDPO\b|swyddog diogelu data", from_site=True
    ),
    Requirement(required.N04, missing.purposes, signs=r"\bwe (?:will )?use\b|purpose|why we|diben|defnyddi"),
    Requirement(
        required.N05, missing.bases, signs=r"lawful basis|legal basis|article 6|6\(1\)|sail gyfreithiol|erthygl 6"
    ),
    Requirement(required.N06, missing.interests, missing.rests_on_interests),
    Requirement(
        required.N07,
        missing.data,
        signs=r"information we (?:collect|hold|use|process)|personal data|categories|gwybodaeth",
    ),
    Requirement(required.N08, missing.sharing, signs=r"\bshar(?:e|ing|ed)\b|recipient|rhannu"),
    Requirement(
        required.N09, missing.transfers, signs=r"outside (?:of )?the|overseas|abroad|transfer|dramor|y tu allan"
    ),
    Requirement(required.N10, missing.retention, signs=r"\bkeep\b|\bkept\b|retention|retain|how long|cadw"),
    Requirement(required.N11, missing.rights, signs=r"\byour rights\b|right to|right of|hawl"),
    Requirement(required.N12, missing.withdrawal, missing.rests_on_consent, always=True),
    Requirement(
        required.N13,
        missing.commissioner,
        signs=r"information commission|\bICO\b|comisiynydd gwybodaeth",
        from_site=True,
    ),
    Requirement(required.N13B, missing.council, signs=r"complain|gwyn(?:o|ion)\b|cwyno", from_site=True),
    Requirement(
        required.N14,
        missing.sources,
        signs=r"\bfrom you\b|you (?:give|provide|tell)|we (?:get|receive|collect)|gennych",
    ),
    Requirement(
        required.N15,
        missing.must_provide,
        Case.from_person,
        signs=r"(?:have|need) to (?:give|provide)|must (?:give|provide)",
    ),
    Requirement(required.N16, missing.automated, signs=r"automated|profiling|computer|awtomat|human intervention"),
    Requirement(required.N17, missing.conditions, missing.sensitive),
    Requirement(required.N18, missing.told_before, missing.changes_purpose, always=True),
)
RULES = tuple(requirement.rule for requirement in REQUIREMENTS)


def _said_in_words(case: Case, requirement: Requirement) -> bool:
    """Whether a notice that is published as written shows by its words that it says what is required."""
    return bool(case.as_written and requirement.signs and re.search(requirement.signs, case.prose, re.I))


@dataclass(frozen=True)
class Outcome:
    """How a notice stands to one requirement: whether it applies, is said in words, and else what is missing."""

    requirement: Requirement
    applies: bool
    in_words: bool = False
    problems: tuple[Problem, ...] = ()


def outcomes(case: Case) -> list[Outcome]:
    """Every requirement, looked for once."""
    return [_outcome(case, requirement) for requirement in REQUIREMENTS]


def _outcome(case: Case, requirement: Requirement) -> Outcome:
    if not (case.law.asks_for(requirement.rule.id) and requirement.applies(case)):
        return Outcome(requirement, applies=False)
    if _said_in_words(case, requirement):
        return Outcome(requirement, applies=True, in_words=True)
    if case.as_written and requirement.from_site and not has_standard_sections(case.facets):
        return Outcome(requirement, applies=True, problems=(_unseen(case, requirement),))
    found = tuple(requirement.find(case))
    gradual = not (case.facets.complete or requirement.always)
    return Outcome(requirement, applies=True, problems=tuple(map(_warned, found)) if gradual else found)


def _warned(problem: Problem) -> Problem:
    """A fact that is missing where the notice does not say that it has them all: facts are added one at a time."""
    return dataclasses.replace(problem, level=Level.WARNING)


def _unseen(case: Case, requirement: Requirement) -> Problem:
    """For what site.yml knows: a notice published as written gets no standard sections, so its own text must say it."""
    message = f"This text does not seem to say: {requirement.rule.title[:1].lower()}{requirement.rule.title[1:]}."
    remedy = "Say it in the text, or add facts, which bring the standard sections with them."
    return requirement.rule.problem(Place(case.notice.file), message, remedy, Level.WARNING)


def problems(stands: Iterable[Outcome]) -> Iterator[Problem]:
    """Everything that the law has a notice say and that this one does not."""
    for outcome in stands:
        yield from outcome.problems
