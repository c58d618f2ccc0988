"""Every state of the consent form, reached as a resident reaches it, on a council whose words for the news have changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.serving import served
from tests.widget_fixtures import (
    ANSWERS,
    NEWER,
    NEWS,
    PHOTOS,
    change_news,
    choice,
    make_council,
    never_published,
    stored,
)

BEFORE = "2026-01-10"


@dataclass(frozen=True)
class Council:
    """Where it is served, and the receipt's token of somebody who agreed to the words before these."""

    address: str
    token: str


@contextmanager
def changed_council(root: Path, browser: Browser) -> Iterator[Council]:
    """A council served today, after somebody said yes to everything on a day when other words counted."""
    make_council(root)
    with served(root, "--date", BEFORE) as address:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{address}/library/")
        for statement in (NEWS, PHOTOS):
            choice(page, statement).get_by_role("radio", name="I agree").check()
        page.get_by_role("checkbox", name="Remember this answer on this device").check()
        page.get_by_role("button", name="Save my answer").click()
        page.wait_for_url("**/receipt/*")
        (token,) = stored(page).values()
        context.close()
    change_news(root)
    with served(root, port=int(address.rpartition(":")[2])) as now:
        yield Council(now, token)


def nothing(page: Page) -> None:
    choice(page, NEWER).wait_for()


def unsaid(page: Page) -> None:
    page.get_by_role("button", name="Save my answer").click()
    page.get_by_role("alert").wait_for()


def _answered(page: Page, news: str, photos: str) -> None:
    for statement, word in ((NEWER, news), (PHOTOS, photos)):
        if word:
            choice(page, statement).get_by_role("radio", name=ANSWERS[word]).check()
    page.get_by_role("button", name="Save my answer").click()
    page.locator("consent-form .receipt").wait_for()


def given(page: Page) -> None:
    _answered(page, "Yes", "Yes")


def refused(page: Page) -> None:
    _answered(page, "No", "No")


def partly(page: Page) -> None:
    _answered(page, "Yes", "")


def withdrawn(page: Page) -> None:
    _answered(page, "Yes", "No")
    page.get_by_role("button", name="Withdraw my consent").click()
    page.get_by_role("heading", name="Your consent is withdrawn").wait_for()


def renewal(page: Page, token: str) -> None:
    """A device that remembers a yes to the words before these."""
    page.evaluate("token => localStorage.setItem('consent:library', token)", token)
    page.reload()
    page.get_by_role("link", name="Read the new words and choose").wait_for()


def offline(page: Page) -> None:
    choice(page, NEWER).get_by_role("radio", name="I agree").check()
    page.context.set_offline(True)
    page.get_by_role("button", name="Save my answer").click()
    page.get_by_role("alert").wait_for()


def changed(page: Page) -> None:
    choice(page, NEWER).get_by_role("radio", name="I agree").check()
    never_published(page)
    page.get_by_role("button", name="Save my answer").click()
    page.get_by_role("alert").wait_for()


def unlisted(page: Page) -> None:
    page.goto(page.url.replace("127.0.0.1", "localhost"))
    page.get_by_role("alert").wait_for()


STATES: dict[str, Callable[[Page], None]] = {
    state.__name__: state for state in (nothing, unsaid, given, refused, partly, withdrawn, offline, changed, unlisted)
}
ALL = (*STATES, "renewal")


def reach(page: Page, name: str, council: Council, path: str = "/demo/") -> None:
    """Open a page with the form and bring the form into a state."""
    page.goto(council.address + path)
    if name == "renewal":
        renewal(page, council.token)
    else:
        STATES[name](page)
