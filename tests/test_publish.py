"""Publishing: what was published never changes, and can be proved with a standard tool."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.cli import main
from generator.problems import ContentError
from generator.versions import version as versions
from generator.versions.differences import differences
from generator.versions.timeline import histories, next_change
from tests.site_fixtures import NOTICE, PROJECT, make_site, publish, read, write_notice
from widget import __version__


def run(root: Path, *arguments: str) -> int:
    return main([arguments[0], "--root", str(root), *arguments[1:]])


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = make_site(tmp_path)
    assert publish(root, "2026-10-01", "First published version.", "material") == 0
    return root


def files(root: Path) -> dict[str, bytes]:
    """Every file of a site, without what commands remember for themselves."""
    found = (path for path in sorted(root.rglob("*")) if path.is_file() and ".noticeboard" not in path.parts)
    return {str(path.relative_to(root)): path.read_bytes() for path in found}


def test_a_version_holds_the_words_and_the_facts(site: Path) -> None:
    (version,) = read(site).versions
    assert (version.version, version.effective) == (1, date(2026, 10, 1))
    assert (version.html[0].id, version.html[0].html) == ("about", "<p>This is about the library.</p>")
    assert version.consents[0].statement == "I agree that the library can send me news."
    assert version.consents[0].purposes == ("send you news",)
    assert version.service.email == "libraries@example.org"
    assert version.facets["retention"] == [
        {"record": "your membership", "keep": "2 years", "after": "end of financial year"}
    ]


def test_a_frozen_version_is_read_back_the_same(site: Path) -> None:
    (version,) = read(site).versions
    again = versions.freeze(version)
    assert versions.digest(again) == version.digest
    assert versions.read(again, version.file) == version


def test_the_lock_is_one_that_sha256sum_checks(site: Path) -> None:
    command = ["sha256sum", "--check", "--strict", "versions.lock"]
    done = subprocess.run(command, cwd=site / "content", capture_output=True, text=True, check=True)
    assert done.stdout == "library/versions/1.yml: OK\nlibrary/versions/1.source.md: OK\n"


def test_the_working_text_is_kept_beside_the_version_that_was_made_of_it(site: Path) -> None:
    kept = site / "content" / "library" / "versions" / "1.source.md"
    assert kept.read_text("utf-8") == NOTICE and not kept.stat().st_mode & 0o222
    assert run(site, "build") == 0
    assert not list((site / "public").resolve().rglob("*.source.md"))


def test_html_of_another_release_is_no_change(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The digest of the composed Markdown decides, not the HTML that a library makes of it."""
    path, lock = site / "content" / "library" / "versions" / "1.yml", site / "content" / "versions.lock"
    old = path.read_bytes()
    new = old.replace(b"<strong>information</strong>", b"<b>information</b>")
    assert new != old
    path.chmod(0o644)
    path.write_bytes(new)
    lock.write_text(lock.read_text("utf-8").replace(versions.digest(old), versions.digest(new)), "utf-8")
    assert publish(site, "2026-11-01", "Nothing.") == 3
    capsys.readouterr()
    assert run(site, "status") == 0
    assert " same " in capsys.readouterr().out


def test_a_version_says_which_release_worded_it(site: Path) -> None:
    (version,) = read(site).versions
    assert version.wording_release == __version__


def test_no_markdown_library_is_asked_for_what_is_frozen(tmp_path: Path) -> None:
    """A page that needs it, with a nested list, footnote and table, is built where the library is missing."""
    text = NOTICE + "\n1. one\n    - two[^1]\n\n[^1]: A note.\n\n| a | b |\n|:--|--:|\n| c | d |\n"
    root = make_site(tmp_path, text)
    assert publish(root, "2026-10-01", "First.") == 0
    without = "import sys; sys.modules['markdown'] = None; sys.modules['nh3'] = None; from generator.cli import main; "
    command = [sys.executable, "-c", f"{without}sys.exit(main(['build', '--root', {str(root)!r}, '--jobs', '1']))"]
    subprocess.run(command, check=True, cwd=PROJECT)
    page = (root / "public" / "library" / "v" / "1" / "index.html").read_text("utf-8")
    assert '<td class="align-right">d</td>' in page and 'id="fn-our-promise-1"' in page


def test_a_new_version_follows_the_one_before(site: Path) -> None:
    write_notice(site, NOTICE.replace("We look after", "We take good care of"))
    assert publish(site, "2026-11-01", "We say it more clearly.") == 0
    first, second = read(site).versions
    assert (second.version, second.previous) == (2, first.digest)
    assert [item.id for item in differences(first, second)] == ["our-promise", "retention"]


