"""How long records of consent are kept: from an editor's words to the day on which `consents purge` erases."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.cli import main as noticeboard
from generator.content import site_file
from generator.content.site_file import SiteSource
from generator.problems import Level, Problem
from generator.rule import Example
from generator.versions import timeline
from tests.consent_fixtures import LATER, MANIFEST, V2, FakeClock, form, frozen, published
from tests.rule_fixtures import make, problems
from tests.site_fixtures import NOTICE, SITE, make_site, publish, write_notice
from widget import manifest as manifests
from widget import record_period
from widget.app import close_app, create_app
from widget.cli import main as consents
from widget.commands import opening
from widget.config import Config
from widget.consent.erasure import Past, Unjudged, past
from widget.ledger.events import Act, ConsentEvent, Kind, entry
from widget.manifest import Manifest, Records
from widget.record_period import RecordPeriod, Start, Unit

DAY = timedelta(days=1)
FOREVER = date(2500, 1, 1)
LONG_AGO = date(2018, 1, 1)
"""Since when the notice of these tests is in force."""


def site(keep: str, after: str = "", more: str = "") -> tuple[SiteSource | None, list[Problem]]:
    """A site.yml that says how long records are kept."""
    records = f"consent_records:\n  keep: {keep}\n" + (f"  after: {after}\n" if after else "")
    return site_file.read((SITE + records + more).encode())


def travelled(keep: str, after: str = "", more: str = "") -> Manifest:
    """A manifest with these words in site.yml, as the endpoint reads it from the file that the generator wrote."""
    found, wrong = site(keep, after, more)
    assert found, wrong
    council = timeline.council(found)
    assert (council.consent_records.keep, council.consent_records.after) == (keep, after or None)
    return with_rule(council.consent_records)


def with_rule(records: Records, in_notice: Records | None = None) -> Manifest:
    """The council of these tests with a rule of the site and one of the notice, written and read again."""
    newest = frozen(replace(V2, consent_records=in_notice, published=LONG_AGO, effective=LONG_AGO))
    changed = Manifest(replace(MANIFEST.site, consent_records=records), MANIFEST.built, (newest, LATER))
    return manifests.from_json(manifests.to_json(changed))


def act(kind: Kind, happened: date, recorded: date | None = None, seq: int = 1) -> ConsentEvent:
    at = f"{recorded or happened}T12:00:00.000Z"
    did = Act(kind, "s", "family-hubs", 2, "en", V2.digest, "photos", happened=f"{happened}T12:00:00.000Z")
    return entry(did, seq, f"e{seq}", at)


def assert_kept_until(last_day: date, events: list[ConsentEvent], manifest: Manifest) -> None:
    assert past("s", events, manifest, last_day) is None
    found = past("s", events, manifest, last_day + DAY)
    assert isinstance(found, Past)
    assert found.kept_until == last_day


@pytest.mark.parametrize(
    ("keep", "after", "happened", "last_day"),
    [
        ("6 years", "withdrawal of consent", "2020-05-10", "2026-05-10"),
        ("6 years", "", "2020-05-10", "2026-05-10"),
        ("6 years", "you withdraw your consent", "2020-05-10", "2026-05-10"),
        ("6 years after the withdrawal of consent", "", "2020-05-10", "2026-05-10"),
        ("a year", "", "2020-05-10", "2021-05-10"),
        ("one year", "", "2020-02-29", "2021-02-28"),
        ("4 years", "", "2020-02-29", "2024-02-29"),
        ("1 month", "", "2023-01-31", "2023-02-28"),
        ("a month", "", "2024-01-31", "2024-02-29"),
        ("two weeks", "", "2024-02-20", "2024-03-05"),
        ("90 days", "", "2024-12-31", "2025-03-31"),
        ("25 hours", "", "2024-12-31", "2025-01-02"),
        ("up to 6 years", "", "2020-05-10", "2026-05-10"),
        ("no more than 6 years", "", "2020-05-10", "2026-05-10"),
        ("1-7 years", "", "2020-05-10", "2027-05-10"),
        ("between 2 and 3 years", "", "2020-05-10", "2023-05-10"),
        ("2 + 4 = 6 years in two stages", "", "2020-05-10", "2026-05-10"),
        ("6 years", "end of financial year", "2020-03-31", "2026-03-31"),
        ("6 years", "end of financial year", "2020-04-01", "2027-03-31"),
        ("6 years", "the end of the financial year", "2020-12-31", "2027-03-31"),
        ("end of financial year + 6 years", "", "2020-04-01", "2027-03-31"),
        ("6 years", "end of academic year", "2020-08-31", "2026-08-31"),
        ("6 years", "end of academic year", "2020-09-01", "2027-08-31"),
        ("6 months", "end of financial year", "2020-02-01", "2020-09-30"),
        ("current year plus 6 years", "", "2020-01-01", "2026-12-31"),
        ("current year plus 6 years", "", "2020-12-31", "2026-12-31"),
        ("current year plus 6 years", "", "2021-01-01", "2027-12-31"),
        ("6 years plus the current financial year", "", "2020-03-31", "2026-03-31"),
        ("6 years plus the current financial year", "", "2020-04-01", "2027-03-31"),
        ("3 years and the current school year", "", "2020-09-01", "2024-08-31"),
        ("current year only", "", "2020-05-10", "2020-12-31"),
        ("current financial year", "", "2020-05-10", "2021-03-31"),
    ],
)
def test_records_are_kept_to_the_last_day_of_their_words_and_past_it_on_the_next(
    keep: str, after: str, happened: str, last_day: str
) -> None:
    refused = act(Kind.REFUSED, date.fromisoformat(happened))
    assert_kept_until(date.fromisoformat(last_day), [refused], travelled(keep, after))


@pytest.mark.parametrize(
    ("ends", "happened", "last_day"),
    [
        ("31 December", "2020-05-10", "2021-12-31"),
        ("5 April", "2020-04-05", "2021-04-05"),
        ("5 April", "2020-04-06", "2022-04-05"),
        ("29 February", "2020-02-29", "2021-02-28"),
        ("29 February", "2021-02-28", "2022-02-28"),
        ("29 February", "2021-03-01", "2023-02-28"),
        ("28 February", "2024-02-29", "2026-02-28"),
    ],
)
def test_the_financial_year_ends_on_the_day_of_site_yml(ends: str, happened: str, last_day: str) -> None:
    manifest = travelled("1 year", "end of financial year", f"financial_year_ends: {ends}\n")
    refused = act(Kind.REFUSED, date.fromisoformat(happened))
    assert_kept_until(date.fromisoformat(last_day), [refused], manifest)


@pytest.mark.parametrize(
    ("after", "last_day"),
    [("withdrawal of consent", "2021-05-10"), ("collection", "2021-06-02"), ("last entry", "2021-06-02")],
)
def test_a_form_that_came_late_counts_from_the_act_or_from_its_entry_as_the_words_say(
    after: str, last_day: str
) -> None:
    events = [
        act(Kind.GIVEN, date(2019, 1, 1)),
        act(Kind.WITHDRAWN, date(2020, 5, 10), recorded=date(2020, 6, 2), seq=2),
    ]
    assert_kept_until(date.fromisoformat(last_day), events, travelled("1 year", after))


NOT_PERIODS = [
    ("as long as needed", ""),
    ("permanently", ""),
    ("per schedule", ""),
    ("until you withdraw", ""),
    ("overwritten after 30 days", ""),
    ("reviewed every year", ""),
    ("a while", "withdrawal of consent"),
    ("six-ish years", ""),
    ("current year plus 6 years", "withdrawal of consent"),
    ("6 years after withdrawal of consent", "end of financial year"),
]
ONLY_STAFF_KNOW = [
    ("6 years", "case closure"),
    ("6 years", "end of contract"),
    ("6 years", "service end"),
    ("6 years", "last contact"),
    ("25 years", "date of birth"),
    ("7 years", "18th birthday"),
    ("6 years", "the library burns down"),
    ("6 years", "end of financial year or until you ask"),
    ("6 years or until you ask us", ""),
    ("6 years, 75 if looked after", ""),
    ("at least 6 years", ""),
    ("current term plus 2 years", ""),
    ("current term only", ""),
]


@pytest.mark.parametrize(("keep", "after"), NOT_PERIODS)
def test_check_refuses_what_is_no_period_at_its_place_in_site_yml(keep: str, after: str) -> None:
    found, wrong = site(keep, after)
    assert found is None
    (problem,) = wrong
    both = bool(after) and keep != "a while"
    line = SITE.count("\n") + (3 if both else 2)
    assert (problem.rule, problem.level, problem.place.file, problem.place.line) == (
        "L05",
        Level.ERROR,
        "site.yml",
        line,
    )
    assert keep in problem.message


@pytest.mark.parametrize(("keep", "after"), NOT_PERIODS)
def test_check_refuses_it_in_a_notice_and_cannot_be_silenced(keep: str, after: str, tmp_path: Path) -> None:
    front = f"consent_records: {{keep: '{keep}', after: '{after}'}}" if after else f"consent_records: {{keep: {keep}}}"
    found = problems(make(tmp_path, Example(f"{front}\nsilence: {{L05: We want to.}}")))
    assert {(problem.rule, problem.level) for problem in found} == {("L05", Level.ERROR), ("Q03", Level.ERROR)}


@pytest.mark.parametrize(("keep", "after"), ONLY_STAFF_KNOW)
def test_check_warns_of_a_period_that_only_staff_can_count(keep: str, after: str, tmp_path: Path) -> None:
    words = f"keep: '{keep}'" + (f", after: '{after}'" if after else "")
    (own,) = problems(make(folder(tmp_path, "own"), Example(f"consent_records: {{{words}}}")))
    assert (own.rule, own.level, own.place.file) == ("G12", Level.WARNING, "content/library/notice.md")
    (inherited,) = problems(make(folder(tmp_path, "site"), Example(site=f"consent_records: {{{words}}}")))
    assert (inherited.rule, inherited.level, inherited.place.file) == ("G12", Level.WARNING, "site.yml")


def folder(root: Path, name: str) -> Path:
    made = root / name
    made.mkdir()
    return made


def test_a_notice_without_consents_is_not_asked_about_the_site_s_period(tmp_path: Path) -> None:
    root = make(tmp_path, Example(site="consent_records: {keep: 6 years, after: case closure}", without=("consents",)))
    assert "G12" not in {problem.rule for problem in problems(root)}


@pytest.mark.parametrize(("keep", "after"), ONLY_STAFF_KNOW)
def test_what_only_staff_can_count_is_reported_and_never_erased(keep: str, after: str) -> None:
    found = past("s", [act(Kind.REFUSED, date(2020, 5, 10))], travelled(keep, after), FOREVER)
    assert isinstance(found, Unjudged)
    (rule,) = found.rules
    assert (rule.written, rule.records.keep, rule.records.after) == ("site.yml", keep, after or None)


SIX = Records("6 years", "withdrawal of consent", RecordPeriod(6, Unit.YEAR, Start.CONSENT_END))


def test_a_rule_that_cannot_be_judged_keeps_a_person_s_records_and_says_where_it_is_written() -> None:
    frozen = Records("as long as needed")  # from before `check` refused it
    found = past("s", [act(Kind.REFUSED, date(2020, 5, 10))], with_rule(SIX, frozen), LATER.effective - DAY)
    assert isinstance(found, Unjudged)
    assert [(rule.written, str(rule)) for rule in found.rules] == [("version 2 of family-hubs", "as long as needed")]


def test_a_version_in_force_that_says_nothing_leaves_it_to_the_site() -> None:
    ten = Records("10 years", None, RecordPeriod(10, Unit.YEAR, Start.CONSENT_END))
    assert_kept_until(date(2032, 1, 10), [act(Kind.REFUSED, date(2026, 1, 10))], with_rule(SIX, ten))


def test_where_the_words_of_one_language_cannot_be_counted_those_of_the_other_are() -> None:
    welsh = replace(V2, language="cy", consent_records=Records("6 blynedd", "tynnu cydsyniad"))
    manifest = Manifest(MANIFEST.site, MANIFEST.built, (welsh, replace(V2, consent_records=SIX)))
    assert_kept_until(date(2026, 5, 10), [act(Kind.REFUSED, date(2020, 5, 10))], manifest)


@pytest.mark.parametrize(
    ("welsh", "told"),
    [
        ("keep: 6 years", []),
        ("keep: six years, after: withdrawal of consent", []),
        ("keep: 2 years", ["`consent_records` is 2 years here and 6 years, withdrawal of consent in English."]),
    ],
)
def test_languages_say_the_same_of_records_of_consent(welsh: str, told: list[str], tmp_path: Path) -> None:
    english = "consent_records: {keep: 6 years, after: withdrawal of consent}"
    found = problems(make(tmp_path, Example(english, welsh=f"consent_records: {{{welsh}}}")))
    assert [problem.message for problem in found if problem.rule == "X04"] == told


def test_the_rule_of_a_version_that_has_not_started_erases_nothing_yet() -> None:
    day = Records("1 day", None, RecordPeriod(1, Unit.DAY, Start.CONSENT_END))
    scheduled = replace(LATER, consent_records=day)
    manifest = Manifest(replace(MANIFEST.site, consent_records=SIX), MANIFEST.built, (V2, scheduled))
    refused = [act(Kind.REFUSED, date(2026, 11, 10))]
    assert past("s", refused, manifest, scheduled.effective - DAY) is None
    assert isinstance(past("s", refused, manifest, scheduled.effective), Past)


def test_of_two_notices_the_longer_period_counts() -> None:
    elsewhere = replace(act(Kind.REFUSED, date(2020, 5, 10), seq=2), notice="library")
    manifest = with_rule(SIX, Records("1 year", None, RecordPeriod(1, Unit.YEAR, Start.CONSENT_END)))
    assert_kept_until(date(2026, 5, 10), [act(Kind.REFUSED, date(2020, 5, 10)), elsewhere], manifest)


def test_a_rule_of_the_site_is_reported_once_for_all_notices_that_a_person_answered_on() -> None:
    elsewhere = replace(act(Kind.REFUSED, date(2020, 5, 10), seq=2), notice="library")
    found = past("s", [act(Kind.REFUSED, date(2020, 5, 10)), elsewhere], with_rule(Records("permanently")), FOREVER)
    assert isinstance(found, Unjudged)
    assert [rule.written for rule in found.rules] == ["site.yml"]


def test_nobody_is_past_their_time_while_a_consent_stands() -> None:
    assert past("s", [act(Kind.GIVEN, date(2020, 5, 10))], with_rule(SIX), date(2027, 5, 31)) is None


# What the manifest carries.

PERIODS = st.builds(
    RecordPeriod,
    st.integers(0, 9999),
    st.sampled_from(Unit),
    st.sampled_from(Start),
    st.none() | st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(lambda day: f"{day:%m-%d}"),
)


@given(PERIODS)
def test_a_period_is_read_as_it_was_written(period: RecordPeriod) -> None:
    records = Records("these words", None, period)
    assert with_rule(records, records).site.consent_records == records
    assert with_rule(records, records).versions[0].consent_records == records


@given(PERIODS, st.dates(max_value=date(9998, 12, 31)))
def test_no_period_ends_before_it_starts(period: RecordPeriod, start: date) -> None:
    assert period.last_day(start) >= start


GOOD = {"count": 6, "unit": "year", "start": "consent-end", "year_ends": "03-31"}


@pytest.mark.parametrize(
    "changed",
    [
        {"unit": "decade"},
        {"start": "full-moon"},
        {"count": "6"},
        {"count": -1},
        {"count": True},
        {"year_ends": "02-30"},
        {"year_ends": "3-31"},
        {"year_ends": 331},
        {"unless": "somebody complains"},
    ],
)
def test_a_period_that_a_newer_release_wrote_is_not_guessed_at(changed: dict[str, object]) -> None:
    assert record_period.from_json(GOOD) == RecordPeriod(6, Unit.YEAR, Start.CONSENT_END, "03-31")
    assert record_period.from_json({**GOOD, **changed}) is None
    document = json.loads(manifests.to_json(with_rule(SIX)))
    document["site"]["consent_records"]["period"] = {**GOOD, **changed}
    read = manifests.from_json(json.dumps(document))
    assert read.site.consent_records == replace(SIX, period=None)


def test_a_manifest_from_before_is_read_and_its_words_are_not_guessed_at() -> None:
    document = json.loads(manifests.to_json(with_rule(SIX, SIX)))
    for records in (document["site"]["consent_records"], document["versions"][0]["consent_records"]):
        del records["period"]
    read = manifests.from_json(json.dumps(document))
    assert read.versions[0].consent_records == Records("6 years", "withdrawal of consent")
    assert isinstance(past("s", [act(Kind.REFUSED, date(2020, 5, 10))], read, FOREVER), Unjudged)


def test_a_build_adds_the_period_to_the_words_of_a_frozen_version_and_leaves_its_bytes(tmp_path: Path) -> None:
    records = "consent_records: {keep: 6 years, after: end of financial year}\n---\nThis is"
    root = make_site(tmp_path, NOTICE.replace("---\nThis is", records))
    assert publish(root, "2026-10-01", "First.", "material") == 0
    frozen = root / "content" / "library" / "versions" / "1.yml"
    before = frozen.read_bytes()
    assert b'consent_records:\n  keep: "6 years"\n  after: "end of financial year"\n' in before
    assert b"period" not in before
    for ends, expected in (("31 March", "03-31"), ("5 April", "04-05")):
        (root / "site.yml").write_text(f"{SITE}financial_year_ends: {ends}\n", "utf-8")
        assert noticeboard(["build", "--root", str(root), "--date", "2026-11-24", "--quiet"]) == 0
        (version,) = json.loads((root / "public" / "published.json").read_text("utf-8"))["versions"]
        period = {"count": 6, "unit": "year", "start": "consent-end", "year_ends": expected}
        assert version["consent_records"] == {"keep": "6 years", "after": "end of financial year", "period": period}
    assert frozen.read_bytes() == before


def test_what_check_refuses_is_not_published(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_site(tmp_path)
    write_notice(root, NOTICE.replace("---\nThis is", "consent_records: {keep: a while}\n---\nThis is"))
    assert publish(root, "2026-10-01", "First.", "material") == 1
    assert "[L05]" in "".join(capsys.readouterr())


# The command.


def purge(config: Config, *more: str) -> int:
    where = ("--database", config.database, "--keys", str(config.keys_folder), "--manifest", str(config.manifest))
    return consents(["purge", *where, *more])


def refuse(config: Config, clock: FakeClock) -> None:
    app = create_app(config, clock)
    read = manifests.from_json(config.manifest.read_text("utf-8")).versions[0]
    sent = form(read, photos="refused") | {"email": "resident@example.org"}
    assert app.test_client(use_cookies=False).post("/consent/family-hubs", data=sent).status_code == 303
    close_app(app)


@pytest.mark.postgresql
@pytest.mark.usefixtures("each_database")
@pytest.mark.parametrize(
    ("keep", "after", "last_day"),
    [
        ("current year plus 6 years", "", "2026-12-31"),
        ("6 years", "end of financial year", "2027-03-31"),
        ("a year", "", "2021-05-10"),
        ("1-7 years", "withdrawal of consent", "2027-05-10"),
        ("current academic year plus 6 years", "", "2026-08-31"),
    ],
)
def test_purge_erases_on_the_day_after_the_last_and_not_before(
    keep: str,
    after: str,
    last_day: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    clock = FakeClock(datetime.fromisoformat("2020-05-10T09:30:00Z"))
    config = published(tmp_path, travelled(keep, after))
    refuse(config, clock)
    monkeypatch.setattr(opening, "utc_now", clock)
    clock.now = datetime.fromisoformat(f"{last_day}T22:30:00Z")
    assert purge(config, "--do") == 0
    assert "0 records erased" in capsys.readouterr().out
    clock.move(hours=2)
    assert purge(config) == 0
    said = capsys.readouterr().out
    assert f"kept for {keep}{f', {after}' if after else ''}, until {last_day}" in said
    assert "1 records are past their time" in said
    assert purge(config, "--do") == 0
    assert "1 records erased" in capsys.readouterr().out


@pytest.mark.postgresql
@pytest.mark.usefixtures("each_database")
def test_purge_reports_what_it_cannot_judge_keeps_it_and_says_so_in_its_exit_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = FakeClock(datetime.fromisoformat("2020-05-10T09:30:00Z"))
    config = published(tmp_path, with_rule(SIX, Records("as long as needed", "case closure")))
    refuse(config, clock)
    monkeypatch.setattr(opening, "utc_now", clock)
    clock.now = clock.now.replace(year=2027)
    for more in ((), ("--do",)):
        assert purge(config, *more) == 3
        said = capsys.readouterr().out
        assert "Cannot judge 1 records" in said
        assert "version 2 of family-hubs says “as long as needed, case closure”" in said
        assert "consents erase --subject" in said
        assert "0 records" in said
    published(tmp_path, with_rule(SIX, SIX))  # corrected, published and built
    assert purge(config, "--do") == 0
    assert "1 records erased" in capsys.readouterr().out
