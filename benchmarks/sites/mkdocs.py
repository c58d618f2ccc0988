"""The same pages for MkDocs: Markdown pages, a theme of its own in Jinja2, and a small hook.

MkDocs may use its strengths: the version in force is rendered once and shown at two addresses, its search and
navigation are left out. Work that it cannot do is done for it before the clock starts: the comparison of two versions as
runs of words, the digests, and as finished files that it copies the facts, the QR codes (Hugo draws its own) and the
feed of each notice. The facts of a page lie beside it as JSON, which its hook reads faster than MkDocs its front
matter. It writes the list, the feed of all and the sitemap itself. A rebuild is a whole one: `--dirty` reads only
what was edited, so the list would be empty.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from benchmarks.sites import corpus, pages
from benchmarks.sites.mkdocs_templates import hooks
from benchmarks.sites.pages import Page
from generator.versions.version import Version

TEMPLATES = Path(__file__).with_name("mkdocs_templates")
OUTPUTS = ("public",)


def command(places: Iterable[str] = sys.path) -> list[str] | None:
    """MkDocs where this Python can import it. None: not installed."""
    found = any((Path(place) / "mkdocs" / "__main__.py").is_file() for place in places)
    return [sys.executable, "-m", "mkdocs", "build", "--quiet"] if found else None


def write(root: Path, count: int, unique: bool = False) -> None:
    """Make the folder."""
    shutil.copytree(pages.TEMPLATES, root / "theme", ignore=shutil.ignore_patterns("*.njk"))
    shutil.copy(TEMPLATES / "current.html", root / "theme")
    for name in ("mkdocs.yml", "hooks.py"):
        shutil.copy(TEMPLATES / name, root)
    _write(root, "index", Page("index", "/", "Privacy notices", {}))
    for pair in corpus.notices(count, unique):
        _notice(root, pair)
    (root / "docs" / "robots.txt").write_text(pages.ROBOTS, "utf-8")


def edit(root: Path, notice: str) -> None:
    """Publish one more version of a notice."""
    _notice(root, corpus.edited(notice))


def _notice(root: Path, history: tuple[Version, ...]) -> None:
    pages.write_ready(root / "docs", history)
    for page in pages.of_notice(history):
        name = page.url.strip("/")
        if page.layout == "feed":
            shown = {"base": pages.BASE, "title": page.title, "url": page.url, "p": page.facts}
            (root / "docs" / name).write_text(_environment().get_template("notice_feed.njk").render(shown), "utf-8")
        else:
            _write(root, f"{name}/index" if page.layout == "current" else name, page)


def _write(root: Path, name: str, page: Page) -> None:
    front = f"title: {json.dumps(page.title)}\ntemplate: {page.layout}.html\n"
    for path, text in (
        (root / "docs" / f"{name}.md", f"---\n{front}---\n{page.body}"),
        (root / "facts" / f"{name}.json", json.dumps(page.facts, ensure_ascii=False)),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


@cache
def _environment() -> Environment:
    made = Environment(loader=FileSystemLoader(pages.TEMPLATES), autoescape=True)
    made.filters["day"] = hooks.day
    return made
