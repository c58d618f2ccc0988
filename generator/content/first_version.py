"""The start of every new notice, whether an editor writes it (`new`), imports it (`import`) or starts a site (`init`). Pure."""

from __future__ import annotations

from datetime import date

CHANGE = (
    "# What `noticeboard publish` writes down about this version. Change it for the next one.",
    "change:",
    "  kind: material",
    "  summary: This is the first version of this notice.",
)
"""The lines of front matter that say how a first version came to be."""


def review_by(on: date) -> date:
    """The day on which a notice that starts on a day must be looked at again: a year later."""
    return date(on.year + 1, on.month, 28 if (on.month, on.day) == (2, 29) else on.day)
