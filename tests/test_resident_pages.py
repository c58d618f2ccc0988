"""Details that residents notice on the pages of the endpoint: the tab's title, the language of a fault, paper, the
way back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.serving import served
from tests.widget_fixtures import ANSWERS, linked, make_welsh_council, visit

NEWS = "I agree that the library can send me news."


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_welsh_council(tmp_path_factory.mktemp("council"))


@pytest.fixture(scope="module")
def address(root: Path) -> Iterator[str]:
    with served(root) as found:
        yield found


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Without script: what these pages do, they do for everybody."""
    with visit(browser, script=False) as found:
        yield found


def answer(page: Page, address: str, word: str, email: str = "") -> None:
    page.goto(f"{address}/consent/library")
    page.get_by_role("radio", name=ANSWERS[word]).check()
    page.locator("input[type=email]").fill(email)
    page.get_by_role("button", name="Save my answer").click()
    expect(page.locator("h1")).to_have_text(re.compile("^You said"))


@pytest.mark.parametrize(("language", "said"), [("en", "Error: "), ("cy", "Gwall: ")])
def test_a_page_with_something_wrong_says_so_in_its_title(page: Page, address: str, language: str, said: str) -> None:
    for path in ("consent/library", "withdraw"):
        page.goto(f"{address}/{path}?language={language}")
        assert said not in page.title()
        page.locator("main form button").click()
        expect(page.get_by_role("alert")).to_be_visible()
        assert page.title().startswith(f"{said}{page.locator('h1').text_content()}")
        expect(page.get_by_role("alert")).to_be_focused()


def test_a_fault_in_welsh_is_told_in_welsh_and_leads_to_welsh_pages(page: Page, address: str) -> None:
    page.goto(f"{address}/receipt/gone?language=cy")
    hrefs = [link.get_attribute("href") for link in page.locator("main .actions a").all()]
    assert hrefs == ["/cy/", "/withdraw?language=cy"]
    refused = page.request.post(
        f"{address}/consent/library", form={"language": "cy"}, headers={"Origin": "https://elsewhere.example.net"}
    )
    assert refused.status == 403
    assert '<html lang="cy"' in refused.text()


def test_a_link_that_is_over_says_so_in_the_language_of_its_letter(page: Page, address: str, root: Path) -> None:
    page.goto(f"{address}/cy/library/")
    page.get_by_role("radio").last.check()
    page.locator("input[type=email]").fill("dwywaith@example.org")
    page.locator("form.consent button").click()
    page.locator("form.consent button").click()  # the static page has no id of the view: it is checked and sent again
    link = linked(root, "dwywaith@example.org", "confirm/")
    page.goto(link)
    page.get_by_role("button", name="Wnes i ddim cytuno").click()  # nothing else ends a link before its time
    page.goto(link)
    expect(page.locator("html")).to_have_attribute("lang", "cy")
    expect(page.locator("h1")).to_have_text("Nid yw'r ddolen hon yn gweithio mwyach")


def test_a_printed_receipt_has_every_address_and_nothing_to_press(page: Page, address: str) -> None:
    answer(page, address, "Yes")
    page.emulate_media(media="print")
    facts = page.locator("main dl dd a")
    assert facts.count() >= 2  # the words that were read, and whom to write to
    for link in facts.all():
        expect(link).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)


def test_what_leads_on_from_a_printed_receipt_has_its_address(page: Page, address: str) -> None:
    answer(page, address, "Yes")
    page.locator(".proof summary").click()
    page.emulate_media(media="print")
    for name in ("Withdraw without a receipt", "Download the receipt as a file", "Check a receipt file"):
        link = page.get_by_role("link", name=name)
        printed = link.evaluate("link => getComputedStyle(link, '::after').content")
        assert f"({address}{link.get_attribute('href')})" in printed


@pytest.mark.parametrize("path", ["withdraw", "withdraw/agreed", "report"])
def test_a_printed_form_has_no_empty_boxes_and_says_where_it_is(page: Page, address: str, path: str) -> None:
    page.goto(f"{address}/{path}")
    page.emulate_media(media="print")
    assert page.locator("main :is(input, textarea, select, label, button):visible").count() == 0
    expect(page.get_by_text(f"{address}/{path}", exact=True)).to_be_visible()
    expect(page.locator(".ways a").first).to_be_visible()


def test_a_camera_reads_the_code_of_a_receipt_from_a_dark_page_too(page: Page, address: str) -> None:
    page.emulate_media(color_scheme="dark")
    answer(page, address, "Yes")
    shown = Image.open(BytesIO(page.locator("img.qr").screenshot())).convert("L")
    assert shown.getextrema() == (0, 255)
    assert shown.getpixel((1, 1)) == 255, "the margin of the code is light"


