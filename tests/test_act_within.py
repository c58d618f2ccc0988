"""How soon a service acts on a withdrawal: from `withdrawals` in site.yml to the last day that the endpoint counts."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator.cli import main as noticeboard
from generator.content import site_file
from tests.consent_fixtures import MANIFEST
from tests.site_fixtures import SITE, make_site
from widget import manifest as manifests
from widget.consent.acting import deadline
from widget.ledger.events import Act, Kind, entry
from widget.record_period import TimeLimit, Unit

WEEK = TimeLimit(7, Unit.DAY)


@pytest.mark.parametrize(
    ("written", "limit"),
    [
        ("", WEEK),
        ("withdrawals: {act_within: 7 days}\n", WEEK),
        ("withdrawals:\n  act_within: up to 2 weeks\n", TimeLimit(2, Unit.WEEK)),
        ("withdrawals: {act_within: 1 month}\n", TimeLimit(1, Unit.MONTH)),
        ("withdrawals: {act_within: 48 hours}\n", TimeLimit(48, Unit.HOUR)),
    ],
)
def test_the_manifest_carries_the_time_limit_of_the_site(tmp_path: Path, written: str, limit: TimeLimit) -> None:
    root = make_site(tmp_path, site=SITE + written)
    assert noticeboard(["build", "--root", str(root), "--quiet"]) == 0
    assert manifests.from_json((root / "public/published.json").read_bytes()).site.act_within == limit


@pytest.mark.parametrize(
    "written", ["soon", "5 working days", "0 days", "32 days", "5 weeks", "2 months", "a year", "7 days after a letter"]
)
def test_a_time_that_cannot_be_counted_or_is_over_a_month_is_refused_at_its_line(written: str) -> None:
    site, problems = site_file.read((SITE + f"withdrawals:\n  act_within: {written}\n").encode())
    assert site is None
    assert [(one.rule, one.message, one.place.line) for one in problems] == [
        ("F04", f"`{written}` is no time in which to act on a withdrawal.", SITE.count("\n") + 2)
    ]
    assert "such as `7 days`" in problems[0].remedy


def test_an_unknown_key_is_refused_beside_the_one_that_is_meant() -> None:
    site, problems = site_file.read((SITE + "withdrawals: {act_in: 7 days}\n").encode())
    assert site is None and "act_in" in problems[0].message


SAID = {"count": 7, "unit": "day"}


@pytest.mark.parametrize(
    "limit",
    [
        *(None, 7, {}, {"count": 7}),
        *(SAID | {"count": count} for count in ("7", True, 0)),
        *(SAID | {"unit": "working-day"}, SAID | {"from": "post"}),
    ],
)
def test_a_limit_that_this_release_does_not_understand_whole_is_none(limit: object) -> None:
    text = manifests.to_json(replace(MANIFEST, site=replace(MANIFEST.site, act_within=WEEK)))
    as_written = '"act_within": {\n   "count": 7,\n   "unit": "day"\n  }'
    assert as_written in text
    other = text.replace(as_written, f'"act_within": {json.dumps(limit)}')
    assert manifests.from_json(other.encode()).site.act_within is None
    assert manifests.from_json(text.encode()).site.act_within == WEEK


@pytest.mark.parametrize(
    ("kind", "limit", "happened", "last"),
    [
        (Kind.WITHDRAWN, WEEK, "2026-11-20T09:00:00.000Z", date(2026, 11, 27)),
        (Kind.WITHDRAWN, WEEK, "2026-06-30T23:30:00.000Z", date(2026, 7, 8)),  # 1 July in London
        (Kind.REVOKED, WEEK, "2026-11-20T09:00:00.000Z", date(2026, 11, 27)),
        (Kind.WITHDRAWN, TimeLimit(31, Unit.DAY), "2027-01-31T09:00:00.000Z", date(2027, 2, 28)),
        (Kind.WITHDRAWN, None, "2026-11-20T09:00:00.000Z", date(2026, 12, 20)),
        (Kind.WITHDRAWAL_REQUESTED, WEEK, "2026-11-20T09:00:00.000Z", date(2026, 12, 20)),
    ],
)
def test_the_last_day_counts_calendar_days_in_london_and_never_passes_a_month(
    kind: Kind, limit: TimeLimit | None, happened: str, last: date
) -> None:
    event = entry(Act(kind, "s", "family-hubs", happened=happened), 1, "id", "2027-12-01T00:00:00.000Z")
    assert deadline(event, limit) == last
