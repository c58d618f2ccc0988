"""The retention grammar: how long a record is kept, read from an editor's words, and the day it may go.

`keep` is a period or a rule, `after` the trigger. What is not understood is kept as written (`Unread`).
UK GDPR articles 5(1)(e), 13(2)(a) and 14(2)(a).
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_SPELLED = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_PERIOD = re.compile(
    r"(?P<bound>up to|at least|at most|a minimum of|a maximum of)?\s*"
    r"(?P<low>\d{1,4}|[a-z]+)(?:\s*(?:-|–|to)\s*(?P<high>\d{1,4}))?\s*(?P<unit>day|week|month|year)s?",
    re.I,
)


class Unit(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class Bound(StrEnum):
    EXACTLY = "exactly"
    UP_TO = "up-to"
    AT_LEAST = "at-least"


class Trigger(StrEnum):
    """The events that periods run from; the value is the key of its words."""

    FINANCIAL_YEAR = "end-of-financial-year"
    ACADEMIC_YEAR = "end-of-academic-year"
    CASE_CLOSURE = "case-closure"
    END_OF_CONTRACT = "end-of-contract"
    LAST_CONTACT = "last-contact"
    LAST_ENTRY = "last-entry"
    BIRTH = "date-of-birth"
    EIGHTEENTH_BIRTHDAY = "eighteenth-birthday"
    COLLECTION = "collection"
    WITHDRAWAL = "withdrawal-of-consent"
    SERVICE_END = "service-end"


_TRIGGERS: dict[str, Trigger] = {
    "end of financial year": Trigger.FINANCIAL_YEAR,
    "financial year": Trigger.FINANCIAL_YEAR,
    "end of academic year": Trigger.ACADEMIC_YEAR,
    "end of school year": Trigger.ACADEMIC_YEAR,
    "academic year": Trigger.ACADEMIC_YEAR,
    "case closure": Trigger.CASE_CLOSURE,
    "closure": Trigger.CASE_CLOSURE,
    "end of case": Trigger.CASE_CLOSURE,
    "end of contract": Trigger.END_OF_CONTRACT,
    "contract end": Trigger.END_OF_CONTRACT,
    "last contact": Trigger.LAST_CONTACT,
    "last entry": Trigger.LAST_ENTRY,
    "date of birth": Trigger.BIRTH,
    "birth": Trigger.BIRTH,
    "18th birthday": Trigger.EIGHTEENTH_BIRTHDAY,
    "eighteenth birthday": Trigger.EIGHTEENTH_BIRTHDAY,
    "collection": Trigger.COLLECTION,
    "withdrawal of consent": Trigger.WITHDRAWAL,
    "consent withdrawal": Trigger.WITHDRAWAL,
    "service end": Trigger.SERVICE_END,
    "end of service": Trigger.SERVICE_END,
}


@dataclass(frozen=True)
class Period:
    """`low` to `high` of a unit; the two are equal unless a range was written."""

    low: int
    high: int
    unit: Unit
    bound: Bound = Bound.EXACTLY

    @property
    def longest(self) -> int:
        return self.high


class Standing(StrEnum):
    """Rules that are not a period; the value is the key of their words."""

    PERMANENTLY = "permanently"
    PER_SCHEDULE = "per-schedule"
    AS_NEEDED = "as-long-as-needed"


@dataclass(frozen=True)
class Unread:
    """Words the grammar does not know, published as written."""

    text: str


Keep = Period | Standing | Unread

_STANDING = {
    "permanently": Standing.PERMANENTLY,
    "permanent": Standing.PERMANENTLY,
    "for ever": Standing.PERMANENTLY,
    "per schedule": Standing.PER_SCHEDULE,
    "per the retention schedule": Standing.PER_SCHEDULE,
    "as long as needed": Standing.AS_NEEDED,
    "as long as necessary": Standing.AS_NEEDED,
}


def read_keep(text: str) -> Keep:
    """What `keep` says; `Unread` where the grammar does not know it."""
    plain = _plain(text)
    if plain in _STANDING:
        return _STANDING[plain]
    found = _PERIOD.fullmatch(plain)
    low = _number(found["low"]) if found else None
    if not found or low is None:
        return Unread(text.strip())
    high = int(found["high"]) if found["high"] else low
    bound = (found["bound"] or "").lower()
    kind = Bound.UP_TO if bound in ("up to", "at most", "a maximum of") else Bound.EXACTLY
    kind = Bound.AT_LEAST if bound in ("at least", "a minimum of") else kind
    return Period(low, high, Unit(found["unit"].lower()), kind)


def read_after(text: str) -> Trigger | Unread:
    """What `after` says; `Unread` where it is free text."""
    plain = re.sub(r"\b(the|a|an|your|their|our)\b\s*", "", _plain(text))
    return _TRIGGERS.get(plain, Unread(text.strip()))


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

    Months and years count by the calendar: a month after 31 January is the last day of February. The calendar of
    this program ends with the year 9999.
    """
    count = period.longest
    if period.unit in (Unit.DAY, Unit.WEEK):
        days = count * (7 if period.unit is Unit.WEEK else 1)
        return start + timedelta(days=min(days, (date.max - start).days))
    months = count * (12 if period.unit is Unit.YEAR else 1)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return _day(year, month + 1, start.day)


def _day(year: int, month: int, day: int) -> date:
    year = min(year, date.max.year)
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _number(word: str) -> int | None:
    return (
        int(word)
        if word.isdigit()
        else (_SPELLED.index(word) if word in _SPELLED else 1 if word in ("a", "an") else None)
    )


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.strip().rstrip(".").lower())
