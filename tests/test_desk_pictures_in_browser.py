"""Pictures at the desk in a real browser: by keyboard, with script and without, at both widths, and in the preview beside the form."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.desk_access_fixtures import Desk
from tests.desk_fixtures import ANNA, served_desk
from tests.desk_pages import look, visit
from tests.picture_fixtures import png, write_picture
from tests.picture_uploads import photograph
from tests.site_fixtures import NOTICE, SITE, make_site, write_notice

EDITOR, PAGE = "/desk/notices/library", "/desk/notices/library/pictures"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    make_site(tmp_path, site=f"{SITE}languages: [en, cy]\n")
    write_notice(tmp_path, f"{NOTICE}\n![A map](map.png)\n")
    write_notice(tmp_path, NOTICE, language="cy")
    write_picture(tmp_path / "content/library/map.png", png(600, 200))
    write_picture(tmp_path / "content/library/other.png", png(90, 90))
    return tmp_path


@pytest.fixture
def desk(root: Path) -> Iterator[Desk]:
    with served_desk(root, ANNA) as found:
        yield found


def press(page: Page, name: str) -> None:
    """Come to a button by the Tab key, and press it."""
    button = page.get_by_role("button", name=name, exact=True)
    for _ in range(90):
        page.keyboard.press("Tab")
        if button.evaluate("one => one === document.activeElement"):
            page.keyboard.press("Enter")
            return
    pytest.fail(f"The Tab key does not come to “{name}”.")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_words_are_saved_and_a_picture_is_added_by_keyboard_and_seen_beside_the_form(
    browser: Browser, desk: Desk, root: Path, script: bool
) -> None:
    wide = {"width": 1280, "height": 900}
    with visit(browser, desk, ANNA, viewport=wide, java_script_enabled=script) as page:
        page.goto(desk.access.config.address + EDITOR)
        page.locator("[name='sections.0.text']").fill("Words before the picture.")
        page.locator("[name='sections.0.text']").focus()
        press(page, "Save, and add a picture to “Our promise”")
        page.wait_for_url("**/pictures?*")
        expect(page.locator(".said")).to_contain_text("Saved")
        expect(page.locator("[name=spot]").first).to_have_value("end:section-1")
        page.get_by_label("What the picture shows").last.focus()
        page.locator("[id='add.alt']").fill("A person reading.")
        if script:
            large = root.parent / "large.png"
            large.write_bytes(bytes(20_000_001))
            page.locator("[id='add.picture']").set_input_files(large)
            assert "20 MB" in page.locator("[id='add.picture']").evaluate("one => one.validationMessage")
        page.locator("[id='add.picture']").set_input_files(
            {"name": "Reading.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
        )
        press(page, "Add the picture")
        page.wait_for_url("**/desk/notices/library?saved=*")
        expect(page.locator("[data-offer]")).to_be_hidden()
        shown = page.frame_locator("iframe[name=preview]").get_by_alt_text("A person reading.")
        expect(shown).to_be_visible()
        assert shown.evaluate("one => one.decode().then(() => one.naturalWidth)") == 40
        text = (root / "content/library/notice.md").read_text("utf-8")
        assert text.endswith("Words before the picture.\n\n![A person reading.](reading.png)\n")


def test_the_page_of_pictures_has_no_barrier(browser: Browser, desk: Desk) -> None:
    def wrong(page: Page) -> None:
        page.locator("form[action$='/pictures/add'] button").click()
        page.locator("[role=alert]").wait_for()
        for summary in page.locator("main summary").all():
            summary.click()
        for image in page.locator(".picture img").all():
            image.scroll_into_view_if_needed()
            assert image.evaluate("one => one.decode().then(() => one.naturalWidth)")

    look(browser, desk, ANNA, PAGE, wrong)
