"""The days that a retention period works out to: when it starts to run for a record, and its last day. Pure."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from generator.content.retention import Period, Trigger, Unit


def trigger_day(trigger: Trigger, made: date, financial: tuple[int, int], academic: tuple[int, int]) -> date | None:
    """The day a period starts to run for a record made on a day; None where that day cannot be known from it.

    `financial` and `academic` are the (month, day) on which those years end.
    """
    if trigger is Trigger.FINANCIAL_YEAR:
        return year_end(made, financial)
    if trigger is Trigger.ACADEMIC_YEAR:
        return year_end(made, academic)
    return made if trigger is Trigger.COLLECTION else None


def year_end(made: date, ends: tuple[int, int]) -> date:
    """The last day of the year, ending on (month, day), in which a day falls. 29 February is the end of February."""
    this = _day(made.year, *ends)
    return this if made <= this else _day(made.year + 1, *ends)


def last_day(start: date, period: Period) -> date:
    """The last day of the longest time that a period allows after its start.

    Months and years count by the calendar: a month after 31 January is the last day of February. A year after
    29 February is 28 February, or 29 February in a leap year. Hours count as whole days. The calendar of this program ends with the year 9999.
    """
    count = period.longest
    if period.unit in (Unit.HOUR, Unit.DAY, Unit.WEEK):
        days = -(-count // 24) if period.unit is Unit.HOUR else count * (7 if period.unit is Unit.WEEK else 1)
        return start + timedelta(days=min(days, (date.max - start).days))
    months = count * (12 if period.unit is Unit.YEAR else 1)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return _day(year, month + 1, start.day)


def _day(year: int, month: int, day: int) -> date:
    year = min(year, date.max.year)
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))
