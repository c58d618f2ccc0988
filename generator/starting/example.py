"""The example that comes with Noticeboard: how its files are told from what somebody wrote, and how they are taken
away."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from generator.content.site_file import FILE
from generator.repository import CONTENT
from generator.versions.lock import LOCK
from generator.versions.version import digest

DIGESTS = Path(__file__).with_name("example.sha256")
"""The SHA-256 of each file of the example, without its name."""
SERVED = ("consents.db", "consents.db-shm", "consents.db-wal", "keys", "mail")
"""The files that `noticeboard serve` leaves in var/."""


@dataclass(frozen=True)
class Example:
    """The example in a folder: its files as they were shipped, what `serve` and `build` made of it, and what is not
    ours."""

    files: tuple[Path, ...]
    made: tuple[Path, ...]
    foreign: tuple[Path, ...]


@cache
def _shipped() -> frozenset[str]:
    return frozenset(DIGESTS.read_text("ascii").split())


def is_shipped(path: Path) -> bool:
    """Whether a file is one of the example's, to the byte."""
    return path.is_file() and not path.is_symlink() and digest(path.read_bytes()) in _shipped()


def find(root: Path) -> Example | None:
    """The example in a site's folder; None where its site.yml and its lock are both somebody's own."""
    if not (is_shipped(root / FILE) or is_shipped(root / CONTENT / LOCK)):
        return None
    content = [path for path in (root / CONTENT).rglob("*") if path.is_symlink() or not path.is_dir()]
    every = sorted([*content, *(path for path in (root / FILE,) if path.exists())])
    ours = tuple(path for path in every if is_shipped(path))
    foreign = tuple(path for path in every if path not in ours)
    strangers = tuple(path for path in _in(root / "var") if path.name not in SERVED)
    return Example(ours, tuple(_made(root)), foreign + strangers)


def remove(root: Path, example: Example) -> None:
    """Take away the example with all that was made of it. The folders that are empty then go too."""
    for path in example.made:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
    for path in example.files:
        path.unlink()
    folders = [path for path in (root / CONTENT).rglob("*") if path.is_dir()]
    for folder in (*sorted(folders, reverse=True), root / CONTENT):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


def _made(root: Path) -> Iterator[Path]:
    """`var`, the builds, and the link to the last of them. A folder `public` that is no link is left alone."""
    public, builds = root / "public", root / ".noticeboard"
    if public.is_symlink() and builds.resolve() in public.resolve().parents:
        yield public
    yield from (folder for folder in (builds, root / "var") if folder.is_dir())


def _in(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from folder.iterdir()
