"""Back, reload, a second press and new words in a real browser: none of them makes a second consent, or one to other
words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.consent_fixtures import acts
from tests.serving import served
from tests.widget_fixtures import NEWER, NEWS, change_news, choice, make_council
from tests.widget_fixtures import visit as visit_anew
from widget.ledger.events import ConsentEvent
from widget.store.engine import open_to_read
from widget.store.group_commit import reading_of

PLACES = ("/library/", "/consent/library")
SCRIPT = {"with script": True, "without script": False}


@contextmanager
def visit(browser: Browser, script: bool = True) -> Iterator[Page]:
    """A resident's page with a cache, which browsers give up where a test reads along."""
    context = browser.new_context(java_script_enabled=script)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_council(tmp_path_factory.mktemp("council"))


@pytest.fixture(scope="module")
def address(council: Path) -> Iterator[str]:
    with served(council) as found:
        yield found


def written(council: Path) -> list[ConsentEvent]:
    """People's acts, as the ledger holds them."""
    engine = open_to_read(f"sqlite:///{council / 'var' / 'consents.db'}", 5)
    with reading_of(engine) as reading:
        found = acts(reading)
    engine.dispose()
    return found


def say_yes(page: Page) -> None:
    """Choose yes and press until it is saved: the static page without script asks once more."""
    choice(page, NEWS).get_by_role("radio", name="I agree").check()
    page.get_by_role("button", name="Save my answer").click()
    once_more = page.get_by_text("Your answer is not saved yet.")
    expect(once_more.or_(page.get_by_text("You said yes")).first).to_be_visible()
    if once_more.count():
        page.get_by_role("button", name="Save my answer").click()
    page.wait_for_url("**/receipt/*")


@pytest.mark.parametrize("script", SCRIPT)
@pytest.mark.parametrize("place", PLACES)
def test_back_and_save_is_the_same_act_and_a_reload_shows_the_receipt(
    browser: Browser, address: str, council: Path, place: str, script: str
) -> None:
    before = len(written(council))
    with visit(browser, SCRIPT[script]) as page:
        page.goto(f"{address}/")
        page.goto(address + place)
        say_yes(page)
        receipt = page.url
        page.reload()
        assert page.url == receipt
        expect(page.locator("main")).to_contain_text("You said yes")
        page.go_back()
        expect(page.get_by_role("button", name="Save my answer")).to_be_visible()
        say_yes(page)
        assert page.url == receipt
    assert [event.kind for event in written(council)[before:]] == ["given"]


@pytest.mark.parametrize("place", PLACES)
def test_a_new_visit_is_a_new_view(browser: Browser, address: str, place: str) -> None:
    with visit(browser) as page:
        receipts = set()
        for _ in range(2):
            page.goto(address + place)
            say_yes(page)
            receipts.add(page.url)
        assert len(receipts) == 2


@pytest.mark.parametrize("script", SCRIPT)
def test_two_presses_on_a_slow_line_are_one_act(browser: Browser, address: str, council: Path, script: str) -> None:
    before = len(written(council))
    with visit(browser, SCRIPT[script]) as page:
        page.goto(f"{address}/consent/library")
        slow = {"offline": False, "latency": 400, "downloadThroughput": -1, "uploadThroughput": -1}
        page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", slow)
        choice(page, NEWS).get_by_role("radio", name="I agree").check()
        page.get_by_role("button", name="Save my answer").dblclick(no_wait_after=True)
        page.wait_for_url("**/receipt/*")
    assert [event.kind for event in written(council)[before:]] == ["given"]


@pytest.mark.parametrize(("place", "script"), [("/library/", True), ("/consent/library", False)])
def test_no_choice_is_put_back_beside_words_that_it_was_not_made_for(
    browser: Browser, tmp_path: Path, place: str, script: bool
) -> None:
    root = make_council(tmp_path)
    with visit_anew(browser, script) as page:  # without a cache: Back asks the server, as hours later
        with served(root, "--date", "2026-01-10") as address:
            port = int(address.rpartition(":")[2])
            page.goto(address + place)
            choice(page, NEWS).get_by_role("radio", name="I agree").check()
            page.goto(f"{address}/cookies/")
        change_news(root)
        with served(root, port=port):
            page.go_back()
            expect(choice(page, NEWER)).to_be_visible()
            expect(page.locator("input[name^='decision.']:checked")).to_have_count(0)
