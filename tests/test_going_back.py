"""Correcting what counts today while another version is scheduled: calling off and bringing texts back (P1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator.cli import main
from generator.problems import ContentError
from generator.versions import called_off as called_off_file
from generator.versions import live, timeline
from generator.versions import version as versions
from generator.versions.timeline import Standing
from tests.site_fixtures import NOTICE, make_site, publish, read, write_notice
from widget import manifest
from widget.consent.offers import offered

SLIP, MENDED = "We look after your adress.", "We look after your address."
FIRST = NOTICE.replace("We look after your **information**.", SLIP)
LATER = FIRST.replace("keep: 2 years", "keep: 3 years")
DAY = date(2026, 12, 1)


def run(root: Path, *arguments: str, on: str = "2026-11-30") -> int:
    return main([arguments[0], "--root", str(root), "--date", on, *arguments[1:]])


def text(root: Path, language: str = "") -> str:
    name = f"notice.{language}.md" if language else "notice.md"
    return (root / "content/library" / name).read_text("utf-8")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Version 1 counts; version 2 is scheduled and keeps data for longer."""
    root = make_site(tmp_path, FIRST)
    assert publish(root, "2026-10-01", "First.", "material") == 0
    write_notice(root, LATER)
    assert publish(root, "2026-11-20", "We keep it longer.", "material", "--effective", "2027-01-01") == 0
    return root


def published(root: Path, on: date = DAY) -> manifest.Manifest:
    found = read(root)
    return manifest.from_json(manifest.to_json(timeline.manifest_of(found.ever, found.site, on)))


def page(root: Path, address: str) -> str:
    return (root / "public" / address.strip("/") / "index.html").read_text("utf-8")


