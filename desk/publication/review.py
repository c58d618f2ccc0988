"""Asking, answering and approving, as changes of a notice's `review.yml`, and where a text is between them. Pure."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from generator.publishing import approval
from generator.publishing.approval import Evidence
from generator.publishing.review_file import Approval, Remark, Review, Words


class State(StrEnum):
    """Where the text of a digest stands."""

    NOT_ASKED = "not-asked"
    ASKED = "asked"
    ASKED_BEFORE = "asked-before"
    """Approval was asked for another text: this one changed since."""
    RETURNED = "returned"
    APPROVED = "approved"
    APPROVED_WITH_WORDS = "approved-with-words"
    """Approved once the editor has taken in the approver's words."""
    OWN_APPROVAL = "own-approval"
    """The approver saved a part of it."""


@dataclass(frozen=True)
class Standing:
    """Where a text stands: its state, the approval that counts or waits for its words, and the remarks about this
    text."""

    state: State
    approval: Approval | None = None
    remarks: tuple[Remark, ...] = ()


def standing(evidence: Evidence, wanted: str) -> Standing:
    """Where the text of the digest `wanted` stands, by its review and by those who saved a part of it."""
    review = evidence.review
    own = tuple(one for one in review.remarks if one.digest == wanted)
    if (granted := approval.granted(evidence, wanted)) is not None:
        return Standing(State.APPROVED, granted, own)
    if any(one.digest == wanted for one in review.approvals):
        return Standing(State.OWN_APPROVAL, None, own)
    waiting = review.approvals[-1] if review.approvals and review.approvals[-1].words else None
    if waiting is not None and waiting.read == wanted:
        return Standing(State.APPROVED_WITH_WORDS, waiting, own)
    if any(one.digest == wanted for one in review.returned):
        return Standing(State.RETURNED, None, own)
    if any(one.digest == wanted for one in review.requests):
        return Standing(State.ASKED, None, own)
    return Standing(State.ASKED_BEFORE if review.requests else State.NOT_ASKED, None, own)


def standing_answers(evidence: Evidence, wanted: str) -> tuple[Remark, ...]:
    """Changes that approvers asked for in the text of a digest, and that no later request took back."""
    return tuple(one for one in evidence.review.returned if one.digest == wanted)


def asked(review: Review, wanted: str, by: str, on: date, text: str = "") -> Review:
    """With a request for approval; the same text is asked for once, however often the form is sent."""
    if any(one.digest == wanted for one in review.requests) and not any(
        one.digest == wanted for one in review.returned
    ):
        return review
    kept = tuple(one for one in review.returned if one.digest != wanted)
    return dataclasses.replace(review, requests=(*review.requests, Remark(wanted, by, on, text)), returned=kept)


def remarked(review: Review, remark: Remark) -> Review:
    """With a remark; the same one is kept once."""
    return review if remark in review.remarks else dataclasses.replace(review, remarks=(*review.remarks, remark))


def returned(review: Review, wanted: str, by: str, on: date, text: str) -> Review:
    """With the answer that the text needs changes."""
    said = Remark(wanted, by, on, text)
    return review if said in review.returned else dataclasses.replace(review, returned=(*review.returned, said))


def approved(review: Review, granted: Approval) -> Review:
    """With an approval; the same one is kept once."""
    return (
        review if granted in review.approvals else dataclasses.replace(review, approvals=(*review.approvals, granted))
    )


def replacements(remarks: Sequence[Remark]) -> tuple[Words, ...]:
    """The words that remarks put in place of others, each once."""
    return tuple(dict.fromkeys(words for remark in remarks for words in remark.words))


def may_approve(evidence: Evidence, *names: str) -> bool:
    """Whether somebody, known by name and address, saved no part of the text, as far as anybody knows who did."""
    saved_by: Collection[str] = evidence.saved_by
    return bool(saved_by) and not any(approval.is_one_of(name, saved_by) for name in names)
