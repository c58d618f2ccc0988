"""How a notice stands to what the law has it say (N01 to N18).

A notice that is published as written shows its facts to readers and not to this program: words that speak of a
requirement count there, and what is missing is a warning.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from generator.content.facets import FACETS
from generator.problems import Level, Place, Problem
from generator.rule import Rule
from generator.rules.case import Case
from generator.rules.law import missing, required
from generator.rules.prose.judgement import NOTHING, Answer, Judgement, judged
from generator.wording.compose import has_standard_sections


@dataclass(frozen=True)
class Requirement:
    """One row of the law's list: when it applies, and what is missing. `prose` has the signs by which words say it."""

    rule: Rule
    find: Callable[[Case], Iterable[Problem]]
    applies: Callable[[Case], bool] = lambda _case: True
    facet: str = ""
    """The facet that states it; where a notice lacks it, its words are asked."""
    from_site: bool = False
    always: bool = False
    """Whether it stops publishing although the notice does not say `complete: yes`: what residents are asked hangs on
    it."""


REQUIREMENTS = (
    Requirement(required.N01, missing.controller, from_site=True),
    Requirement(required.N02, missing.representative, missing.has_representative),
    Requirement(required.N03, missing.officer, from_site=True),
    Requirement(required.N04, missing.purposes, facet="purposes"),
    Requirement(required.N05, missing.bases, facet="lawful_bases"),
    Requirement(required.N06, missing.interests, missing.rests_on_interests),
    Requirement(required.N07, missing.data, facet="data"),
    Requirement(required.N08, missing.sharing, facet="sharing"),
    Requirement(required.N09, missing.transfers, facet="transfers"),
    Requirement(required.N10, missing.retention, facet="retention"),
    Requirement(required.N11, missing.rights, facet="lawful_bases"),
    Requirement(required.N12, missing.withdrawal, missing.rests_on_consent, always=True),
    Requirement(required.N13, missing.commissioner, from_site=True),
    Requirement(required.N13B, missing.council, from_site=True),
    Requirement(required.N14, missing.sources, facet="sources"),
    Requirement(required.N15, missing.must_provide, Case.from_person, facet="must_provide"),
    Requirement(required.N16, missing.automated, facet="automated_decisions"),
    Requirement(required.N17, missing.conditions, missing.sensitive),
    Requirement(required.N18, missing.told_before, missing.changes_purpose, always=True),
)
RULES = tuple(requirement.rule for requirement in REQUIREMENTS)


@dataclass(frozen=True)
class Outcome:
    """How a notice meets one requirement: whether it applies, what its words say where they are asked, what is wrong.

    `absent`: neither a fact nor the words speak of it. Otherwise its problems are gaps in a fact.
    """

    requirement: Requirement
    applies: bool
    words: Judgement = NOTHING
    absent: bool = False
    problems: tuple[Problem, ...] = ()


def outcomes(case: Case) -> list[Outcome]:
    """Every requirement, looked for once."""
    return [_outcome(case, requirement) for requirement in REQUIREMENTS]


def _outcome(case: Case, requirement: Requirement) -> Outcome:
    if not (case.law.asks_for(requirement.rule.id) and requirement.applies(case)):
        return Outcome(requirement, applies=False)
    if not _words_count(case, requirement):
        found = tuple(requirement.find(case))
        absent = bool(requirement.facet) and case.lacks(requirement.facet)
        gradual = not (case.facets.complete or requirement.always)
        return Outcome(requirement, True, absent=absent, problems=tuple(map(_warned, found)) if gradual else found)
    words = judged(case.said, requirement.rule.id)
    if words.answer is Answer.YES:
        return Outcome(requirement, True, words)
    return Outcome(requirement, True, words, absent=True, problems=(_unsaid(case, requirement, words),))


def _words_count(case: Case, requirement: Requirement) -> bool:
    """Whether the text must say it: no fact does, and the notice does not promise to have all facts.

    site.yml speaks only in notices with facts, because only they get the standard sections.
    """
    if requirement.from_site:
        return case.as_written and not has_standard_sections(case.facets)
    if not requirement.facet or not case.lacks(requirement.facet):
        return False
    return not case.facets.complete or case.section(FACETS[requirement.facet].sections[0]) is not None


def _warned(problem: Problem) -> Problem:
    """A fact that is missing where the notice does not say that it has them all: facts are added one at a time."""
    return dataclasses.replace(problem, level=Level.WARNING)


def _unsaid(case: Case, requirement: Requirement, words: Judgement) -> Problem:
    """Requirements that the words leave out, or meet so loosely that a person must look."""
    title = f"{requirement.rule.title[:1].lower()}{requirement.rule.title[1:]}"
    remedy = "Say it in the text, or add facts, which bring the standard sections with them."
    if requirement.facet:
        remedy = f"Say it in the text, or add `{requirement.facet}`."
    if words.statement is None:
        own = case.section(FACETS[requirement.facet].sections[0]) if requirement.facet else None
        place, message = own.place if own else Place(case.notice.file), f"This text does not say: {title}."
    else:
        place = words.statement.place
        message = f"This text says only perhaps: {title}. It says: «{words.statement.quote}»"
        remedy = remedy.replace("Say it in the text", "Say it plainly")
    return requirement.rule.problem(place, message, remedy, Level.WARNING)


def problems(stands: Iterable[Outcome]) -> Iterator[Problem]:
    """Everything that the law has a notice say and that this one does not."""
    for outcome in stands:
        yield from outcome.problems