def test_what_did_not_change_is_not_published_again(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = files(site)
    assert publish(site, "2026-11-01", "Nothing.") == 3
    assert files(site) == before
    assert "Nothing to publish" in capsys.readouterr().out


def test_the_worked_dates_of_another_day_are_no_change(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(site, "status", "--date", "2027-06-01") == 0
    assert " same " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("damage", "rule"),
    [
        (lambda path: path.write_bytes(path.read_bytes().replace(b"library", b"Library", 1)), "V01"),
        (lambda path: path.unlink(), "V02"),
        (lambda path: (path.parent / "2.yml").write_bytes(path.read_bytes()), "V03"),
        (lambda path: (path.parents[2] / "versions.lock").write_text("nonsense\n"), "V04"),
    ],
    ids=["changed", "vanished", "never published", "lock damaged"],
)
@pytest.mark.parametrize("command", ["check", "status", "publish", "build", "next-change"])
def test_altered_history_stops_every_command(
    site: Path, damage: object, rule: str, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = site / "content" / "library" / "versions" / "1.yml"
    path.chmod(0o644)
    assert callable(damage)
    damage(path)
    assert run(site, command) == 1
    assert f"[{rule}]" in capsys.readouterr().err
    assert not (site / "public").exists()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_one_flipped_bit_of_a_frozen_file_is_found(site: Path, data: st.DataObject) -> None:
    path = site / "content" / "library" / "versions" / "1.yml"
    path.chmod(0o644)
    whole = path.read_bytes()
    at = data.draw(st.integers(0, len(whole) * 8 - 1))
    flipped = bytearray(whole)
    flipped[at // 8] ^= 1 << at % 8
    path.write_bytes(flipped)
    try:
        with pytest.raises(ContentError):
            read(site)
    finally:
        path.write_bytes(whole)


def test_nothing_is_published_while_there_is_an_error(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_notice(site, NOTICE.replace("purposes: news", "purposes: lend"))
    before = files(site)
    assert publish(site, "2026-11-01", "Change.") == 1
    assert files(site) == before
    assert "[L04]" in capsys.readouterr().err


def test_a_change_that_was_published_does_not_describe_the_next(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change = "change: {kind: clarification, summary: We corrected a word.}\n"
    text = NOTICE.replace("consents:", change + "consents:")
    write_notice(site, text.replace("We look after", "We mind"))
    assert run(site, "publish", "--date", "2026-11-01") == 0
    write_notice(site, text.replace("We look after", "We guard"))
    assert run(site, "publish", "--date", "2026-11-02") == 3
    assert run(site, "publish", "library", "--date", "2026-11-02") == 1
    assert "does not say what changed since version 2" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("on", "effective", "message"),
    [("2026-11-10", "2026-11-09", "before it is published"), ("2026-11-10", "2026-11-12", "starts later")],
)
def test_a_version_cannot_start_before_its_turn(
    site: Path, on: str, effective: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write_notice(site, NOTICE.replace("We look after", "We mind"))
    assert publish(site, "2026-11-01", "Later.", "clarification", "--effective", "2026-11-20") == 0
    write_notice(site, NOTICE.replace("We look after", "We guard"))
    assert publish(site, on, "Sooner.", "clarification", "--effective", effective) == 1
    assert message in capsys.readouterr().err


def test_which_version_counts_is_decided_by_the_day(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_notice(site, NOTICE.replace("We look after", "We mind"))
    assert publish(site, "2026-11-01", "Later.", "clarification", "--effective", "2026-11-20") == 0
    found = read(site).versions
    days = [date(2026, 9, 30), date(2026, 10, 1), date(2026, 11, 19), date(2026, 11, 20)]
    assert [histories(found, day)["library", "en"].number for day in days] == [None, 1, 1, 2]
    assert next_change(found, date(2026, 11, 1)) == date(2026, 11, 20)
    assert run(site, "next-change", "--date", "2026-11-01") == 0
    assert capsys.readouterr().out.endswith("2026-11-20\n")
    assert run(site, "next-change", "--date", "2026-11-20") == 3


def test_a_published_version_cannot_be_written_to(site: Path) -> None:
    mode = (site / "content" / "library" / "versions" / "1.yml").stat().st_mode
    assert not mode & 0o222


def test_versions_differ_by_what_a_reader_would_find_different(site: Path) -> None:
    (version,) = read(site).versions
    changed = dataclasses.replace(version, html=version.html[1:], composed="0" * 64, title="Other")
    assert [(item.id, item.how) for item in differences(version, changed)] == [
        ("title", "changed"),
        ("about", "removed"),
    ]
    assert differences(version, version) == []


def test_a_version_can_be_read_again_however_much_the_notice_holds(tmp_path: Path) -> None:
    """A notice with many sections passed the check, and its frozen file was then too much for every command."""
    sections = "".join(f"## Section {number}\n\nWords.\n\n" for number in range(900))
    make_site(tmp_path, f"---\ntitle: Library\n---\n{sections}")
    assert publish(tmp_path, "2026-10-01", "First.") == 0
    (version,) = read(tmp_path).versions
    assert len(version.html) == 900


def test_a_notice_of_a_title_alone_can_be_read_again_once_it_is_published(tmp_path: Path) -> None:
    make_site(tmp_path, "# Housing support\n")
    assert publish(tmp_path, "2026-11-01", "First.", "material") == 0
    assert read(tmp_path).versions[0].html == ()
    assert main(["build", "--root", str(tmp_path), "--out", str(tmp_path / "public")]) == 0
