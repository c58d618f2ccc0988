"""History that was rewritten together with its line in the lock: the chain of versions finds it, and destroys nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.cli import main
from generator.versions.version import digest
from tests.site_fixtures import NOTICE, SITE, make_site, publish, write_notice

WELSH = NOTICE.replace("---\ntitle: Library", "---\nsilence: {X03: Its words do not matter here.}\ntitle: Llyfrgell")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A notice with three versions in two languages."""
    root = make_site(tmp_path, site=f"{SITE}languages: [en, cy]\n")
    write_notice(root, WELSH, language="cy")
    for number in (1, 2, 3):
        for language, text in (("", NOTICE), ("cy", WELSH)):
            write_notice(root, text.replace("We look after", f"We look {number} times after"), language=language)
        assert publish(root, f"2026-10-0{number}", f"The {number}.") == 0
    return root


def run(root: Path, command: str) -> int:
    return main([command, "--root", str(root), "--date", "2026-11-01"])


def rewrite(root: Path, name: str, old: bytes, new: bytes) -> None:
    """Change a frozen file and its line in the lock, as somebody would who knows how the lock works."""
    path, lock = root / "content" / name, root / "content" / "versions.lock"
    before = path.read_bytes()
    after = before.replace(old, new)
    assert after != before
    path.chmod(0o644)
    path.write_bytes(after)
    lock.write_text(lock.read_text("utf-8").replace(digest(before), digest(after)), "utf-8")


def take_out(root: Path, *names: str) -> None:
    """Delete frozen files and their lines in the lock."""
    lock = root / "content" / "versions.lock"
    lines = lock.read_text("utf-8").splitlines(keepends=True)
    for name in names:
        (root / "content" / name).unlink()
        lines = [line for line in lines if not line.endswith(f"  {name}\n")]
    lock.write_text("".join(lines), "utf-8")


@pytest.mark.parametrize("command", ["check", "status", "publish", "build"])
@pytest.mark.parametrize("name", ["library/versions/1.yml", "library/versions/2.cy.yml"])
def test_a_version_and_its_line_that_changed_together_stop_every_command(
    site: Path, name: str, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(site, "build") == 0
    rewrite(site, name, b"times after", b"times beyond")
    capsys.readouterr()
    assert run(site, command) == 1
    said = capsys.readouterr().err
    assert "[V07]" in said and "was changed, or one between them is missing" in said
    assert "restore content/" in said and "elete" not in said


@pytest.mark.parametrize("number", [1, 2])
def test_a_version_that_was_taken_out_with_its_line_stops_every_command(
    site: Path, number: int, capsys: pytest.CaptureFixture[str]
) -> None:
    take_out(site, f"library/versions/{number}.yml", f"library/versions/{number}.source.md")
    assert run(site, "build") == 1
    said = capsys.readouterr().err
    assert "[V07]" in said and "elete" not in said


def test_a_version_that_was_taken_down_breaks_no_chain(site: Path) -> None:
    assert main(["retract", "library", "2", "--root", str(site), "--reason", "A name.", "--date", "2026-11-01"]) == 0
    assert run(site, "build") == 0


def test_nobody_is_asked_to_delete_history_that_lost_its_lock(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "content" / "versions.lock").unlink()
    assert run(site, "status") == 1
    said = capsys.readouterr().err
    assert "[V04]" in said and "Restore content/versions.lock" in said and "elete" not in said
