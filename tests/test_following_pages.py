"""Pages of residents while a language follows later: its earlier text, and what counts until then."""

from __future__ import annotations

import json
import mimetypes
import re
import shutil
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Route, expect

from generator.versions import timeline
from tests import axe
from tests.consent_fixtures import FakeClock, published
from tests.following_fixtures import (
    BEFORE,
    CHANGE,
    LATER,
    OWN_REASON,
    REASON,
    SHARED_TOO,
    TRANSLATED,
    both,
    english_now,
    run,
)
from tests.serving import built_files
from tests.site_fixtures import read, write_notice
from widget.app import close_app, create_app
from widget.consent.renewal import standing_on
from widget.ledger.events import ConsentEvent, Kind


def build(root: Path, on: str) -> Path:
    assert run(root, "build", on=on) == 0
    return root / "public"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return english_now(tmp_path_factory.mktemp("later"))


@pytest.fixture(scope="module")
def public(root: Path) -> Path:
    return build(root, BEFORE)


def text(public: Path, address: str) -> str:
    """The words of a page in one line; links as they are written."""
    page = (public / address / "index.html").read_text("utf-8")
    return " ".join(page.split())


def words(public: Path, address: str) -> str:
    shown = unescape(re.sub(r"<[^>]+>", " ", text(public, address)))
    return re.sub(r" (?=[.,])", "", " ".join(shown.split()))


def test_the_welsh_address_keeps_the_earlier_text_and_says_what_counts(public: Path) -> None:
    said = words(public, "cy/library")
    assert "Mae hyn am y llyfrgell." in said and "Testun fersiwn 1 yw hwn." in said
    assert (
        "Mae'n gymwys ers 1 Rhagfyr 2026" in said
        and "Dylai'r testun yn yr iaith hon fod yma erbyn 20 Rhagfyr 2026" in said
    )
    assert OWN_REASON in said and REASON not in said
    page = text(public, "cy/library")
    assert '<a class="onward" href="/library/" hreflang="en">' in page
    assert '<span lang="en" dir="ltr">We share your name with the county archive.</span>' in page


def test_the_welsh_page_has_no_controls_and_leads_to_those_that_count(public: Path) -> None:
    page = text(public, "cy/library")
    assert "<form" not in page and "consent.js" not in page
    assert 'href="/library/#your-choice" hreflang="en"' in page
    assert "<form" in text(public, "library")


def test_both_languages_still_lead_to_each_other(public: Path) -> None:
    for address in ("library", "cy/library"):
        page = text(public, address)
        assert '<link rel="alternate" hreflang="cy" href="https://privacy.example.org/cy/library/">' in page
        assert '<link rel="alternate" hreflang="x-default" href="https://privacy.example.org/library/">' in page
    sitemap = (public / "sitemap.xml").read_text("utf-8")
    assert "<loc>https://privacy.example.org/cy/library/</loc><lastmod>2026-12-01</lastmod>" in sitemap
    assert "<loc>https://privacy.example.org/cy/library/</loc>" in sitemap
    assert 'hreflang="cy" href="https://privacy.example.org/cy/library/"' in sitemap
    assert "Hysbysiad preifatrwydd y llyfrgell" in text(public, "cy") and 'href="/cy/library/"' in text(public, "cy")


def test_the_english_page_and_both_histories_say_when_the_welsh_is_due(public: Path) -> None:
    for address in ("library", "library/v/2", "library/history"):
        said = words(public, address)
        assert f"Published without a text in this language: Welsh. It is due by 20 December 2026. Why: {REASON}" in said
    history = text(public, "cy/library/history")
    assert '<a href="/library/v/2/" hreflang="en">Darllen fersiwn 2 (Saesneg)</a>' in history
    assert "Dylai fod yma erbyn" in history and OWN_REASON in history
    assert history.index("Fersiwn 2") < history.index("Fersiwn 1")


def test_a_printed_welsh_copy_is_checked_and_its_pdf_stays(public: Path) -> None:
    said = words(public, "cy/check/library/1")
    assert "Nid yw eich copi yn gyfredol" in said and "20 Rhagfyr 2026" in said and OWN_REASON in said
    assert 'href="/library/" hreflang="en"' in text(public, "cy/check/library/1")
    assert not (public / "cy/check/library/2").exists() and not (public / "cy/library/v/2").exists()
    permanent = words(public, "cy/library/v/1")
    assert "Testun fersiwn 1 yw hwn." in permanent


def test_the_feed_and_the_manifest_have_the_version_in_english(public: Path) -> None:
    for feed in ("cy/library/feed.xml", "cy/feed.xml"):
        data = (public / feed).read_text("utf-8")
        assert "<id>https://privacy.example.org/library/v/2/</id>" in data and '<title xml:lang="en">' in data
    listed = json.loads((public / "published.json").read_text("utf-8"))["versions"]
    assert [(one["version"], one["language"]) for one in listed] == [(1, "cy"), (1, "en"), (2, "en")]
    said = {"language": "cy", "by": "2026-12-20", "reason": REASON, "own_reason": OWN_REASON}
    assert listed[2]["change"]["translations"] == [said] and "translations" not in listed[0]["change"]


