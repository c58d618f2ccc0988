"""Versions that start later: built when they start, and right for those who read the version before."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

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


def rebuild(root: Path, today: str, *places: Path, code: int = 0, **more: str) -> str:
    """The timer's command, on a day; all that it said."""
    command = {"NOTICEBOARD": f"{sys.executable} -m generator.cli", "TODAY": today, "PYTHONPATH": str(PROJECT)} | more
    words = ["sh", str(REBUILD), *map(str, places)]
    done = subprocess.run(words, cwd=root, env=os.environ | command, capture_output=True, text=True)
    assert done.returncode == code, done.stderr
    return done.stdout + done.stderr


def built(root: Path, public: str = "public") -> tuple[str, int]:
    """The day of the last build, and the version that its notice shows."""
    published = manifest.from_json((root / public / "published.json").read_bytes())
    page = (root / public / "library" / "index.html").read_text("utf-8")
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


def test_what_was_published_since_the_last_build_is_built(root: Path) -> None:
    assert main(["build", "--root", str(root), "--if-due", "--date", "2026-12-02"]) == 0
    assert main(["build", "--root", str(root), "--if-due", "--date", "2026-12-03"]) == 3
    write_notice(root, NOTICE.replace("send me news", "send me news and offers and prizes"))
    publish(root, "2026-12-03", "We send prizes too.", "material")
    rebuild(root, "2026-12-03")
    assert "offers and prizes" in (root / "public" / "library" / "index.html").read_text("utf-8")
    assert main(["call-off", "library", "9", "--root", str(root)]) != 0
    assert main(["build", "--root", str(root), "--if-due", "--date", "2026-12-03"]) == 3


def test_the_day_is_known_without_the_machines_files_of_time_zones(root: Path) -> None:
    """The case of a slim image: there, `TZ=Europe/London date` tells the day in UTC, which in summer is yesterday's."""
    rebuild(root, "", TZDIR="/nonexistent", PYTHONTZPATH="")
    days = {datetime.now(ZoneInfo("Europe/London")).date(), date.fromisoformat(built(root)[0])}
    assert len(days) == 1 or max(days) - min(days) == timedelta(1), "but for a midnight between the two"
    assert "date +" not in REBUILD.read_text("utf-8")


def test_a_site_that_did_not_reach_every_place_is_shipped_again(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    here, there = tmp_path_factory.mktemp("here"), tmp_path_factory.mktemp("there") / "away"
    assert "away" in rebuild(root, "2026-12-01", here, there, code=1, LC_ALL="C")
    there.mkdir()
    rebuild(root, "2026-12-01", here, there)
    for place in (here, there):
        assert built(place) == ("2026-12-01", 2)
        assert [path.name for path in place.iterdir() if path.is_symlink()] == ["public"]
        assert oct((place / "public" / "library" / "index.html").stat().st_mode)[-3:] == "644"
    shipped = (here / "public").readlink()
    rebuild(root, "2026-12-02", here, there)
    assert (here / "public").readlink() == shipped, "nothing was due"


def test_three_sites_at_most_lie_in_a_place_and_a_folder_of_somebody_elses_is_left(root: Path, tmp_path: Path) -> None:
    place = tmp_path / "www"
    place.mkdir()
    ship = [str(REBUILD.parent / "noticeboard-ship"), str(root / "public"), str(place)]
    for _ in range(5):
        subprocess.run(ship, check=True)
    assert len([path for path in place.iterdir() if not path.is_symlink()]) == 3
    (place / "public").unlink()
    (place / "public").mkdir()
    refused = subprocess.run(ship, capture_output=True, text=True)
    assert refused.returncode == 1 and "is a folder and not a link" in refused.stderr
    assert list((place / "public").iterdir()) == []
    nothing = subprocess.run([ship[0], str(tmp_path), str(place)], capture_output=True, text=True)
    assert nothing.returncode == 2 and "name a built site" in nothing.stderr


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
