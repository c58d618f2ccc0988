"""Content of notices in a page, in a real browser: names that could cover the page's own, and pictures with sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.picture_fixtures import png, write_picture
from tests.serving import served
from tests.site_fixtures import NOTICE, PROJECT, make_site, publish, write_notice
from tests.widget_fixtures import NEWS, choice, visit

NAMES = (
    *(
        "forms",
        "cookie",
        "createElement",
        "location",
        "currentScript",
        "querySelector",
        "body",
        "head",
        "documentElement",
    ),
    *("defaultView", "customElements", "crypto", "fetch", "elements", "submit", "action", "status", "parent", "top"),
    *(
        "localStorage",
        "navigator",
        "URL",
        "FormData",
        "AbortSignal",
        "consent-news",
        "decision.news",
        "email",
        "version",
    ),
)
HOSTILE = "\n".join(
    f"""\
## {name}

<img name="{name}" id="{name}" alt="A picture" src="/{name}.png"> <a id="{name}" name="{name}" href="#{name}">One</a>
<form id="{name}" name="{name}" action="https://evil.example.net/"><input name="{name}" id="{name}"></form>
<object name="{name}" id="{name}"></object><embed name="{name}"><iframe name="{name}"></iframe>
"""
    for name in NAMES
)
VILLAGE = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300"><rect width="400" height="300"/></svg>'


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = tmp_path_factory.mktemp("council")
    ids = "silence: {K02: The links lead to ids that the page leaves out on purpose.}\n"
    make_site(root, NOTICE.replace("---\nThis is about", f"{ids}---\nThis is about") + HOSTILE)
    easy = (PROJECT / "tests" / "notices" / "easy-read.md").read_text("utf-8")
    write_notice(root, easy, "easy")
    write_notice(root, easy.replace("](/pictures/", "](pictures/"), "own")
    for name in re.findall(r"\(/pictures/([a-z-]+\.png)\)", easy):
        write_picture(root / "content" / "own" / "pictures" / name, png(400, 300, len(name)))
    (root / "content" / "pages").mkdir()
    (root / "content" / "pages" / "village.md").write_text(f"---\ntitle: {VILLAGE}\n---\nA village.\n", "utf-8")
    assert publish(root, "2026-01-05", "First.") == 0
    with served(root) as found:
        yield found


def opened(browser_page: Page, address: str) -> Page:
    """The page of the notice, whose pictures are one that is there."""
    browser_page.route("**/*.png", lambda route: route.fulfill(body=PICTURE, content_type="image/svg+xml"))
    browser_page.goto(address)
    return browser_page


def test_names_in_a_notice_cover_nothing_that_scripts_rely_on(browser: Browser, address: str) -> None:
    with visit(browser) as blank, visit(browser) as page:
        blank.goto(f"{address}/cookies-of-nobody/")
        opened(page, f"{address}/library/")
        expect(page.get_by_role("heading", name="createElement")).to_be_visible()
        kinds = """names => names.map(name => [name, typeof document[name],
            name in self ? Object.prototype.toString.call(self[name]) : ""])"""
        theirs = blank.evaluate("names => names.filter(name => name in self || name in document)", list(NAMES))
        assert {"forms", "createElement", "location", "fetch"} <= set(theirs)
        told = {name: (kind, of) for name, kind, of in page.evaluate(kinds, theirs)}
        for name, kind, of in blank.evaluate(kinds, theirs):
            assert told[name][0] == kind, name
            assert not of or told[name][1] == of, name
        inside = page.locator("main section:not(.choice)")
        assert inside.locator("[name], form, input, object, embed, iframe, img[id], a[id]").count() == 0


@pytest.mark.parametrize("script", [True, False])
def test_names_in_a_notice_do_not_break_its_consent_form(browser: Browser, address: str, script: bool) -> None:
    with visit(browser, script=script) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        opened(page, f"{address}/library/")
        choice(page, NEWS).get_by_role("radio", name="I agree").check()
        page.get_by_role("button", name="Save my answer").click()
        if not script:  # the static page has no id of this view: the endpoint's page asks once more
            page.get_by_role("button", name="Save my answer").click()
        page.get_by_role("button", name="Withdraw my consent").click()
        expect(page.locator("main")).to_contain_text("You have withdrawn your consent")
        assert all(url.startswith(address) for url in asked)


@pytest.mark.parametrize("notice", ["easy", "own"])
@pytest.mark.parametrize(("media", "width"), [("screen", 320), ("screen", 1280), ("print", 794)])
def test_in_an_easy_read_notice_each_sentence_stands_beside_its_picture(
    browser: Browser, address: str, media: Literal["screen", "print"], width: int, notice: str
) -> None:
    with visit(browser, width=width) as page:
        if notice == "easy":
            opened(page, f"{address}/easy/")
        else:
            page.goto(f"{address}/own/")
            shown = page.eval_on_selector_all(
                ".easy-read img", "all => all.map(p => [p.naturalWidth, p.naturalHeight, p.width / p.height])"
            )
            assert len(shown) == 16
            assert all((wide, high) == (400, 300) and 1.3 < shape < 1.37 for wide, high, shape in shown)
        page.emulate_media(media=media)
        pairs = page.evaluate(
            """Array.from(document.querySelectorAll(".easy-read img:first-child"), picture => {
                const words = document.createRange();
                words.setStartAfter(picture);
                words.setEndAfter(picture.parentNode.lastChild);
                const box = picture.getBoundingClientRect();
                const lines = [...words.getClientRects()].filter(line => line.width > 1);
                return [box.width, box.right, Math.min(...lines.map(line => line.left)), picture.parentNode.innerText];
            })"""
        )
        sentences = [pair for pair in pairs if pair[3].strip()]
        assert len(sentences) == 15
        for wide, right, left, sentence in sentences:
            assert wide > 60, sentence
            assert left is None or left >= right, f"{sentence} goes on below its picture"
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_page_with_a_long_word_for_its_title_makes_no_page_wider_than_a_phone(browser: Browser, address: str) -> None:
    with visit(browser, width=320) as page:
        for path in ("village/", "library/"):
            page.goto(f"{address}/{path}")
            assert VILLAGE in page.locator("footer.site").inner_text()
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


CASE_07 = "#cookies-policy,#cookie-consent,#privacy-policy,#consent-tracking,#consent-cookies,#consent-agreement"
BLOCKED = """
## Cookies policy

