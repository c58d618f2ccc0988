"""In which order people read findings: what stops publishing first, then what matters to a resident or a court. Pure."""

from __future__ import annotations

from generator.problems import Level, Problem
from generator.rule import Family
from generator.rules.catalogue import BY_ID

_LEVELS = (Level.ERROR, Level.WARNING, Level.NOTE)
_FAMILIES = (
    Family.LAWFULNESS,
    Family.COMPLETENESS,
    Family.AUDIENCE,
    Family.WORDING,
    Family.LINKS,
    Family.TRANSLATION,
)
"""Families by weight; damaged input and contradictions come before them, because other findings may follow from those."""
IN_LAW = frozenset({"T03", "T04", "T05", "T06", "T07", "T08", "T15", "T16", "T18"})
"""Rules on words that leave a gap, a falsehood or a wrong law in the text: they weigh as much as what is missing."""
STYLE = frozenset({"T10", "T11", "T12", "T13", "T14", "B06", "K04", "K05", "K07", "K09", "K10", "K12"})
"""Rules on how a text reads: they come last."""


def weight(problem: Problem) -> tuple[int, int]:
    """The smaller, the more it matters."""
    level = _LEVELS.index(problem.level)
    if problem.rule in STYLE:
        return level, len(_FAMILIES) + 2
    rule = BY_ID.get(problem.rule)
    if problem.rule in IN_LAW:
        return level, _FAMILIES.index(Family.COMPLETENESS) + 1
    if rule is None or rule.family not in _FAMILIES:
        return level, 0
    return level, _FAMILIES.index(rule.family) + 1
