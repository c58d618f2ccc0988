"""Takes the pictures of docs/embedding.md: the consent form in each state, at 320 and 1280 pixels, on another site.

`python docs/widget_pictures.py`. Works on a copy of the example in a temporary folder.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from playwright.sync_api import Page, Route  # noqa: E402 (found once the project's folder is on the path)

from tests.browser import chromium  # noqa: E402
from tests.serving import served  # noqa: E402
from tests.widget_fixtures import NEWER, NEWS, PHOTOS, choice, make_council  # noqa: E402

PICTURES = PROJECT / "docs" / "pictures" / "widget"
WIDTHS = (320, 1280)


def nothing(page: Page) -> None:
    choice(page, NEWS).wait_for()


def unsaid(page: Page) -> None:
    page.get_by_role("button", name="Save my answer").click()
    page.get_by_role("alert").wait_for()


def answered(page: Page, news: str, photos: str) -> None:
    for statement, word in ((NEWS, news), (PHOTOS, photos)):
        if word:
            choice(page, statement).get_by_role("radio", name=word).check()
    page.get_by_role("button", name="Save my answer").click()
    page.locator("consent-form .receipt").wait_for()


def given(page: Page) -> None:
    answered(page, "Yes", "Yes")


def refused(page: Page) -> None:
    answered(page, "No", "No")


def partly(page: Page) -> None:
    answered(page, "Yes", "")


def withdrawn(page: Page) -> None:
    answered(page, "Yes", "No")
    page.get_by_role("button", name="Withdraw my yes").click()
    page.get_by_role("heading", name="Your consent is withdrawn").wait_for()


def renewal(page: Page) -> None:
    """As it looks once the words of the news have changed."""

    def due(route: Route) -> None:
        response = route.fetch()
        words = {"version": 2, "digest": "", "language": "en", "statement": NEWER, "lapses": "2026-12-24"}
        route.fulfill(response=response, json=response.json() | {"renewal": {"news": words}})

    page.route("**/api/receipts", due)
    given(page)
    page.get_by_role("checkbox", name="Remember this answer on this device").check()
    page.reload()
    page.get_by_role("button", name="Yes, I agree to the new words").wait_for()


def offline(page: Page) -> None:
    choice(page, NEWS).get_by_role("radio", name="Yes").check()
    page.context.set_offline(True)
    page.get_by_role("button", name="Save my answer").click()
    page.get_by_role("alert").wait_for()


def changed(page: Page) -> None:
    choice(page, NEWS).get_by_role("radio", name="Yes").check()
    page.locator("consent-form input[name=digest]").evaluate("field => field.value = '0'.repeat(64)")
    page.get_by_role("button", name="Save my answer").click()
    page.get_by_role("alert").wait_for()


def unlisted(page: Page) -> None:
    page.goto(page.url.replace("127.0.0.1", "localhost"))
    page.get_by_role("alert").wait_for()


STATES: tuple[Callable[[Page], None], ...] = (
    nothing,
    unsaid,
    given,
    refused,
    partly,
    withdrawn,
    renewal,
    offline,
    changed,
    unlisted,
)


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, served(make_council(Path(folder))) as address, chromium() as browser:
        for width in WIDTHS:
            for state in STATES:
                context = browser.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce")
                page = context.new_page()
                page.goto(f"{address}/demo/")
                state(page)
                page.locator("consent-form").screenshot(path=PICTURES / f"{state.__name__}-{width}.png")
                context.close()


if __name__ == "__main__":
    main()
