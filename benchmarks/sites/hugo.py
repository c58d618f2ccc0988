"""The same pages for Hugo: what our build writes for each notice, and the pages of the whole site.

For each notice the current page, both versions, their changes, the pages that say whether a printed copy counts, the
history, a feed, facts as JSON-LD and QR codes; for the site the list, a feed, the sitemap, robots.txt and 404.html.
Hugo may use its strengths: the version in force is rendered once and shown at two addresses, dates, sitemap and codes
are Hugo's own. Work that it cannot do, or not without much work in its templates, is done for it before the clock starts: the
comparison of two versions comes as runs of words, the facts as finished text, the digests of versions as they are. It
does not verify that what was published never changed, and it makes no published.json. The templates hold the HTML of ours.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from benchmarks.sites import corpus, pages
from benchmarks.sites.pages import Page
from generator.versions.version import Version

TEMPLATES = Path(__file__).with_name("hugo_templates")
CONFIG = {
    "baseURL": f"{pages.BASE}/",
    "title": "Exampleshire",
    "disableKinds": ["taxonomy", "term", "section"],
    "enableRobotsTXT": True,
    "outputs": {"home": ["html", "rss"], "page": ["html"]},
    "services": {"rss": {"limit": 50}},
    "markup": {"goldmark": {"renderer": {"unsafe": False}}, "tableOfContents": {"endLevel": 2}},
}
OUTPUTS = ("public", "resources")
NOT_LISTED: dict[str, object] = {"sitemap": {"disable": True}}
OWN: dict[str, dict[str, object]] = {"current": {"version": 0, "list": True}, "feed": NOT_LISTED, "check": NOT_LISTED}


def command(places: Iterable[str] = sys.path, path: str | None = None) -> list[str] | None:
    """The Hugo binary itself: the Python wrapper around it would cost it a start of Python. None: not installed."""
    inside = (Path(place) / "hugo" / "binaries" / "hugo" for place in places)
    found = next((str(binary) for binary in inside if binary.is_file()), None) or shutil.which("hugo", path=path)
    return [found, "--quiet", "--noBuildLock"] if found else None


def write(root: Path, count: int, unique: bool = False) -> None:
    """Make the folder."""
    shutil.copytree(TEMPLATES, root)
    (root / "hugo.json").write_text(json.dumps(CONFIG), "utf-8")
    (root / "content").mkdir()
    (root / "content" / "_index.md").write_text('{"title": "Privacy notices"}\n', "utf-8")
    for pair in corpus.notices(count, unique):
        _notice(root, pair)


def write_first(root: Path, count: int) -> None:
    """Make the folder with the first versions alone, each in words of its own."""
    write(root, 0)
    for first, _ in corpus.notices(count, unique=True):
        _notice(root, (first,))


def edit(root: Path, notice: str) -> None:
    """Publish one more version of a notice."""
    _notice(root, corpus.edited(notice))


def _notice(root: Path, history: tuple[Version, ...]) -> None:
    folder = root / "content" / history[-1].notice
    (folder / "v").mkdir(parents=True, exist_ok=True)
    for page in pages.of_notice(history):
        shown: dict[str, object] = {"title": page.title, "layout": page.layout, "url": page.url}
        _write(folder / _name(page), shown | OWN.get(page.layout, {}) | page.facts, page.body)
    for version in history:
        url, text = pages.json_ld(version)
        _write(folder / "v" / f"{version.version}-facts.md", {"layout": "facts", "url": url, **NOT_LISTED}, text)


def _name(page: Page) -> str:
    if page.layout in ("current", "history", "feed"):
        return f"{page.layout}.md"
    number = page.url.split("/")[3]
    return f"v/{number}.md" if page.layout == "version" else f"v/{number}-{page.layout}.md"


def _write(path: Path, facts: dict[str, object], body: str) -> None:
    path.write_text(f"{json.dumps(facts, ensure_ascii=False, indent=1)}\n{body}", "utf-8")
