"""Whether a version may be published that site.yml wants approved: an approval names the very text, and is somebody
else's. Pure.

The digest is over what would be frozen in all languages, with kind, summary and day, and without what publishing
adds: the number, the version before, the approval, and dates that are worked out anew each night.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from generator.problems import Place, Problem
from generator.publishing.faults import P03
from generator.publishing.review_file import Approval, Review
from generator.versions import version as versions
from generator.versions.version import Version

WORKED_ON = date(2000, 1, 1)
"""The day with which worked dates are made for the digest: any day, and always the same one."""

NO_REVIEW = Review()


@dataclass(frozen=True)
class Evidence:
    """The evidence about a notice's text: its review, and who saved a part of it since the last version, by name or
    address."""

    review: Review = NO_REVIEW
    saved_by: Collection[str] = ()


def digest(group: Iterable[Version], starts: date | None) -> str:
    """The SHA-256 of the text of these versions, one a language in the site's order, worked out as of `WORKED_ON`.

    `starts` is the day that the change names; without one the version starts on the day of publishing, whichever it is.
    """
    plain = (
        dataclasses.replace(
            version,
            version=0,
            published=date.min,
            effective=starts or date.min,
            previous="",
            cites=(),
            approved_on="",
            approved_role="",
        )
        for version in group
    )
    return versions.digest(b"".join(map(versions.freeze, plain)))


def granted(evidence: Evidence, wanted: str) -> Approval | None:
    """The newest approval of the text of a digest by somebody who saved no part of it; None where nobody's work is
    known."""
    if not evidence.saved_by:
        return None
    valid = (one for one in reversed(evidence.review.approvals) if one.digest == wanted)
    return next((one for one in valid if not is_one_of(one.by, evidence.saved_by)), None)


def is_one_of(name: str, people: Collection[str]) -> bool:
    """Whether a name or address is one of these, whatever their case and spaces."""
    return _plain(name) in {_plain(one) for one in people}


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def missing(notice: str, file: str, evidence: Evidence, wanted: str) -> Problem:
    """Why the text of a digest may not be published yet, and what to do."""
    place = Place(file)
    approvals = evidence.review.approvals
    ask = f"Ask somebody who wrote none of it to run: noticeboard approve {notice} --by NAME --role ROLE"
    if not evidence.saved_by:
        message = "site.yml asks for approval, and nobody knows who wrote this text: version control does not say."
        return P03.problem(place, message, "Name who wrote it with --by, or set git's user.name.")
    if not approvals:
        return P03.problem(place, "site.yml asks for approval, and nobody approved this text.", f"{ask}.")
    if any(one.digest == wanted for one in approvals):
        message = "The approval is by somebody who wrote part of this text: one person alone cannot publish."
        return P03.problem(place, message, f"{ask}.")
    last = approvals[-1]
    if last.words:
        takes = "; ".join(f"“{words.new}” for “{words.old}” ({words.language})" for words in last.words)
        message = f"{last.by} ({last.role}) approved this text with other words on {last.on}, and no other text."
        return P03.problem(place, message, f"Take these words in, and change nothing else: {takes}.")
    message = f"{last.by} ({last.role}) approved another text on {last.on}: the text, its kind, its summary or its day changed since."
    return P03.problem(place, message, f"{ask}. Or put back what was approved.")
