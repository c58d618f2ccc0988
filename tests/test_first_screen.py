"""The first screen of a published notice: what a resident sees without scrolling, and how much there is to read."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from generator.building import build
from tests.site_fixtures import PROJECT, TODAY, read

MOST_WORDS = 1_100
CONTENTS = "nav.contents"
UNCHECKED = "[aria-labelledby=page-translation]"
"""The line above a translation that nobody has checked yet."""


@pytest.fixture(scope="module")
def pages_of_family_hubs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The example's published page in each language, its form with it."""
    public = tmp_path_factory.mktemp("family-hubs") / "public"
    build.build(read(PROJECT), public, TODAY)
    pages = {"en": public / "family-hubs", "cy": public / "cy" / "family-hubs"}
    return {language: (folder / "index.html").read_text("utf-8") for language, folder in pages.items()}


@pytest.mark.parametrize(
    ("language", "width", "height"), [("en", 1280, 800), ("en", 390, 844), ("cy", 1280, 800)], ids=str
)
def test_why_we_use_your_information_is_on_the_first_screen(
    browser: Browser, pages_of_family_hubs: dict[str, str], language: str, width: int, height: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": height})
    page.set_content(pages_of_family_hubs[language])
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
