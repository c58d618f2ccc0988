"""A site of the release before comes to this one: its frozen files keep their bytes, its pages theirs, and it is told so."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

from generator.cli import main
from generator.content.model import Section
from generator.markdown.render import Renderer
from generator.versions import version as versions
from generator.versions.section_html import html_file, read_html_file, section_html
from generator.versions.version import Version
from tests.releases import recorded
from tests.site_fixtures import NOTICE, TODAY, make_site, publish, read, write_notice
from tests.stopped import stopped
from tests.test_retract import REASON
from widget import manifest

RECORDED = recorded.recordings()[0]


def digests(folder: Path) -> dict[str, str]:
    """The SHA-256 of each file below a folder, links followed."""
    whole = folder.resolve()
    files = (path for path in whole.rglob("*") if path.is_file())
    return {path.relative_to(whole).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def run(root: Path, *arguments: str) -> int:
    return main([arguments[0], "--root", str(root), "--date", "2026-11-24", *arguments[1:]])


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The site that release 0.1.0 left."""
    shutil.copytree(RECORDED.site, tmp_path / "site")
    return tmp_path / "site"


def test_an_upgrade_keeps_every_frozen_byte_and_every_page(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = site / "content"
    before, lock = digests(content), (content / "versions.lock").read_bytes()
    assert run(site, "build") == 0
    assert "run `noticeboard upgrade` once" in capsys.readouterr().err
    pages = digests(site / "public")
    assert run(site, "upgrade") == 0
    after = digests(content)
    assert {name: after[name] for name in before if name != "versions.lock"} == {
        name: digest for name, digest in before.items() if name != "versions.lock"
    }
    new = after.keys() - before.keys()
    standing = [name for name in before if "/versions/" in name and b"retracted:" not in (content / name).read_bytes()]
    assert new == {name.replace(".yml", ".html") for name in standing}
    assert (content / "versions.lock").read_bytes().startswith(lock)
    subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "versions.lock"], cwd=content, check=True)
    capsys.readouterr()
    assert run(site, "build") == 0
    assert capsys.readouterr().err == ""
    assert digests(site / "public") == pages


def test_upgrading_again_changes_nothing(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(site, "upgrade") == 0
    done = digests(site / "content")
    assert run(site, "upgrade") == 3
    assert "Nothing to upgrade" in capsys.readouterr().out
    assert digests(site / "content") == done


def test_two_copies_are_upgraded_to_the_same_bytes(site: Path, tmp_path: Path) -> None:
    shutil.copytree(site, tmp_path / "other")
    assert run(site, "upgrade") == run(tmp_path / "other", "upgrade") == 0
    assert digests(site / "content") == digests(tmp_path / "other" / "content")


def test_an_upgraded_version_is_shown_from_its_html_and_compared_by_its_markdown(site: Path) -> None:
    assert run(site, "upgrade") == 0
    assert run(site, "build") == 0
    path = site / "content" / "family-hubs" / "versions" / "1.html"
    old, lock = path.read_bytes(), site / "content" / "versions.lock"
    new = old.replace(b"<p>This notice is for you", b"<p>This very notice is for you")
    assert new != old
    path.chmod(0o644)
    path.write_bytes(new)
    assert run(site, "build") == 1, "the lock proves the HTML too"
    lock.write_text(lock.read_text("utf-8").replace(versions.digest(old), versions.digest(new)), "utf-8")
    assert run(site, "build") == 0
    assert "<p>This very notice is for you" in (site / "public/family-hubs/v/1/index.html").read_text("utf-8")
    first = next(version for version in read(site).versions if version.file == "family-hubs/versions/1.yml")
    assert first.digest == hashlib.sha256((site / "content" / first.file).read_bytes()).hexdigest()


def test_an_upgrade_that_was_stopped_anywhere_leaves_nothing_that_counts_and_is_done_again(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lock = (site / "content" / "versions.lock").read_bytes()
    for number in (0, 1, 2, 3, 7, 12):
        assert stopped(site, number, "upgrade") == 9
        assert (site / "content" / "versions.lock").read_bytes() == lock
        capsys.readouterr()
        found = run(site, "status")
        said = capsys.readouterr().err
        assert (found, "noticeboard upgrade" in said) in {(0, False), (1, True)}, said
    assert run(site, "upgrade") == 0
    assert run(site, "status") == 0


def test_what_is_taken_down_takes_its_html_along(site: Path) -> None:
    assert run(site, "upgrade") == 0
    assert run(site, "retract", "family-hubs", "1", "--reason", REASON) == 0
    kept = site / "content" / "family-hubs" / "versions"
    assert not (kept / "1.html").exists()
    assert run(site, "build") == 0


def test_a_site_of_this_release_has_nothing_to_upgrade(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_site(tmp_path)
    assert publish(root, "2026-10-01", "First.") == 0
    write_notice(root, NOTICE.replace("We look after", "We guard"))
    assert publish(root, "2026-10-02", "Second.") == 0
    assert run(root, "retract", "library", "1", "--reason", REASON) == 0
    assert run(root, "upgrade") == 3
    capsys.readouterr()
    assert run(root, "build") == 0
    assert capsys.readouterr().err == ""


def test_no_text_can_end_its_section_in_the_html_file() -> None:
    text = '<abbr title="</section>\\n<section id=&quot;x&quot;>">A</abbr> </section> <h2>B</h2> `</section>`'
    sections = (Section("one", "A `</h2>` *b*", text), Section("two", "Two", ""))
    version = Version("a", 1, "en", TODAY, TODAY, manifest.Change("typo", "A."), "A & <B>", sections)
    found = read_html_file(html_file(version, Renderer()))
    assert [section.id for section in found] == ["one", "two"]
    assert found == section_html(version, Renderer())
