"""The policy of the pages: what somebody brought into a page does not run, and what the site needs does."""

from __future__ import annotations

import re
from collections.abc import Iterator

import html5lib
import pytest
from playwright.sync_api import Browser, Page, Route, expect

from generator.markdown.cleaning import clean
from tests.serving import served
from tests.widget_fixtures import NEWS, choice, make_council, visit

INJECTED = """<p id="in">In.</p><script>document.title = "run"</script><img src="/none.png" onerror="document.title = 'run'">
<script src="https://evil.example.net/x.js"></script><a id="run" href="javascript:document.title = 'run'">Run</a>
<base href="https://evil.example.net/"><form id="away" action="https://evil.example.net/"><button>Send</button></form>
<style>#in { display: none }</style>"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(make_council(tmp_path_factory.mktemp("council"))) as found:
        yield found


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with visit(browser) as found:
        yield found


def inject(route: Route) -> None:
    """The page with active content in its text, as if the cleaner had let it through."""
    response = route.fetch()
    body = re.sub(r"(<main[^>]*>)", lambda found: found[1] + INJECTED, response.text(), count=1)
    route.fulfill(response=response, body=body)


def test_what_was_injected_does_not_run_and_the_form_works(page: Page, address: str) -> None:
    asked: list[str] = []

    def elsewhere(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(body="document.title = 'run'", content_type="text/javascript")

    page.route("https://evil.example.net/**", elsewhere)
    page.route(f"{address}/library/", inject)
    page.goto(f"{address}/library/")
    expect(page.locator("#in")).to_be_visible()
    page.locator("#run").click()
    choice(page, NEWS).get_by_role("radio", name="I agree").check()
    page.get_by_role("button", name="Save my answer").click()
    expect(page.locator("main")).to_contain_text("You said yes")
    assert "run" not in page.title().split()
    page.goto(f"{address}/library/")
    page.evaluate("document.querySelector('#away').requestSubmit()")
    page.wait_for_timeout(200)
    assert asked == []


def test_a_page_needs_nothing_that_its_policy_forbids(page: Page, address: str) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for path in ("/", "/library/", "/library/history/", "/library/v/1/", "/withdraw"):
        page.goto(f"{address}{path}")
    assert [text for text in said if "Content Security Policy" in text] == []


def test_a_tag_in_an_attribute_is_never_taken_for_one() -> None:
    html = (
        '<abbr title="<table><img src=x onerror=alert(1)>">DPO</abbr><table><tr><td align="right">1</td></tr></table>'
    )
    made = clean(html, "x")
    assert made.count('class="table"') == 1
    tree = html5lib.parse(made, namespaceHTMLElements=False)
    assert [item.get("title") for item in tree.iter("abbr")] == ["<table><img src=x onerror=alert(1)>"]
    assert not list(tree.iter("img"))


def test_classes_that_an_author_writes_are_taken_out() -> None:
    assert clean(
        '<div class="table" tabindex="0">a</div><table class="x"><tr><td class="objection">1</td></tr></table>', "x"
    ) == ('<div>a</div><div class="table" tabindex="0"><table><tbody><tr><td>1</td></tr></tbody></table></div>')
