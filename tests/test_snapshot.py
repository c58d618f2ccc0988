"""The snapshot of a site's files: what comes and goes in the middle of a look is never missed at the next."""

from __future__ import annotations

import hashlib
import itertools
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.building.site import snapshot
from generator.building.site.snapshot import TICK, Snapshot

INSIDE = "content/library/versions/2.yml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site whose files were written a while ago, for the disk's clock too."""
    (tmp_path / INSIDE).parent.mkdir(parents=True)
    for name in ("site.yml", "content/library/notice.md", INSIDE):
        (tmp_path / name).write_text(name)
    time.sleep(2 * TICK / 1e9)
    return tmp_path


def looked(root: Path) -> Snapshot:
    return Snapshot(root, (root / "content",), (root / "site.yml",))


def digests(root: Path) -> dict[str, str]:
    """The bytes of every file, read without a snapshot."""
    files = [path for path in root.rglob("*") if path.is_file()]
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def files_of(found: Snapshot) -> dict[str, str]:
    return {path: digest for path, digest in found.digests.items() if digest != "folder"}


def once(monkeypatch: pytest.MonkeyPatch, module: object, name: str, path: Path, act: Callable[[], object]) -> None:
    """Do something the first time that a function is called with this path, just before it runs."""
    pending, real = [act], getattr(module, name)

    def instead(given: object, *arguments: object, **options: object) -> object:
        if given == str(path) and pending:
            pending.pop()()
        return real(given, *arguments, **options)

    monkeypatch.setattr(module, name, instead, raising=False)


def test_a_file_that_went_after_its_folder_was_listed_and_came_back_is_seen(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = root / INSIDE
    once(monkeypatch, os, "stat", path, path.unlink)
    found = looked(root)
    found.look()
    assert str(path) not in found.digests
    path.write_text("again")
    assert found.look() and files_of(found) == digests(root)


@pytest.mark.parametrize("looks", [0, 1])
def test_a_link_that_a_file_replaces_while_it_is_followed_is_looked_at_again(
    looks: int, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The way of a link is asked for twice: where it leads, and whether that is within the site."""
    path = root / "content/library/notice.cy.md"
    path.symlink_to("notice.md")
    asked, real = itertools.count(), os.readlink

    def readlink(name: str, *arguments: Any) -> Any:
        if name == str(path) and next(asked) == looks:
            path.unlink()
            path.write_text("a file")
        return real(name, *arguments)

    monkeypatch.setattr(os, "readlink", readlink)
    found = looked(root)
    found.look()
    assert not path.is_symlink()
    assert found.look() and files_of(found) == digests(root)


@pytest.mark.parametrize("function", ["stat", "open"])
def test_a_folder_that_was_away_for_a_moment_of_the_look_is_seen_with_all_that_is_in_it(
    function: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = os if function == "stat" else snapshot
    monkeypatch.setattr(snapshot, "open", open, raising=False)
    once(monkeypatch, module, function, root / INSIDE, lambda: (root / "content").rename(root / "away"))
    found = looked(root)
    found.look()
    assert files_of(found) != digests(root)
    (root / "away").rename(root / "content")
    assert found.look() and files_of(found) == digests(root)


def test_another_file_that_was_read_in_the_place_of_one_for_a_moment_is_not_taken_for_it(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, away, other = root / INSIDE, root / "away", root / "other"
    (other / INSIDE).parent.mkdir(parents=True)
    (other / INSIDE).write_text("of another folder")

    def swap() -> None:
        (root / "content").rename(away)
        (other / "content").rename(root / "content")

    monkeypatch.setattr(snapshot, "open", open, raising=False)
    once(monkeypatch, snapshot, "open", path, swap)
    found = looked(root)
    found.look()
    (root / "content").rename(other / "content")
    away.rename(root / "content")
    (other / INSIDE).unlink()
    assert found.look() and files_of(found) == digests(root)


def test_a_file_written_twice_within_a_tick_of_the_disk_is_read_again_however_long_the_look_took(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, now, pending = root / "site.yml", [time.time_ns()], ["two"]
    real = snapshot._digest

    def held_up(*arguments: Any) -> str:
        digest = real(*arguments)
        if pending:
            path.write_text(pending.pop())
            now[0] += 10 * TICK
        return digest

    found = looked(root)
    found.look()
    path.write_text("one")
    now[0] = path.stat().st_mtime_ns
    monkeypatch.setattr(snapshot, "_signature", lambda found: (found.st_ino, found.st_size))  # one tick
    monkeypatch.setattr(time, "time_ns", lambda: now[0])
    monkeypatch.setattr(snapshot, "_digest", held_up)
    found.look()
    assert pending == [] and found.look() and files_of(found) == digests(root)


def test_what_was_written_and_is_as_it_was_counts_as_touched_and_is_named(root: Path) -> None:
    found = looked(root)
    assert found.look() and not found.look() and not found.touched
    (root / INSIDE).write_text("for a moment")
    (root / INSIDE).write_text(INSIDE)
    assert not found.look() and list(found.touched) == [str(root / INSIDE)]
    assert not found.look() and not found.touched
