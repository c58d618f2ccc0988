"""A council with a notice of two consents in two languages, one of them written from right to left, and a visitor."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import yaml
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from tests.site_fixtures import NOTICE, PROJECT, SITE, publish, write_notice

NEWS = "I agree that the library can send me news."
NEWER = "I agree that the library can send me news and offers."
PHOTOS = "I agree that the library can show photos of me, or of my child, <b>taken</b> at its events."
SECOND = f"""\
  - id: photos
    statement: "{PHOTOS}"
    purposes: news
    effect: If you withdraw, we take the photos down.
    if_refused: You can say no and still join in.
    on_behalf: [self, child]
---
This is about"""
TWO = NOTICE.replace("---\nThis is about", SECOND)
MARK = "لفظ "
"""Stands before every sentence of the made-up translation."""


def make_council(root: Path) -> Path:
    """The site of a council whose notice `library` has a version 1 in English and in the made-up translation."""
    site = SITE + "languages: [en, ur]\ntheme: {templates: theme}\n"
    (root / "site.yml").write_text(site, "utf-8")
    strings = root / "theme" / "strings"
    strings.mkdir(parents=True)
    for path in sorted((PROJECT / "templates" / "strings").glob("*en.yml")):
        name = path.name.replace("en.yml", "ur.yml")
        (strings / name).write_text(
            yaml.safe_dump(_marked(yaml.load(path.read_text("utf-8"), yaml.BaseLoader)), allow_unicode=True), "utf-8"
        )
    write_notice(root, TWO)
    write_notice(root, TWO.replace("statement: ", "statement: " + MARK).replace(f'{MARK}"', f'"{MARK}'), language="ur")
    assert publish(root, "2026-01-05", "First.") == 0
    return root


def _marked(value: object) -> object:
    if isinstance(value, dict):
        return {key: _marked(item) for key, item in value.items()}
    return MARK + str(value)


def change_news(root: Path) -> None:
    """Publish a version whose words for the news are others."""
    for path in (root / "content" / "library").glob("notice*.md"):
        path.write_text(path.read_text("utf-8").replace("send me news.", "send me news and offers."), "utf-8")
    assert publish(root, "2026-02-01", "Offers too.", "material") == 0


@contextmanager
def visit(browser: Browser, script: bool = True, width: int = 1280) -> Iterator[Page]:
    """A resident's page. No error may be told to the console, and no cookie is given."""
    context: BrowserContext = browser.new_context(
        java_script_enabled=script, viewport={"width": width, "height": 900}, reduced_motion="reduce"
    )
    context.set_default_timeout(10_000)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert complaints == []
    assert context.cookies() == []
    context.close()


def choice(page: Page, statement: str) -> Locator:
    """The group of answers to one statement, wherever the form stands."""
    return page.get_by_role("group", name=statement, exact=True)


def stored(page: Page) -> dict[str, str]:
    """What the page's site keeps on the device."""
    found: dict[str, str] = page.evaluate("({...localStorage, ...sessionStorage})")
    return found
