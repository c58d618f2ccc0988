"""A council with a notice of two consents in two languages, one of them written from right to left, and a visitor."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from pathlib import Path

import yaml
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route

from generator.rule import Example
from tests.rule_fixtures import make
from tests.site_fixtures import NOTICE, PROJECT, SITE, publish, write_notice

NEWS = "I agree that the library can send me news."
NEWER = "I agree that the library can send me news and offers."
PHOTOS = "I agree that the library can show photos of me, or of my child, at its events."
SECOND = f"""\
  - id: photos
    statement: "{PHOTOS}"
    purposes: news
    effect: If you withdraw, we take the photos down.
    if_refused: You can say no and still join in.
    on_behalf: [self, child]
---
This is about"""
ANSWERS = {"Yes": "I agree", "No": "I do not agree"}
TWO = NOTICE.replace("---\nThis is about", SECOND)
MARK = "لفظ "
"""Stands before every sentence of the made-up translation."""
NEWS_IN_URDU = "میں متفق ہوں کہ لائبریری مجھے خبریں بھیج سکتی ہے۔"
CONSENTS_IN_URDU = f"""\
consents:
  - id: news
    statement: {NEWS_IN_URDU}
    purposes: news
    effect: اگر آپ واپس لیں تو ہم آپ کو مزید خبریں نہیں بھیجتے۔
    if_refused: آپ نہیں کہہ سکتے ہیں اور پھر بھی کتابیں لے سکتے ہیں۔
  - id: photos
    statement: میں متفق ہوں کہ لائبریری اپنی تقریبات میں میری یا میرے بچے کی تصویریں دکھا سکتی ہے۔
    purposes: news
    effect: اگر آپ واپس لیں تو ہم تصویریں ہٹا دیتے ہیں۔
    if_refused: آپ نہیں کہہ سکتے ہیں اور پھر بھی شریک ہو سکتے ہیں۔
    on_behalf: [self, child]
---
یہ"""


def urdu_notice() -> str:
    """The notice of two consents in Urdu."""
    text = (PROJECT / "tests" / "urdu" / "content" / "library" / "notice.ur.md").read_text("utf-8")
    for before, more in (
        ("lawful_bases:", "  - {id: news, text: آپ کو خبریں بھیجنا, basis: agreed}\n"),
        ("data:", "  - {id: agreed, article: 6(1)(a)}\n"),
    ):
        text = text.replace(before, more + before)
    return text.replace("---\nیہ", CONSENTS_IN_URDU)


def make_council(root: Path) -> Path:
    """The site of a council whose notice `library` has a version 1 in English and in the made-up translation."""
    site = SITE + "languages: [en, ur]\ntheme: {templates: theme}\n"
    (root / "site.yml").write_text(site, "utf-8")
    strings = root / "theme" / "strings"
    strings.mkdir(parents=True)
    for path in sorted((PROJECT / "templates" / "strings").glob("*en.yml")):
        name = path.name.replace("en.yml", "ur.yml")
        (strings / name).write_text(yaml.safe_dump(_marked(_words(path)), allow_unicode=True), "utf-8")
    write_notice(root, TWO)
    write_notice(root, urdu_notice(), language="ur")
    assert publish(root, "2026-01-05", "First.") == 0
    return root


def make_welsh_council(root: Path) -> Path:
    """A council whose library notice is in English and in Welsh that somebody has reviewed."""
    make(root, Example(welsh=""))
    assert publish(root, "2026-01-05", "First.") == 0
    return root


def _words(path: Path) -> object:
    return yaml.load(path.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 (makes texts and nothing else)


def _marked(value: object) -> object:
    if isinstance(value, dict):
        return {key: _marked(item) for key, item in value.items()}
    return MARK + str(value)


def change_news(root: Path) -> None:
    """Publish a version whose words for the news are others."""
    notices = root / "content" / "library"
    for name, old, new in (
        ("notice.md", "send me news.", "send me news and offers."),
        ("notice.ur.md", "خبریں بھیج سکتی", "خبریں اور پیشکشیں بھیج سکتی"),
    ):
        path = notices / name
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    assert publish(root, "2026-02-01", "Offers too.", "material") == 0


def never_published(page: Page) -> None:
    """The next answer is sent as one to words that no version ever had."""

    def falsify(route: Route) -> None:
        route.continue_(post_data=json.dumps({**route.request.post_data_json, "digest": "0" * 64}))

    page.route("**/api/consents*", falsify, times=1)


@contextmanager
def visit(browser: Browser, script: bool = True, width: int = 1280) -> Iterator[Page]:
    """A resident's page. No error may be told to the console, and no cookie is given."""
    context: BrowserContext = browser.new_context(
        java_script_enabled=script, viewport={"width": width, "height": 900}, reduced_motion="reduce"
    )
    context.set_default_timeout(10_000)
    # residents have no script that reloads the page after a build: only `serve` adds it, for editors
    context.route("**/draft/-/*", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert complaints == []
    assert context.cookies() == []
    context.close()


def width_of(page: Page) -> int:
    """How wide the page is, in pixels: asked once its styles are there, because a page that still loads is as wide as
    its pictures."""
    page.wait_for_load_state("load")
    return int(page.evaluate("document.documentElement.scrollWidth"))


def choice(page: Page, statement: str) -> Locator:
    """The group of answers to one statement, wherever the form stands."""
    return page.get_by_role("group", name=statement, exact=True)


def stored(page: Page) -> dict[str, str]:
    """The values that the page's site keeps on the device."""
    found: dict[str, str] = page.evaluate("({...localStorage, ...sessionStorage})")
    return found


def linked(root: Path, to: str, part: str, but: str = "") -> str:
    """The link with that part in a letter to an address, once it has been sent; `but` is one that came before."""
    for _ in range(100):
        for path in (root / "var" / "mail").glob("*.eml"):
            letter = message_from_bytes(path.read_bytes(), policy=policy.default)
            body = letter.get_body()
            text = body.get_content() if body else ""
            for found in re.findall(rf"https?://\S+/{part}\S*", text) if to in str(letter["To"]) else ():
                if found != but:
                    return str(found)
        time.sleep(0.1)
    raise AssertionError(f"no letter to {to} with {part}")
