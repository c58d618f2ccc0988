"""The words of one language that the retention grammar reads. Alternations are of regular expressions, in lower case."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from generator.content.periods.rule import Span, Standing, Trigger
from widget.record_period import Unit

T = TypeVar("T")


@dataclass(frozen=True)
class Vocabulary:
    """One language; `grammar.py` says how the parts go together."""

    language: str
    number: Callable[[str], int | None]
    """A count in words, such as `twenty-five`; None for other words."""
    units: Mapping[str, Unit]
    frame: str
    """Words before a period that add nothing: `for`, `a period of`."""
    up_to: str
    at_least: str
    ranges: str
    """Between the two ends of a range: `1-7`, `1 to 7`."""
    between: tuple[str, str]
    """Before and between the ends of a range that is named in two words: `between ... and ...`."""
    both: str
    """Between a shortest and a longest period: `and`, `but`."""
    current: str
    """`current financial year`, with the year as the group `span`."""
    bare_current: str
    """`current` without a year, where a period is added to it."""
    spans: Mapping[str, Span]
    plus: str
    standing: Mapping[Standing, str]
    triggers: Mapping[Trigger, str]
    determiner: str
    """Words that change nothing in a trigger: `the`, `your`."""
    after: str
    within: str
    """Before a period that ends sooner or later: `within 30 days of`."""
    until: str
    or_until: str
    unless: str
    """Before a case that changes a period without naming another."""
    limits: str
    """Before what a period is for: `for unsuccessful applicants`, `depending on the type of record`."""
    cases: str
    """Before the case of another period: `if`, `for`."""
    during: tuple[tuple[str, str], ...]
    """A time that something lasts, whose words are the first group, each with what a sentence puts before it."""
    lasting: str
    """States that last, as in `employment + 6 years`; events of one day (`end of employment`) are not here."""
    while_it_lasts: str
    """Before such a word in a sentence: `during`."""
    added: str
    """Between that time and a period after it, and before the period: `and then for a further`."""
    afterwards: str
    then: str
    """Between a period and what happens after it: `and then`, `after which it is`."""
    acts: str
    """Acts after it; the group `gone` is there where the record no longer is."""
    when: str
    """Between an act and an event: `deleted when you close your account`."""
    doing: str
    """Beginnings of a whole sentence on who removes a record; what is removed may follow before the period."""
    deleted: str
    """The act of such a sentence."""
    idle: str
    """Events that are missing during a period that starts anew with each use: `of inactivity`."""
    overwritten: str
    reviewed: str
    often: Mapping[str, str]
    stages: str
    fragments: str
    """Beginnings that are no sentence and add nothing: `kept for`."""
    sentences: str
    """Beginnings of a whole sentence, up to and including its verb; what is kept may follow before the period."""
    acted: str
    """Beginnings of a whole sentence on what happens to a record, up to what `acts` knows."""
    starts: str
    """Words that a period can start with."""
    negation: str
    no_longer: str
    """Words that make a negation a longest period: `longer than`, before a period."""

    def pattern(self, text: str) -> re.Pattern[str]:
        """A pattern in which `<name>` is the alternation of that name."""
        return re.compile(re.sub(r"(?<!\?P)<(\w+)>", lambda name: f"(?:{getattr(self, name[1])})", text), re.I)


def by_word(listed: Mapping[T, str], apart: str = " ") -> dict[str, T]:
    """Each word with what it is listed for; `apart` is the sign between the words of a list."""
    return {word: meaning for meaning, words in listed.items() for word in words.split(apart)}
