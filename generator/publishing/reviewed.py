"""Noting that somebody reviewed a notice and nothing had to change: a record of its own, and no version. Pure."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from datetime import date

from generator.versions import listing
from generator.versions.listing import Listing
from generator.versions.version import Version

_LINE = re.compile(rb"(?m)^review_by:[^\n]*$")
_MATTER = re.compile(rb"(?:\xef\xbb\xbf)?---[ \t]*\r?\n(?:.*\n)*?(?=(?:---|\.\.\.)[ \t]*\r?$)", re.M)


def plan(published: Sequence[Version], before: Listing | None, day: date, following: date) -> Listing:
    """The listing of a notice that was reviewed on a day and is due again on another.

    `published` are its newest versions, one a language, the main language first.
    """
    kept = before or listing.of(published, None)
    days = kept.reviewed if day in kept.reviewed else (*kept.reviewed, day)
    return dataclasses.replace(kept, review_by=following, reviewed=days)


def with_day(text: bytes, following: date) -> bytes:
    """A working text with the day of its next review, as a line of its front matter; one without front matter as it is."""
    matter = _MATTER.match(text)
    if matter is None:
        return text
    new = f"review_by: {following}".encode()
    if (line := _LINE.search(text, 0, matter.end())) is not None:
        end = b"\r" if line[0].endswith(b"\r") else b""
        return text[: line.start()] + new + end + text[line.end() :]
    end = b"\r\n" if b"\r\n" in matter[0] else b"\n"
    return text[: matter.end()] + new + end + text[matter.end() :]
