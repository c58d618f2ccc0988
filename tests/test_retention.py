"""The retention grammar and its worked dates."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.retention import (
    Bound,
    Period,
    Standing,
    Trigger,
    Unit,
    Unread,
    last_day,
    read_after,
    read_keep,
    trigger_day,
    year_end,
)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("2 years", Period(2, 2, Unit.YEAR)),
        ("1 year", Period(1, 1, Unit.YEAR)),
        ("Six months", Period(6, 6, Unit.MONTH)),
        ("up to 50 years", Period(50, 50, Unit.YEAR, Bound.UP_TO)),
        ("at least 8 years", Period(8, 8, Unit.YEAR, Bound.AT_LEAST)),
        ("1-7 years", Period(1, 7, Unit.YEAR)),
        ("30 days", Period(30, 30, Unit.DAY)),
        ("permanently", Standing.PERMANENTLY),
        ("per schedule", Standing.PER_SCHEDULE),
        ("as long as necessary", Standing.AS_NEEDED),
        ("until you unsubscribe", Unread("until you unsubscribe")),
    ],
)
def test_a_period_is_read_as_councils_write_it(text: str, meaning: object) -> None:
    assert read_keep(text) == meaning


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("end of financial year", Trigger.FINANCIAL_YEAR),
        ("the end of the financial year", Trigger.FINANCIAL_YEAR),
        ("case closure", Trigger.CASE_CLOSURE),
        ("withdrawal of consent", Trigger.WITHDRAWAL),
        ("the lease ends", Unread("the lease ends")),
    ],
)
def test_a_trigger_is_read_or_kept_as_written(text: str, meaning: object) -> None:
    assert read_after(text) == meaning


@pytest.mark.parametrize(
    ("made", "ends"),
    [
        (date(2026, 3, 31), date(2026, 3, 31)),
        (date(2026, 4, 1), date(2027, 3, 31)),
        (date(2026, 5, 10), date(2027, 3, 31)),
    ],
)
def test_a_financial_year_ends_on_its_last_day(made: date, ends: date) -> None:
    assert trigger_day(Trigger.FINANCIAL_YEAR, made, (3, 31), (8, 31)) == ends


@pytest.mark.parametrize(
    ("start", "period", "end"),
    [
        (date(2027, 3, 31), Period(2, 2, Unit.YEAR), date(2029, 3, 31)),
        (date(2024, 2, 29), Period(1, 1, Unit.YEAR), date(2025, 2, 28)),
        (date(2024, 2, 29), Period(4, 4, Unit.YEAR), date(2028, 2, 29)),
        (date(2026, 1, 31), Period(1, 1, Unit.MONTH), date(2026, 2, 28)),
        (date(2026, 12, 31), Period(2, 2, Unit.MONTH), date(2027, 2, 28)),
        (date(2026, 11, 24), Period(30, 30, Unit.DAY), date(2026, 12, 24)),
        (date(2026, 1, 1), Period(1, 7, Unit.YEAR), date(2033, 1, 1)),
    ],
)
def test_a_worked_date_follows_the_calendar(start: date, period: Period, end: date) -> None:
    assert last_day(start, period) == end


@given(st.dates(max_value=date(9900, 1, 1)), st.integers(1, 9999), st.sampled_from(Unit))
def test_a_period_never_ends_before_it_starts(start: date, count: int, unit: Unit) -> None:
    assert last_day(start, Period(count, count, unit)) >= start


@given(st.dates(max_value=date(9998, 1, 1)))
def test_a_year_ends_within_a_year(made: date) -> None:
    assert 0 <= (year_end(made, (3, 31)) - made).days <= 365
