"""Whole Word files: what python-docx and plain XML read in them is what the HTML says, word for word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib
import pytest

from generator.importing.document import Document
from generator.importing.word_file import converted
from tests import word_documents
from tests.word_reading import Reading, words

BLOCKS = frozenset(("p", "li", "td", "th", "br", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "ul", "table"))


def of_html(html: str) -> Counter[str]:
    """The words of some HTML as html5lib reads it, without the numbers of notes."""
    return words("".join(_pieces(html5lib.parse(html, namespaceHTMLElements=False))))


def _pieces(element: Element) -> Iterator[str]:
    yield " " if element.tag in BLOCKS else ""
    if element.get("class") != "footnote-ref":
        yield element.text or ""
        for child in element:
            yield from _pieces(child)
    yield " " if element.tag in BLOCKS else ""
    yield element.tail or ""


LEFT_OUT = {"form": word_documents.FORM_FIELDS}
LABELS = {"clauses": word_documents.CLAUSE_LABELS}


@pytest.fixture(scope="module", params=word_documents.ALL)
def named(request: pytest.FixtureRequest) -> tuple[str, bytes, Document]:
    data = word_documents.ALL[request.param]()
    return request.param, data, converted(data)


def test_the_html_says_every_word_that_python_docx_reads_and_no_other(named: tuple[str, bytes, Document]) -> None:
    name, data, document = named
    expected = Reading(data).words() - words(LEFT_OUT.get(name, "")) + words(LABELS.get(name, ""))
    assert of_html(document.html) == expected


def test_the_words_for_the_report_are_those_of_the_html_less_what_a_table_repeats(
    named: tuple[str, bytes, Document],
) -> None:
    _, _, document = named
    repeated = words(" ".join(loss.text for loss in document.losses if loss.kind == "merged cells"))
    assert of_html(document.html) == words(" ".join(document.words)) + repeated


def test_a_library_notice() -> None:
    document = converted(word_documents.library())
    assert document.title == "Libraries: privacy notice"
    assert re.findall(r"<h\d>.*?</h\d>", document.html) == [
        "<h1>Libraries: how we use your information</h1>",
        "<h2>Who we are</h2>",
        "<h3>What we collect</h3>",
        "<h3>What happens</h3>",
        "<h2>How long we keep it</h2>",
    ]
    assert (
        "<li>your date of birth<ul><li>the books that you borrow</li></ul></li><li>how you pay</li></ul>"
        in document.html
    )
    assert "<p>A passport or a bill will do.</p></li><li>You get the card.</li></ol>" in document.html
    assert "<thead><tr><th>Record</th><th>Kept for</th></tr></thead>" in document.html
    assert '<a href="mailto:libraries@example.org">libraries@example.org</a>' in document.html
    assert '<a href="https://www.example.org/libraries?a=1&amp;b=2">our website</a>' in document.html
    assert '<p><img alt=""> The central library</p>' in document.html


def test_clauses_that_the_text_cites() -> None:
    assert converted(word_documents.clauses()).html == (
        "<body><h1>Parking enforcement</h1><h2>1. What we hold</h2><p>1.1 When you park we hold:</p>"
        "<p>(a) the number of your vehicle; and</p><p>(b) where it was, that is</p><p>(i) the street, and</p>"
        "<p>(ii) the time.</p><p>1.2 We do not hold the driver’s name, save under 1.1(b)(ii).</p>"
        "<h2>2. Whom we tell</h2><p>2.1 The DVLA, for the purpose in paragraph 1.1.</p></body>"
    )


def test_changes_that_nobody_has_settled() -> None:
    document = converted(word_documents.tracked())
    assert document.html == (
        "<body><h1>Adult social care</h1><p>We keep your file for seven years.</p><ul><li>An item that stays</li></ul>"
        "<p>This sentence was moved.</p><p>We share it with the hospital and with carers.</p>"
        "<p>Write to us<del> by fax</del>.</p><table><tr><td>Team 1</td><td>Room 10</td></tr>"
        "<tr><td>Team 3</td><td>Room 12</td></tr></table></body>"
    )
    told = {(loss.kind, loss.text) for loss in document.losses}
    assert {
        ("insertion", "seven"),
        ("deletion", "six"),
        ("deletion", "An item that is gone"),
        ("move", "This sentence was moved."),
        ("comment", "Which one?"),
        ("hidden text", "(internal: ask the board)"),
        ("struck text", "by fax"),
    } <= told


def test_tables_and_notes() -> None:
    document = converted(word_documents.tables())
    assert document.html == (
        '<body><p data-proposed-heading="1"><strong>Registrars: privacy notice</strong></p>'
        "<p>We register births, deaths and marriages.</p>"
        '<p data-proposed-heading="2"><strong>How long we keep records</strong></p>'
        '<p>The law<sup class="footnote-ref"><a href="#fn-1">1</a></sup> says for how long; the archive'
        '<sup class="footnote-ref"><a href="#fn-2">2</a></sup> keeps the rest.</p>'
        "<table><thead><tr><th>Register</th><th>Kept</th><th>Kept</th></tr><tr><th>Register</th><th>from</th><th>until</th></tr>"
        "</thead><tbody><tr><td>Births</td><td>1837</td><td>today</td></tr><tr><td>Births</td><td>1538</td><td>1836</td></tr>"
        "</tbody></table><p>Where to ask:</p>"
        "<table><tr><td><strong>Phone</strong></td><td>01632 960000</td></tr>"
        "<tr><td><strong>Post</strong></td><td><p>Town Hall</p><p>Example Town</p></td></tr></table>"
        "<p>Ask early: copies take a week.</p>"
        '<ol class="footnotes"><li id="fn-1">Births and Deaths Registration Act 1953.</li>'
        '<li id="fn-2">The county archive.</li></ol></body>'
    )


def test_a_form_in_welsh() -> None:
    document = converted(word_documents.form())
    assert document.updated == "Diweddarwyd: 3 Mai 2026"
    assert document.html == (
        "<body><h1>Hysbysiad preifatrwydd: y Gwasanaeth Tŷ</h1><h2>Pwy ydym ni</h2>"
        '<p>Annwyl <mark data-kind="merge field">«Enw»</mark>, dyma’r ‘Cyngor’. Gweler tudalen  ac argraffwyd ar '
        '<mark data-kind="date">3 Mai</mark>.</p><p>Cyngor: Cyngor Enghraifft</p>'
        '<p>Swyddog: <mark data-kind="placeholder">Click or tap here to enter text.</mark></p><p>☒ Rwy’n cytuno</p>'
        "<p>Testun mewn rheolydd.</p><p>Wrth ochr y blwch.</p><p>Ffoniwch ni: 01632 960001.</p>"
        "<p>Diwedd tudalen dechrau un arall.</p><ul><li>bwled o Word</li></ul>"
        "<table><tr><td><p>enw: oed</p><p>Ann: 7</p><p>wedyn</p></td><td>ochr</td></tr><tr><td>a</td><td>b</td></tr></table></body>"
    )
