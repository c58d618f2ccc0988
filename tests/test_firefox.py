"""The form in a real Firefox, which restores what was typed or chosen in its own way, with script and without."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Locator, Page

from tests.browser import firefox
from tests.serving import served
from tests.test_acts_in_browser import PLACES, written
from tests.widget_fixtures import NEWER, NEWS, change_news, choice, make_council

SAVE = "Save my answer"
SAVED, UNSAVED = (
    "You said yes",
    "Your answer is not saved yet. Check it here, then press the button below once more.",
)


@pytest.fixture(scope="module", params=[True, False], ids=["with script", "without script"])
def opened(request: pytest.FixtureRequest) -> Iterator[tuple[Browser, bool]]:
    """Firefox, and whether it runs scripts in pages."""
    with firefox(script=request.param) as browser:
        yield browser, request.param


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_council(tmp_path_factory.mktemp("council"))


@pytest.fixture(scope="module")
def address(council: Path) -> Iterator[str]:
    with served(council) as found:
        yield found


@pytest.fixture
def page(opened: tuple[Browser, bool]) -> Iterator[Page]:
    """A resident's page in a session of its own."""
    browser, script = opened
    context = browser.new_context(java_script_enabled=script)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def show(page: Page, text: str, *more: str) -> str:
    """The one of these texts that the page shows, once it does.

    Playwright's own waiting counts on the page's timers, which do not run where scripts are off.
    """
    for _ in range(100):
        with suppress(Error):  # the page goes away meanwhile
            for wanted in (text, *more):
                if page.get_by_text(wanted, exact=True).first.is_visible():
                    return wanted
        page.wait_for_timeout(100)
    raise AssertionError(f"the page does not show {text}: {page.locator('body').inner_text()}")


def choose_yes(page: Page, statement: str = NEWS) -> None:
    """By keyboard, as all here: a pointer waits for drawn frames, which no timer counts where scripts are off."""
    choice(page, statement).get_by_role("radio", name="I agree").focus()
    page.keyboard.press("Space")


def press(page: Page, button: str) -> None:
    page.get_by_role("button", name=button).first.focus()
    page.keyboard.press("Enter")


def save(page: Page) -> None:
    """Press until the answer is saved: the static page without script asks once more."""
    asked = page.get_by_text(UNSAVED).count()
    press(page, SAVE)
    if not asked and show(page, SAVED, UNSAVED) == UNSAVED:
        press(page, SAVE)
    show(page, SAVED)


def to(page: Page, control: Locator) -> None:
    """Come to a control by the tabulator alone."""
    for _ in range(100):
        if control.first.evaluate("control => control === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the tabulator does not reach {control}")


def go_back(page: Page) -> None:
    """Back to the form."""
    page.go_back(wait_until="commit")
    show(page, NEWS)


def chosen(page: Page) -> int:
    """How many answers are chosen."""
    return page.locator("input[name^='decision.']:checked").count()


def kinds(council: Path, before: int) -> list[str]:
    """The ledger's new entries."""
    return [str(event.kind) for event in written(council)[before:]]


@pytest.mark.parametrize("place", PLACES)
def test_reload_save_back_and_save_is_one_act(page: Page, address: str, council: Path, place: str) -> None:
    before = len(written(council))
    page.goto(address + place)
    choose_yes(page)
    page.reload()
    if chosen(page) == 0:
        choose_yes(page)
    save(page)
    receipt = page.url
    page.reload()
    show(page, SAVED)
    assert page.url == receipt
    go_back(page)
    if chosen(page) == 0:
        choose_yes(page)
    save(page)
    assert page.url == receipt
    assert kinds(council, before) == ["given"]


def test_two_presses_are_one_act(page: Page, address: str, council: Path) -> None:
    before = len(written(council))
    page.goto(f"{address}/consent/library")
    choose_yes(page)
    page.get_by_role("button", name=SAVE).focus()  # scrolls there
    button = page.get_by_role("button", name=SAVE).bounding_box()
    assert button
    page.mouse.dblclick(button["x"] + 5, button["y"] + 5)
    show(page, SAVED)
    assert kinds(council, before) == ["given"]


@pytest.mark.parametrize("opened", [False], ids=["without script"], indirect=True)
def test_a_page_that_asks_once_more_can_be_reloaded(page: Page, address: str, council: Path) -> None:
    before = len(written(council))
    page.goto(f"{address}/library/")
    choose_yes(page)
    press(page, SAVE)
    show(page, UNSAVED)
    page.reload()
    show(page, UNSAVED)
    assert chosen(page) == 1
    assert kinds(council, before) == []
    press(page, SAVE)
    show(page, SAVED)
    assert kinds(council, before) == ["given"]


def test_yes_is_given_and_withdrawn_by_the_tabulator_alone(page: Page, address: str, council: Path) -> None:
    before = len(written(council))
    page.goto(f"{address}/consent/library")
    to(page, choice(page, NEWS).get_by_role("radio", name="I do not agree"))
    page.keyboard.press("ArrowDown")
    to(page, page.get_by_role("button", name=SAVE))
    page.keyboard.press("Enter")
    show(page, SAVED)
    to(page, page.get_by_role("button", name="Withdraw"))
    page.keyboard.press("Enter")
    show(page, "You have withdrawn your consent")
    assert kinds(council, before) == ["given", "withdrawn"]


def test_no_choice_is_put_back_beside_words_that_it_was_not_made_for(page: Page, tmp_path: Path) -> None:
    root = make_council(tmp_path)
    # without the script by which `serve` shows editors a new build, and so without a cache: Back asks the server, as hours later
    page.context.route("**/draft/-/*", lambda route: route.fulfill(body="", content_type="text/javascript"))
    left = page.context.new_page()
    with served(root, "--date", "2026-01-10") as address:
        port = int(address.rpartition(":")[2])
        left.goto(f"{address}/consent/library")
        choose_yes(left)
        left.goto(f"{address}/cookies/")
        page.bring_to_front()
        page.goto(f"{address}/library/")
        choose_yes(page)
    change_news(root)
    with served(root, port=port):
        page.reload()
        answer_anew(page)
        left.bring_to_front()
        left.go_back(wait_until="commit")
        answer_anew(left)
    assert [(event.kind, event.version) for event in written(root)] == [("given", 2)] * 2


def answer_anew(page: Page) -> None:
    """Find the new words without a choice, and say yes to them."""
    show(page, NEWER)
    assert chosen(page) == 0
    choose_yes(page, NEWER)
    save(page)