def test_a_slip_goes_today_although_a_later_version_is_scheduled(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The whole journey: each step is named by the message of the one before it, or by docs/editors.md."""
    write_notice(site, LATER.replace(SLIP, MENDED))
    assert run(site, "publish", "library", "--kind", "typo", "--summary", "We mended a word.") == 1
    assert "noticeboard call-off library 2" in capsys.readouterr().err
    write_notice(site, LATER)
    assert run(site, "call-off", "library", "2") == 0
    assert "noticeboard restore library" in capsys.readouterr().out
    assert run(site, "restore", "library") == 0
    assert text(site) == FIRST
    write_notice(site, text(site).replace(SLIP, MENDED))
    assert run(site, "publish", "library", "--kind", "typo", "--summary", "We mended a word.") == 0
    assert run(site, "restore", "library", "2") == 0
    write_notice(site, text(site).replace(SLIP, MENDED))
    later = ("--kind", "material", "--summary", "We keep it longer.", "--effective", "2027-01-01")
    assert run(site, "publish", "library", *later) == 0
    assert run(site, "build") == 0
    history = timeline.histories(read(site).versions, DAY)["library", "en"]
    standings = [history.standing(version) for version in history.versions]
    assert standings == [Standing.REPLACED, Standing.NEVER_APPLIED, Standing.IN_FORCE, Standing.SCHEDULED]
    assert timeline.histories(read(site).versions, date(2027, 1, 1))["library", "en"].number == 4


@pytest.fixture
def called_off(site: Path) -> Path:
    assert run(site, "call-off", "library", "2") == 0
    return site


def test_a_version_that_was_called_off_keeps_its_bytes_and_its_page_says_so(site: Path) -> None:
    frozen = (site / "content/library/versions/2.yml").read_bytes()
    assert run(site, "call-off", "library", "2") == 0
    assert (site / "content/library/versions/2.yml").read_bytes() == frozen
    assert run(site, "build", on="2027-02-01") == 0
    shown = page(site, "/library/v/2/")
    assert "This version never counted" in shown and "30 November 2026" in shown and "3 years" in shown
    assert '<form class="consent' not in shown and "Nobody can answer this" in shown
    assert "Your version never counted" in page(site, "/check/library/2/")
    history = page(site, "/library/history/")
    assert "Never applied" in history and 'class="never-applied"' in history
    assert "never came into force" in (site / "public/feed.xml").read_text("utf-8")
    assert (site / "public/library/v/2/changes/index.html").exists()


def test_a_build_that_knows_the_site_notices_that_a_version_was_called_off(site: Path) -> None:
    assert run(site, "build") == 0
    assert "Version 2 starts on" in page(site, "/library/")
    assert run(site, "call-off", "library", "2") == 0
    assert run(site, "build") == 0
    assert "Version 2 starts on" not in page(site, "/library/")
    assert run(site, "next-change") == 3


def test_the_next_version_is_compared_with_the_one_that_applied(called_off: Path) -> None:
    write_notice(called_off, FIRST.replace(SLIP, MENDED))
    assert publish(called_off, "2026-12-02", "A word.", "typo") == 0
    history = timeline.histories(read(called_off).versions, date(2026, 12, 2))["library", "en"]
    first, off, third = history.versions
    assert history.before(third) == first and history.before(off) == first
    assert history.until(first) == date(2026, 12, 2) and history.until(off) is None
    assert third.previous == off.digest and third.cites == (off.called_off.digest if off.called_off else "",)


def test_nobody_is_asked_in_a_version_that_was_called_off(called_off: Path) -> None:
    """Neither on its day nor when a page of it asks by its number."""
    known = published(called_off)
    for day in (DAY, date(2027, 3, 1)):
        shown = offered(known, "library", 2, "en", day)
        assert shown is not None and shown.version == 1
        in_force = known.in_force("library", "en", day)
        assert in_force is not None and in_force.version == 1
    off = known.find("library", 2, "en")
    assert off is not None and not off.started(date(2027, 3, 1)) and off.proved


def test_a_manifest_that_puts_back_a_version_that_was_called_off_is_refused(called_off: Path) -> None:
    after = published(called_off)
    before = replace(after, versions=tuple(replace(version, called_off=None) for version in after.versions))
    assert manifest.missing_from(before, after) == []
    assert manifest.missing_from(after, before) == ["library/2/en"]


def test_a_calling_off_cannot_be_taken_back_unnoticed(called_off: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With its line in the lock too: the next version names it, and until there is one the live site does."""
    live_before = published(called_off)
    lock, path = called_off / "content/versions.lock", called_off / "content/library/versions/2.called-off"
    kept, note = lock.read_text("utf-8"), path.read_bytes()
    path.unlink()
    assert run(called_off, "status") == 1
    assert "[V02]" in capsys.readouterr().err
    lock.write_text("".join(line for line in kept.splitlines(True) if "called-off" not in line), "utf-8")
    (told,) = live.contradictions(live_before, read(called_off).ever)
    assert "called off on 2026-11-30 on the live site" in told
    path.write_bytes(note)
    lock.write_text(kept, "utf-8")
    write_notice(called_off, FIRST.replace(SLIP, MENDED))
    assert publish(called_off, "2026-12-02", "A word.", "typo") == 0
    path.unlink()
    text = lock.read_text("utf-8")
    lock.write_text("".join(line for line in text.splitlines(True) if "called-off" not in line), "utf-8")
    assert run(called_off, "build") == 1
    assert "[V07]" in capsys.readouterr().err


def test_a_version_cannot_be_called_off_behind_the_back_of_a_later_one(site: Path) -> None:
    write_notice(site, LATER.replace("keep: 3 years", "keep: 4 years"))
    assert publish(site, "2026-12-05", "Longer still.", "material", "--effective", "2027-02-01") == 0
    assert run(site, "call-off", "library", "2", on="2026-12-01") == 1
    forged = called_off_file.freeze(read(site).versions[1], date(2026, 12, 1))
    (site / "content/library/versions/2.called-off").write_bytes(forged)
    with (site / "content/versions.lock").open("a") as lock:
        lock.write(f"{versions.digest(forged)}  library/versions/2.called-off\n")
    with pytest.raises(ContentError, match="was published when other versions were called off"):
        read(site)


def test_a_version_that_has_started_is_not_called_off(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(site, "call-off", "library", "1") == 1
    assert "[R03]" in capsys.readouterr().err
    assert run(site, "call-off", "library", "2", on="2027-01-01") == 1
    assert run(site, "call-off", "library", "7") == 1
    assert run(site, "call-off", "library", "2") == 0
    assert run(site, "call-off", "library", "2") == 3


def test_restoring_loses_nothing_that_somebody_wrote(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    work = LATER.replace("This is about", "This is all about")
    write_notice(site, work)
    assert run(site, "restore", "library") == 1
    assert "[P06]" in capsys.readouterr().err and text(site) == work
    assert run(site, "restore", "library", "--keep") == 0
    assert text(site) == FIRST
    kept = site / "content/library/notice.kept-2026-11-30.md"
    assert kept.read_text("utf-8") == work and str(kept.name) in capsys.readouterr().out
    write_notice(site, work)
    assert run(site, "restore", "library", "2", "--keep") == 0
    assert (site / "content/library/notice.kept-2026-11-30-2.md").read_text("utf-8") == work
    assert run(site, "restore", "library", "2") == 3


def test_a_text_that_was_deleted_comes_back(site: Path) -> None:
    (site / "content/library/notice.md").unlink()
    assert run(site, "restore", "library", "2") == 0
    assert text(site) == LATER


def test_what_was_taken_down_does_not_come_back(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(site, "retract", "library", "2", "--reason", "It named somebody.") == 0
    assert run(site, "restore", "library", "2") == 1
    assert "its text with it" in capsys.readouterr().err


def test_a_version_that_was_called_off_can_be_taken_down_too(called_off: Path) -> None:
    write_notice(called_off, FIRST.replace(SLIP, MENDED))
    assert publish(called_off, "2026-12-02", "A word.", "typo") == 0
    assert run(called_off, "retract", "library", "2", "--reason", "It named somebody.", on="2026-12-03") == 0
    assert run(called_off, "build", on="2026-12-03") == 0
    assert [version.version for version in read(called_off).retracted] == [2]


def test_a_version_from_before_comes_back_in_words_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Release 0.1 kept no source: its Markdown comes back as sections, and the message says that the facts do not."""
    root = make_site(tmp_path)
    folder, lock = root / "content/library/versions", root / "content/versions.lock"
    frozen = (
        'notice: "library"\nversion: 1\nlanguage: "en"\npublished: 2026-10-01\neffective: 2026-10-01\n'
        'change:\n  kind: "material"\n  summary: "First."\ntitle: "Library: a notice"\nsummary: "What we do."\nsections:\n'
        '  - id: "about"\n    heading: ""\n    markdown: "All about it."\n'
        '  - id: "ours"\n    heading: "Our promise"\n    markdown: "We *care*."\n'
    )
    folder.mkdir()
    (folder / "1.yml").write_text(frozen, "utf-8")
    lock.write_text(f"{versions.digest(frozen.encode())}  library/versions/1.yml\n", "utf-8")
    assert run(root, "restore", "library", "1") == 1
    assert run(root, "restore", "library", "1", "--keep") == 0
    assert "without facts" in capsys.readouterr().err
    assert run(root, "status") == 0
    shown = capsys.readouterr().out
    assert {"changed:", "service's", "contact"} <= set(shown.split()), "a fact"
    assert "promise" not in shown, "the words are the same"
    assert text(root).endswith("All about it.\n\n## Our promise {#ours}\n\nWe *care*.\n")
