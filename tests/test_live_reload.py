"""A page that an editor has open: it changes by itself, and what the editor had in view, opened and typed stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.serving import served
from tests.site_fixtures import NOTICE, TODAY, make_site, publish, write_notice

LONG = NOTICE + "".join(f"\n## Part {number}\n\n{'Some words about it. ' * 60}\n" for number in range(12))
FORM = """{% extends "layout.html" %}
{% block main %}
<h1>{{ page.title }}</h1>
<details id="more"><summary>More</summary><p>Opened.</p></details>
<form action="/nowhere"><label>Name <input name="name"></label> <label><input type="checkbox" name="yes"> Yes</label></form>
{{ page.html }}
{% endblock %}
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_site(tmp_path_factory.mktemp("site"), LONG)
    assert publish(root, "2026-10-01", "First.", "material") == 0
    write_notice(root, NOTICE.replace("Library privacy", "Parking privacy"), "parking")
    (root / "content" / "pages").mkdir()
    return root


@pytest.fixture(scope="module")
def address(root: Path) -> Iterator[str]:
    with served(root, "--date", str(TODAY)) as found:
        yield found


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 900, "height": 700})
    yield context.new_page()
    context.close()


def top_at_rest(page: Page, part: str) -> float:
    """The same once nothing scrolls any more: the way to the #part of an address is smooth, and takes a moment."""
    page.evaluate(
        """part => new Promise(done => {
          const top = () => document.getElementById(part).getBoundingClientRect().top;
          const look = last => (top() === last ? done() : setTimeout(look, 150, top()));
          look();
        })""",
        part,
    )
    return top_of(page, part)


def stays_at(page: Page, part: str, before: float) -> None:
    """Wait until a part is where it was in the window: the page is brought there once it is laid out."""
    there = "([part, before]) => Math.abs(document.getElementById(part).getBoundingClientRect().top - before) < 1.5"
    page.wait_for_function(there, arg=[part, before], timeout=10_000)


def top_of(page: Page, part: str) -> float:
    """How far below the top of the window a part begins, in pixels."""
    return float(page.evaluate("id => document.getElementById(id).getBoundingClientRect().top", part))


def saved(root: Path, words: str) -> str:
    """Save the text of the library with words of its own; waiting for them is waiting for what was saved before too."""
    text = LONG.replace("We look after", words)
    write_notice(root, text)
    return text


def mark(page: Page) -> None:
    """Leave a mark that a page loses when it is loaded anew."""
    page.evaluate("window.mark = true")


def test_the_part_in_view_stays_in_view_while_another_grows_above_it(root: Path, address: str, page: Page) -> None:
    text = saved(root, "We begin with")
    page.goto(f"{address}/draft/library/#part-2")
    page.get_by_text("We begin with").wait_for()
    page.evaluate(
        "document.getElementById('part-9').scrollIntoView({behavior: 'instant'}); scrollBy({top: 30, behavior: 'instant'})"
    )
    before = top_at_rest(page, "part-9")
    assert abs(before) < 700, "in the window or just above it"
    write_notice(root, text.replace("## Part 1\n", "## Part 1\n\nNew words.\n\n" + "More to read.\n\n" * 30))
    page.get_by_text("New words.").wait_for()
    stays_at(page, "part-9", before)


def test_a_page_of_problems_goes_away_by_itself_and_the_part_in_view_is_there_again(
    root: Path, address: str, page: Page
) -> None:
    saved(root, "We go on with")
    page.goto(f"{address}/draft/library/")
    page.get_by_text("We go on with").wait_for()
    page.evaluate("document.getElementById('part-9').scrollIntoView({behavior: 'instant'})")
    before = top_at_rest(page, "part-9")
    site = (root / "site.yml").read_text("utf-8")
    for wrong, said in (("organisation: [", "cannot be read"), ("organisations: x\n", "Did you mean")):
        (root / "site.yml").write_text(wrong, "utf-8")
        page.get_by_text(said).wait_for()
    (root / "site.yml").write_text(site, "utf-8")
    expect(page.locator("h1")).to_have_text("Library privacy notice")
    stays_at(page, "part-9", before)


def test_what_is_typed_and_opened_stays_and_text_without_a_field_is_shown(root: Path, address: str, page: Page) -> None:
    templates = root / "templates"
    templates.mkdir()
    text = root / "content" / "pages" / "ask.md"
    try:
        (templates / "page.html").write_text(FORM, "utf-8")
        text.write_text("---\ntitle: Ask\n---\nSome text.\n", "utf-8")
        page.goto(f"{address}/draft/")
        page.wait_for_function("async path => (await fetch(path)).ok", arg="/ask/")
        page.goto(f"{address}/ask/")
        page.get_by_text("More", exact=True).click()
        page.get_by_label("Name").fill("Branwen")
        page.get_by_label("Yes").check()
        text.write_text("---\ntitle: Ask\n---\nOther text.\n", "utf-8")
        page.get_by_text("Other text.").wait_for()
        expect(page.get_by_text("Opened.")).to_be_visible()
        expect(page.get_by_label("Name")).to_have_value("Branwen")
        expect(page.get_by_label("Yes")).to_be_checked()
        assert page.locator("output").count() == 0
        (templates / "page.html").write_text(FORM.replace("<input name=", "<input name=other-"), "utf-8")
        expect(page.locator("output")).to_contain_text("Branwen")
        expect(page.get_by_label("Yes")).to_be_checked()
    finally:
        (templates / "page.html").unlink()
        templates.rmdir()
        text.unlink()


def test_only_the_pages_that_changed_are_loaded_anew(root: Path, address: str, page: Page) -> None:
    other = page.context.new_page()
    page.goto(f"{address}/draft/library/")
    other.goto(f"{address}/draft/parking/")
    mark(other)
    for words in ("We watch over", "We see to"):
        saved(root, words)
        page.get_by_text(words).wait_for()
    assert other.evaluate("window.mark === true")
    write_notice(
        root, NOTICE.replace("Library privacy", "Parking privacy").replace("We look after", "We heed"), "parking"
    )
    other.get_by_text("We heed").wait_for()


def test_eight_open_pages_neither_hold_up_the_server_nor_one_another(root: Path, address: str, page: Page) -> None:
    """A browser opens six connections to one server."""
    pages = [page, *(page.context.new_page() for _ in range(7))]
    for one in pages:
        one.goto(f"{address}/draft/library/", wait_until="domcontentloaded")
    saved(root, "We take care of")
    for one in pages:
        one.get_by_text("We take care of").wait_for()
