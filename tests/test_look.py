"""Every page in a real browser: for everybody, on any screen, without a stranger and without a cookie."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.axe import COLOURS, violations
from tests.serving import served
from tests.site_fixtures import PROJECT, edit
from tests.widget_fixtures import width_of


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = tmp_path_factory.mktemp("council")
    shutil.copytree(PROJECT / "content", root / "content")
    shutil.copy(PROJECT / "site.yml", root)
    edit(root / "content" / "family-hubs" / "notice.md", "We only share", "We share")
    edit(root / "content" / "primary" / "notice.md", "You have rights over", "[[nothing]] You have rights over")
    with served(root) as found:
        yield found


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    found = context.new_page()
    complaints: list[str] = []
    found.on("request", lambda request: None if request.url.startswith(address) else complaints.append(request.url))
    found.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    found.on("pageerror", lambda error: complaints.append(str(error)))
    yield found
    assert context.cookies() == []
    assert [text for text in complaints if "404 (NOT FOUND)" not in text and "400 (BAD REQUEST)" not in text] == []
    context.close()


def visit(page: Page, name: str) -> None:
    """Open a page; a receipt and a problem page are reached as a resident reaches them."""
    if name == "receipt":
        page.goto("/consent/family-hubs")
        page.get_by_role("radio", name="I agree").check()
        page.evaluate("document.querySelector('form.consent').submit()")
        page.wait_for_url("**/receipt/*")
    elif name == "problem":
        page.goto("/consent/family-hubs")
        page.evaluate("document.querySelector('form.consent').submit()")
        expect(page.locator("h2").first).to_be_visible()
    else:
        page.goto("/check/family-hubs/1/" if name == "check" else name)
    expect(page.locator("h1")).to_have_count(1)


@pytest.mark.parametrize("scheme", ["light", "dark", "forced colours"])
@pytest.mark.parametrize("name", ["receipt", "problem", "check"])
def test_what_no_link_leads_to_is_fit_for_everybody(page: Page, name: str, scheme: str) -> None:
    page.emulate_media(
        color_scheme="dark" if scheme == "dark" else "light",
        forced_colors="active" if scheme == "forced colours" else "none",
    )
    visit(page, name)
    looked_at = None if scheme == "light" else COLOURS
    assert violations(page, looked_at) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert width_of(page) <= 320
    assert violations(page, looked_at) == []


def test_the_keyboard_reaches_the_choice_and_the_focus_is_seen(page: Page) -> None:
    visit(page, "/family-hubs/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_class("skip")
    expect(page.locator(":focus")).to_be_visible()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "decision.service-news":
            break
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    around = page.evaluate("getComputedStyle(document.activeElement.closest('label')).outlineWidth")
    assert "3px" in (outline, around)


def test_the_list_of_notices_narrows_as_one_types(page: Page) -> None:
    visit(page, "/")
    page.get_by_label("Which service is it about?").fill("famil")
    expect(page.get_by_role("link", name="Family Hubs privacy notice")).to_be_visible()
    expect(page.get_by_role("link", name="Primary privacy notice", exact=True)).to_be_hidden()
    page.get_by_label("Which service is it about?").fill("zzz")
    expect(page.get_by_role("status")).to_have_text("No notice has that word. Try another one.")


def test_a_printed_notice_carries_its_version_and_its_address(page: Page, address: str) -> None:
    visit(page, "/family-hubs/")
    with page.expect_response("**/qr.svg"):
        page.pdf()  # a browser that prints loads the code, which nobody needed on the screen
    page.emulate_media(media="print")
    printed = page.locator("body").inner_text()
    number = page.locator("input[name=version]").get_attribute("value")
    assert f"/check/family-hubs/{number}/" in printed
    code = page.locator(".print-code")
    expect(code).to_be_visible()
    assert code.evaluate("image => image.naturalWidth") > 0
    box = code.bounding_box()
    assert box and box["y"] + box["height"] < 900, "an A4 page has room for 986 pixels within its margins"
    assert "Applies from" in printed
    for pressed in ("Save my answer", "Answer for a child", "All versions", "On this page"):
        assert pressed not in printed
    assert page.locator("header.site nav, .contents").first.is_hidden()
    way = page.locator("main li a[href='/withdraw']")
    assert f"({address}/withdraw)" in way.evaluate("link => getComputedStyle(link, '::after').content")


def test_without_script_everything_can_be_read(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=address)
    found = context.new_page()
    found.goto("/")
    assert found.locator(".filter").is_hidden()
    found.get_by_role("link", name="Family Hubs privacy notice").click()
    expect(found.get_by_role("heading", name="Your right to object")).to_be_visible()
    expect(found.get_by_role("button", name="Save my answer")).to_be_visible()
    context.close()


@pytest.mark.parametrize(
    "path", ["/..%2f..%2fsite.yml", "/%2e%2e/site.yml", "/assets/../../site.yml", "//etc/passwd", "/..%5csite.yml"]
)
def test_the_files_of_the_site_are_all_that_is_served(address: str, path: str) -> None:
    connection = HTTPConnection(urlsplit(address).netloc, timeout=10)
    connection.request("GET", path)
    response = connection.getresponse()
    assert response.status == 404
    assert b"organisation" not in response.read()
    connection.close()
