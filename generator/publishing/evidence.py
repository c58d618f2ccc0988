"""The evidence about a notice's text that somebody is to approve: its review on disk, and those who saved a part of
it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from generator.problems import ContentError, Place
from generator.publishing import authors, review_file
from generator.publishing.approval import Evidence
from generator.publishing.faults import P03
from generator.publishing.review_file import Review
from generator.repository import CONTENT


def evidence_of(root: Path, notice: str, by: str | None, others: Iterable[str] = ()) -> Evidence:
    """The evidence of review.yml and git about a notice's text. `ContentError` where review.yml cannot be read.

    `others` saved a part of it too, as another record than git's says.
    """
    return Evidence(review_of(root, notice), authors.saved_by(root, notice, by) | frozenset(others))


def review_of(root: Path, notice: str) -> Review:
    """The review in review.yml; an empty one where there is none. `ContentError` where it cannot be read."""
    path = root / CONTENT / review_file.name(notice)
    try:
        return review_file.read(path.read_bytes(), path.name) if path.is_file() else Review()
    except ValueError as failure:
        place = Place(f"{CONTENT}/{review_file.name(notice)}")
        remedy = "Restore it from version control; `noticeboard approve` writes it."
        raise ContentError([P03.problem(place, f"This review cannot be read: {failure}.", remedy)]) from failure
