"""Changes, checks, feeds, sitemap and old addresses: in each language, and where a version was taken down or a notice retired."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from generator.building import build
from generator.building.rendering import Rendering
from generator.cli import main
from tests.site_fixtures import NOTICE, SITE, make_site, publish, read, write_notice
from tests.test_exports import ATOM, BASE, LINK, MAP
from tests.test_languages import ENGLISH, WELSH, alternates, bilingual, page, switches

MARK = b"data-pagefind-body"
DAY = date(2026, 12, 1)
REASON = "It named a resident by mistake."
MEANT = "We say it more strongly."
TEXTS = (".html", ".xml", ".jsonld", ".json", ".txt")


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Version 1 in English alone, 2 and 3 in both languages; old addresses in both; a draft, and one that is broken."""
    root = bilingual(tmp_path_factory.mktemp("together"))
    old = "service: Libraries\naliases: [/old-library/]"
    english = ENGLISH.replace("We look after", "We guard").replace("service: Libraries", old)
    gone = "service: Llyfrgelloedd\naliases: [/old-library/, /hen-lyfrgell/]"
    welsh = WELSH.replace("Rydym yn gofalu am", "Rydym yn gwarchod").replace("service: Llyfrgelloedd", gone)
    write_notice(root, english)
    write_notice(root, welsh, language="cy")
    given = ("--kind", "clarification", "--summary", MEANT)
    assert main(["publish", "--root", str(root), "--date", "2026-11-10", *given, "library"]) == 0
    write_notice(root, "---\ntitle: Toilets\n---\nHello again.\n", "toilets")
    (root / "content" / "trees" / "notice.cy.md").write_bytes(b"---\ntitle: Coed\n---\nD\xf4l\n")
    build.build(read(root), root / "public", DAY, with_drafts=True)
    return root / "public"


def entries(public: Path, name: str) -> dict[str, tuple[str, str]]:
    """A feed's entries: the address below the site's to (title, summary)."""
    feed = ElementTree.parse(public / name).getroot()  # noqa: S314 (our own)
    return {
        str(entry.findtext(f"{ATOM}id")).removeprefix(BASE): (
            str(entry.findtext(f"{ATOM}title")),
            str(entry.findtext(f"{ATOM}summary")),
        )
        for entry in feed.findall(f"{ATOM}entry")
    }


def test_changes_are_told_in_welsh_with_the_english_summary_marked(public: Path) -> None:
    text = page(public, "/cy/library/v/3/changes/")
    assert "Mae&#39;r dudalen hon yn cymharu" in text
    assert f'<p class="lead" lang="en" dir="ltr">{MEANT}</p>' in text
    assert "gwarchod" in text and "ychwanegwyd:" in text
    assert alternates(text)["en"] == f"{BASE}/library/v/3/changes/"
    assert switches(text) == ["/library/v/3/changes/"]
    for address in ("/cy/library/", "/cy/library/history/"):
        assert 'href="/cy/library/v/3/changes/"' in page(public, address)


def test_changes_that_one_language_alone_has_lead_to_the_nearest_page(public: Path) -> None:
    assert switches(page(public, "/library/v/2/changes/")) == ["/cy/library/v/2/"]
    assert alternates(page(public, "/library/v/2/changes/")) == {}
    assert not (public / "cy" / "library" / "v" / "2" / "changes").exists()


def test_a_printed_copy_in_welsh_is_told_whether_it_counts(public: Path) -> None:
    old, new = page(public, "/cy/check/library/2/"), page(public, "/cy/check/library/3/")
    assert "Nid yw eich copi yn gyfredol" in old and f'<span lang="en" dir="ltr">{MEANT}</span>' in old
    assert "Mae eich copi yn gyfredol" in new
    assert switches(old) == ["/check/library/2/"]
    assert switches(page(public, "/check/library/1/")) == ["/cy/library/"]
    assert f"{BASE}/cy/check/library/3/" in page(public, "/cy/library/")
    assert "Disallow: /cy/check/\n" in (public / "robots.txt").read_text()


