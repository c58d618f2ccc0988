"""A resident who reads Welsh gives, sees the receipt, withdraws, and asks without the receipt, in Welsh, with script or without."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.building.build import read_words
from generator.wording.strings import Words
from tests.serving import served
from tests.site_fixtures import read
from tests.widget_fixtures import linked, make_welsh_council, visit

STATEMENT = "Rwy’n cytuno y caiff y llyfrgell anfon newyddion ataf."


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_welsh_council(tmp_path_factory.mktemp("council"))


@pytest.fixture(scope="module")
def words(root: Path) -> dict[str, Words]:
    return read_words(read(root))


def is_welsh(page: Page, words: dict[str, Words], heading: str, **values: object) -> None:
    """The page says that it is in Welsh, has the Welsh title, and says no sentence of ours in English."""
    expect(page.locator("html")).to_have_attribute("lang", "cy")
    expect(page.locator("h1")).to_have_text(words["cy"](heading, **values))
    has_no_english(str(page.locator("body").inner_text()), words)


def has_no_english(text: str, words: dict[str, Words]) -> None:
    said = " ".join(text.split())
    english = [
        text
        for key, text in words["en"].sentences.items()
        if len(text.split()) > 2 and "{" not in text and words["cy"].sentences[key] != text
    ]
    assert english
    assert [text for text in english if text in said] == []


def test_every_page_of_the_journey_speaks_welsh(browser: Browser, root: Path, words: dict[str, Words]) -> None:
    say = words["cy"]
    with served(root) as address, visit(browser, script=False) as page:
        page.goto(f"{address}/cy/library/")
        expect(page.locator("html")).to_have_attribute("lang", "cy")
        expect(page.get_by_text(STATEMENT).first).to_be_visible()
        page.get_by_role("button", name=say("consent_form.send")).click()  # nothing is chosen
        notice = "Hysbysiad preifatrwydd y llyfrgell"
        is_welsh(page, words, "endpoint.consent.title", notice=notice)
        page.get_by_role("alert").get_by_role("link").click()
        expect(page.get_by_role("radio", name=say("consent_form.refuse"))).to_be_focused()

        page.get_by_role("radio", name=say("consent_form.agree")).check()
        page.locator("input[type=email]").fill("preswylydd@example.org")
        page.get_by_role("button", name=say("consent_form.send")).click()
        is_welsh(page, words, "endpoint.receipt.outcome_given")
        receipt = page.url

        confirm = linked(root, "preswylydd@example.org", "confirm/")
        page.goto(confirm)
        is_welsh(page, words, "endpoint.confirm.title_address")
        page.get_by_role("button", name=say("endpoint.confirm.address_button")).click()
        is_welsh(page, words, "endpoint.confirm.title_address_done")

        page.goto(receipt)
        page.get_by_role("button", name=re.compile(say("endpoint.receipt.withdraw"))).click()
        is_welsh(page, words, "endpoint.receipt.outcome_withdrawn")
        page.get_by_text(say("endpoint.receipt.end_title")).click()
        page.get_by_role("button", name=say("endpoint.receipt.end_button")).click()
        is_welsh(page, words, "endpoint.confirm.title_ended")

        page.goto(f"{address}/withdraw?language=cy&notice=library")
        is_welsh(page, words, "endpoint.withdraw.title")
        page.locator("form.request button[type=submit]").click()  # nothing to go by
        is_welsh(page, words, "endpoint.withdraw.title")
        page.get_by_role("alert").get_by_role("link").click()
        page.locator("form.request input[type=email]").fill("preswylydd@example.org")
        page.locator("form.request button[type=submit]").click()
        is_welsh(page, words, "endpoint.requested.title")

        page.goto(f"{address}/receipt/{'x' * 43}?language=cy")
        expect(page.locator("h1")).to_have_count(1)  # a receipt that is not there is told without a trace


@pytest.mark.parametrize(
    ("place", "where"),
    [("/cy/library/", "consent-form"), ("/demo/?language=cy", "consent-form [role=group][aria-label]")],
)
def test_every_state_of_the_form_with_script_speaks_welsh(
    browser: Browser, root: Path, words: dict[str, Words], place: str, where: str
) -> None:
    say = words["cy"]
    with served(root) as address, visit(browser) as page:
        page.goto(address + place)
        form = page.locator(where)
        send = page.get_by_role("button", name=say("consent_form.send"))

        def welsh(said: str) -> None:
            expect(form).to_contain_text(said)
            has_no_english(form.inner_text(), words)

        send.click()
        welsh(say("consent_form.choose"))
        page.get_by_role("radio", name=say("consent_form.agree")).check()
        page.locator("input[type=email]").fill("preswylydd")  # a browser would tell it in its own language
        send.click()
        welsh(say("endpoint.wrong.email"))
        page.locator("input[type=email]").fill("")
        page.context.set_offline(True)
        send.click()
        welsh(say("consent_form.failed"))
        page.context.set_offline(False)
        if place == "/cy/library/":  # our own page leads to the receipt
            is_welsh(page, words, "endpoint.receipt.outcome_given")
            return
        welsh(say("consent_form.done"))
        page.get_by_role("button", name=say("consent_form.withdraw")).click()
        welsh(say("consent_form.stopped"))
