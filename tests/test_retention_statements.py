"""Statements on how long records are kept are understood as whole sentences, and none loses a word."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import pytest

from generator.content import consent_records, own_records, retention
from generator.content.consent_records import Counted, Uncounted
from generator.content.model import Retention
from generator.content.retention import Unread
from generator.rule import Example
from generator.rules.languages import periods
from generator.versions import handling
from tests.retention_statements import Statement, statements
from tests.rule_fixtures import make, problems

ALL = list(statements())


def test_96_in_100_statements_are_understood() -> None:
    assert sum(one.is_understood for one in ALL) >= 0.96 * len(ALL)


def test_every_statement_is_shown_as_a_whole_sentence() -> None:
    assert {one.keep: one.sentence for one in ALL if one.sentence != one.expected} == {}


def test_no_statement_loses_a_word() -> None:
    assert {one.keep: one.lost for one in ALL if one.lost} == {}


@pytest.mark.parametrize(
    ("keep", "sentence"),
    [
        (
            "We keep it up to 6 months, or 2 years if you complain",
            "We keep it up to 6 months, or 2 years if you complain.",
        ),
        ("up to 6 months, or 2 years if you complain", "Kept for up to 6 months. Kept for 2 years if you complain."),
    ],
)
def test_another_period_for_a_case_is_named_once(keep: str, sentence: str) -> None:
    assert Statement(keep, "", sentence, "en", "").is_understood


def test_there_are_enough_statements_in_each_half_of_each_language() -> None:
    halves = {half: len(list(some)) for half, some in groupby(ALL, lambda one: (one.language, one.half))}
    assert min(halves.values()) >= 20
    assert len(ALL) >= 300


@pytest.mark.parametrize(
    "keep",
    [
        "Audio is kept for 30 days, video for 90 days",
        "We keep most records for 6 years, but adoption records are kept for 100 years",
        "We do not keep your bank details for 6 years",
        "No recording is kept for 2 years",
        "If you do not use your account for 2 years we delete it",
        "10 or so years",
    ],
)
def test_a_sentence_that_could_be_misread_is_published_as_written(keep: str) -> None:
    assert retention.read(keep).keep == Unread(keep)


@pytest.mark.parametrize(
    "keep",
    [
        "as long as you have an account and 6 years after",
        "length of employment + 6 years",
        "2 years of inactivity",
        "6 years unless a claim is open",
        "6 years and then reviewed",
        "6 years for adults",
    ],
)
def test_purge_does_not_count_a_period_that_the_consent_service_cannot_judge(keep: str) -> None:
    found = consent_records.read(keep)
    assert isinstance(found, Uncounted)
    assert found.is_period
    assert own_records.counted(keep) is None


def test_purge_counts_the_longest_time_that_two_lengths_allow() -> None:
    found = consent_records.read("minimum of 6 months and maximum of 2 years", "withdrawal of consent")
    assert isinstance(found, Counted)
    assert found.period.longest == 2
    assert isinstance(consent_records.read("deleted after 6 years"), Counted)


@pytest.mark.parametrize(
    ("keep", "after", "duration"),
    [
        ("We keep your personal information for 7 years", "", "P7Y"),
        ("minimum of 6 months and maximum of 2 years", "", "P2Y"),
        ("6 blynedd", "cau'r achos", "P6Y"),
        ("length of employment + 6 years", "", None),
        ("25 years from birth, 75 if looked after", "", None),
        ("6 years", "closure or 12 years if under seal", None),
    ],
)
def test_a_record_of_consent_carries_a_duration_only_where_one_is_named(
    keep: str, after: str, duration: str | None
) -> None:
    (storage,) = handling.of({"retention": [{"record": "r", "keep": keep, "after": after}]}).storage
    assert storage.duration == duration


@pytest.mark.parametrize(
    ("english", "welsh", "same"),
    [
        ("2 years", "2 flynedd", True),
        ("length of employment + 6 years", "trwy gydol eich cyflogaeth a 6 blynedd wedi hynny", True),
        ("length of employment + 6 years", "trwy gydol eich cyflogaeth a 7 mlynedd wedi hynny", False),
        ("We keep your form for 2 years", "Rydym yn cadw eich ffurflen am 24 mis", True),
        ("7 years unless a claim is open", "7 mlynedd", False),
        ("at least 6 years", "6 blynedd", False),
        ("2 years after closure", "2 flynedd ar ôl diwedd y flwyddyn ariannol", False),
    ],
)
def test_the_languages_of_a_notice_are_compared_by_what_their_periods_mean(
    english: str, welsh: str, same: bool
) -> None:
    found = list(periods.differences((Retention("r", english),), (Retention("r", welsh),)))
    assert (found == []) is same


@pytest.mark.parametrize(
    ("keep", "remedy"), [("2 academic years", "write it like"), ("Audio: 30 days, video: 90 days", "a row of its own")]
)
def test_an_editor_is_told_what_is_published_as_written(tmp_path: Path, keep: str, remedy: str) -> None:
    told = problems(make(tmp_path, Example(front=f"retention:\n  - record: Film\n    keep: '{keep}'\n")))
    assert [(one.rule, remedy in one.remedy) for one in told] == [("T09", True)]
