"""The whole site, crawled in a real browser from its first page: every page found, read, and fit for everybody."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

import pytest
from playwright.sync_api import Browser, Response, expect

from tests.axe import COLOURS, violations
from tests.serving import served
from tests.site_fixtures import PROJECT, edit, urdu_site

MISSING = ("/nothing-here/", "/cy/dim-byd/", "/consent/no-such-notice")
FILES = (".xml", ".yml", ".json", ".jsonld", ".txt", ".pdf", ".svg", ".css", ".js")
NO_MORE_THAN = 150
REPORTS = 4
"""Forms for a report that are looked at: each page of a notice links one."""
MODES: dict[str, dict[str, str]] = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced colours": {"color_scheme": "light", "forced_colors": "active"},
}
WRONG = """<!doctype html><html lang="en"><head><title>Wrong</title></head><body><main><h1>Wrong</h1>
<p style="color: #ccc; background: #fff; width: 900px">Too pale</p><ul><p>Not an item</p></ul>
<a href="/no-such-file.pdf">A file</a><img src="https://stranger.example.org/a.png" alt=""></main></body></html>"""
MADE_OF = (
    "[...new Set([...document.querySelectorAll('*')].map(one => `${one.tagName}.${one.className}`))].sort().join(' ')"
)


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The example content, with two working texts that differ: one is sound, one cannot be published."""
    root = tmp_path_factory.mktemp("council")
    shutil.copytree(PROJECT / "content", root / "content")
    shutil.copy(PROJECT / "site.yml", root)
    edit(root / "content" / "family-hubs" / "notice.md", "We only share", "We share")
    edit(root / "content" / "primary" / "notice.md", "You have rights over", "[[nothing]] You have rights over")
    with served(root) as address:
        yield address


@pytest.fixture(scope="module")
def from_right_to_left(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site in English and Urdu."""
    with served(urdu_site(tmp_path_factory.mktemp("urdu"))) as address:
        yield address


class Crawl:
    """Walks through a site by its links, one page open at a time, and notes whatever is not as it should be."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.address = address
        self.wrong: list[str] = []
        self.pages: dict[str, str] = {}
        self._made_of: set[str] = set()
        self._anchors: dict[str, set[str]] = {}
        self._wanted: list[tuple[str, str, str]] = []
        context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
        self.page = context.new_page()
        self.page.on("request", self._asked)
        self.page.on("console", lambda said: self._note(f"console: {said.text}") if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self._note(f"script: {error}"))

    def _note(self, what: str) -> None:
        if "Failed to load resource" not in what:  # the page's own status is looked at below
            self.wrong.append(f"{urlsplit(self.page.url).path}: {what}")

    def _asked(self, request: object) -> None:
        url = str(getattr(request, "url", ""))
        if not url.startswith((self.address, "data:")):
            self._note(f"asks a stranger: {url}")

    def run(self, *starts: str) -> None:
        """Visit every page that can be reached, at most `NO_MORE_THAN`."""
        waiting = list(starts)
        while waiting and len(self.pages) < NO_MORE_THAN:
            path = waiting.pop()
            if path not in self.pages:
                response = self.page.goto(path)
                assert response is not None
                waiting += self.look(path, response)
        assert not waiting, "there is no end to the pages"
        for where, path, anchor in self._wanted:
            if anchor not in self._anchors.get(path, set()):
                self.wrong.append(f"{where}: nothing is called #{anchor} on {path}")
        assert self.page.context.cookies() == []

    def look(self, path: str, response: Response) -> list[str]:
        """Look at the page that is open; what its links lead to."""
        if response.status != (404 if path in MISSING else 200):
            self._note(f"answers {response.status}")
        self.pages[path] = response.text()
        expect(self.page.locator("h1")).to_have_count(1)
        self._anchors[path] = set(self.page.eval_on_selector_all("[id]", "found => found.map(one => one.id)"))
        self._fit_for_everybody()
        return list(self._links(path))

    def _fit_for_everybody(self) -> None:
        """In light at the usual width; in the other modes once for all pages that are made of the same elements and
        classes."""
        self._axe("light")
        made_of = self.page.evaluate(MADE_OF)
        modes = {} if made_of in self._made_of else {name: media for name, media in MODES.items() if name != "light"}
        for mode, media in modes.items():
            self.page.emulate_media(**media)  # type: ignore[arg-type]
            self._axe(mode, COLOURS)
        self.page.emulate_media(**MODES["light"])  # type: ignore[arg-type]
        self.page.set_viewport_size({"width": 320, "height": 640})  # 1280 pixels at 400 %
        if (width := self.page.evaluate("document.documentElement.scrollWidth")) > 320:
            self._note(f"{width} pixels wide on a screen of 320")
        if modes:
            self._axe("at 400 %")
        self._made_of.add(made_of)
        self.page.set_viewport_size({"width": 1280, "height": 900})

    def _axe(self, mode: str, options: Mapping[str, object] | None = None) -> None:
        for found in violations(self.page, options):
            self._note(f"{mode}: {found}")

    def _links(self, path: str) -> Iterator[str]:
        for link in self.page.eval_on_selector_all("a[href]", "found => found.map(one => one.href)"):
            url, anchor = urldefrag(link)
            if not url.startswith(self.address + "/"):
                continue
            target = url.removeprefix(self.address)
            if anchor:
                self._wanted.append((path, target, unquote(anchor)))
            if self._is_another_report(target):
                continue
            if not target.endswith(FILES):
                yield target
            elif self.page.request.get(target).status != 200:
                self._note(f"{target} is not there")

    def _is_another_report(self, target: str) -> bool:
        """Whether it is the form for one more page that one can report: each page links one, and they differ in a
        hidden value."""
        return urlsplit(target).path == "/report" and sum(path.startswith("/report") for path in self.pages) >= REPORTS


def standard_html(pages: dict[str, str], folder: Path) -> list[str]:
    """Findings of html-validate in the markup of pages, by the HTML standard and WCAG's techniques."""
    names: dict[str, str] = {}
    for number, (path, text) in enumerate(pages.items()):
        (folder / f"{number}.html").write_text(text, "utf-8")
        names[f"{number}.html"] = path
    validate = [str(PROJECT / "node_modules" / ".bin" / "html-validate"), "--config", str(PROJECT / "tests/html.json")]
    path = f"{PROJECT / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    said = folder / "said.json"  # a pipe would get no more than its first 64 KiB
    command = [*validate, "--formatter", f"json={said}", str(folder / "*.html")]
    ended = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"PATH": path})
    assert ended.returncode in (0, 1), ended.stderr
    return [
        f"{names[Path(one['filePath']).name]}:{problem['line']}: {problem['message']} ({problem['ruleId']})"
        for one in json.loads(said.read_text("utf-8"))
        for problem in one["messages"]
    ]


