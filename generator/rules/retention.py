"""Retention rules that the grammar does not know: they are published as written, and the editor is told."""

from __future__ import annotations

from collections.abc import Iterator

from generator import retention
from generator.errors import Problem, warning
from generator.model import Notice

REMEDY = "Write a period, such as `2 years`, `up to 50 years` or `permanently`, and put what it runs from into `after`."


def check(notice: Notice) -> Iterator[Problem]:
    """R01: `keep` is not understood, so nothing can be worked out from it."""
    for index, row in enumerate(notice.facets.retention):
        rule = retention.read(row.keep or "", row.after or "")
        if row.keep and isinstance(rule.keep, retention.Unread):
            message = f"`{row.keep[:80]}` is not understood as a time; it is published as written."
            if row.after and not isinstance(retention.read(row.keep).keep, retention.Unread):
                message = f"`{row.keep[:80]}` and `after` do not go together; they are published as written."
            yield warning("R01", notice.place(f"retention.{index}.keep"), message, REMEDY)
