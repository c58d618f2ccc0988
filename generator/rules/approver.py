"""Approval that is written into a notice: it counts no more, since nothing ties it to the text that was approved."""

from __future__ import annotations

from collections.abc import Iterator

from generator.content.model import Notice
from generator.problems import Problem
from generator.rule import WARNING, Example, Family, Rule

P08 = Rule(
    "P08",
    Family.PUBLISHING,
    WARNING,
    "An approval that counts no more",
    "`approved_by` or `approved_on` in `change`.",
    "UK GDPR article 5(2): an approval must name the text that it approved, and stay true when the text changes.",
    Example("change: {kind: material, summary: First., approved_by: Head of libraries, approved_on: 2026-11-01}"),
    Example("change: {kind: material, summary: First.}"),
)


def check(notice: Notice) -> Iterator[Problem]:
    """A warning where the notice itself says that somebody approved it."""
    change = notice.facets.change
    if change is not None and (change.approved_by or change.approved_on):
        key = "approved_by" if change.approved_by else "approved_on"
        remedy = f"Take it out. Who approves it runs: noticeboard approve {notice.id} --by NAME --role ROLE."
        yield P08.problem(notice.place(f"change.{key}"), f"`{key}` is ignored: nothing ties it to this text.", remedy)
