"""A site on a host for plain files, without the consent service: its pages promise nothing that would fail."""

from __future__ import annotations

import functools
import http.server
import json
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from generator.cli import main
from tests.axe import violations
from tests.rule_fixtures import problems
from tests.serving import served
from tests.site_fixtures import NOTICE, SITE, make_site, publish, write_notice

PLAIN = SITE + "languages: [en, cy]\nconsent: {endpoint: no}\n"
OWN_MAILBOX = NOTICE.replace(
    "    purposes: news\n", "    purposes: news\n    withdraw: {phone: 0161 496 0000}\n"
).replace("owner: {name: Libraries, email: libraries@example.org}\n", "owner: {name: Libraries}\n")
ACTIVE = (
    'method="post"',
    "<button",
    "consent.js",
    '"/consent',
    '"/receipt',
    '"/withdraw"',
    "/withdraw?",
    "unavailable",
)
"""Parts that only work with the consent service behind them."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built site with a notice whose service has a mailbox, and one with a number of its own, the older one retired."""
    root = make_site(tmp_path_factory.mktemp("site"), site=PLAIN)
    write_notice(root, OWN_MAILBOX, "parks")
    assert publish(root, "2026-10-01", "First.", "material") == 0
    write_notice(root, OWN_MAILBOX.replace("title:", "retired: The parks are gone.\ntitle:"), "parks")
    assert (
        main(["publish", "parks", "--root", str(root), "--date", "2026-11-01", "--kind", "material", "--summary", "x"])
        == 0
    )
    assert main(["build", "--root", str(root), "--date", "2026-11-24", "--quiet"]) == 0
    return root


def page(site: Path, path: str) -> str:
    return (site / "public" / path / "index.html").read_text("utf-8")


def test_no_page_has_a_button_or_a_link_that_needs_the_consent_service(site: Path) -> None:
    pages = sorted((site / "public").rglob("*.html"))
    assert len(pages) > 15
    found = [
        (path.relative_to(site).as_posix(), word)
        for path in pages
        for word in ACTIVE
        if word in re.sub("<style>.*?</style>", "", path.read_text("utf-8"), flags=re.S)
    ]
    assert not found


def test_every_link_leads_to_a_file_of_the_site(site: Path) -> None:
    public = site / "public"
    lost = []
    for path in sorted(public.rglob("*.html")):
        for link in re.findall(r'(?:href|src)="(/[^"#?]*)', path.read_text("utf-8")):
            file = public / link.lstrip("/")
            if not (file.is_file() or (file / "index.html").is_file()):
                lost.append((path.relative_to(public).as_posix(), link))
    assert not lost


def test_a_notice_names_the_mailbox_that_takes_the_answer(site: Path) -> None:
    choice = page(site, "library").partition('id="your-choice"')[2].partition("</section>")[0]
    assert "I agree that the library can send me news." in choice
    assert "To say yes or no, or to change your mind, tell us" in choice
    assert 'href="mailto:libraries@example.org"' in choice
    assert "0161 496 0000" in page(site, "parks/v/1")


def test_the_frozen_words_promise_no_button(site: Path) -> None:
    frozen = (site / "content/library/versions/1.yml").read_text("utf-8")
    assert "button on your receipt" not in frozen
    assert "dpo@example.org" in frozen
    facts = json.loads((site / "public/library/v/1/notice.jsonld").read_text("utf-8"))
    assert "https://privacy.example.org/withdraw/" in json.dumps(facts)


def test_an_older_notice_that_names_the_services_page_leads_to_how_to_withdraw(site: Path) -> None:
    """Frozen words stay as they are when a council moves to a host for plain files: /withdraw is a page there too."""
    for path, language in (("withdraw", "en"), ("cy/withdraw", "cy")):
        text = page(site, path)
        assert f'<html lang="{language}"' in text
        assert 'href="mailto:dpo@example.org"' in text


def test_a_consent_that_nobody_can_withdraw_is_an_error(tmp_path: Path) -> None:
    bare = SITE.replace("  email: dpo@example.org\n", "")
    text = NOTICE.replace("owner: {name: Libraries, email: libraries@example.org}\n", "owner: {name: Libraries}\n")
    root = make_site(tmp_path, text, bare + "consent: {endpoint: no}\n")
    assert "N12" in {one.rule for one in problems(root)}
    (root / "site.yml").write_text(SITE + "consent: {endpoint: no}\n", "utf-8")
    assert "N12" not in {one.rule for one in problems(root)}


@pytest.fixture(scope="module")
def hosted(site: Path) -> Iterator[str]:
    """The address of the site on a host that knows nothing but files."""
    handler = functools.partial(_Quiet, directory=str(site / "public"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.mark.parametrize("width", [360, 1280])
def test_a_resident_finds_how_to_agree_and_how_to_withdraw(width: int, browser: Browser, hosted: str) -> None:
    context = browser.new_context(base_url=hosted, viewport={"width": width, "height": 800})
    failed: list[str] = []
    context.on("response", lambda answer: failed.append(answer.url) if answer.status >= 400 else None)
    visit = context.new_page()
    visit.goto("/")
    visit.get_by_role("link", name="Library privacy notice").first.click()
    choice = visit.locator("#your-choice")
    expect(choice.get_by_role("link", name="libraries@example.org")).to_be_visible()
    expect(choice.get_by_role("button")).to_have_count(0)
    assert violations(visit) == []
    visit.get_by_role("link", name="Withdraw your consent").first.click()
    expect(visit.locator("h1")).to_have_text("Withdraw your consent")
    expect(visit.get_by_role("link", name="dpo@example.org").first).to_be_visible()
    assert visit.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(visit) == []
    assert failed == []
    context.close()


def test_the_preview_shows_the_same_page_for_withdrawing(site: Path, browser: Browser) -> None:
    with served(site) as address:
        visit = browser.new_page()
        visit.goto(f"{address}/withdraw")
        expect(visit.locator("h1")).to_have_text("Withdraw your consent")
        expect(visit.get_by_role("button")).to_have_count(0)
        visit.close()
