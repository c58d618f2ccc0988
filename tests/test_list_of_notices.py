"""The list of notices: short at 400, in the order of its language, and found as any keyboard types it."""

from __future__ import annotations

from collections.abc import Iterator

import brotli  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, expect

from tests.long_lists import list_files, open_page, title
from tests.site_fixtures import SITE, make_site
from widget.alphabet import place_in_order

ASKED = "Which service is it about?"
SCREEN = 640
CAN_BE_REACHED = """() => [...document.querySelectorAll("a[href], input, summary, button")]
    .filter(element => element.checkVisibility()).length"""
PAGEFIND = """export const debouncedSearch = async words => ({
    results: /only in the text|taxis/.test(words) ? ["/notice-7/", "/notice-5/"].map(url => (
        {data: async () => ({url, meta: {title: `Text of ${url}`}, excerpt: "a <mark>text</mark>"})})) : []})"""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The lists of 8, 40 and 400 notices in 20 topics, and an index of the texts that finds a few words."""
    found = list_files(make_site(tmp_path_factory.mktemp("site"), site=f"{SITE}search: yes\n"), (8, 40, 400), topics=20)
    return found | {"/pagefind/pagefind.js": PAGEFIND.encode()}


@pytest.fixture(scope="module")
def page(browser: Browser, files: dict[str, bytes]) -> Iterator[Page]:
    found = open_page(browser, files)
    yield found
    found.context.close()


def test_a_list_of_40_is_there_after_one_round_trip(files: dict[str, bytes]) -> None:
    headers = 600  # those of nginx with what deploy/nginx.conf adds
    assert b"<style>" in files["/40"]
    assert len(brotli.compress(files["/40"])) + headers <= 12_000, "ten packets of 1,200 bytes: RFC 9002"


def listed(page: Page) -> list[str]:
    return page.locator(".list li:visible a").all_inner_texts()


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("children's", 0),
        ("childrens", 0),
        ("CHILDREN’S", 0),
        ("chil\u00addren‘s", 0),
        ("strasse", 1),
        ("lodz", 1),
        ("Łódź", 1),
        ("free-school", 2),
        ("elan", 3),
        ("obriens aes", 4),
    ],
)
def test_a_title_is_found_as_any_keyboard_types_it(page: Page, typed: str, number: int) -> None:
    page.goto("/8")
    page.get_by_label(ASKED).fill(typed)
    assert listed(page) == [title(number)]


@pytest.mark.parametrize("count", [8, 40, 400])
def test_a_list_is_short_on_a_phone_with_and_without_script(
    browser: Browser, files: dict[str, bytes], page: Page, count: int
) -> None:
    without = open_page(browser, files, script=False)
    for shown in (page, without):
        shown.goto(f"/{count}")
        assert shown.evaluate("document.documentElement.scrollHeight") < 12 * SCREEN
        assert shown.evaluate(CAN_BE_REACHED) < 60
        for name in ("Withdraw your consent", "See what you agreed to"):
            link = shown.locator("main").get_by_role("link", name=name)
            box = link.bounding_box()
            assert box is not None
            assert box["y"] + box["height"] < SCREEN, f"{name} is on the first screen"
            assert box["height"] >= 24, "WCAG 2.2, 2.5.8"
        assert link.get_attribute("href") == "/withdraw/agreed"
    assert not without.locator("time").count()
    assert not without.locator("input, label").count(), "text browsers show what is hidden"
    if count == 400:
        without.get_by_text("Topic 07").click()
        assert len(listed(without)) == 20
    without.context.close()


def test_what_was_typed_is_there_after_a_reload_and_on_the_way_back(page: Page) -> None:
    page.goto("/400")
    page.get_by_label(ASKED).fill("childrens 200")
    assert listed(page) == [title(200)]
    page.locator(".matches a").click()
    page.wait_for_url("**/notice-200/")
    page.go_back()
    expect(page.get_by_label(ASKED)).to_have_value("childrens 200")
    page.reload()
    assert listed(page) == [title(200)]
    page.get_by_label(ASKED).fill("")
    assert page.get_by_text("Topic 07").is_visible()


def test_titles_come_before_what_only_the_summary_says(page: Page) -> None:
    page.goto("/8")
    page.get_by_label(ASKED).fill("free meals")
    assert listed(page)[0] == title(2), "the others name free meals in their summaries"
    assert len(listed(page)) == 8


def test_nothing_says_that_there_is_no_notice_above_what_was_found_in_a_text(page: Page) -> None:
    page.goto("/8")
    said = page.locator(".filter [role=status]")
    page.get_by_label(ASKED).fill("only in the text")
    expect(said).to_have_text("2 notices")
    assert listed(page) == ["Text of /notice-7/", "Text of /notice-5/"]
    page.get_by_label(ASKED).fill("taxis")
    expect(said).to_have_text("2 notices")
    assert listed(page) == [title(7), "Text of /notice-5/"], "each notice once"
    page.get_by_label(ASKED).fill("nowhere at all")
    expect(said).to_have_text("No notice has that word. Try another one.")
    assert not listed(page)


def order(language: str, *names: str) -> list[str]:
    return sorted(names, key=lambda name: place_in_order(name, language))


def test_a_list_is_sorted_as_its_language_sorts() -> None:
    assert order("en", "Zoos", "Élan", "elm", "Łódź", "Eaves", "lamps") == [
        "Eaves",
        "Élan",
        "elm",
        "lamps",
        "Łódź",
        "Zoos",
    ]
    welsh = ("Llyfrgelloedd", "Lwfans", "Chwaraeon", "Cymorth", "Ddoe", "Dŵr", "Theatr", "Tŷ", "Rhent", "Ysgolion")
    sorted_welsh = [
        "Cymorth",
        "Chwaraeon",
        "Dŵr",
        "Ddoe",
        "Lwfans",
        "Llyfrgelloedd",
        "Rhent",
        "Tŷ",
        "Theatr",
        "Ysgolion",
    ]
    assert order("cy", *welsh) == sorted_welsh
    assert order("en", "“Quoted”", "Pets", "Rats") == ["Pets", "“Quoted”", "Rats"]


@given(st.lists(st.text(max_size=6), unique=True), st.sampled_from(["en", "cy", "ur"]))
def test_an_order_does_not_depend_on_the_order_before(names: list[str], language: str) -> None:
    assert order(language, *names) == order(language, *reversed(names))