def test_a_copy_whose_language_was_left_behind_is_sent_to_the_version_that_counts(tmp_path: Path) -> None:
    root = make_site(tmp_path, ENGLISH, f"{SITE}languages: [en, cy]\npdf: no\n")
    write_notice(root, WELSH, language="cy")
    assert publish(root, "2026-10-01", "First.", "material") == 0
    (root / "content" / "library" / "notice.cy.md").unlink()
    write_notice(root, ENGLISH.replace("We look after", "We guard"))
    assert publish(root, "2026-11-01", MEANT) == 0
    build.build(read(root), root / "public", DAY)
    text = page(root / "public", "/cy/check/library/1/")
    assert "1 Tachwedd 2026" in text and f'<span lang="en" dir="ltr">{MEANT}</span>' in text
    assert 'href="/library/v/2/changes/" hreflang="en"' in text
    assert 'href="/library/" hreflang="en">Darllen fersiwn 2, sy&#39;n cyfrif nawr (Saesneg)</a>' in text
    feed = ElementTree.parse(root / "public" / "cy" / "library" / "feed.xml").getroot()  # noqa: S314 (our own)
    leads = [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
    assert leads == [f"{BASE}/cy/library/history/"]


def test_each_language_has_its_feeds_in_its_words(public: Path) -> None:
    assert set(entries(public, "cy/library/feed.xml")) == {"/cy/library/v/2/", "/cy/library/v/3/"}
    assert set(entries(public, "cy/feed.xml")) == {"/cy/library/v/2/", "/cy/library/v/3/"}
    title, summary = entries(public, "cy/feed.xml")["/cy/library/v/3/"]
    assert title == "Hysbysiad preifatrwydd y llyfrgell, fersiwn 3"
    assert summary == f'<span lang="en">{MEANT}</span> Yn gymwys o 10 Tachwedd 2026.'
    assert entries(public, "feed.xml")["/library/v/3/"][1] == f"{MEANT} Applies from 10 November 2026."


def test_the_sitemap_pairs_pages_only_where_both_are_there(public: Path) -> None:
    root = ElementTree.parse(public / "sitemap.xml").getroot()  # noqa: S314 (our own)
    found = {
        str(url.findtext(f"{MAP}loc")).removeprefix(BASE): {link.get("hreflang") for link in url.iter(LINK)}
        for url in root
    }
    both = {"/", "/cy/", "/library/", "/cy/library/", "/library/history/", "/cy/library/history/", "/cookies/"}
    assert {address for address, languages in found.items() if languages} == {*both, "/cy/cookies/"}
    assert {"/toilets/", "/help/", "/trees/history/"} <= set(found)
    assert all(languages in (set(), {"en", "cy"}) for languages in found.values())


def test_an_old_address_leads_to_the_language_that_names_it_first(public: Path) -> None:
    english, welsh = page(public, "/old-library/"), page(public, "/hen-lyfrgell/")
    assert "has moved" in english and 'href="/library/"' in english
    assert ": wedi symud" in welsh and f'<link rel="canonical" href="{BASE}/cy/library/">' in welsh
    redirects = (public / "_redirects").read_text()
    assert redirects == "/hen-lyfrgell/ /cy/library/ 301\n/old-library/ /library/ 301\n"


def test_the_list_of_drafts_is_in_each_language(public: Path) -> None:
    english, welsh = page(public, "/draft/"), page(public, "/cy/draft/")
    assert "<h1>Drafftiau</h1>" in welsh and switches(welsh) == ["/draft/"]
    assert '<h2 lang="en" dir="ltr"><a href="/draft/toilets/" hreflang="en">Toilets</a></h2>' in welsh
    assert "Iaith: Saesneg" in welsh and "Language: Welsh" in english
    assert '<h2><a href="/draft/toilets/">Toilets</a></h2>' in english
    assert switches(page(public, "/draft/toilets/changes/")) == ["/cy/"]
    broken = page(public, "/cy/draft/trees/")
    assert "Ni ellir darllen content/trees/notice.cy.md" in broken
    assert '<a class="back" href="/cy/draft/">Drafftiau</a>' in broken


@pytest.fixture(scope="module")
def taken_down(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Versions 1 to 3 in both languages; the second was taken down."""
    root = make_site(tmp_path_factory.mktemp("taken"), ENGLISH, f"{SITE}languages: [en, cy]\n")
    write_notice(root, WELSH, language="cy")
    for day, word, welsh in (
        ("2026-10-01", "look after", "gofalu am"),
        ("2026-11-01", "show Jo Bloggs", "dangos i Jo Bloggs"),
        ("2026-11-02", "guard", "gwarchod"),
    ):
        write_notice(root, ENGLISH.replace("look after", word))
        write_notice(root, WELSH.replace("gofalu am", welsh), language="cy")
        assert publish(root, day, f"We {word} it.", "material") == 0
    assert main(["retract", "--root", str(root), "--date", "2026-11-03", "library", "2", "--reason", REASON]) == 0
    build.build(read(root), root / "public", DAY)
    return root / "public"


def test_a_copy_of_a_version_that_was_taken_down_is_told_so(taken_down: Path) -> None:
    english, welsh = page(taken_down, "/check/library/2/"), page(taken_down, "/cy/check/library/2/")
    assert "<h1>We took your version down</h1>" in english and REASON in english
    assert "<h1>Tynnwyd eich fersiwn i lawr gennym</h1>" in welsh
    assert f'<span lang="en" dir="ltr">{REASON}</span>' in welsh
    assert f'<span lang="en" dir="ltr">{REASON}</span>' in page(taken_down, "/cy/library/history/")
    assert 'href="/cy/library/">Darllen fersiwn 3' in welsh
    assert 'href="/library/">Read version 3, which counts now</a>' in english


def test_nothing_of_it_is_left_but_a_notice_in_the_feeds(taken_down: Path) -> None:
    folder = taken_down / "library" / "v" / "2"
    assert {path.name for path in folder.iterdir()} == {"index.html", "notice.yml"}, "the tombstone, and its file"
    assert "Bloggs" not in (folder / "notice.yml").read_text("utf-8")
    assert not any("Bloggs" in path.read_text("utf-8") for path in taken_down.rglob("*") if path.suffix in TEXTS)
    title, summary = entries(taken_down, "library/feed.xml")["/library/v/2/"]
    assert title == "Library privacy notice: version 2 was taken down"
    assert summary == f"Why: {REASON}"
    assert entries(taken_down, "cy/feed.xml")["/cy/library/v/2/"][1] == f'Pam: <span lang="en">{REASON}</span>'
    assert next(iter(entries(taken_down, "feed.xml"))) == "/library/v/2/"


def test_changes_skip_what_was_taken_down(taken_down: Path) -> None:
    text = page(taken_down, "/library/v/3/changes/")
    assert 'href="/library/v/1/"' in text and 'href="/library/v/2/"' not in text
    assert "look after" in text and "We guard it." in text
    check = page(taken_down, "/check/library/1/")
    assert "2 November 2026</time> because:" in check and "version 2" not in check


def test_a_notice_that_is_no_longer_used_is_not_searched_and_its_changes_say_so(tmp_path: Path) -> None:
    root = make_site(tmp_path)
    write_notice(root, "---\ntitle: Toilets\n---\nHello.\n", "toilets")
    assert publish(root, "2026-10-01", "First.", "material") == 0
    write_notice(root, NOTICE.replace("service:", "retired: The library closed.\nservice:"))
    assert publish(root, "2026-11-01", "It closed.") == 0
    build.build(read(root), root / "public", DAY)
    public = root / "public"
    found = read(root)
    searched = Rendering(replace(found, site=replace(found.site, search=True)), DAY)
    marked = {name for name, data in searched.notice(found.ever) if isinstance(data, bytes) and MARK in data}
    assert marked == {"toilets/index.html"}
    assert MARK not in (public / "toilets" / "index.html").read_bytes()  # nobody asked for search
    assert "/library/" not in page(public, "/")
    text = page(public, "/library/v/2/changes/")
    assert 'id="part-retired"' in text and "The library closed." in text