def test_a_reference_stays_on_one_line_of_a_narrow_screen(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    answer(page, address, "Yes")
    reference = page.locator("strong.reference")
    assert len(reference.evaluate("shown => [...shown.getClientRects()]")) == 1


def test_whoever_said_no_or_withdrew_finds_the_form_again(page: Page, address: str) -> None:
    again = page.get_by_role("link", name="Answer again")
    answer(page, address, "Yes")
    expect(again).to_have_count(0)
    page.get_by_role("button", name=re.compile("Withdraw my consent")).click()
    again.click()
    expect(page.get_by_role("radio", name="I agree")).not_to_be_checked()
    answer(page, address, "No")
    expect(page.locator("main")).to_contain_text("What saying no means:")
    again.click()
    expect(page.get_by_role("group", name=NEWS)).to_be_visible()


def test_what_is_said_about_the_email_address_is_true(page: Page, address: str, root: Path) -> None:
    page.goto(f"{address}/consent/library")
    expect(page.locator("#hint-email")).to_contain_text("For your receipt")
    answer(page, address, "Yes", "receipt@example.org")
    assert linked(root, "receipt@example.org", "receipt/") == page.url


def test_a_council_without_a_mailbox_for_withdrawals_names_its_data_protection_officer(
    page: Page, address: str
) -> None:
    for path in ("receipt/gone", "withdraw"):
        page.goto(f"{address}/{path}")
        last = page.locator(".ways dl").last
        expect(last.get_by_role("link", name="dpo@example.org")).to_be_visible()


def test_the_demonstration_speaks_one_language(browser: Browser, address: str) -> None:
    with visit(browser) as page:
        for language, title in (("en", "Library privacy notice"), ("cy", "Hysbysiad preifatrwydd y llyfrgell")):
            page.goto(f"{address}/demo/?language={language}")
            expect(page.locator("main > form > h2")).to_have_text(title)
            expect(page.get_by_role("link", name="Cymraeg")).to_have_attribute("lang", "cy")


def test_the_receipt_says_what_came_of_it_and_its_title_does_not(page: Page, address: str) -> None:
    answer(page, address, "Yes")
    expect(page.locator("h1")).to_be_focused()
    expect(page.locator("h1")).to_have_text("You said yes")
    assert page.title().startswith("Your receipt")
    expect(page.get_by_text("Tell the service this reference")).to_be_visible()  # nothing is known about the person
    for folded in ("Fingerprint of those words", "You can end it."):
        expect(page.get_by_text(folded)).to_be_hidden()
    page.get_by_role("button", name=re.compile("Withdraw my consent")).click()
    expect(page.locator("h1")).to_have_text("You have withdrawn your consent")
    expect(page.get_by_role("button", name=re.compile("Withdraw my consent"))).to_have_count(0)


def test_a_receipt_is_mailed_afterwards_too(page: Page, address: str, root: Path) -> None:
    answer(page, address, "Yes")
    receipt = page.url
    mail = page.get_by_role("button", name="Email it to me")
    mail.click()  # nothing typed: said beside the field, and nothing is sent
    expect(page.get_by_role("alert").get_by_role("link")).to_have_attribute("href", "#email")
    expect(page.locator("#email")).to_have_attribute("aria-invalid", "true")
    page.locator("#email").fill("afterwards@example.org")
    mail.click()
    expect(page.get_by_role("status")).to_contain_text("We are sending it")
    assert linked(root, "afterwards@example.org", "receipt/") == receipt
    expect(page.get_by_text("Tell the service this reference")).to_have_count(0)  # now it can find the person


def test_each_page_can_be_read_in_the_other_language_and_asks_the_browser_first(page: Page, address: str) -> None:
    switch = page.get_by_role("link", name="Cymraeg")
    page.goto(f"{address}/consent/library?version=1")
    assert switch.get_attribute("href") == "/consent/library?version=1&language=cy"
    answer(page, address, "Yes")
    receipt = page.url
    switch.click()
    expect(page.locator("html")).to_have_attribute("lang", "cy")
    expect(page.locator("blockquote")).to_have_text(NEWS)  # the words that were agreed to stay as they were read
    expect(page.locator("blockquote")).to_have_attribute("lang", "en")
    page.get_by_role("button", name="Tynnu fy nghaniatâd yn ôl").click()
    expect(page.locator("h1")).to_have_text("Rydych wedi tynnu eich caniatâd yn ôl")
    welsh = {"Accept-Language": "cy-GB,cy;q=0.9,en;q=0.5"}
    for path, language in (
        ("/withdraw", "cy"),
        ("/report", "cy"),
        ("/receipt/gone", "cy"),
        ("/withdraw?language=en", "en"),
    ):
        assert f'<html lang="{language}"' in page.request.get(address + path, headers=welsh).text()
    assert '<html lang="en"' in page.request.get(receipt, headers=welsh).text()  # the language of the answer


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("en-GB,cy;q=0.5", "en"),
        ("cy-GB, en;q=0.5", "cy"),
        ("cy-GB;q=0.8, en;q=0.9", "en"),
        ("fr, cy;q=0.3", "cy"),
        ("cy;q=0", "en"),
        ("*", "en"),
    ],
)
def test_a_browser_gets_the_language_that_it_asks_for_first_with_or_without_a_country(
    page: Page, address: str, asked: str, language: str
) -> None:
    shown = page.request.get(f"{address}/withdraw", headers={"Accept-Language": asked})
    assert f'<html lang="{language}"' in shown.text()