def test_the_record_of_processing_in_welsh_has_the_notice(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run(root, "ropa", "--language", "cy") == 0
    assert "rhoi benthyg llyfrau i chi" in capsys.readouterr().out


def test_no_page_leads_nowhere(public: Path) -> None:
    for page in public.resolve().rglob("*.html"):
        for href in re.findall(r'href="(/[^"#?]*)', page.read_text("utf-8")):
            if not href.startswith(("/consent", "/withdraw", "/report", "/receipt")):
                path = public / href.lstrip("/")
                assert (path / "index.html").is_file() if href.endswith("/") else path.is_file(), (page, href)


def test_the_welsh_page_counts_until_the_english_starts(tmp_path: Path) -> None:
    root = both(tmp_path)
    assert run(root, "publish", "library", *CHANGE, *LATER, "--effective", "2026-12-10") == 0
    public = build(root, BEFORE)
    before = text(public, "cy/library")
    assert "<form" in before and "Mae fersiwn newydd ar ei ffordd" in before and 'href="/library/v/2/"' in before
    assert "Testun fersiwn 1 yw hwn." in words(build(root, "2026-12-10"), "cy/library")


def test_once_the_welsh_is_there_all_is_as_ever(tmp_path: Path, root: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(root, site, symlinks=True)
    write_notice(site, SHARED_TOO, language="cy")
    assert run(site, "publish", "library", *TRANSLATED, on="2026-12-10") == 0
    public = build(site, "2026-12-10")
    assert "<form" in text(public, "cy/library") and "Testun fersiwn 1" not in words(public, "cy/library")
    assert "due by" not in words(public, "library")
    history = words(public, "library/history")
    assert "It is due by 20 December 2026" in history, "what was said stays on record"
    changed = words(public, "cy/library/v/3/changes")
    assert "archif y sir" in changed and "a gwahoddiadau" in changed


def test_a_build_that_renders_nothing_anew_lists_the_welsh_page_too(root: Path, public: Path) -> None:
    before = (public / "cy/index.html").read_bytes()
    (root / "site.yml").write_text((root / "site.yml").read_text("utf-8") + "# the same\n", "utf-8")
    assert (build(root, BEFORE) / "cy/index.html").read_bytes() == before


def test_on_a_phone_the_welsh_page_is_fit_for_everybody(public: Path, browser: Browser) -> None:
    read = built_files(public)

    def sent(route: Route) -> None:
        name = urlsplit(route.request.url).path.lstrip("/")
        name += "index.html" if name.endswith("/") else ""
        body = read(name)
        route.fulfill(status=200 if body else 404, body=body or b"", content_type=mimetypes.guess_type(name)[0] or "")

    with closing(browser.new_page(viewport={"width": 360, "height": 640})) as page:
        page.route("**/*", sent)
        page.goto("https://privacy.example.org/cy/library/")
        expect(page.get_by_role("heading", name="Nid yw'r dudalen hon yn gyfredol")).to_be_in_viewport()
        expect(page.get_by_text(OWN_REASON)).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert axe.violations(page) == []
        page.get_by_role("link", name="Rhoi eich ateb: Saesneg").click()
        page.wait_for_url("**/library/#your-choice")
        expect(page.get_by_role("button", name="Save")).to_be_visible()


def test_the_consent_service_offers_the_language_that_counts(public: Path, tmp_path: Path) -> None:
    config = replace(published(tmp_path), manifest=public / "published.json")
    app = create_app(config, FakeClock(datetime(2026, 12, 2, 9, 30, tzinfo=UTC)))
    client = app.test_client(use_cookies=False)
    offered = client.get("/consent/library?language=cy").text
    assert 'lang="en"' in offered and "news and invitations" in offered
    old = client.get("/consent/library?version=1&language=cy").text
    assert "anfon newyddion ataf" in old and "/consent/library?language=cy" in old, "it leads to the newer one"
    close_app(app)


def test_nobody_is_asked_again_because_the_welsh_arrives(root: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(root, site, symlinks=True)
    write_notice(site, SHARED_TOO, language="cy")
    assert run(site, "publish", "library", *TRANSLATED, on="2026-12-10") == 0
    found = read(site)
    after = timeline.manifest_of(found.versions, found.site, date(2026, 12, 10))

    def asked_again(number: int, language: str, on: date) -> bool:
        version = after.find("library", number, language)
        assert version is not None
        about = ("library", number, language, version.digest, "news", "s", None, "web", None, "self", None)
        event = ConsentEvent(1, "e", Kind.GIVEN, *about, "2026-12-02", "2026-12-02T09:00:00Z")
        return standing_on(event, after, on).renewal is not None

    arrived = date(2026, 12, 10)
    assert not asked_again(2, "en", arrived), "they agreed to these very words"
    assert asked_again(1, "en", arrived) and asked_again(1, "cy", arrived), "they agreed to other words"
    assert not asked_again(1, "cy", date(2026, 12, 9)), "they are asked in their language once it is there"
