"""Retiring a notice at the desk and taking that back, and a draft on paper that says DRAFT on each page."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

import pytest
from playwright.sync_api import Browser as Chromium

from desk.access import loopback_address
from desk.afterwards import afterwards_of
from tests.axe import violations
from tests.desk_access_fixtures import Desk
from tests.desk_fixtures import ANNA, BEN, CERI, served_desk, whole_desk
from tests.site_fixtures import NOTICE, SITE, make_site, publish, read, write_notice
from tests.test_desk_publishing import PUBLISH, git, hidden, signed_in

VERSIONS = "/desk/notices/library/versions"
RETIRE, USE = "/desk/notices/library/retire", "/desk/notices/library/use"
PRINT = "/desk/notices/library/print"
WHY = "The library closed on 31 March 2027."
WELSH = NOTICE.replace("Library privacy notice", "Hysbysiad y llyfrgell")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """One published notice in English, in version control."""
    make_site(tmp_path)
    assert publish(tmp_path, "2026-10-01", "First.", "material") == 0
    (tmp_path / ".gitignore").write_text("var/\n.noticeboard/\npublic\n", "utf-8")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "First", who="Founder Example")
    return tmp_path


@pytest.fixture
def desk(root: Path) -> Desk:
    return whole_desk(root, ANNA, BEN, CERI)


def test_a_notice_is_retired_published_and_used_again(desk: Desk, root: Path) -> None:
    anna = signed_in(desk, ANNA)
    page = anna.get(VERSIONS)
    answer = anna.press(page, RETIRE, why_en=f"  {WHY} ")
    assert answer.status_code == 303 and answer.headers["Location"].endswith(PUBLISH)
    text = (root / "content/library/notice.md").read_text("utf-8")
    assert f"retired: {WHY}\n" in text and text.replace(f"retired: {WHY}\n", "") == NOTICE
    assert git(root, "log", "-1", "--format=%an %s") == "Anna Example Say whether library is still used\n"
    form = anna.get(PUBLISH)
    assert "no longer used once you publish it" in form.text
    sent = {"seen": hidden(form, "seen"), "kind": "material", "summary": "The library closed."}
    assert anna.press(form, PUBLISH, **sent).status_code == 303
    last = read(root).versions[-1]
    assert last.facets["retired"] == WHY and last.consents == ()
    page = anna.get(VERSIONS)
    assert WHY in page.text and RETIRE not in page.text
    assert anna.press(page, USE).status_code == 303
    assert (root / "content/library/notice.md").read_text("utf-8") == NOTICE
    assert git(root, "status", "--porcelain") == ""


@pytest.mark.parametrize("why", ["", "   ", "x" * 301])
def test_a_reason_is_needed_and_the_words_are_kept(desk: Desk, root: Path, why: str) -> None:
    anna = signed_in(desk, ANNA)
    answer = anna.press(anna.get(VERSIONS), RETIRE, why_en=why)
    assert answer.status_code == 400 and "in at most 300 letters" in answer.text and f'value="{why}"' in answer.text
    assert (root / "content/library/notice.md").read_text("utf-8") == NOTICE


def test_each_language_gets_its_reason_or_none_does(desk: Desk, root: Path) -> None:
    (root / "site.yml").write_text(f"{SITE}languages: [en, cy]\n", "utf-8")
    write_notice(root, WELSH, language="cy")
    anna = signed_in(desk, ANNA)
    page = anna.get(VERSIONS)
    assert 'name="why_cy"' in page.text
    assert anna.press(page, RETIRE, why_en=WHY).status_code == 400
    write_notice(root, WELSH.replace("title:", "  title", 1), language="cy")
    assert anna.press(page, RETIRE, why_en=WHY, why_cy="Caeodd y llyfrgell.").status_code == 409
    assert (root / "content/library/notice.md").read_text("utf-8") == NOTICE
    write_notice(root, WELSH, language="cy")
    assert anna.press(page, RETIRE, why_en=WHY, why_cy="Caeodd y llyfrgell.").status_code == 303
    assert "retired: Caeodd y llyfrgell." in (root / "content/library/notice.cy.md").read_text("utf-8")


def test_only_editors_retire(desk: Desk) -> None:
    ceri = signed_in(desk, CERI)
    for path in (RETIRE, USE):
        assert ceri.press(ceri.get("/desk/"), path, why_en=WHY).status_code == 403
    anna = signed_in(desk, ANNA)
    assert anna.press(anna.get("/desk/"), "/desk/notices/none/retire", why_en=WHY).status_code == 404


def test_a_draft_for_paper_shows_the_whole_text_with_its_changes(desk: Desk, root: Path) -> None:
    write_notice(root, NOTICE.replace("We look after", "We take good care of"))
    anna = signed_in(desk, ANNA)
    assert f'href="{PRINT}"' in anna.get("/desk/notices/library/review").text
    page = anna.get(PRINT).text
    assert re.search(r"<ins>.*good care.*</ins>", page) and "<del>" in page
    assert "This is about the library." in page and "Compared with version 1" in page
    assert "<strong>DRAFT</strong> Library privacy notice, 10:00, 30 November 2026" in page
    entries = desk.access.log.entries(person=ANNA.id, act="print")
    assert [entry.to for entry in entries] == ["library"]
    assert anna.get("/desk/notices/none/print").status_code == 404


def test_a_first_draft_is_shown_without_marks(desk: Desk, root: Path) -> None:
    write_notice(root, NOTICE.replace("Library privacy", "Parking privacy"), "parking")
    page = signed_in(desk, ANNA).get("/desk/notices/parking/print").text
    assert "Nothing of this notice was published before" in page
    assert "<ins>" not in page and "This is about the library." in page


def shown_on(pdf: bytes) -> list[set[bytes]]:
    """The runs of five glyphs or more on each sheet of a PDF by Chromium, as it writes them."""
    streams = [
        zlib.decompress(data) for data in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.S) if data[:1] == b"x"
    ]
    pages = [stream for stream in streams if b" Tf" in stream]
    runs = ((re.findall(rb"<([0-9A-F]+)> Tj", run) for run in re.findall(rb"BT\n.*?ET", one, re.S)) for one in pages)
    return [{b"".join(glyphs) for glyphs in page if len(glyphs) >= 5} for page in runs]


@pytest.mark.parametrize("width", [320, 1280])
def test_every_sheet_says_draft_and_the_page_has_no_barrier(browser: Chromium, root: Path, width: int) -> None:
    long = NOTICE + "".join(
        f"\n## Part {number}\n\n" + " ".join(f"{number}{word:03}" for word in range(300)) + "\n" for number in range(9)
    )
    write_notice(root, long)
    with served_desk(root, ANNA, BEN) as desk:
        context = browser.new_context(viewport={"width": width, "height": 800})
        page = context.new_page()
        page.goto(loopback_address(desk.access))
        page.get_by_label(ANNA.name).check()
        page.get_by_role("button", name="Sign in").click()
        page.goto(desk.access.config.address + PRINT)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate("getComputedStyle(document.querySelector('.paper-head')).display") == "table-header-group"
        sheets = shown_on(page.pdf(format="A4"))
        assert len(sheets) > 2 and set.intersection(*sheets)
        page.evaluate("document.querySelector('.paper-head').style.display = 'none'")
        without = shown_on(page.pdf(format="A4"))
        assert len(without) > 2 and not set.intersection(*without)
        context.close()
    assert afterwards_of(desk.app).publisher.folder.asked() is None
