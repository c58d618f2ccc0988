"""The first screen of a published notice: what a resident sees without scrolling, and how much there is to read."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from generator.building import build
from tests.site_fixtures import PROJECT, TODAY, read

MOST_WORDS = 1_100
NOTICES = ("family-hubs", "primary")
CONTENTS = "nav.contents"
UNCHECKED = "[aria-labelledby=page-translation]"
"""The line above a translation that nobody has checked yet."""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], str]:
    """The example's published pages by notice and language, their forms with them."""
    public = tmp_path_factory.mktemp("example") / "public"
    build.build(read(PROJECT), public, TODAY)
    folders = {"en": public, "cy": public / "cy"}
    return {
        (notice, language): (folder / notice / "index.html").read_text("utf-8")
        for notice in NOTICES
        for language, folder in folders.items()
    }


@pytest.fixture(scope="module")
def pages_of_family_hubs(pages: dict[tuple[str, str], str]) -> dict[str, str]:
    """The pages of one notice by language."""
    return {language: html for (notice, language), html in pages.items() if notice == "family-hubs"}


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)], ids=str)
@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("notice", NOTICES)
def test_why_we_use_your_information_is_on_the_first_screen(
    browser: Browser, pages: dict[tuple[str, str], str], notice: str, language: str, width: int, height: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": height})
    page.set_content(pages[notice, language])
    assert page.locator(UNCHECKED).count() == (language == "cy")
    answer = page.locator(".glance a[href='#purposes']").locator("xpath=../following-sibling::dd").bounding_box()
    page.close()
    assert answer
    assert answer["y"] + answer["height"] <= height


def test_family_hubs_shows_at_most_1_100_words_outside_the_contents(
    browser: Browser, pages_of_family_hubs: dict[str, str]
) -> None:
    page = browser.new_page()
    page.set_content(pages_of_family_hubs["en"])
    page.eval_on_selector_all(CONTENTS, "found => found.forEach(one => one.remove())")
    words = page.locator("main").inner_text().split()
    has_form = page.get_by_role("radio").count()
    page.close()
    assert has_form
    assert len(words) <= MOST_WORDS


def test_on_a_phone_the_glance_comes_before_the_contents_which_are_closed(
    browser: Browser, pages_of_family_hubs: dict[str, str]
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.set_content(pages_of_family_hubs["en"])
    glance, objection, contents = (page.locator(name).bounding_box() for name in (".glance", "#object", "nav.narrow"))
    shown = page.locator("nav.contents a:visible").count()
    first = page.locator(".glance a").first.inner_text()
    page.close()
    assert glance and objection and contents
    assert glance["y"] < objection["y"] < contents["y"]
    assert (shown, first) == (0, "You choose")
