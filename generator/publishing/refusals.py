"""Why a change cannot be published as it is described: its day is out of turn, or its kind says less than its words. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.content.model import Change, ChangeKind
from generator.markdown import render
from generator.markdown.render import TooHard
from generator.problems import ContentError, Place, Problem
from generator.publishing.drafts import Draft
from generator.publishing.faults import P02, P05
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
        return [P02.problem(place, message, "Give a day from today on, or leave `effective` out.")]
    if draft.last and effective < draft.last.effective:
        number, notice = draft.last.version, draft.notice.id
        message = f"Version {number} starts later, on {draft.last.effective}."
        remedy = (
            f"Let the new version start on that day or after it. To correct what counts today, call version {number} off first: "
            f"`noticeboard call-off {notice} {number}`. It can be published again afterwards: docs/editors.md, "
            "“Correct a mistake while a change is scheduled”."
        )
        return [P02.problem(place, message, remedy)]
    return []


def kind_too_low(group: list[Draft], change: Change, *, same_meaning: bool) -> Iterator[Problem]:
    """A problem where a text differs by more than the kind allows, with the words that decide it.

    With `same_meaning` the editor answers for the words: facts alone decide, and every change of words is a clarification.
    """
    if not any(draft.last for draft in group):
        return  # of a first version nothing can be said
    for draft in group:
        if not draft.changed:
            continue
        try:
            found = [reason for reason in reasons(draft) if reason.certain or not same_meaning]
        except TooHard as failure:
            raise ContentError([too_hard(Place(draft.notice.file))]) from failure
        needed = kinds.least(found)
        if kinds.RANK[needed] <= kinds.RANK[change.kind]:
            continue
        by_facts = kinds.least([reason for reason in found if reason.certain])
        because = [reason.text for reason in found if reason.kind is needed]
        more = f" (and {len(because) - 3} more)" if len(because) > 3 else ""
        is_more = "is more" if by_facts == needed else "reads like more"
        message = f"This {is_more} than a {change.kind}: {'; '.join(because[:3])}{more}."
        yield P05.problem(draft.notice.place("change.kind"), message, _instead(needed, by_facts))


def _instead(needed: ChangeKind, by_facts: ChangeKind) -> str:
    """How to publish a change that is more than was said; words alone leave the choice to their editor."""
    if by_facts == needed:
        return f"Publish it as `{needed}`, or undo what decides it and publish that on its own."
    lesser = max(by_facts, ChangeKind.CLARIFICATION, key=kinds.RANK.__getitem__)
    return (
        f"Publish it as `{needed}`, or as `new-purpose` where information is used for something new. "
        f"If it means the same to residents as before, publish it as `{lesser}` with --same-meaning."
    )


def reasons(draft: Draft) -> list[Reason]:
    """Everything that is more than a slip in one language of a text. `TooHard` where it takes too long to render.

    Of a language that lacks versions, what is no more than these said of their change is told already: it clarifies.
    """
    if draft.last is None:
        return [Reason(ChangeKind.CLARIFICATION, "the language is new")]
    found = kinds.reasons(draft.last, frozen_form(draft.version, render.kept()), render.kept())
    if draft.declared is None:
        return found
    told = [one for one in found if kinds.RANK[one.kind] > kinds.RANK[draft.declared]]
    return [*told, Reason(ChangeKind.CLARIFICATION, "the language follows the changes of earlier versions")]
