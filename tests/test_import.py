"""Whole documents go in, are published and built, and the page says what they said: compared by html5lib and
markdown-it-py."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

import pytest

from generator.cli import main
from tests import word_documents
from tests.import_fixtures import DOCUMENTS, Outline, by_markdown_it, outline, text_of, tree, without, words
from tests.site_fixtures import make_site, publish
from tests.test_import_word_whole import LABELS
from tests.word_reading import Reading
from tests.word_reading import words as words_in_word

AT = "https://www.example.org/council/privacy/page.html"
Leave = Callable[[Element], bool]


def _has(name: str, value: str) -> Leave:
    return lambda element: value in (element.get(name) or "").split()


def _any(*leaves: Leave) -> Leave:
    return lambda element: any(leave(element) for leave in leaves)


@dataclass(frozen=True)
class Case:
    """A file, the notice that it becomes, what of it is not the notice, and what the import is known to change."""

    file: str
    notice: str
    content: Leave
    left_out: Leave
    address: str = AT
    links: tuple[tuple[str, str], ...] = ()
    """Links that lead elsewhere on the page, with where they lead there."""
    more_words: tuple[str, ...] = ()
    """Words that the import writes, such as repeated values and labels."""
    fewer_words: tuple[str, ...] = ()
    more_items: tuple[tuple[int, str, str], ...] = ()
    """Lists that were typed or had letters."""
    tables: tuple[tuple[tuple[str, ...], ...], ...] | None = None
    """The text of merged cells; None where the tables are as they were."""


CASES = (
    Case(
        "parking.html",
        "parking-permits-privacy-notice",
        lambda element: element.tag == "main",
        _any(
            _has("class", "anchor"),
            _has("class", "published"),
            _has("class", "gem-feedback"),
            lambda element: element.get("href") in ("#ref1", "#note1") or element.get("id") == "note1",
        ),
        links=(("#why", "#purposes"),),
        more_words=("1", "The", "agency", "keeps", "its", "own", "records"),
    ),
    Case(
        "housing.html",
        "housing-privacy-notice",
        lambda element: element.tag == "article",
        _any(
            _has("class", "submitted"),
            _has("class", "share"),
            lambda element: element.tag == "del" or element.get("style") == "display:none",
            lambda element: (element.get("href") or "").startswith("javascript:"),
        ),
        address="https://www.example.org/housing/privacy/",
        more_words=("a", "b", "i", "ii", "Kept", "6", "years", "Medical", "form"),
        more_items=((0, "ul", "your name"), (0, "ul", "your address"), (0, "ul", "who lives with you")),
        tables=(
            (
                ("Record", "Kept Open", "Kept Closed"),
                ("Application", "6 years", "6 years"),
                ("Medical form", "1 year", "2 years"),
                ("Medical form", "3 years", "4 years"),
            ),
        ),
    ),
    Case(
        "libraries.htm",
        "libraries-how-we-use-your-information",
        lambda element: element.tag == "td" and element.find("center") is not None,
        lambda element: text_of(element) == "Back to top" or text_of(element).startswith("Page last updated"),
        links=(("#Retention", "#retention"),),
        fewer_words=("1", "2", "3"),
        more_items=(
            *((0, "ul", text) for text in ("your name", "your address", "your date of birth")),
            *((0, "ol", text) for text in ("Ask at the desk", "Show your card", "Wait")),
        ),
    ),
)
TYPED = {
    "family-hubs-privacy-notice": [
        *((0, "ul", text) for text in ("book you onto courses", "keep you and your children safe")),
        *((1, "ul", text) for text in ("tell a social worker if we are worried", "call an ambulance")),
        (0, "ul", "send you news if you agree"),
        *((0, "ol", text) for text in ("Write to us", "Tell us who you are", "We answer within one month")),
        *(
            (0, "ul", text)
            for text in ("a you ask again and again", "b it would harm somebody", "first dash", "second dash")
        ),
    ],
    "registrars-privacy-notice": [
        (0, "ul", "to register a birth"),
        (1, "ul", "in hospital"),
        (0, "ul", "to issue certificates"),
        (0, "ol", "We check your papers"),
        (0, "ol", "We keep them for ten years"),
    ],
}


WORD = tuple(name for name in word_documents.ALL if name != "form")
"""Word files that can be published; the form has gaps that an editor must fill in first."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with all documents imported, published and built."""
    root = make_site(tmp_path_factory.mktemp("imported"))
    for case in CASES:
        assert main(["import", str(DOCUMENTS / case.file), "--from", case.address, "--root", str(root)]) == 0
    pasted = [str(DOCUMENTS / name) for name in ("family-hubs.txt", "registrars.html")]
    assert main(["import", *pasted, "--root", str(root)]) == 0
    for name in WORD:
        path = root / f"{name}.docx"
        path.write_bytes(word_documents.ALL[name]())
        assert main(["import", str(path), "--id", f"word-{name}", "--root", str(root)]) == 0
    assert publish(root, "2026-11-24", "First.", "material") == 0
    assert main(["build", "--root", str(root), "--date", "2026-11-24"]) == 0
    return root


