"""T06: law that is repealed or renamed, what it once asked for, and contacts that the regulator no longer has."""

from __future__ import annotations

from collections.abc import Iterator

from generator.law.entries import Replaced
from generator.problems import Level, Problem
from generator.rule import BY_LAW, ERROR, Example, Family, Rule
from generator.rules.case import Case

T06 = Rule(
    "T06",
    Family.WORDING,
    ERROR,
    "Law that is no longer in force",
    "Repealed and renamed law (the Data Protection Act 1998, Article 22, Privacy Shield), what it asked for (£10, 40 days), and old "
    "contacts of the regulator. docs/law.md has the whole list, with the day since which each is wrong and whether it is an error.",
    BY_LAW,
    Example(body="We follow the Data Protection Act 1998."),
    Example(body="We follow the Data Protection Act 2018 and the Human Rights Act 1998."),
)


def check(case: Case) -> Iterator[Problem]:
    """Each place where the text has words that are wrong on the day of the check."""
    prose = case.prose.lower()
    for entry in case.law.replaced:
        if entry.may_be_in(prose):
            yield from _found(case, entry)


def _found(case: Case, entry: Replaced) -> Iterator[Problem]:
    for passage in case.passages:
        if not entry.may_be_in(passage.text.lower()):
            continue
        for found in entry.found_in(passage.text):
            message = f"“{found[0].strip()}” is no longer right ({entry.cited})."
            yield T06.problem(passage.place(found.start()), message, entry.instead, Level(entry.level))
