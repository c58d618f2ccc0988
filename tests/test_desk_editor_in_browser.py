"""The editor in a real browser, with its script: typing, saving, keeping, rows, pasting, and no barrier at either width."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from desk.access import loopback_address
from desk.people.person import Person
from tests.axe import violations
from tests.desk_access_fixtures import Desk
from tests.desk_fixtures import ANNA, BEN, served_desk
from tests.site_fixtures import NOTICE, make_site, write_notice

EDITOR = "/desk/notices/library"
STORED = "Object.keys(localStorage).filter(key => key.startsWith('noticeboard-desk:'))"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    site = make_site(tmp_path)
    write_notice(site, NOTICE.replace("title: Library", "title: Archive"), "archive")
    return site


@pytest.fixture
def desk(root: Path) -> Iterator[Desk]:
    with served_desk(root, ANNA, BEN) as found:
        yield found


def entered(context: BrowserContext, desk: Desk, person: Person = ANNA) -> Page:
    """A page on which somebody has signed in."""
    page = context.new_page()
    page.goto(loopback_address(desk.access))
    page.locator(f"input[value='{person.id}']").check()
    page.locator("main button").click()
    page.wait_for_url("**/desk/")
    return page


@pytest.fixture
def page(browser: Browser, desk: Desk) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    found = entered(context, desk)
    found.goto(desk.access.config.address + EDITOR)
    yield found
    context.close()


def text_of(root: Path) -> str:
    return (root / "content" / "library" / "notice.md").read_text("utf-8")


def test_what_is_typed_shows_beside_the_form_and_is_kept_until_it_is_saved(page: Page, root: Path) -> None:
    frame = page.frame_locator("iframe[name=preview]")
    expect(frame.locator("h1")).to_have_text("Library privacy notice")
    assert frame.locator("h1").evaluate("one => getComputedStyle(one).fontWeight") == "650", "the frame has its styles"
    page.get_by_label("Title").first.fill("Borrowing and returning")
    expect(page.locator("[data-kept]")).to_have_text("Kept in this browser")
    expect(frame.locator("h1")).to_have_text("Borrowing and returning")
    assert "Borrowing" not in text_of(root)
    page.get_by_label("Title").first.press("Enter")
    expect(page.locator(".said")).to_contain_text("Saved")
    assert "title: Borrowing and returning" in text_of(root)
    expect(page.locator("[data-kept]")).to_have_text("As saved")
    assert page.evaluate(STORED) == []


def test_back_leads_out_of_the_editor_and_not_through_previews(page: Page, desk: Desk) -> None:
    page.get_by_label("Summary").first.fill("One.")
    expect(page.frame_locator("iframe[name=preview]").locator(".lead")).to_have_text("One.")
    page.get_by_label("Summary").first.fill("Two.")
    expect(page.frame_locator("iframe[name=preview]").locator(".lead")).to_have_text("Two.")
    page.on("dialog", lambda dialog: dialog.accept())
    page.go_back()
    expect(page).to_have_url(f"{desk.access.config.address}/desk/")


def test_words_that_a_browser_kept_are_offered_and_come_back_with_their_rows(
    page: Page, root: Path, desk: Desk
) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("#part-long summary").press("Tab")
    page.get_by_role("button", name="Add: Records and how long they are kept").click()
    expect(page.locator("[id='retention.1.record']")).to_be_focused()
    page.keyboard.type("lists of fines")
    expect(page.locator("[data-kept]")).to_have_text("Kept in this browser")
    page.goto("about:blank")
    page.goto(desk.access.config.address + EDITOR)
    page.get_by_role("button", name="Put my kept words into the form").click()
    expect(page.locator("[id='retention.1.record']")).to_have_value("lists of fines")
    page.get_by_role("button", name="Save").first.click()
    expect(page.locator(".said")).to_contain_text("Saved")
    assert "lists of fines" in text_of(root)


def test_kept_words_older_than_the_file_are_compared_and_not_put_over_it(page: Page, root: Path, desk: Desk) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_label("Title").first.fill("Mine")
    expect(page.locator("[data-kept]")).to_have_text("Kept in this browser")
    path = root / "content" / "library" / "notice.md"
    path.write_text(path.read_text("utf-8").replace("title: Library", "title: Pulled library"), "utf-8")
    page.goto(desk.access.config.address + EDITOR)
    expect(page.locator("[data-offer]")).to_contain_text("Somebody has saved the notice since")
    expect(page.get_by_label("Title").first).to_have_value("Pulled library privacy notice")
    page.get_by_role("button", name="Put my kept words into the form").click()
    expect(page.get_by_label("Title").first).to_have_value("Mine")
    page.get_by_role("button", name="Save").first.click()
    expect(page.locator("h1")).to_have_text("Somebody else saved the same part")
    assert violations(page) == []
    assert "Pulled library" in text_of(root)


def test_signing_out_takes_the_kept_words_along(page: Page, desk: Desk) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_label("Title").first.fill("Not for the next person")
    expect(page.locator("[data-kept]")).to_have_text("Kept in this browser")
    assert len(page.evaluate(STORED)) == 1
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/signed-out*")
    assert page.evaluate(STORED) == []


def test_a_browser_without_room_says_so_and_saves_all_the_same(browser: Browser, desk: Desk, root: Path) -> None:
    context = browser.new_context()
    context.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }"
    )
    page = entered(context, desk)
    page.goto(desk.access.config.address + EDITOR)
    page.get_by_label("Title").first.fill("Saved without room")
    expect(page.locator("[data-kept]")).to_contain_text("Not kept")
    page.get_by_role("button", name="Save").first.click()
    expect(page.locator(".said")).to_contain_text("Saved")
    assert "Saved without room" in text_of(root)
    context.close()


def test_without_a_connection_the_form_says_where_the_words_are_on_a_narrow_screen_too(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.context.set_offline(True)
    page.get_by_label("Title").first.fill("Typed in a tunnel")
    expect(page.locator("[data-kept]")).to_have_text("We cannot reach the desk. Your words are kept in this browser.")
    expect(page.locator("[data-kept]")).to_be_in_viewport()
    page.context.set_offline(False)
    expect(page.frame_locator("iframe[name=preview]").locator("h1")).to_have_text("Typed in a tunnel")
    expect(page.locator("[data-kept]")).to_have_text("Kept in this browser")


def test_leaving_is_warned_of_only_where_words_differ(page: Page, desk: Desk) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_label("Title").first.fill("Another")
    page.get_by_label("Title").first.fill("Library privacy notice")
    page.goto(desk.access.config.address + "/desk/")
    assert asked == []
    page.goto(desk.access.config.address + EDITOR)
    page.get_by_label("Title").first.fill("Another")
    page.goto(desk.access.config.address + "/desk/")
    assert asked == ["beforeunload"]


def test_rows_move_and_go_without_a_round_trip_and_are_saved_in_the_order_that_is_seen(page: Page, root: Path) -> None:
    sent: list[str] = []
    page.on(
        "request",
        lambda request: (
            sent.append(request.url) if request.is_navigation_request() and request.frame == page.main_frame else None
        ),
    )
    page.locator("[data-row='purposes.1']").get_by_role("button", name="Move up “send you news”").click()
    expect(page.locator("[id='purposes.0.text']")).to_have_value("send you news")
    expect(page.locator("[id='purposes.1.text']")).to_have_value("lend you books")
    names = page.locator("[data-row^='purposes.'] button").all_text_contents()
    assert names == ["Remove “send you news”", "Move up “lend you books”", "Remove “lend you books”"]
    assert sent == []
    page.get_by_role("button", name="Save").first.click()
    expect(page.locator(".said")).to_contain_text("Saved")
    text = text_of(root)
    assert text.index("send you news") < text.index("lend you books")


PASTE = """() => {
    const data = new DataTransfer()
    data.setData("text/html", "<p class=MsoNormal><b>Pasted</b> words</p>")
    data.setData("text/plain", "Pasted words")
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }))
}"""


def test_what_is_typed_while_a_paste_is_on_its_way_stays_and_keeps_the_cursor(page: Page) -> None:
    waiting: list[Route] = []
    page.route("**/desk/paste", lambda route: waiting.append(route))
    area, title = page.locator("[id='sections.0.text']"), page.get_by_label("Title").first
    area.fill("Words before.")
    area.select_text()
    with page.expect_request("**/desk/paste"):
        page.evaluate(PASTE)
    area.fill("Words typed since.")
    title.focus()
    page.keyboard.press("End")
    page.keyboard.type(" and")
    for route in waiting:
        route.continue_()
    expect(area).to_have_value("Words typed since.**Pasted** words")
    page.keyboard.type(" more")
    expect(title).to_have_value("Library privacy notice and more")


def test_one_undo_brings_back_the_text_before_a_paste(page: Page) -> None:
    area = page.locator("[id='sections.0.text']")
    before = area.input_value()
    area.focus()
    page.keyboard.press("Control+End")
    page.evaluate(PASTE)
    expect(area).to_have_value(before + "**Pasted** words")
    page.keyboard.press("Control+z")
    expect(area).to_have_value(before)


def test_a_finding_leads_to_its_field(page: Page) -> None:
    page.get_by_label("Title").first.fill("")
    page.locator("[data-found] a[href='#title']").click()
    expect(page.locator("#title")).to_be_focused()


def test_two_presses_save_once(page: Page, root: Path) -> None:
    posts: list[str] = []
    page.on(
        "request",
        lambda request: (
            posts.append(request.url) if request.method == "POST" and request.url.endswith(EDITOR) else None
        ),
    )
    page.get_by_label("Title").first.fill("Pressed twice")
    page.get_by_role("button", name="Save").first.dblclick()
    expect(page.locator(".said")).to_contain_text("Saved")
    assert len(posts) == 1 and text_of(root).count("Pressed twice") == 1


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("width", [320, 1280])
def test_every_page_has_no_barrier_fits_and_asks_nobody_else(
    browser: Browser, desk: Desk, width: int, language: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, locale={"en": "en-GB", "cy": "cy"}[language]
    )
    page = entered(context, desk)
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url))
    for path in (
        "/desk/",
        "/desk/notices",
        "/desk/notices?words=nothing",
        "/desk/new",
        "/desk/accessibility",
        EDITOR,
        EDITOR + "?width=wide",
    ):
        page.goto(desk.access.config.address + path)
        assert page.locator("html").get_attribute("lang") == language
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("#title").fill("")
    page.locator("button[value=show]").click()
    page.locator("#found a").first.wait_for()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert all(url.startswith((desk.access.config.address, "data:", "about:")) for url in asked)
    context.close()


def test_the_whole_of_it_works_by_keyboard_alone(page: Page, root: Path) -> None:
    page.locator("#title").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("By keyboard")
    page.keyboard.press("Tab")
    page.keyboard.type("And on. ")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".said")).to_contain_text("Saved")
    assert "title: By keyboard" in text_of(root) and "And on." in text_of(root)


def test_a_script_that_reaches_the_frame_does_not_run(page: Page, root: Path) -> None:
    templates = root / "templates"
    templates.mkdir()
    (templates / "lang.html").write_text(
        "{% macro lang(language) %}{% endmacro %}<script>top.document.title = 'taken'; document.title = 'ran'</script>",
        "utf-8",
    )
    page.reload()
    frame = page.frame(name="preview")
    assert frame is not None
    frame.wait_for_load_state()
    assert "taken" not in page.title()


def test_the_box_that_says_what_is_wrong_has_the_focus_after_a_form_came_back(page: Page, desk: Desk) -> None:
    page.goto(f"{desk.access.config.address}{EDITOR}/publish")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("alert")).to_contain_text("Say what changed, in one plain sentence")
    expect(page.get_by_role("alert")).to_be_focused()
