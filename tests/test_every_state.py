"""The consent form in each of its states, and the pages that mailed links lead to: fit for everybody, with and without script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.axe import violations
from tests.widget_fixtures import ANSWERS, NEWER, NEWS, PHOTOS, choice, linked, visit, width_of
from tests.widget_states import ALL, Council, changed_council, reach

LEADS_AWAY = ("given", "refused", "partly", "withdrawn")
"""On our own pages the answer is at the receipt's address."""
OWN = [state for state in ALL if state not in ("unlisted", *LEADS_AWAY)]
SHOWN = [*((state, "/demo/") for state in ALL), *((state, "/library/") for state in OWN)]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("council")


@pytest.fixture(scope="module")
def council(browser: Browser, root: Path) -> Iterator[Council]:
    with changed_council(root, browser) as found:
        yield found


@pytest.mark.parametrize(("state", "path"), SHOWN)
def test_each_state_is_fit_for_everybody_in_light_dark_and_forced_colours(
    browser: Browser, council: Council, state: str, path: str
) -> None:
    with visit(browser) as page:
        reach(page, state, council, path)
        assert violations(page) == []
        page.set_viewport_size({"width": 320, "height": 640})
        assert width_of(page) <= 320
        page.emulate_media(color_scheme="dark")
        assert violations(page) == []
        page.emulate_media(color_scheme="light", forced_colors="active")
        assert violations(page) == []
        edges = page.locator("consent-form").locator(".errors, button:visible, blockquote, label:has(input):visible")
        for edge in edges.all():
            styles = (
                "edge => Object.values(getComputedStyle(edge)).length && getComputedStyle(edge).borderInlineStartStyle"
            )
            assert edge.evaluate(styles) == "solid", "what colours alone would show has an edge"


# Pages that links lead to


def has_one_thing_to_do(page: Page, button: str) -> None:
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("main").get_by_role("button")).to_have_count(1)
    expect(page.locator("main").get_by_role("button", name=button)).to_be_visible()
    assert page.title().startswith(str(page.locator("h1").text_content()))


def agree(page: Page, council: Council, email: str) -> None:
    page.goto(f"{council.address}/consent/library")
    for statement, word in ((NEWER, "Yes"), (PHOTOS, "No")):
        choice(page, statement).get_by_role("radio", name=ANSWERS[word]).check()
    page.get_by_label(re.compile("Your email address")).fill(email)
    page.get_by_role("button", name="Save my answer").click()
    expect(page.locator("main")).to_contain_text("You said yes")


@pytest.mark.parametrize("script", [True, False])
def test_an_address_is_confirmed_or_refused_by_a_button_each(
    browser: Browser, council: Council, root: Path, script: bool
) -> None:
    with visit(browser, script=script) as page:
        email = f"confirm-{script}@example.org".lower()
        agree(page, council, email)
        link = linked(root, email, "confirm/")
        page.goto(link)
        buttons = page.locator("main").get_by_role("button")
        expect(buttons).to_have_text(["Yes, this is my address and I agreed", "I did not agree"])
        expect(page.locator("main li")).to_contain_text([NEWER])
        if script:
            assert violations(page) == []
        buttons.first.click()
        expect(page.locator("main")).to_contain_text("Your address is confirmed.")
        expect(buttons).to_have_count(0)
        page.goto(link)
        has_one_thing_to_do(page, "I did not agree")
        expect(page.locator("main")).to_contain_text("Your address is confirmed.")
        buttons.click()
        expect(page.locator("h1")).to_have_text("Withdrawn and erased")
        page.goto(link)
        expect(page.locator("h1")).to_have_text("This link no longer works")


@pytest.mark.parametrize("script", [True, False])
def test_a_link_to_withdraw_asks_what_to_withdraw_and_leads_to_the_field(
    browser: Browser, council: Council, root: Path, script: bool
) -> None:
    with visit(browser, script=script) as page:
        email = f"withdraw-{script}@example.org".lower()
        agree(page, council, email)
        earlier = linked(root, email, "confirm/")
        page.goto(f"{council.address}/withdraw")
        page.locator("form.request input[type=email]").fill(email)
        page.locator("form.request button[type=submit]").click()
        expect(page.locator("h1")).to_have_text("We have your request")
        page.goto(linked(root, email, "confirm/", earlier))
        expect(page.locator("h1")).to_have_count(1)
        expect(page.locator("main").get_by_role("button")).to_have_count(1)
        expect(page.get_by_role("checkbox", name=re.compile(re.escape(NEWER)))).not_to_be_checked()
        page.locator("main").get_by_role("button").click()
        fault = page.get_by_role("alert").get_by_role("link")
        fault.click()
        expect(page.get_by_role("checkbox").first).to_be_focused()
        if script:
            assert violations(page) == []
        page.get_by_role("checkbox").first.check()
        page.locator("main").get_by_role("button").click()
        expect(page.locator("h1")).to_have_count(1)
        expect(page.get_by_role("alert")).to_have_count(0)
        expect(page.locator("main").get_by_role("button")).to_have_count(0)


@pytest.mark.parametrize("script", [True, False])
def test_the_page_of_new_words_shows_both_and_asks_one_question(
    browser: Browser, council: Council, script: bool
) -> None:
    with visit(browser, script=script, width=320) as page:
        page.goto(f"{council.address}/receipt/{council.token}/renew")
        expect(page.locator("h1")).to_have_text("The words have changed")
        expect(page.locator("main blockquote")).to_have_text([NEWS, NEWER])
        buttons = page.locator("main").get_by_role("button")
        expect(buttons).to_have_text(["I do not agree", "I agree to the new words"])
        assert width_of(page) <= 320
        if script:
            assert violations(page) == []
            return
        buttons.last.click()  # last: from now on there is nothing to renew
        expect(page.locator("h1")).to_have_text("You said yes")
        expect(page.locator("main")).not_to_contain_text("The words have changed since")
