"""How long records are kept and how soon somebody acts, as the manifest carries it, and the last day. Standard library only.

The generator reads an editor's words; the endpoint never does. Both work their days out here.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Unit(StrEnum):
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class Start(StrEnum):
    """The day from which a period runs."""

    CONSENT_END = "consent-end"
    """The withdrawal; where there is none, the refusal, the request for a withdrawal, or the day a consent lapsed."""
    LAST_ENTRY = "last-entry"
    """The day on which the ledger took its last entry about the person."""


@dataclass(frozen=True)
class RecordPeriod:
    """`count` units from `start`; with `year_ends` (`03-31`), from the end of the year in which that day falls."""

    count: int
    unit: Unit
    start: Start
    year_ends: str | None = None

    def last_day(self, start: date) -> date:
        """The last day on which the records are kept; they may be erased on the next."""
        if self.year_ends is not None:
            start = year_end(start, month_and_day(self.year_ends))
        return last_day(start, self.count, self.unit)


@dataclass(frozen=True)
class TimeLimit:
    """`count` units in which something must be done, from the day on which it was asked."""

    count: int
    unit: Unit

    def last_day(self, start: date) -> date:
        """The last day on which it is done in time."""
        return last_day(start, self.count, self.unit)


def limit_from_json(value: object) -> TimeLimit | None:
    """The time limit that a manifest carries; None where this release does not understand all of it."""
    if not isinstance(value, Mapping) or value.keys() != TimeLimit.__dataclass_fields__.keys():
        return None
    count = value["count"]
    if type(count) is not int or count < 1:
        return None
    try:
        return TimeLimit(count, Unit(str(value["unit"])))
    except ValueError:
        return None


def from_json(value: object) -> RecordPeriod | None:
    """The period that a manifest carries; None where this release does not understand all of it.

    A newer release may say more. A period that is understood in part could end too early, so it is not used.
    """
    if not isinstance(value, Mapping) or not value.keys() <= RecordPeriod.__dataclass_fields__.keys():
        return None
    count, year_ends = value.get("count"), value.get("year_ends")
    if type(count) is not int or count < 0:
        return None
    try:
        if year_ends is not None:
            month_and_day(year_ends)
        return RecordPeriod(count, Unit(str(value.get("unit"))), Start(str(value.get("start"))), year_ends)
    except (TypeError, ValueError, AttributeError):
        return None


def iso_duration(count: int, unit: Unit) -> str:
    """A length as ISO 8601 and xsd:duration have it: `P6Y`. Weeks are days, since xsd:duration has none."""
    match unit:
        case Unit.HOUR:
            return f"PT{count}H"
        case Unit.WEEK:
            return f"P{count * 7}D"
    return f"P{count}{unit[0].upper()}"


def month_and_day(text: str) -> tuple[int, int]:
    """(3, 31) of `03-31`; `ValueError` where no year has that day."""
    day = date.fromisoformat(f"2024-{text}")  # a leap year: 29 February is a day
    if text != f"{day:%m-%d}":
        raise ValueError(f"{text} is not a day written like 03-31")
    return day.month, day.day


def year_end(day: date, ends: tuple[int, int]) -> date:
    """The last day of the year, ending on (month, day), in which a day falls. 29 February is the end of February."""
    this = _day(day.year, *ends)
    return this if day <= this else _day(day.year + 1, *ends)


def last_day(start: date, count: int, unit: Unit) -> date:
    """The last day of so many units after a start.

    Months and years count by the calendar: a month after 31 January is the last day of February. A year after
    29 February is 28 February, or 29 February in a leap year. Hours count as whole days. The calendar of this program
    ends with the year 9999.
    """
    if unit in (Unit.HOUR, Unit.DAY, Unit.WEEK):
        days = count
        if unit is Unit.HOUR:
            days = -(-count // 24)
        elif unit is Unit.WEEK:
            days = count * 7
        return start + timedelta(days=min(days, (date.max - start).days))
    months = count * (12 if unit is Unit.YEAR else 1)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return _day(year, month + 1, start.day)


def _day(year: int, month: int, day: int) -> date:
    if year > date.max.year:
        return date.max
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))
