"""The days that a retention period works out to: when it starts to run for a record, and its last day. Pure."""

from __future__ import annotations

from datetime import date

from generator.content.retention import Period, Trigger
from widget import record_period
from widget.record_period import year_end


def trigger_day(trigger: Trigger, made: date, financial: tuple[int, int], academic: tuple[int, int]) -> date | None:
    """The day a period starts to run for a record made on a day; None where that day cannot be known from it.

    `financial` and `academic` are the (month, day) on which those years end.
    """
    if trigger is Trigger.FINANCIAL_YEAR:
        return year_end(made, financial)
    if trigger is Trigger.ACADEMIC_YEAR:
        return year_end(made, academic)
    return made if trigger is Trigger.COLLECTION else None


def last_day(start: date, period: Period) -> date:
    """The last day of the longest time that a period allows after its start; `widget.record_period` counts it."""
    return record_period.last_day(start, period.longest, period.unit)
