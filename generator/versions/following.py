"""Languages that follow later: a version lacks them, and says by which day they are added and why. Pure.

A version whose text is there in fewer languages than its notice has says so in its `change`. It holds until
a version has the language again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from generator.content.model import ChangeKind
from generator.versions.version import Version
from widget.manifest import Following

NEAR = 7
"""How many days ahead a day counts as near."""


def awaited(main: Sequence[Version], own: Sequence[Version], language: str) -> Following | None:
    """The newest version's day for a language that it lacks; None where it has the language or says nothing.

    `main` are the versions of the notice's main language and `own` those of that language, oldest first, without those
    that were called off.
    """
    if not main or (own and own[-1].version >= main[-1].version):
        return None
    return main[-1].change.following(language)


def declared(main: Sequence[Version], own: Sequence[Version]) -> ChangeKind | None:
    """The most that versions said of their change which a language lacks; None where it lacks none.

    A translation that carries those changes later tells nothing new.
    """
    newest = own[-1].version if own else 0
    kinds = [version.change.kind for version in main if version.version > newest]
    return max(map(ChangeKind, kinds), key=list(ChangeKind).index, default=None) if own else None


def is_near(following: Following, on: date) -> bool:
    """Whether the day is at most `NEAR` days ahead, or over."""
    return (following.by - on).days <= NEAR


def is_overdue(following: Following, on: date) -> bool:
    """Whether the day is over."""
    return following.by < on
