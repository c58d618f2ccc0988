"""The same pages for Eleventy: Markdown with JSON front matter, Nunjucks layouts, JavaScript for what a site lists.

Eleventy may use its strengths: markdown-it without a template pass over the text, the version in force rendered once
and shown at two addresses, addresses as they are written, front matter in JSON. Work that it cannot do is done for it
before the clock starts: the comparison of two versions as runs of words, the digests, the facts as finished files,
and the QR codes as finished pictures, which it copies (Hugo draws its own). It writes feeds, sitemap and list itself.
A rebuild is a whole one: `--incremental` helps only where a process goes on watching.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from benchmarks.sites import corpus, pages
from generator.versions.version import Version

TEMPLATES = Path(__file__).with_name("eleventy_templates")
OUTPUTS = ("public",)
WHOLE: dict[str, dict[str, object]] = {
    "index.md": {"layout": "list.html", "title": "Privacy notices", "url": "/", "permalink": "/", "p": {}},
    "404.md": {"layout": "404.html", "title": "There is no such page", "url": "/404.html", "permalink": "/404.html"},
    "sitemap.njk": {"permalink": "/sitemap.xml"},
    "feed.njk": {"permalink": "/feed.xml"},
}
BODIES = {
    "sitemap.njk": '{% set listed = collections.listed %}{% include "sitemap.xml" %}',
    "feed.njk": '{% set latest = collections.latest %}{% include "feed.xml" %}',
}


def command(project: Path = corpus.PROJECT, path: str | None = None) -> list[str] | None:
    """Eleventy of the project or of the PATH, run by Node of the PATH or of this Python's folder. None: not installed."""
    path = os.environ.get("PATH", os.defpath) if path is None else path
    tool = shutil.which("eleventy", path=os.pathsep.join([str(project / "node_modules" / ".bin"), path]))
    node = shutil.which("node", path=os.pathsep.join([path, str(Path(sys.executable).parent)]))
    return [node, tool, "--quiet"] if node and tool else None


def write(root: Path, count: int, unique: bool = False) -> None:
    """Make the folder."""
    shutil.copytree(pages.TEMPLATES, root / "_includes")
    for name in ("current.html", "list.html"):
        shutil.copy(TEMPLATES / name, root / "_includes")
    shutil.copy(TEMPLATES / "eleventy.config.mjs", root)
    for name, facts in WHOLE.items():
        _write(root / "content" / name, facts, BODIES.get(name, ""))
    for pair in corpus.notices(count, unique):
        _notice(root, pair)
    (root / "static").mkdir(exist_ok=True)
    (root / "static" / "robots.txt").write_text(pages.ROBOTS, "utf-8")


def write_first(root: Path, count: int) -> None:
    """Make the folder with the first versions alone, each in words of its own."""
    write(root, 0)
    for first, _ in corpus.notices(count, unique=True):
        _notice(root, (first,))


def edit(root: Path, notice: str) -> None:
    """Publish one more version of a notice."""
    _notice(root, corpus.edited(notice))


def _notice(root: Path, history: tuple[Version, ...]) -> None:
    for page in pages.of_notice(history):
        layout = "notice_feed.njk" if page.layout == "feed" else f"{page.layout}.html"
        facts = {"layout": layout, "permalink": page.url, "url": page.url, "title": page.title, "p": page.facts}
        _write(root / "content" / f"{page.url.strip('/')}.md", facts, page.body)
    pages.write_ready(root / "static", history)


def _write(path: Path, facts: Mapping[str, object], body: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---json\n{json.dumps(facts, ensure_ascii=False)}\n---\n{body}", "utf-8")
