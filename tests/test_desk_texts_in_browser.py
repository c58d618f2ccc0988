"""Shared wording and ordinary pages in a real browser: typed words beside the form, kept words, the keyboard, no barrier."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.axe import violations
from tests.desk_access_fixtures import Desk
from tests.desk_fixtures import ANNA, served_desk
from tests.desk_pages import visit
from tests.site_fixtures import NOTICE, SITE, make_site, write_notice
from tests.test_desk_shared import MANY, write

WORDING, PAGE = "/desk/shared/promise", "/desk/pages/cookies"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    make_site(tmp_path, MANY, f"{SITE}languages: [en, cy]\n")
    write_notice(tmp_path, MANY.replace("Library", "Museum"), "museum")
    write_notice(tmp_path, NOTICE.replace("Library", "Park"), "park")
    write(tmp_path, "shared/promise.md", "Ring 01 for help.\n")
    write(tmp_path, "shared/old.md", "Old words.\n")
    write(tmp_path, "pages/cookies.md", "---\ntitle: Cookies\n---\nWe use none.\n\n## Why\n\nWe need none.\n")
    return tmp_path


@pytest.fixture
def desk(root: Path) -> Iterator[Desk]:
    with served_desk(root, ANNA) as found:
        yield found


def test_shared_wording_is_typed_seen_in_a_notice_kept_and_saved_by_keyboard(
    browser: Browser, desk: Desk, root: Path
) -> None:
    base = desk.access.config.address
    with visit(browser, desk, ANNA) as page:
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(base + WORDING)
        frame = page.frame_locator("iframe[name=preview]")
        expect(frame.locator("h1")).to_have_text("Library privacy notice")
        page.get_by_label("Show the words in").select_option("notice/museum")
        expect(frame.locator("h1")).to_have_text("Museum privacy notice")
        expect(page.locator("[data-kept]")).to_have_text("As saved")
        page.get_by_label("Words", exact=True).fill("Ring 02, or [here](https://www.example.org).")
        expect(frame.locator("main")).to_contain_text("Ring 02")
        expect(page.locator("[data-kept]")).to_have_text("Kept in this browser")
        expect(page.locator("[data-found]")).to_contain_text("does not say where the link leads")
        page.goto(base + "/desk/shared")
        page.get_by_role("link", name="promise", exact=True).press("Enter")
        page.get_by_role("button", name="Put my kept words into the form").press("Enter")
        expect(page.get_by_label("Words", exact=True)).to_have_value("Ring 02, or [here](https://www.example.org).")
        page.get_by_label("Words", exact=True).fill("Ring 03.")
        page.get_by_role("button", name="Save", exact=True).first.press("Enter")
        expect(page.locator(".said")).to_contain_text("Saved")
    assert (root / "content/shared/promise.md").read_text("utf-8") == "Ring 03.\n"


def test_a_page_is_typed_gets_a_row_and_is_saved(browser: Browser, desk: Desk, root: Path) -> None:
    with visit(browser, desk, ANNA) as page:
        page.goto(desk.access.config.address + PAGE)
        page.get_by_role("button", name="Add: Heading").click()
        page.locator("[id='sections.1.heading']").fill("Since when")
        page.locator("[id='sections.1.text']").fill("Since 2026.")
        expect(page.frame_locator("iframe[name=preview]").locator("h2").last).to_have_text("Since when")
        page.get_by_role("button", name="Save", exact=True).first.click()
        expect(page.locator(".said")).to_contain_text("Saved")
    assert (root / "content/pages/cookies.md").read_text("utf-8").endswith("## Since when\n\nSince 2026.\n")


@pytest.mark.parametrize(("width", "locale"), [(320, "cy"), (1280, "en-GB")])
def test_every_page_and_state_has_no_barrier_and_fits(
    browser: Browser, desk: Desk, root: Path, width: int, locale: str
) -> None:
    base = desk.access.config.address
    with visit(browser, desk, ANNA, viewport={"width": width, "height": 900}, locale=locale) as page:
        page.on("dialog", lambda dialog: dialog.accept())
        for path in (
            "/desk/shared",
            WORDING,
            f"{WORDING}/in/cy",
            "/desk/shared/old",
            f"{WORDING}/saves",
            "/desk/pages",
            f"{PAGE}/in/cy",
        ):
            page.goto(base + path)
            _is_fit(page, width)
        for path in ("/desk/new-shared", "/desk/new-page"):
            page.goto(base + path)
            page.locator("main form").evaluate("form => { form.noValidate = true }")
            page.locator("main form button").click()
            page.get_by_role("alert").wait_for()
            _is_fit(page, width)
        page.goto(base + PAGE)
        page.locator("#title").fill("")
        page.locator("button[value=save]").first.click()
        page.locator("#refused").wait_for()
        _is_fit(page, width)
        page.goto(base + WORDING)
        write(root, "shared/promise.md", "Theirs.\n")
        page.locator("#text").fill("Mine.")
        page.locator("button[value=save]").first.click()
        page.locator("fieldset.conflict").wait_for()
        _is_fit(page, width)


def _is_fit(page: Page, width: int) -> None:
    assert violations(page) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
