"""A rule: its id, what it looks for, why, and an example that breaks it beside one that keeps it.

Each room writes its rules beside the code that raises them; `rules/catalogue.py` collects them all. docs/rules.md is
written from these values, and the tests run every example.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from generator.problems import Level, Place, Problem
from generator.scene import Scene


class Family(StrEnum):
    """The value is the heading in docs/rules.md."""

    FILE = "The file"
    FACETS = "Facts"
    BODY = "The body"
    SHARED = "Shared wording"
    CONSISTENCY = "Facts that agree"
    COMPLETENESS = "Completeness"
    LAWFULNESS = "Lawfulness"
    WORDING = "Wording"
    AUDIENCE = "Children and easy read"
    TRANSLATION = "Translation"
    EXCHANGE = "Files from a translator"
    LINKS = "Links, headings and pictures"
    SILENCE = "Rules that are silenced"
    HISTORY = "Published versions"
    PUBLISHING = "Publishing"
    RETRACTING = "Taking a version down"
    WORDS = "Words of the templates"
    OUTPUT = "Building"


SILENCEABLE = frozenset(
    {Family.COMPLETENESS, Family.LAWFULNESS, Family.WORDING, Family.AUDIENCE, Family.TRANSLATION, Family.LINKS}
    | {Family.SHARED}
)
"""Families whose rules a notice may silence with a reason. Damaged input and contradictions are never silenced."""


@dataclass(frozen=True)
class Example:
    """How a sound notice is changed so that it breaks or keeps a rule: keys replaced or taken out, another body.

    `file` is the whole file instead; `welsh` replaces keys of the Welsh twin, and makes the site bilingual.
    `pictures` are the names of pictures that lie beside the notice.
    """

    front: str = ""
    body: str = ""
    without: tuple[str, ...] = ()
    site: str = ""
    site_without: tuple[str, ...] = ()
    file: str | None = None
    welsh: str | None = None
    welsh_body: str = ""
    languages: str = ""
    pictures: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    """`fails` and `passes` are examples on one sound notice, or scenes where it takes more files or a command."""

    id: str
    family: Family
    level: Level
    title: str
    looks_for: str
    own_why: str
    """Why it exists, where no file of law says so; `why` of the catalogue has both."""
    fails: Example | Scene
    passes: Example | Scene

    @property
    def silenceable(self) -> bool:
        return self.family in SILENCEABLE

    def problem(self, place: Place, message: str, remedy: str, level: Level | None = None) -> Problem:
        """The rule's finding at a place, at the rule's own level unless another is given."""
        return Problem(self.id, level or self.level, place, message, remedy)


BY_LAW = ""
"""In place of `own_why`: a file of law says why."""
ERROR, WARNING, NOTE = Level.ERROR, Level.WARNING, Level.NOTE
