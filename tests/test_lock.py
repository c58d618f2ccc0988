"""The lock and the frozen files in a council's daily life: two clones, editors' programs, folders that are moved."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.cli import main
from tests.site_fixtures import NOTICE, PROJECT, edit, make_site, publish, write_notice


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Two notices, each published once."""
    root = tmp_path / "site"
    root.mkdir()
    make_site(root)
    write_notice(root, NOTICE.replace("Library privacy", "Parking privacy"), "parking")
    assert publish(root, "2026-10-01", "First.", "material") == 0
    return root


def run(root: Path, *arguments: str) -> int:
    return main([*arguments, "--root", str(root)])


def git(folder: Path, *arguments: str) -> str:
    """Run git for nobody in particular; what it prints."""
    by = ("-c", "user.name=Editor", "-c", "user.email=editor@example.org", "-c", "init.defaultBranch=main")
    done = subprocess.run(["git", *by, *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


def clones(site: Path) -> tuple[Path, Path]:
    """The site in version control, as this repository keeps it, and a clone of it."""
    shutil.copy(PROJECT / ".gitattributes", site)
    git(site, "init", "-q")
    git(site, "add", ".")
    git(site, "commit", "-qm", "Start")
    other = site.with_name("other")
    git(site.parent, "clone", "-q", str(site), str(other))
    return site, other


def publish_in(clone: Path, notice: str, new: str, old: str = "We look after") -> None:
    edit(clone / "content" / notice / "notice.md", old, new)
    arguments = [notice, "--date", "2026-11-01", "--kind", "clarification", "--summary", "We say it better."]
    assert run(clone, "publish", *arguments) == 0
    git(clone, "add", ".")
    git(clone, "commit", "-qm", f"Publish {notice}")


def test_two_clones_may_each_publish_a_notice(site: Path) -> None:
    ours, theirs = clones(site)
    publish_in(ours, "library", "We mind")
    publish_in(theirs, "parking", "We guard")
    git(ours, "pull", "-q", "--no-rebase", str(theirs), "main")
    assert run(ours, "build", "--quiet") == 0
    page = (ours / "public" / "parking" / "index.html").read_text("utf-8")
    assert "We guard" in page
    assert "We mind" in (ours / "public" / "library" / "index.html").read_text("utf-8")
    checked = subprocess.run(["sha256sum", "--check", "--quiet", "versions.lock"], cwd=ours / "content", check=False)
    assert checked.returncode == 0
    publish_in(ours, "parking", "We keep", "We guard")


def test_a_version_taken_down_in_one_clone_stays_down_when_the_other_published(site: Path) -> None:
    publish(site, "2026-10-05", "Nothing else.", "clarification")
    edit(site / "content" / "library" / "notice.md", "We look after", "We mind")
    assert publish(site, "2026-10-10", "Better.") == 0
    ours, theirs = clones(site)
    assert run(ours, "retract", "library", "1", "--reason", "It named a person.", "--date", "2026-11-01") == 0
    git(ours, "add", "-A")
    git(ours, "commit", "-qm", "Take down")
    publish_in(theirs, "parking", "We guard")
    git(ours, "pull", "-q", "--no-rebase", str(theirs), "main")
    assert run(ours, "build", "--quiet") == 0
    assert "We look after" not in (ours / "public" / "library" / "v" / "1" / "index.html").read_text("utf-8")


def test_the_order_of_lines_and_lines_twice_mean_nothing(site: Path) -> None:
    lock = site / "content" / "versions.lock"
    lines = lock.read_text("utf-8").splitlines(keepends=True)
    lock.write_text("".join([*reversed(lines), *lines]), "utf-8")
    assert run(site, "build", "--quiet") == 0


def test_one_version_published_in_two_clones_is_a_contradiction(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lock = site / "content" / "versions.lock"
    first = lock.read_text("utf-8").splitlines()[0]
    with lock.open("a", encoding="utf-8") as file:
        file.write(f"{'0' * 64}{first[64:]}\n")
    assert run(site, "status") == 1
    said = capsys.readouterr().err
    assert "different digests" in said and "Publish the other text as the next version" in said


DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef)
CONFLICT = "<<<<<<< HEAD\n{0}\n=======\n{0}\n>>>>>>> theirs\n"


@pytest.mark.parametrize(
    "file",
    [
        "site.yml",
        "content/library/notice.md",
        "content/pages/cookies.md",
        "content/shared/desk.md",
        "content/versions.lock",
        "content/library/versions/1.yml",
    ],
)
def test_the_marks_of_a_merge_are_one_problem_that_says_what_they_are(
    site: Path, file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = site / file
    path.parent.mkdir(exist_ok=True)
    text = path.read_text("utf-8") if path.exists() else "# Words\n"
    if path.exists():
        path.chmod(0o644)
    lines = text.splitlines()
    path.write_text("\n".join([*lines[:2], CONFLICT.format(lines[-1]).rstrip(), *lines[2:]]) + "\n", "utf-8")
    assert run(site, "check") == 1
    said = capsys.readouterr().err
    assert "A merge left" in said
    assert said.count("error:") == 1


def moved(site: Path) -> None:
    (site / "content" / "library").rename(site / "content" / "libraries")


def lost(site: Path) -> None:
    (site / "content" / "versions.lock").unlink()


def emptied(site: Path) -> None:
    (site / "content" / "versions.lock").write_bytes(b"")


def marked(site: Path) -> None:
    lock = site / "content" / "versions.lock"
    lock.write_bytes(b"\xef\xbb\xbf" + lock.read_bytes())


def recoded(site: Path) -> None:
    lock = site / "content" / "versions.lock"
    lock.write_bytes(lock.read_text("utf-8").encode("utf-16"))


def turned(site: Path) -> None:
    for path in site.glob("content/*/versions/*"):
        path.chmod(0o644)
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


def copied(site: Path) -> None:
    shutil.copytree(site / "content" / "library", site / "content" / "libraries")


def taken(site: Path) -> None:
    (site / "content" / "library" / "versions" / "1.yml").unlink()


@pytest.mark.parametrize("command", ["check", "status", "publish", "build"])
@pytest.mark.parametrize(
    ("harm", "what", "remedy"),
    [
        (moved, "The folder `library`, with 2 published files, is called `libraries` now.", "git mv content/libraries"),
        (copied, "`libraries` holds copies of what was published as `library`.", "Move content/libraries/versions"),
        (lost, "The lock is gone or empty, and 4 files here look like published ones.", "git restore content/versions"),
        (emptied, "The lock is gone or empty", "verify --live"),
        (marked, "byte order mark", "Save it as UTF-8 without a byte order mark"),
        (recoded, "a program saved it in another encoding", "version control and backups"),
        (turned, "Only the line ends of 4 published files changed", "content/** text eol=lf"),
        (taken, "A published version has vanished.", "the site, which has it at /library/v/1/notice.yml"),
    ],
)
def test_one_problem_says_what_happened_to_the_history_and_how_to_get_it_back(
    site: Path,
    harm: Callable[[Path], None],
    what: str,
    remedy: str,
    command: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    harm(site)
    capsys.readouterr()
    assert run(site, command) == 1
    said = capsys.readouterr().err
    assert what in said and remedy in said
    assert said.count("error:") == 1
    assert "elete" not in said and "emove" not in said


def test_a_lock_with_line_ends_of_windows_is_read_and_healed(site: Path) -> None:
    lock = site / "content" / "versions.lock"
    lock.write_bytes(lock.read_bytes().replace(b"\n", b"\r\n"))
    edit(site / "content" / "library" / "notice.md", "We look after", "We mind")
    assert publish(site, "2026-11-01", "Better.") == 0
    assert b"\r" not in lock.read_bytes()


DESTROYS = re.compile(r"\b[Dd]elete (?:it|this|the)\b|\b[Rr]emove\b|\brm -|reset --hard")
HANDLES_WHAT_WAS_PUBLISHED = (
    "versions",
    "publishing",
    "building",
    "repository.py",
    "unread.py",
    "site_folder.py",
    "commands",
)
TEMPLATE = "Put the template right, or delete it to use the product's own. "
"""A template is the site's own copy of one that the product has."""


def said_in(path: Path) -> Iterator[str]:
    """Every text of a module that is no docstring."""
    tree = ast.parse(path.read_text("utf-8"))
    docs = {ast.get_docstring(node, clean=False) for node in ast.walk(tree) if isinstance(node, DOCUMENTED)}
    texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    yield from (text for text in texts if text not in docs)


def test_no_remedy_destroys() -> None:
    parts = [PROJECT / "generator" / name for name in HANDLES_WHAT_WAS_PUBLISHED]
    found = [path for part in parts for path in (sorted(part.rglob("*.py")) if part.is_dir() else [part])]
    modules = [path for path in found if path.name != "init.py"]  # it offers to remove the example, and only that
    texts = [text for path in modules for text in said_in(path)]
    assert len(texts) > 1000
    assert [text for text in texts if DESTROYS.search(text) and text != TEMPLATE] == []
