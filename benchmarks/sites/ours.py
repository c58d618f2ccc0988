"""The corpus as a folder of ours: site.yml, frozen versions and their lock, written by our own code."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from benchmarks.sites import corpus
from generator.markdown.render import Renderer
from generator.versions import lock as lockfile
from generator.versions import version as versions
from generator.versions.section_html import frozen_form

SITE = """\
organisation: {name: Exampleshire County Council, short_name: Exampleshire, website: 'https://www.example.org'}
data_protection_officer: {name: Data Protection Officer, email: dpo@example.org}
complaints: {form: 'https://www.example.org/complain', email: complaints@example.org}
base_url: https://privacy.example.org
"""
OUTPUTS = ("public", ".noticeboard")
DAY = "2026-11-22"


def command() -> list[str]:
    """A build by this Python."""
    return [sys.executable, "-m", "generator.cli", "build", "--quiet", "--date", DAY]


def write(root: Path, count: int, unique: bool = False) -> None:
    """Make the folder. It has no ordinary pages."""
    root.mkdir(parents=True)
    (root / "site.yml").write_text(SITE, "utf-8")
    lines = []
    renderer = Renderer()
    for pair in corpus.notices(count, unique):
        previous = ""
        for version in pair:
            name, data = _store(root, frozen_form(replace(version, previous=previous), renderer))
            previous = versions.digest(data)
            lines.append(lockfile.line(previous, name))
    (root / "content" / lockfile.LOCK).write_text("".join(lines), "utf-8")


def edit(root: Path, notice: str) -> None:
    """Publish one more version of a notice."""
    folder = root / "content" / notice / "versions"
    last = max(folder.glob("*.yml"), key=lambda path: int(path.stem))
    data = last.read_bytes()
    old = versions.read(data, last.relative_to(root / "content").as_posix())
    name, new = _store(root, corpus.following(old, versions.digest(data)))
    with (root / "content" / lockfile.LOCK).open("a", encoding="utf-8") as lock:
        lock.write(lockfile.line(versions.digest(new), name))


def _store(root: Path, version: versions.Version) -> tuple[str, bytes]:
    name = versions.file_name(version.notice, version.version, version.language, version.language)
    data = versions.freeze(version)
    path = root / "content" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return name, data