Our booking page keeps your basket.[^1]

## Cookie consent

You can switch it off. See [our policy](#cookies-policy).

## Privacy policy

We have one.

[^1]: Until you close it.
"""


def _with_blocker(route: Route) -> None:
    """The site's styles with those of a list of blockers: it acts the same with script and without."""
    found = route.fetch()
    route.fulfill(response=found, body=f"{found.text()}{CASE_07}{{display:none!important}}")


@pytest.mark.parametrize("script", [True, False])
def test_lists_of_blockers_hide_no_section_and_no_choice(browser: Browser, tmp_path: Path, script: bool) -> None:
    """Case 07; links that lead to the id of before still do."""
    root = make_site(tmp_path, NOTICE.replace("id: news\n    statement", "id: tracking\n    statement") + BLOCKED)
    publish(root, "2026-10-01", "First.", "material")
    with served(root) as address, visit(browser, script=script) as page:
        page.route("**/assets/site.*.css", _with_blocker)
        page.goto(f"{address}/library/")
        assert choice(page, "I agree that the library can send me news.").is_visible()
        for heading in ("Cookies policy", "Cookie consent", "Privacy policy"):
            page.locator(".contents.wide").get_by_role("link", name=heading).click()
            expect(page.locator(":target").get_by_role("heading", name=heading)).to_be_visible()
        for before in ("cookies-policy", "consent-tracking"):
            page.goto(f"{address}/library/#{before}")
            assert page.locator(":target").count() == 1
