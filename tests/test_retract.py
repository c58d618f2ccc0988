"""Taking a version down: the words go, the proof stays, and nothing is left half done."""

from __future__ import annotations

import hashlib
import json
import subprocess
from datetime import date
from pathlib import Path

import pytest

from generator.cli import main
from generator.versions import timeline
from tests.site_fixtures import NOTICE, SITE, make_site, publish, read, write_notice
from tests.stopped import stopped
from widget import manifest

LEAK = NOTICE.replace("about the library", "about Jo Bloggs of 1 Example Street")
WELSH = LEAK.replace(
    "Library privacy notice", "Hysbysiad preifatrwydd\nsilence: {X03: Its words do not matter in these tests.}"
)
REASON = "It named a resident by mistake."


def run(root: Path, *arguments: str, on: str = "2026-11-03") -> int:
    return main([arguments[0], "--root", str(root), "--date", on, *arguments[1:]])


def retract(root: Path, number: int = 2, *more: str) -> int:
    return run(root, "retract", "library", str(number), "--reason", REASON, *more)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Three versions of a notice; the second names somebody."""
    root = make_site(tmp_path)
    assert publish(root, "2026-10-01", "First.", "material") == 0
    write_notice(root, LEAK)
    assert publish(root, "2026-11-01", "Second.", "clarification", "--same-meaning") == 0
    write_notice(root, NOTICE)
    assert publish(root, "2026-11-02", "Third.", "clarification", "--same-meaning") == 0
    return root


def manifest_of(root: Path) -> manifest.Manifest:
    found = read(root)
    return manifest.from_json(manifest.to_json(timeline.manifest_of(found.ever, found.site, date(2026, 11, 3))))


def test_the_words_go_and_the_digest_and_reason_stay(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = read(site).versions[1]
    assert retract(site, 2, "--by", "A. Lawyer") == 0
    text = (site / "content" / "library" / "versions" / "2.yml").read_text("utf-8")
    assert "Jo Bloggs" not in text and old.digest in text and REASON in text
    found = read(site)
    assert [version.version for version in found.versions] == [1, 3]
    (gone,) = found.retracted
    assert gone.retracted is not None
    assert (gone.digest, gone.retracted.on) == (old.digest, date(2026, 11, 3))
    assert "A. Lawyer" not in text and gone.retracted.by == "", "the file is published: no name is in it"
    assert gone.consents == old.consents
    assert found.versions[1].previous == old.digest
    assert "taken down" in capsys.readouterr().out
    assert retract(site) == 3


def test_the_lock_is_still_one_that_sha256sum_checks_and_tells_the_old_digest(site: Path) -> None:
    old = read(site).versions[1].digest
    assert retract(site) == 0
    command = ["sha256sum", "--check", "--strict", "versions.lock"]
    done = subprocess.run(command, cwd=site / "content", capture_output=True, text=True, check=True)
    kept = [f"{number}.{kind}" for number in (1, 2, 3) for kind in ("yml", "source.md")]
    assert done.stdout == "".join(f"library/versions/{name}: OK\n" for name in kept if name != "2.source.md")
    assert not (site / "content" / "library" / "versions" / "2.source.md").exists()
    lock = (site / "content" / "versions.lock").read_text("utf-8")
    assert f"# retracted 2026-11-03: {old}  library/versions/2.yml\n" in lock


def test_the_site_says_that_it_was_taken_down(site: Path) -> None:
    assert retract(site) == 0
    assert run(site, "build") == 0
    public = (site / "public").resolve()
    pages = {path.relative_to(public).as_posix(): path.read_text("utf-8") for path in public.rglob("*.html")}
    assert not [name for name, text in pages.items() if "Jo Bloggs" in text]
    page = pages["library/v/2/index.html"]
    assert "<h1>Library privacy notice: version 2 was taken down</h1>" in page
    assert REASON in page and "3 November 2026" in page and 'rel="canonical"' not in page
    history = pages["library/history/index.html"]
    assert history.index("Version 3") < history.index("Version 2") < history.index("Version 1")
    assert "Read version 2" not in history and "Why version 2 was taken down" in history
    assert "Taken down" in history and REASON in history
    listed = json.loads((site / "public" / "published.json").read_text("utf-8"))["versions"]
    file = hashlib.sha256((site / "content" / "library" / "versions" / "2.yml").read_bytes()).hexdigest()
    gone = {"on": "2026-11-03", "reason": REASON, "digest": file}
    assert [version.get("retracted") for version in listed] == [None, gone, None]


def test_receipts_still_find_what_was_agreed_to(site: Path) -> None:
    before = manifest_of(site)
    assert retract(site) == 0
    after = manifest_of(site)
    assert manifest.missing_from(before, after) == []
    found = after.find("library", 2, "en")
    assert found is not None and found.retracted is not None and found.retracted.reason == REASON
    assert found.consent("news") == before.versions[1].consent("news")


def test_the_words_of_consents_go_where_they_must(site: Path) -> None:
    assert retract(site, 2, "--all-words") == 0
    found = manifest_of(site).find("library", 2, "en")
    assert found is not None and (found.title, found.consents) == ("library", ())


def test_a_version_in_force_is_not_taken_down(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert retract(site, 3) == 1
    said = capsys.readouterr().err
    assert "Version 3 is in force" in said and "Correct the text first and publish it" in said
    assert retract(site, 7) == 1
    assert "It has these: 1, 2, 3." in capsys.readouterr().err
    assert run(site, "retract", "library", "2", "--reason", " ") == 2


def test_a_version_that_was_taken_down_never_comes_into_force(tmp_path: Path) -> None:
    root = make_site(tmp_path)
    assert publish(root, "2026-10-01", "First.", "material") == 0
    write_notice(root, LEAK)
    assert publish(root, "2026-11-01", "Later.", "clarification", "--same-meaning", "--effective", "2026-12-01") == 0
    assert retract(root) == 0
    found = read(root)
    assert timeline.histories(found.ever, date(2027, 1, 1))["library", "en"].number == 1
    in_force = manifest_of(root).in_force("library", "en", date(2027, 1, 1))
    assert in_force is not None and in_force.version == 1
    assert run(root, "next-change") == 3


def test_a_number_is_never_used_twice(tmp_path: Path) -> None:
    root = make_site(tmp_path, LEAK)
    assert publish(root, "2026-11-01", "First.", "material", "--effective", "2026-12-01") == 0
    assert retract(root, 1) == 0
    assert run(root, "build") == 0
    assert "Privacy notice: all versions" in (root / "public/library/history/index.html").read_text("utf-8")
    write_notice(root, NOTICE)
    assert publish(root, "2026-11-04", "Again.", "material") == 0
    (again,) = read(root).versions
    assert (again.version, again.previous) == (2, read(root).retracted[0].digest)


@pytest.fixture
def two_languages(tmp_path: Path) -> Path:
    root = make_site(tmp_path, LEAK, SITE + "languages: [en, cy]\n")
    strings = root / "templates" / "strings"
    strings.mkdir(parents=True)
    for path in (Path(__file__).parent.parent / "templates" / "strings").glob("*en.yml"):
        (strings / path.name.replace("en.yml", "cy.yml")).write_bytes(path.read_bytes())
    write_notice(root, WELSH, language="cy")
    assert publish(root, "2026-10-01", "First.", "material") == 0
    write_notice(root, NOTICE)
    write_notice(root, WELSH.replace("about Jo Bloggs of 1 Example Street", "about the library"), language="cy")
    assert publish(root, "2026-11-02", "Second.", "clarification", "--same-meaning") == 0
    return root


def test_all_languages_are_taken_down_together(two_languages: Path) -> None:
    assert retract(two_languages, 1) == 0
    assert [(v.version, v.language) for v in read(two_languages).retracted] == [(1, "cy"), (1, "en")]


def test_a_retraction_that_was_stopped_anywhere_is_explained_and_finished(
    two_languages: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = 0
    for number in range(30):
        code = stopped(two_languages, number, "retract", "library", "1", "--reason", REASON, on="2026-11-03")
        if code in (0, 3):
            break
        assert code == 9
        capsys.readouterr()
        found = run(two_languages, "status")
        said = capsys.readouterr().err
        assert (found, "[V06]" in said) in {(0, False), (1, True)}
        assert run(two_languages, "publish") == (1 if found else 3)
        told += found
    else:
        pytest.fail("the command never came to its end")
    assert told
    assert {v.retracted.reason for v in read(two_languages).retracted if v.retracted} == {REASON}
    assert len(read(two_languages).retracted) == 2
    assert not list(two_languages.rglob("*.new"))
