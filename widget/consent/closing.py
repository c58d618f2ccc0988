"""That somebody dealt with a letter that reached nobody, as a council's system says it. Pure.

It is about a letter and no act of a person: it is noted beside the letter, not in the ledger.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from widget.consent.input import CONTROL
from widget.consent.report_input import LONGEST_BY
from widget.errors import Refusal, Wrong

KEYS = frozenset({"how", "by"})


class Closing(StrEnum):
    """How somebody dealt with a letter."""

    REACHED = "reached"
    """The person or the service was reached in another way."""
    MENDED = "mended"
    """The address was put right; later letters go there."""
    NO_WAY = "no-way"
    """No other way to reach the person is known."""


@dataclass(frozen=True)
class Closed:
    """How a letter was dealt with, and by whom: a staff id."""

    how: Closing
    by: str


def closing_from_json(body: object) -> Closed:
    """The report in a JSON document; `Refusal` 400 with everything that is wrong with it."""
    if not isinstance(body, Mapping):
        raise Refusal(400, [Wrong("", "not-json")])
    wrongs = [Wrong(str(key)[:50].encode("utf-8", "replace").decode(), "unknown") for key in body if key not in KEYS]
    how, by = body.get("how"), body.get("by")
    if how not in list(Closing):
        wrongs.append(Wrong("how", "closing-code"))
    if by is None or by == "":
        wrongs.append(Wrong("by", "missing"))
    elif not isinstance(by, str):
        wrongs.append(Wrong("by", "malformed"))
    elif len(by) > LONGEST_BY:
        wrongs.append(Wrong("by", "too-long"))
    elif CONTROL.search(by):
        wrongs.append(Wrong("by", "characters"))
    if wrongs:
        raise Refusal(400, wrongs)
    return Closed(Closing(str(how)), str(by).strip())