def published(site: Path, notice: str) -> Element:
    """The text of a notice's page with its title."""
    whole = tree((site / "public" / notice / "index.html").read_bytes())
    (text,) = (item for item in whole.iter("div") if item.get("class", "").split()[:1] == ["text"])
    for section in text.findall("section"):  # the heading that the page gives to what stands before the first
        if section.get("id") == "about" and (heading := section.find("h2")) is not None:
            section.remove(heading)
    for own in (*text.findall("p"), *text.findall("section[@id='about-this-version']")):  # the page's own words
        text.remove(own)
    (title,) = whole.iter("h1")
    text.insert(0, title)
    return without(
        text, lambda element: (element.get("href") or "").startswith(("#fnref", "#fn-")) and "↩" in _raw(element)
    )


def _raw(element: Element) -> str:
    return "".join(element.itertext())


def without_notes(found: Element) -> Element:
    """The page without footnotes and their marks, which the sources have in another place."""
    return without(found, _any(_is_notes, lambda element: (element.get("href") or "").startswith("#fn")))


def _is_notes(element: Element) -> bool:
    return element.tag == "ol" and any((item.get("id") or "").startswith("fn") for item in element)


def source(case: Case) -> Element:
    """The part of a document that is the notice."""
    whole = tree((DOCUMENTS / case.file).read_bytes(), likely_encoding="windows-1252")
    content = next(element for element in whole.iter() if isinstance(element.tag, str) and case.content(element))
    for footer in [item for item in content.iter() if item.get("role") == "tablist"]:
        labels = {tab.get("href", "")[1:]: text_of(tab) for tab in footer.iter("a")}
        for panel in [item for item in content.iter() if item.get("id") in labels]:
            heading = Element("h2")
            heading.text, heading.tail, panel.text = labels[panel.get("id") or ""], panel.text, None
            panel.insert(0, heading)
    return without(content, _any(case.left_out, lambda element: element.get("role") == "tablist"))


by_file = pytest.mark.parametrize("case", CASES, ids=lambda case: case.file)


@by_file
def test_a_published_page_has_every_word_of_its_document(site: Path, case: Case) -> None:
    expected = outline(source(case)).words + Counter(case.more_words) - Counter(case.fewer_words)
    assert outline(published(site, case.notice)).words == expected


@by_file
def test_its_headings_are_the_documents(site: Path, case: Case) -> None:
    assert outline(published(site, case.notice)).headings == outline(source(case)).headings


@by_file
def test_its_lists_have_the_same_items_at_the_same_depth(site: Path, case: Case) -> None:
    found = [item for item in outline(without_notes(published(site, case.notice))).items if item not in case.more_items]
    expected = [(depth, kind, text) for depth, kind, text in outline(source(case)).items if text]
    if case.file == "housing.html":  # lists with letters are lists without numbers, their letters as text
        letters = iter(("a", "b", "i", "ii"))
        expected = [
            (d, "ul", f"{next(letters)} {text}") if kind == "ol" else (d, kind, text) for d, kind, text in expected
        ]
    assert found == expected
    assert all(item in outline(published(site, case.notice)).items for item in case.more_items)


