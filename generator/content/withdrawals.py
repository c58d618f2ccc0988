"""How soon the council acts on a withdrawal: `withdrawals` in site.yml. Pure.

UK GDPR article 7(3): to withdraw is as easy as to give. No article names a number of days for what follows, but article
12(3) gives a month at most to say what was done. So a council chooses a shorter time, in calendar days, and the consent
service counts by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from generator.content import own_records
from generator.content.model import Doc, Period
from widget.record_period import TimeLimit, Unit

MOST = {Unit.HOUR: 31 * 24, Unit.DAY: 31, Unit.WEEK: 4, Unit.MONTH: 1}
"""The longest number of each unit that is a month at most."""
REMEDY = (
    "Write calendar days or weeks, such as `7 days`: one day at least, and one month at most (UK GDPR article 12(3))."
)

USUAL = Period("7 days")


@dataclass(frozen=True)
class WithdrawalSettings:
    """The council's promise to itself about withdrawals."""

    act_within: Annotated[
        Period,
        Doc(
            "How soon a service acts on a withdrawal, in calendar days, such as 7 days (the default). A month at most."
        ),
    ] = USUAL


def time_limit(written: str) -> TimeLimit | None:
    """The time limit that the words mean; None where they are no plain period, none at all, or longer than a month."""
    period = own_records.counted(written)
    if period is None or not 1 <= period.count <= MOST.get(period.unit, 0):
        return None
    return TimeLimit(period.count, period.unit)
