"""The languages that follow later, as a form has them: by which day, and why, once more in that very language. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from generator.content.model import Following, Ident, Reason

BY, REASON, OWN_REASON = "later_by", "later_reason", "later_own_reason"
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LONGEST = 300
"""Letters of a reason."""


@dataclass(frozen=True)
class Late:
    """The typed values for one language; empty fields where it is published with the others."""

    language: str
    by: str = ""
    reason: str = ""
    own_reason: str = ""

    @property
    def is_named(self) -> bool:
        """Whether anything was typed."""
        return bool(self.by or self.reason or self.own_reason)

    @property
    def following(self) -> Following:
        """The same as publishing takes it; of one without a fault."""
        own = Reason(self.own_reason) if self.own_reason else None
        return Following(Ident(self.language), date.fromisoformat(self.by), Reason(self.reason), own)


def read(form: Mapping[str, str], languages: Sequence[str]) -> tuple[Late, ...]:
    """A form's values for each of these languages."""
    return tuple(
        Late(one, *(" ".join(form.get(f"{name}-{one}", "").split()) for name in (BY, REASON, OWN_REASON)))
        for one in languages
    )


def of_change(following: Sequence[Following], languages: Sequence[str]) -> tuple[Late, ...]:
    """A notice's values for each of these languages."""
    said = {str(one.language): one for one in following}
    return tuple(_late(said[one]) if one in said else Late(one) for one in languages)


def wrong(late: Sequence[Late], on: date) -> Iterator[tuple[str, str]]:
    """The fields with a fault, and the key of the sentence that says it. The day lies ahead of `on`."""
    for one in late:
        if not one.is_named:
            continue
        if key := _wrong_day(one.by, on):
            yield f"{BY}-{one.language}", key
        if not one.reason:
            yield f"{REASON}-{one.language}", "publish.later_reason_missing"
        for name, text in ((REASON, one.reason), (OWN_REASON, one.own_reason)):
            if len(text) > LONGEST:
                yield f"{name}-{one.language}", "publish.later_reason_long"


def stated(late: Sequence[Late]) -> list[dict[str, str]]:
    """The named ones as a notice's `change` has them."""
    return [
        {"language": one.language, "by": one.by, "reason": one.reason}
        | ({"own_reason": one.own_reason} if one.own_reason else {})
        for one in late
        if one.is_named
    ]


def _late(one: Following) -> Late:
    return Late(one.language, str(one.by), one.reason, one.own_reason or "")


def _wrong_day(text: str, on: date) -> str:
    try:
        by = date.fromisoformat(text if DAY.fullmatch(text) else "")
    except ValueError:
        return "publish.later_by_missing"
    return "publish.later_by_past" if by <= on else ""
