"""The problem of a version that somebody names and that was never published."""

from __future__ import annotations

from collections.abc import Iterable

from generator.problems import Place, Problem
from generator.publishing.faults import R02
from generator.repository import CONTENT
from generator.versions.version import Version


def unknown(ever: Iterable[Version], notice: str, number: int) -> Problem:
    """That a notice has no version of that number, and which it has; `ever` is everything published."""
    numbers = sorted({v.version for v in ever if v.notice == notice})
    message = f"`{notice}` has no version {number}."
    remedy = f"It has these: {', '.join(map(str, numbers))}." if numbers else "Nothing was published under that name."
    return R02.problem(Place(f"{CONTENT}/{notice}"), message, remedy)
