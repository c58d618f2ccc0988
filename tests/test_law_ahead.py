"""Published notices that a change of law breaks: `check --ahead` and `status` say which, from which day, and why."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from generator import repository
from generator.cli import main
from generator.law import statute_book
from generator.rules.law import ahead
from tests.site_fixtures import NOTICE, make_site, publish

OLD = NOTICE.replace("We look after", "You can object under Article 22 of the GDPR. We look after")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A notice that was lawful when it was published on 2 February 2026."""
    root = make_site(tmp_path_factory.mktemp("ahead"), OLD)
    assert publish(root, "2026-02-02", "First.") == 0
    return root


def ahead_of(site: Path, on: str, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, str]:
    capsys.readouterr()
    code = main(["check", "--ahead", "--root", str(site), "--date", on, *more])
    return code, capsys.readouterr().out


def test_a_change_of_law_that_lies_ahead_is_told_with_its_day(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = ahead_of(site, "2026-02-03", capsys)
    assert code == 0
    assert "Publish again by 5 February 2026:\n  library version 1\n    T06: “Article 22”" in told
    assert "Information Commissioner" not in told.partition("No day")[0]


def test_a_change_of_law_that_has_come_fails_the_check(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = ahead_of(site, "2026-11-30", capsys)
    assert code == 1
    assert "Publish again now: the law changed on 5 February 2026:" in told
    code, told = ahead_of(site, "2026-11-30", capsys, "--format", "json")
    (finding,) = json.loads(told)
    assert (finding["notice"], finding["version"], finding["rule"]) == ("library", 1, "T06")


def test_status_ends_with_what_the_law_asks_for(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["status", "--root", str(site), "--date", "2026-02-03"]) == 0
    told = capsys.readouterr().out
    assert "Publish again by 5 February 2026" in told


def test_a_change_without_a_day_names_the_notices_and_invents_none(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, told = ahead_of(site, "2026-11-30", capsys)
    last = told.partition("No day is known yet")[2]
    assert "section 119" in last
    assert "library version 1" in last


def test_the_day_of_the_commission_is_one_line_for_every_notice_that_names_the_commissioner(site: Path) -> None:
    files = {path.name: path.read_text("utf-8") for path in statute_book.FOLDER.glob("*.toml")}
    (waits,) = (line for line in files["commissioner.toml"].splitlines() if line.startswith("awaits"))
    files["commissioner.toml"] = files["commissioner.toml"].replace(waits, "from = 2027-01-31")
    found = ahead.broken(repository.read(site), date(2026, 11, 30), statute_book.read(files))
    (coming,) = (one for one in found if one.since == date(2027, 1, 31))
    assert "Information Commissioner" in coming.problems[0].message
    assert ahead.awaited(repository.read(site), date(2026, 11, 30), statute_book.read(files)) == []


def test_a_notice_published_under_the_law_of_the_day_has_nothing_ahead(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_site(tmp_path, NOTICE)
    assert publish(root, "2026-11-24", "First.") == 0
    code, told = ahead_of(root, "2026-11-30", capsys)
    assert code == 0
    assert "Publish again" not in told
