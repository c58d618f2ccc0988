"""Why a change cannot be published as it is described: its day is out of turn, or its kind says less than its words. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.content.model import Change, ChangeKind
from generator.markdown.render import Renderer, TooHard
from generator.problems import ContentError, Place, Problem, error
from generator.publishing.drafts import Draft
from generator.rules.text.rendering import too_hard
from generator.versions import kinds
from generator.versions.kinds import Reason
from generator.versions.section_html import frozen_form


def out_of_turn(draft: Draft, change: Change, on: date) -> list[Problem]:
    """A version that would start before it is published, or before the one before it."""
    place = draft.notice.place("change.effective")
    effective = change.effective or on
    if effective < on:
        message = f"The version would start on {effective}, before it is published on {on}."
        return [error("P02", place, message, "Give a day from today on, or leave `effective` out.")]
    if draft.last and effective < draft.last.effective:
        number, notice = draft.last.version, draft.notice.id
        message = f"Version {number} starts later, on {draft.last.effective}."
        remedy = (
            f"Let the new version start on that day or after it. To correct what counts today, call version {number} off first: "
            f"`noticeboard call-off {notice} {number}`. It can be published again afterwards: docs/editors.md, "
            "“Correct a mistake while a change is scheduled”."
        )
        return [error("P02", place, message, remedy)]
    return []


def kind_too_low(group: list[Draft], change: Change) -> Iterator[Problem]:
    """A problem where a text differs by more than the kind allows, with the words that decide it."""
    if not any(draft.last for draft in group):
        return  # of a first version nothing can be said
    for draft in group:
        if not draft.changed:
            continue
        try:
            found = _reasons(draft)
        except TooHard as failure:
            raise ContentError([too_hard(Place(draft.notice.file))]) from failure
        needed = kinds.least(found)
        if kinds.RANK[needed] <= kinds.RANK[change.kind]:
            continue
        because = [reason.text for reason in found if kinds.RANK[reason.kind] > kinds.RANK[change.kind]]
        more = f" (and {len(because) - 3} more)" if len(because) > 3 else ""
        message = f"This is more than a {change.kind}: {'; '.join(because[:3])}{more}."
        remedy = f"Publish it as `{needed}`, or undo what decides it and publish that on its own."
        yield error("P05", draft.notice.place("change.kind"), message, remedy)


def _reasons(draft: Draft) -> list[Reason]:
    if draft.last is None:
        return [Reason(ChangeKind.CLARIFICATION, "the language is new")]
    return kinds.reasons(draft.last, frozen_form(draft.version, Renderer()), Renderer())
