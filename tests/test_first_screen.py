"""The first screen of a notice, as its working text will be: what a resident sees without scrolling, and how much there is to read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import Browser

from generator.building.rendering import Rendering
from generator.pages import drafts as draft_pages
from generator.pages.contexts import NoticePage
from generator.pages.planner import PagePlan
from generator.versions.timeline import Standing
from tests.site_fixtures import PROJECT, TODAY, read

MOST_WORDS = 1_100
CONTENTS = "nav.contents, script, style"


@pytest.fixture(scope="module")
def pages_of_family_hubs() -> dict[str, str]:
    """The page of the working text in each language: as its editor sees it, and as it will be once it is published."""
    repository = read(PROJECT)
    rendering = Rendering(repository, TODAY)
    planners = rendering.knowing(repository.ever)
    found = {}
    for plan in draft_pages.plans(repository, rendering.words, planners, TODAY):
        if isinstance(plan.page, NoticePage) and "/family-hubs/" in f"/{plan.file}":
            found[plan.page.language] = rendering.page(_published(plan))
    return found


def _published(plan: PagePlan) -> PagePlan:
    assert isinstance(plan.page, NoticePage)
    page = replace(
        plan.page,
        awaiting=False,
        first_view=True,
        standing=Standing.IN_FORCE,
        effective=TODAY,
        published=TODAY,
        notes={},
        history="/h/",
        changes="/c/",
    )
    return replace(plan, page=page)


@pytest.mark.parametrize(
    ("language", "width", "height"), [("en", 1280, 800), ("en", 390, 844), ("cy", 1280, 800)], ids=str
)
def test_why_we_use_your_information_is_on_the_first_screen(
    browser: Browser, pages_of_family_hubs: dict[str, str], language: str, width: int, height: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": height})
    page.set_content(pages_of_family_hubs[language])
    answer = page.locator(".glance a[href='#purposes']").locator("xpath=../following-sibling::dd").bounding_box()
    page.close()
    assert answer
    assert answer["y"] + answer["height"] <= height


def test_family_hubs_has_at_most_1_100_words_outside_the_contents(
    browser: Browser, pages_of_family_hubs: dict[str, str]
) -> None:
    page = browser.new_page()
    page.set_content(pages_of_family_hubs["en"])
    page.eval_on_selector_all(CONTENTS, "found => found.forEach(one => one.remove())")
    words = str(page.locator("main").text_content()).split()
    page.close()
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
