"""Pages of the desk in a real browser: signed in, and looked at in both languages and at both widths."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any

import html5lib
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page

from desk.access import loopback_address
from desk.people.person import Person
from tests.axe import violations
from tests.desk_access_fixtures import Browser, Desk

WIDTHS, LOCALES = (320, 1280), {"en": "en-GB", "cy": "cy"}


@contextmanager
def visit(browser: Chromium, desk: Desk, person: Person, **options: Any) -> Iterator[Page]:
    """A page of a browser in which somebody is signed in."""
    context = browser.new_context(**options)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(loopback_address(desk.access))
    if page.get_by_label(person.name).count():
        page.get_by_label(person.name).check()
    page.locator("main button").click()
    page.wait_for_load_state("load")  # a page that is left while it loads leaves its files open at the server
    try:
        yield page
        foreign = [url for url in asked if not url.startswith((desk.access.config.address, "data:"))]
        assert foreign == [], "a page of the desk asks nobody else"
    finally:
        context.close()


def look(browser: Chromium, desk: Desk, person: Person, path: str, act: Callable[[Page], None] | None = None) -> None:
    """Look at a page in both languages, at both widths, as it opens and after an act."""
    for language, locale in LOCALES.items():
        for width in WIDTHS:
            with visit(browser, desk, person, viewport={"width": width, "height": 800}, locale=locale) as page:
                page.goto(desk.access.config.address + path)
                _is_fit(page, language, width)
                if act is not None:
                    act(page)
                    _is_fit(page, language, width)


def text_of(answer: Any) -> str:
    """The text of an answer with its signs as they are."""
    return unescape(answer.get_data(as_text=True))


def fields_of(answer: Any) -> dict[str, str]:
    """Every hidden field and text area of a page by its name, as a browser would send it."""
    tree = html5lib.parse(answer.get_data(as_text=True), namespaceHTMLElements=False)
    found: dict[str, str] = {}
    for element in tree.iter():
        name = element.get("name")
        kind = element.get("type")
        if name is None or element.tag not in ("input", "textarea", "select"):
            continue
        if element.tag == "textarea":
            found[name] = "".join(element.itertext())
        elif element.tag == "select":
            found[name] = next(
                (one.get("value") or "" for one in element.iter("option") if "selected" in one.attrib), ""
            )
        elif kind not in ("checkbox", "radio", "file") or "checked" in element.attrib:
            found[name] = element.get("value") or ""
    return found


def send(browser: Browser, page: Any, path: str, **fields: Any) -> Any:
    """Send the form of a page as it is there, with some fields changed."""
    return browser.post(path, fields_of(page) | fields)


def _is_fit(page: Page, language: str, width: int) -> None:
    assert page.locator("html").get_attribute("lang") == language
    assert violations(page) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