@by_file
def test_its_tables_have_the_same_cells(site: Path, case: Case) -> None:
    found = outline(published(site, case.notice)).tables
    expected = outline(source(case)).tables
    if case.tables is not None:
        expected = [[list(row) for row in table] for table in case.tables]
    assert found == expected


@by_file
def test_its_links_lead_where_they_led(site: Path, case: Case) -> None:
    within = dict(case.links)
    page = outline(without_notes(published(site, case.notice)))
    expected = [(text, within.get(href) or urljoin(case.address, href)) for text, href in outline(source(case)).links]
    assert page.links == expected


@pytest.mark.parametrize("notice", TYPED)
def test_typed_lists_are_lists_on_the_page(site: Path, notice: str) -> None:
    assert outline(without_notes(published(site, notice))).items == TYPED[notice]


def test_pasted_text_is_published_word_for_word(site: Path) -> None:
    text = (
        (DOCUMENTS / "family-hubs.txt")
        .read_text("utf-8")
        .replace("\no\t", "\n")
        .replace("Last reviewed: October 2025", "")
    )
    for number in "123":
        text = text.replace(f"\n{number})\t", "\n")
    page = outline(published(site, "family-hubs-privacy-notice"))
    assert page.words == Counter(words(text))
    assert page.tables == [
        [["Record", "How long"], ["Booking forms", "2 years"], ["Safeguarding notes", "until the child is 25"]]
    ]


def test_what_word_copies_is_published_with_its_notes_and_without_its_markup(site: Path) -> None:
    page = published(site, "registrars-privacy-notice")
    said = text_of(page)
    assert "for ten years Ask the General Register Office The register" in said
    assert "Births and Deaths Registration Act 1953" in said
    for word in ("Hidden", "six", "AB1", "right", "StartHTML", "supportLists"):
        assert word not in said.split()
    assert [item.get("start") for item in page.iter("ol") if item.get("start")] == ["4"]
    assert outline(page).tables == [[["Record", "Kept"], ["Birth", "for ever"]]]


@pytest.mark.parametrize("name", WORD)
def test_a_published_page_has_every_word_that_python_docx_reads(site: Path, name: str) -> None:
    data = word_documents.ALL[name]()
    page = without(published(site, f"word-{name}"), lambda element: (element.get("href") or "").startswith("#fn"))
    expected = Reading(data).words() + words_in_word(LABELS.get(name, ""))
    if name == "tables":
        expected -= Counter(["Register"])  # two header rows are one, so that what they both say is said once
    assert words_in_word(text_of(page)) == expected


def test_a_form_with_gaps_is_not_published_before_they_are_filled(tmp_path: Path) -> None:
    root = make_site(tmp_path)
    (root / "form.docx").write_bytes(word_documents.form())
    assert main(["import", str(root / "form.docx"), "--id", "form", "--root", str(root)]) == 0
    text = (root / "content/form/notice.md").read_text("utf-8")
    assert "Swyddog: [TO WRITE: Click or tap here to enter text.]" in text and "☒ Rwy’n cytuno" in text
    assert "# The document said: Diweddarwyd: 3 Mai 2026" in text
    assert main(["check", "form", "--root", str(root)]) == 1


@pytest.mark.parametrize("notice", [*(case.notice for case in CASES), *TYPED])
def test_commonmark_reads_the_same_as_the_page(site: Path, notice: str) -> None:
    text = (site / "content" / notice / "notice.md").read_text("utf-8").split("\n---\n", 1)[1]
    read: Outline = by_markdown_it(text)
    page = outline(without_notes(published(site, notice)))
    assert read.items == page.items
    assert read.tables == page.tables
    assert read.headings == page.headings[1:]
