"""docs/embedding.md followed by the letter: its code on an otherwise empty page of another origin, under its policy."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from werkzeug import Request, Response
from werkzeug.serving import make_server

from generator.pages.theme import WIDGET
from tests.serving import free_port, served
from tests.site_fixtures import PROJECT
from tests.widget_fixtures import visit

DOCS = (PROJECT / "docs" / "embedding.md").read_text("utf-8")
OURS, THEIRS = "https://privacy.example.org", "https://www.example.org"


def code(kind: str) -> list[str]:
    """The blocks of one kind of code, in order."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", DOCS, re.DOTALL | re.MULTILINE)


@dataclass
class Page:
    """A page of another site, and what was sent to it."""

    origin: str
    home: str = ""
    sent: list[dict[str, str]] = field(default_factory=list)

    def __call__(self, request: Request) -> Response:
        if request.method == "POST":
            self.sent.append(request.form.to_dict())
            return Response("Sent", mimetype="text/html")
        if request.path == "/own.css":
            return Response(code("css")[0], mimetype="text/css")
        script, _, form = code("html")
        body = f"{script}<link rel=stylesheet href=/own.css>{form}".replace(OURS, self.home)
        response = Response(f"<!doctype html><html lang=en><title>An enquiry</title>{body}", mimetype="text/html")
        (policy,) = re.findall(r"^script-src .*$", DOCS, re.MULTILINE)
        own = policy.replace(OURS, self.home).replace("style-src", "style-src 'self'")
        response.headers["Content-Security-Policy"] = f"default-src 'none'; {own}; require-trusted-types-for 'script'"
        return response


@contextmanager
def elsewhere() -> Iterator[Page]:
    port = free_port()
    page = Page(f"http://127.0.0.1:{port}")
    server = make_server("127.0.0.1", port, Request.application(page), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield page
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The other site; the example's site.yml names it as the docs say."""
    root = tmp_path_factory.mktemp("council")
    shutil.copytree(PROJECT / "content", root / "content")
    (setting,) = re.findall(r"  origins: .*", code("yaml")[0])
    site = (PROJECT / "site.yml").read_text("utf-8")
    with elsewhere() as page:
        (root / "site.yml").write_text(
            site.replace("  origins: []", setting.replace(THEIRS, page.origin)), "utf-8", newline="\n"
        )
        with served(root) as page.home:
            yield page


def test_the_code_of_the_docs_is_all_that_another_site_needs(browser: Browser, theirs: Page) -> None:
    with visit(browser) as page:
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.goto(f"{theirs.origin}/")
        form = page.locator("consent-form")
        form.get_by_role("radio", name="I agree").check()
        accent = form.get_by_role("button").evaluate("button => getComputedStyle(button).backgroundColor")
        assert accent == "rgb(107, 44, 122)", "#6b2c7a, as the docs' styles say"
        page.evaluate(code("js")[0].replace("const {", "window.told = event.detail; const {"))
        form.get_by_role("button", name="Save my answer").click()
        expect(form).to_contain_text("You said yes.")
        told = page.evaluate("told")
        assert (told["notice"], told["state"]) == ("family-hubs", {"service-news": "given"})
        page.get_by_label("Your question").fill("When do you open?")
        page.get_by_role("button", name="Send my question").click()
        expect(page.locator("body")).to_have_text("Sent")
        assert theirs.sent[-1] == {"question": "When do you open?", "consent_reference": told["reference"]}
        assert complaints == []


def test_an_enquiry_waits_until_an_answer_that_was_chosen_is_saved(browser: Browser, theirs: Page) -> None:
    with visit(browser) as page:
        page.goto(f"{theirs.origin}/")
        send = page.get_by_role("button", name="Send my question")
        page.locator("consent-form").get_by_role("radio", name="I agree").check()
        page.get_by_role("textbox", name="Your email address").fill("nobody")
        before = len(theirs.sent)
        send.click()  # stops, and says why
        expect(page.get_by_role("alert")).to_contain_text("Write one email address")
        assert len(theirs.sent) == before
        page.get_by_role("textbox", name="Your email address").fill("")
        send.click()
        expect(page.locator("body")).to_have_text("Sent")
        assert set(theirs.sent[-1]) == {"question", "consent_reference"}


def test_an_enquiry_that_went_out_once_does_not_go_again_with_another_answer(browser: Browser, theirs: Page) -> None:
    with visit(browser) as page:
        page.goto(f"{theirs.origin}/")
        sends = """() => document.querySelector("form").addEventListener("submit", (event) => {
            event.preventDefault();
            document.title += " sent";
        })"""
        page.evaluate(sends)  # a page that sends its form itself and stays
        form = page.locator("consent-form")
        form.get_by_role("radio", name="I agree").check()
        page.get_by_role("button", name="Send my question").click()
        expect(page).to_have_title("An enquiry sent")
        form.get_by_role("button", name="Answer again").click()
        form.get_by_role("radio", name="I do not agree").check()
        form.get_by_role("button", name="Save my answer").click()
        expect(form).to_contain_text("You have withdrawn your consent.")
        expect(page).to_have_title("An enquiry sent")


def test_an_enquiry_without_an_answer_goes_as_it_is(browser: Browser, theirs: Page) -> None:
    with visit(browser) as page:
        page.goto(f"{theirs.origin}/")
        expect(page.get_by_role("button", name="Save my answer")).to_be_visible()
        page.get_by_role("button", name="Send my question").click()
        expect(page.locator("body")).to_have_text("Sent")
        assert theirs.sent[-1] == {"question": ""}


def test_the_link_of_the_docs_does_without_script(browser: Browser, theirs: Page) -> None:
    with visit(browser, script=False) as page:
        page.goto(f"{theirs.origin}/")
        page.get_by_role("link", name="Say yes or no on the page of our privacy notices").click()
        expect(page.get_by_role("button", name="Save my answer")).to_be_visible()


def test_the_docs_name_every_custom_property_with_what_stands_for_it() -> None:
    styles = (WIDGET / "static" / "consent.css").read_text("utf-8")
    defaults = dict(re.findall(r"var\((--consent-[a-z-]+),([^)]+)\)", styles))
    rows = dict(re.findall(r"^\| `(--consent-[a-z-]+)` \|.*\| (.*) \|$", DOCS, re.MULTILINE))
    assert rows.keys() == defaults.keys()
    for name, value in defaults.items():
        assert rows[name].strip("`") == {"currentcolor": "the text colour"}.get(value, value)


def test_the_docs_show_a_picture_of_every_state() -> None:
    shown = set(re.findall(r"\((pictures/widget/[a-z0-9-]+\.png)\)", DOCS))
    kept = {f"pictures/widget/{path.name}" for path in Path(PROJECT / "docs/pictures/widget").glob("*.png")}
    assert shown == kept
