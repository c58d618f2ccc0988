"""The retention grammar and its worked dates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.content.retention import (
    Bound,
    Condition,
    Current,
    Overwritten,
    Period,
    PlusCurrent,
    Reviewed,
    Rule,
    Span,
    Stages,
    Standing,
    Trigger,
    Unit,
    Unread,
    Until,
    read,
    read_after,
    read_condition,
)
from generator.content.retention_dates import last_day, trigger_day, year_end


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
        ("until you unsubscribe", Until("you unsubscribe")),
        ("when the moon is full", Unread("when the moon is full")),
    ],
)
def test_a_period_is_read_as_councils_write_it(text: str, meaning: object) -> None:
    assert read(text).keep == meaning


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


YEARS = {count: Period(count, count, Unit.YEAR) for count in (2, 3, 6, 7, 10, 25, 75)}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("end of the financial year + 2 years", Rule(YEARS[2], Trigger.FINANCIAL_YEAR)),
        ("closure + 6 years", Rule(YEARS[6], Trigger.CASE_CLOSURE)),
        ("cessation of licence + 6 years", Rule(YEARS[6], Unread("cessation of licence"))),
        ("financial year + 6 years", Rule(YEARS[6], Trigger.FINANCIAL_YEAR)),
        ("7 years", Rule(YEARS[7])),
        ("up to 50 years after case closure", Rule(Period(50, 50, Unit.YEAR, Bound.UP_TO), Trigger.CASE_CLOSURE)),
        ("at least 8 years after the last entry", Rule(Period(8, 8, Unit.YEAR, Bound.AT_LEAST), Trigger.LAST_ENTRY)),
        ("1-7 years", Rule(Period(1, 7, Unit.YEAR))),
        (
            "25 years from birth, 75 if looked after",
            Rule(YEARS[25], Trigger.BIRTH, "", (Condition(YEARS[75], "if looked after"),)),
        ),
        ("10 years after the 18th birthday", Rule(YEARS[10], Trigger.EIGHTEENTH_BIRTHDAY)),
        ("overwritten after 30 days", Rule(Overwritten(Period(30, 30, Unit.DAY)))),
        ("until you unsubscribe", Rule(Until("you unsubscribe"))),
        ("permanently", Rule(Standing.PERMANENTLY)),
        ("per the retention schedule (link)", Rule(Standing.PER_SCHEDULE)),
        ("as long as necessary", Rule(Standing.AS_NEEDED)),
        ("3 years plus the current year", Rule(PlusCurrent(YEARS[3], Span.YEAR))),
        ("current term only", Rule(Current(Span.TERM))),
        ("reviewed every year", Rule(Reviewed(Period(1, 1, Unit.YEAR)))),
        ("under a legal hold", Rule(Standing.LEGAL_HOLD)),
        ("18 + 82 = 100 years in two stages", Rule(Stages(18, 82))),
        (
            "two years after the service ends or until consent is withdrawn",
            Rule(YEARS[2], Trigger.SERVICE_END, "consent is withdrawn"),
        ),
        ("the recipient's own retention", Rule(Standing.RECIPIENT)),
        ("different for processor and controller", Rule(Standing.BY_HOLDER)),
    ],
)
def test_every_rule_that_councils_write_is_understood(text: str, rule: Rule) -> None:
    assert read(text) == rule


@pytest.mark.parametrize("text", ["7-1 years", "18 + 82 = 99 years in two stages", "soon", "1 and 7 years", "x" * 5000])
def test_what_is_not_understood_is_kept_as_written(text: str) -> None:
    assert read(text).keep == Unread(text)


def test_a_trigger_of_its_own_completes_the_rule_and_never_replaces_another() -> None:
    assert read("2 years", "end of financial year") == Rule(YEARS[2], Trigger.FINANCIAL_YEAR)
    assert read("2 years", "the service ends or until you say stop").until == "you say stop"
    assert read("2 years after closure", "last contact").keep == Unread("2 years after closure")
    assert read("permanently", "last contact").keep == Unread("permanently")


def test_a_condition_is_another_period_or_free_text() -> None:
    assert read_condition("75 years if looked after") == Condition(YEARS[75], "if looked after")
    assert read_condition("longer if a claim is made") is None


@given(st.text(max_size=80), st.text(max_size=40))
def test_any_words_are_a_rule(keep: str, after: str) -> None:
    rule = read(keep, after)
    assert not isinstance(rule.keep, Unread) or " ".join(rule.keep.text.split()) in " ".join(keep.split())


@given(
    st.integers(1, 9999), st.sampled_from(Unit), st.sampled_from(["", "up to ", "at least "]), st.sampled_from(Trigger)
)
def test_a_period_with_a_trigger_is_read_in_either_order(count: int, unit: Unit, bound: str, trigger: Trigger) -> None:
    period, words = f"{bound}{count} {unit}s", str(trigger).replace("-", " ").replace("eighteenth", "18th")
    assert read(f"{period} after the {words}") == read(f"{words} + {period}") == read(period, words)
    assert read(period, words).after is trigger


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(1, 100), st.sampled_from([Unit.MONTH, Unit.YEAR]))
def test_months_and_years_end_on_the_same_day_or_on_the_last_of_the_month(made: date, count: int, unit: Unit) -> None:
    last = last_day(made, Period(count, count, unit))
    assert last.day == made.day or (last.day < made.day and (last + timedelta(days=1)).day == 1)


@pytest.mark.parametrize(
    "text",
    [
        "We keep it for 7 years",
        "we will keep your booking for 7 years",
        "Your case file is kept for 7 years",
        "The records will be held for 7 years",
        "for 7 years",
    ],
)
def test_a_sentence_about_keeping_is_a_period(text: str) -> None:
    assert read(text) == Rule(YEARS[7])


@pytest.mark.parametrize(
    "text",
    [
        "we keep what the coroner asks us to keep",
        "we do not keep it",
        "kept with the school's own records",
        "We hold your file in two places",
    ],
)
def test_what_is_not_understood_is_published_as_it_was_written(text: str) -> None:
    assert read(text).keep == Unread(text)
