"""How long the council's own records about this site are kept: `records` in site.yml. Pure.

Each is a plain period, since the day it runs from is the program's to know: a request's last step, the day a report came,
the day a log was written. UK GDPR article 5(1)(e).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from generator.content import retention
from generator.content.model import Doc, Period
from generator.content.retention import Bound
from widget.record_period import RecordPeriod, Start

REMEDY = "Write a period such as `3 years`; the program knows from which day it runs."


@dataclass(frozen=True)
class OwnRecords:
    """A period each; without one, nothing of that kind is erased by itself. Consents have `consent_records`."""

    requests: Annotated[
        Period | None,
        Doc("How long requests are kept after their last step, such as 3 years: to withdraw, to see a file."),
    ] = None
    problems: Annotated[Period | None, Doc("How long reports of problems with the site are kept, such as 1 year.")] = (
        None
    )
    staff_logs: Annotated[
        Period | None, Doc("How long it is kept which member of staff did what, such as 2 years.")
    ] = None


def counted(keep: str | None) -> RecordPeriod | None:
    """The period that the consent service counts; None where there is none, or where the words are no plain period."""
    if keep is None:
        return None
    rule = retention.read(keep)
    period = rule.keep
    if isinstance(period, retention.Between):
        period = period.most
    if not isinstance(period, retention.Period) or period.bound is Bound.AT_LEAST:
        return None
    if rule.after or not rule.has_one_end:
        return None
    return RecordPeriod(period.longest, period.unit, Start.LAST_ENTRY)
