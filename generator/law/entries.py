"""The kinds of entries in the files of law, each with its source and the days on which it holds. Values.

docs/law.md explains their keys to the officer who changes them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Entry:
    """`start` and `end` are the first and the last day on which it holds; `awaits` says what gives a day not known yet."""

    id: str
    source: str
    start: date | None = None
    end: date | None = None
    awaits: str = ""
    checked: str = ""
    """Where somebody has compared it with a published text, or what of it nobody has."""

    def holds(self, on: date) -> bool:
        """Whether it is the law on a day."""
        return self.start is not None and self.start <= on and (self.end is None or on <= self.end)

    @property
    def cited(self) -> str:
        """The source, and since when, as a finding names them."""
        return f"{self.source}, since {plain_date(self.start)}" if self.start else self.source


@dataclass(frozen=True, kw_only=True)
class Day(Entry):
    """A day by name, so that several entries change on it together: they write `from = "its-id"`."""


@dataclass(frozen=True, kw_only=True)
class Duty(Entry):
    """Why a rule of the check exists: `id` is the rule's. The rule is silent on days on which its duty does not hold."""

    says: str = ""

    @property
    def why(self) -> str:
        """A sentence for docs/rules.md."""
        return f"{self.source}: {self.says}." if self.says else f"{self.source}."


@dataclass(frozen=True, kw_only=True)
class Basis(Entry):
    """A point of article 6(1) and the rights that follow from it, by the names of `content.rights.Right`."""

    rights: tuple[str, ...]
    not_for_tasks: bool = False
    """A public authority may not use it in performing its tasks."""


@dataclass(frozen=True, kw_only=True)
class Named(Entry):
    """One item of a closed list, with a pattern by which texts are seen to mean it."""

    name: str
    words: re.Pattern[str]


@dataclass(frozen=True, kw_only=True)
class Condition(Named):
    """A recognised legitimate interest: UK GDPR Annex 1."""


@dataclass(frozen=True, kw_only=True)
class Safeguard(Named):
    """A safeguard for automated decisions: UK GDPR article 22C."""


@dataclass(frozen=True, kw_only=True)
class Adequate(Entry):
    """Countries whose protection UK law holds adequate: ISO 3166 codes, and names beside those of CLDR."""

    countries: tuple[str, ...]
    names: tuple[str, ...] = ()
    only: str = ""
    """For whom it holds, where not for everybody."""
    words: re.Pattern[str] | None = None
    level: str = "error"


@dataclass(frozen=True, kw_only=True)
class Replaced(Entry):
    """Words that are wrong since a day, and what to write instead."""

    words: re.Pattern[str]
    needles: tuple[str, ...]
    """Lower-case texts of which each match has one: where a notice has none of them, nothing is searched for."""
    instead: str
    level: str
    near: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None

    def may_be_in(self, lower_case: str) -> bool:
        """Whether a text in lower case has one of the needles, so that a search of its passages may find something."""
        return any(needle in lower_case for needle in self.needles)

    def found_in(self, text: str) -> list[re.Match[str]]:
        """Where a passage has the words, unless their sentence says that they are meant otherwise."""
        return [found for found in self.words.finditer(text) if self._is_meant(text, found)]

    def _is_meant(self, text: str, found: re.Match[str]) -> bool:
        """Whether `near` is in the sentence or the one before it, and `unless` is not in the sentence."""
        before, after = text[max(found.start() - AROUND, 0) : found.start()], text[found.end() : found.end() + AROUND]
        *_, earlier, start = "", *_SENTENCE_END.split(before)
        sentence = f"{start}{found[0]}{_SENTENCE_END.split(after, maxsplit=1)[0]}"
        if self.near and not self.near.search(f"{earlier} {sentence}"):
            return False
        return not (self.unless and self.unless.search(sentence))


AROUND = 300
"""How many characters before and after some words are looked at: a long text costs no more than its length."""
_SENTENCE_END = re.compile(r"[.!?][)\"”’]?\s")


@dataclass(frozen=True, kw_only=True)
class Regulator(Entry):
    """The regulator's name and contacts; `name` has its article, `insert` has none."""

    website: str
    complaint: str
    phone: str
    name: Mapping[str, str]
    insert: Mapping[str, str]


KINDS: Mapping[str, type[Entry]] = {
    "day": Day,
    "rule": Duty,
    "basis": Basis,
    "condition": Condition,
    "safeguard": Safeguard,
    "adequate": Adequate,
    "replaced": Replaced,
    "regulator": Regulator,
}
"""The tables that a file of law may have."""


def plain_date(on: date | None) -> str:
    """A day as messages write it: 5 February 2026."""
    return f"{on.day} {on:%B %Y}" if on else ""
