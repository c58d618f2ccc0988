"""Versions that start later: built when they start, and right for those who read the version before."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from generator.building import build
from generator.cli import main
from tests.site_fixtures import NOTICE, PROJECT, make_site, publish, read, write_notice
from widget import manifest
from widget.app import close_app, create_app
from widget.config import Config
from widget.ledger.events import Kind
from widget.views.shared import service_of

REBUILD = PROJECT / "deploy" / "noticeboard-rebuild"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site built on 30 November whose second version starts on 1 December."""
    root = make_site(tmp_path)
    publish(root, "2026-10-01", "First.", "material")
    write_notice(root, NOTICE.replace("send me news", "send me news and offers"))
    publish(root, "2026-11-20", "We send offers too.", "material", "--effective", "2026-12-01")
    build.build(read(root), root / "public", date(2026, 11, 30))
    return root


def rebuild(root: Path, today: str) -> None:
    """The timer's command, on a day."""
    command = {"NOTICEBOARD": f"{sys.executable} -m generator.cli", "TODAY": today, "PYTHONPATH": str(PROJECT)}
    subprocess.run(["sh", str(REBUILD)], cwd=root, check=True, env=os.environ | command)


def built(root: Path) -> tuple[str, int]:
    """The day of the last build, and the version that its notice shows."""
    published = manifest.from_json((root / "public" / "published.json").read_bytes())
    page = (root / "public" / "library" / "index.html").read_text("utf-8")
    return published.built.isoformat(), 2 if "news and offers" in page else 1


def test_the_timer_builds_when_a_version_starts_and_not_before(root: Path) -> None:
    rebuild(root, "2026-11-30")
    assert built(root) == ("2026-11-30", 1)
    rebuild(root, "2026-12-01")
    assert built(root) == ("2026-12-01", 2)
    rebuild(root, "2026-12-24")
    assert built(root) == ("2026-12-01", 2)


def test_a_machine_that_was_off_catches_up_and_security_txt_never_expires(root: Path) -> None:
    rebuild(root, "2026-12-05")
    assert built(root) == ("2026-12-05", 2)
    rebuild(root, "2027-01-01")
    assert built(root) == ("2027-01-01", 2)


def test_a_site_that_was_never_built_is_built(root: Path) -> None:
    (root / "public").unlink()
    rebuild(root, "2026-11-30")
    assert built(root) == ("2026-11-30", 1)


def test_pages_and_endpoint_agree_on_the_day(root: Path) -> None:
    published = manifest.from_json((root / "public" / "published.json").read_bytes())
    for day, number in ((date(2026, 11, 30), 1), (date(2026, 12, 1), 2)):
        build.build(read(root), root / "public", day)
        current = published.in_force("library", "en", day)
        assert current is not None and current.version == number == built(root)[1]


def test_the_next_change_is_told_until_there_is_none(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["next-change", "--root", str(root), "--date", "2026-11-30"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "2026-12-01"
    assert main(["next-change", "--root", str(root), "--date", "2026-12-01"]) == 3


def test_the_timer_fires_just_after_midnight_in_the_united_kingdom() -> None:
    timer = (PROJECT / "deploy" / "noticeboard-rebuild.timer").read_text()
    assert "OnCalendar=*-*-* 00:00:30 Europe/London" in timer and "Persistent=true" in timer


def test_in_the_minutes_between_an_answer_is_recorded_against_the_version_that_was_read(root: Path) -> None:
    """The page was built yesterday and shows version 1; by the clock version 2 counts already."""
    public = root / "public"
    read_before = manifest.from_json((public / "published.json").read_bytes()).find("library", 1, "en")
    assert read_before is not None
    config = Config(manifest=public / "published.json", database=f"sqlite:///{root / 'consents.db'}")
    app = create_app(config, lambda: datetime(2026, 12, 1, 0, 0, 20, tzinfo=UTC))
    try:
        form = {
            "version": "1",
            "digest": read_before.digest,
            "language": "en",
            "decision.news": "given",
            "request_id": "0" * 32,
        }
        answer = app.test_client().post("/consent/library", data=form, base_url="https://privacy.example.org")
        assert answer.status_code == 303, answer.text
        with service_of(app).store.reading() as reading:
            (event,) = [event for event in reading.events() if event.kind is Kind.GIVEN]
        assert (event.version, event.digest) == (1, read_before.digest)
    finally:
        close_app(app)