def test_every_page_can_be_reached_and_is_fit_for_everybody(browser: Browser, council: str, tmp_path: Path) -> None:
    crawl = Crawl(browser, council)
    crawl.run(
        "/",
        "/draft/",
        "/cy/draft/",
        "/unavailable.html",
        "/cy/unavailable.html",
        "/consent/family-hubs",
        "/consent/family-hubs?language=cy",
        *MISSING,
    )
    assert crawl.wrong == []
    assert {
        "/family-hubs/v/1/",
        "/family-hubs/v/2/changes/",
        "/family-hubs/history/",
        "/cy/family-hubs/",
        "/cy/accessibility/",
        "/draft/family-hubs/changes/",
        "/withdraw",
        "/withdraw/agreed",
        "/consent/family-hubs",
    } <= crawl.pages.keys()
    assert standard_html(crawl.pages, tmp_path) == []


def test_a_site_from_right_to_left_is_as_good(browser: Browser, from_right_to_left: str, tmp_path: Path) -> None:
    crawl = Crawl(browser, from_right_to_left)
    crawl.run("/", "/ur/")
    assert crawl.wrong == []
    assert "/ur/library/history/" in crawl.pages
    assert standard_html(crawl.pages, tmp_path) == []


def test_the_crawl_sees_what_is_wrong(browser: Browser, council: str, tmp_path: Path) -> None:
    crawl = Crawl(browser, council)
    crawl.page.route("**/cookies/", lambda route: route.fulfill(body=WRONG, content_type="text/html"))
    response = crawl.page.goto("/cookies/")
    assert response is not None
    crawl.look("/cookies/", response)
    said = "\n".join(crawl.wrong)
    assert "color-contrast" in said
    assert "pixels wide on a screen of 320" in said
    assert "/no-such-file.pdf is not there" in said
    assert "asks a stranger" in said
    assert any("ul" in problem for problem in standard_html(crawl.pages, tmp_path))
