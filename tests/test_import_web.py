"""Web pages as notices: one test for each construct that importers lose or change, and for each that could do harm."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.importing import confined
from generator.importing.document import Loss
from generator.importing.refusal import NotTaken
from generator.importing.settings import Settings
from generator.importing.tree import inert
from generator.markdown.render import Renderer
from tests.import_fixtures import body, converted, front, losses, markdown, page, taken, text_of, tree, without, words
from tests.site_fixtures import PROJECT

CONTENT_CLASSES = (
    *("sharing", "cookies", "consent", "related", "comments", "author", "footer", "banner", "sidebar", "social"),
    *("attachment", "menu"),
)


@pytest.mark.parametrize("name", CONTENT_CLASSES)
@pytest.mark.parametrize("attribute", ["class", "id"])
def test_a_section_is_kept_whatever_its_class_or_id_is_called(name: str, attribute: str) -> None:
    text = markdown(f'<div {attribute}="{name}"><h2>Who we share with</h2><p>The police.</p></div><p>Last words.</p>')
    assert text == "## Who we share with {#sharing}\n\nThe police.\n\nLast words."


@pytest.mark.parametrize(
    "heading",
    [
        '<h2><button aria-controls="p">Your data</button></h2><div id="p" hidden><p>All of it.</p></div>',
        '<h2><span class="govuk-accordion__section-button">Your data</span></h2><div><p>All of it.</p></div>',
        '<h2><a href="#p" data-toggle="collapse">Your data</a></h2><div id="p" class="collapse"><p>All of it.</p></div>',
    ],
)
def test_headings_of_accordions_are_headings_and_their_panels_are_kept(heading: str) -> None:
    assert markdown(heading) == "## Your data\n\nAll of it."


@pytest.mark.parametrize("hiding", ["hidden", 'style="display: none"', 'aria-hidden="true"', 'hidden="until-found"'])
def test_panels_that_a_control_names_are_kept_and_others_are_reported(hiding: str) -> None:
    named = f'<div><button aria-controls="p">More</button></div><div id="p" {hiding}><p>Kept words.</p></div>'
    assert markdown(named) == "## More\n\nKept words."
    assert (
        markdown(f"<details><summary>More</summary><div {hiding}>Kept words.</div></details>")
        == "## More\n\nKept words."
    )
    assert Loss("hidden text", "Title", "Old words") in losses(
        f"<p>Seen.</p><div {hiding}>Old words</div>".replace("Title", "")
    )


def test_labels_of_tabs_are_headings_of_their_panels() -> None:
    text = markdown(
        '<h2>Us</h2><ul role="tablist"><li><a role="tab" href="#a">What</a></li><li><a role="tab" href="#b">Why</a></li></ul>'
        '<div id="a" role="tabpanel"><p>This.</p></div><div id="b" role="tabpanel" hidden><p>Because.</p></div>'
    )
    assert text == "## Us\n\n### What\n\nThis.\n\n### Why\n\nBecause."


def test_what_is_no_paragraph_is_kept() -> None:
    text = markdown(
        '<p><a href="https://example.org/a">A link alone</a></p><ul><li><a href="https://example.org/b">b</a></li></ul>'
        "<aside>An aside.</aside><form><fieldset><legend>A legend</legend>In a form.</fieldset></form><center>Middle.</center>"
        "<figure><figcaption>A caption.</figcaption></figure>Bare text<br>beside a break<p>End.</p>"
    )
    assert text == (
        "[A link alone](https://example.org/a)\n\n- [b](https://example.org/b)\n\nAn aside.\n\nA legend\n\nIn a form.\n\n"
        "Middle.\n\nA caption.\n\nBare text  \nbeside a break\n\nEnd."
    )


def test_lines_of_an_address_stay_lines() -> None:
    assert markdown("<address>Town Hall<br>High Street</address>") == "Town Hall  \nHigh Street"


def test_numbers_of_lists_stay() -> None:
    text = markdown("<ol start=4><li>d<li>e</ol><p>x</p><ol><li>a<li value=7>b<li>c</ol>")
    assert text == "4. d\n5. e\n\nx\n\n1. a\n\n<!-- -->\n\n7. b\n8. c"


def test_letters_of_lists_stay_as_text() -> None:
    text = markdown(
        "<ol type=a><li>one<li>two<ol type=i start=3><li>three</ol></ol><ol style='list-style-type: upper-roman'><li>x</ol>"
    )
    assert text == "- (a) one\n- (b) two\n  - (iii) three\n\n<!-- -->\n\n- (I) x"


def test_lists_directly_in_lists_are_nested_and_neighbours_stay_apart() -> None:
    assert (
        markdown("<ul><li>a</li><ul><li>b</li></ul>stray</ul><ul><li>c</ul>")
        == "- a\n\n  - b\n\n  stray\n\n<!-- -->\n\n- c"
    )


def test_lists_that_stand_apart_are_apart_on_the_page() -> None:
    html = Renderer().any_section(markdown("<ol><li>a</ol><ol><li>b</ol><ul><li>c</ul><ul><li>d</ul>"), "x")
    assert [text_of(item) for item in tree(html).iter() if item.tag in ("ol", "ul")] == ["a", "b", "c", "d"]


def test_definitions_are_definitions() -> None:
    text = markdown("<dl><dt>Term<dt>Other<dd>Meaning<dd>More</dd><div><dt>Next</dt><dd><ul><li>x</ul></dd></div></dl>")
    assert text == "Term\nOther\n:   Meaning\n:   More\n\nNext\n:   - x"
    html = Renderer().any_section(text, "x")
    assert [text_of(item) for item in tree(html).iter("dd")] == ["Meaning", "More", "x"]


def test_a_caption_of_a_table_is_in_the_report() -> None:
    (loss,) = losses("<table><caption>Times</caption><tr><th>What<th>When<tr><td>Form<td>2 years</table>")
    assert (loss.kind, loss.text) == ("caption of a table", "Times")


def test_values_of_merged_cells_are_repeated_and_captions_stand_before() -> None:
    text = markdown(
        "<table><caption>Times</caption><tr><th>What<th>When<tr><td rowspan=2>Form<td>2 years<tr><td>3 years"
        "<tr><td colspan=2>Ask us</table>"
    )
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.split("\n")[2:]]
    assert text.startswith("Times\n\n| What ")
    assert rows[0] == ["What", "When"]
    assert rows[2:] == [["Form", "2 years"], ["Form", "3 years"], ["Ask us", "Ask us"]]


def test_header_rows_are_one_and_tables_of_keys_have_none() -> None:
    text = markdown("<table><thead><tr><th rowspan=2>A<th colspan=2>B<tr><th>C<th>D</thead><tr><td>1<td>2<td>3</table>")
    assert text.split("\n")[0].replace("  ", " ") == "| A | B: C | B: D |"
    assert markdown("<table><tr><th>Key<td>Value<tr><th>Other<td>More</table>").split("\n")[0] == "| | |"


def test_cells_keep_their_lines_lists_and_pipes() -> None:
    cell = "<p>one</p><p>two | three</p><ul><li>x<li>y</ul>"
    text = markdown(f"<table><tr><th>A<th>B<tr><td>{cell}<td>z</table>")
    assert text.split("\n")[2] == "| one<br>two \\| three<br>• x<br>• y | z |"
    assert any(loss.kind == "list in a table" for loss in losses(f"<table><tr><th>A<th>B<tr><td>{cell}<td>z</table>"))


def test_tables_that_lay_out_a_page_are_taken_apart() -> None:
    assert markdown("<table><tr><td><h2>One</h2><p>a</p></td><td><p>b</p></td></tr></table>") == "## One\n\na\n\nb"
    assert (
        markdown("<table role=presentation><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>")
        == "a\n\nb\n\nc\n\nd"
    )


def test_a_table_in_an_item_stays_in_its_item() -> None:
    text = markdown("<ul><li>a<table><tr><th>A<th>B<tr><td>1<td>2</table></li><li>b</li></ul>")
    html = tree(Renderer().any_section(text, "x"))
    assert [text_of(item) for item in html.iter("li")] == ["a A B 1 2", "b"]


def test_old_anchors_stay_where_they_can_and_links_follow() -> None:
    text = markdown(
        '<h2 id="parking-zones">Zones</h2><p id="Deep_1">Deep.</p><a name="old-fees"></a><h2>Fees</h2><h2 id="Sec_3">Third</h2>'
        '<p><a href="#parking-zones">z</a> <a href="#Deep_1">d</a> <a href="#old-fees">f</a> <a href="#Sec_3">t</a> '
        '<a href="#top">up</a> <a href="#nowhere">no</a></p>'
    )
    assert (
        "## Zones {#parking-zones}" in text and "## Fees {#old-fees}" in text and "## Third {#third} {#Sec_3}" in text
    )
    assert "[z](#parking-zones) [d](#parking-zones) [f](#old-fees) [t](#third) [up](#main) no" in text
    assert markdown('<h2 id="YourRights">Your rights</h2><p>x</p>') == "## Your rights {#rights} {#YourRights}\n\nx"
    inner = page('<h2>A</h2><h3 id="deep">Anything</h3><h3 id="field-email"><a id="two"></a>More</h3>')
    assert "### Anything {#deep}" in taken(inner).text
    assert any("#field-email" in note for note in taken(inner).report.notes)


def test_sections_that_the_text_has_are_named_so_that_nothing_is_said_twice() -> None:
    imported = taken(page("<h2>Who we are</h2><p>The library.</p><h2>Your rights</h2><p>Ask us.</p>"))
    assert body(imported) == "## Who we are {#controller}\n\nThe library.\n\n## Your rights {#rights}\n\nAsk us."
    assert "says: [controller, rights]" in front(imported).split("\n")


def test_other_languages_and_directions_are_reported() -> None:
    kinds = {loss.kind for loss in losses('<p lang="ar" dir="rtl">مرحبا</p>')}
    assert {"language of a passage", "direction of a passage"} <= kinds
    assert taken('<html lang="cy"><body><main><h1>Parcio</h1><p>Testun.</p></main></body></html>').language == "cy"


@pytest.mark.parametrize(
    ("href", "address", "base", "leads_to"),
    [
        ("notice.html", "https://www.example.org/privacy/", "", "https://www.example.org/privacy/notice.html"),
        ("../a.html#b", "https://www.example.org/x/privacy/", "", "https://www.example.org/x/a.html#b"),
        ("/a", "", "", "https://www.example.org/a"),
        ("//other.example.org/a", "", "", "https://other.example.org/a"),
        ("a.html", "https://www.example.org/x/", "/y/", "https://www.example.org/y/a.html"),
        ("a.html", "", "https://old.example.org/z/", "https://old.example.org/z/a.html"),
        ("mailto:a@example.org", "", "", "mailto:a@example.org"),
        ("https://example.org/a (b)?c=[d]", "", "", "https://example.org/a%20%28b%29?c=%5Bd%5D"),
    ],
)
def test_links_are_whole(href: str, address: str, base: str, leads_to: str) -> None:
    head = f'<base href="{base}">' if base else ""
    imported = taken(
        f'<html><head>{head}</head><body><main><h1>T</h1><a href="{href}">go</a></main></body></html>', address=address
    )
    assert body(imported) == f"[go]({leads_to})"


def test_links_to_the_page_itself_stay_within_it() -> None:
    html = page('<h2 id="fees">Fees</h2><p><a href="#fees">a</a> <a href="/p#fees">b</a></p>')
    assert "[a](#fees) [b](#fees)" in body(taken(html, address="https://www.example.org/p"))


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "file:///C:/x", "data:text/html,x", "java\nscript:alert(1)", "vbscript:x"]
)
def test_links_that_lead_nowhere_safe_are_text(href: str) -> None:
    assert markdown(f'<p><a href="{href}">words</a></p>') == "words"
    assert any(loss.kind == "link" for loss in losses(f'<p><a href="{href}">words</a></p>'))


FURNITURE = {
    "breadcrumbs": '<ol class="breadcrumb"><li><a href="/">Home</a></ol>',
    "question about the page": "<div><p>Was this page helpful?</p><button>Yes</button></div>",
    "share link": '<ul><li><a href="https://www.facebook.com/sharer/sharer.php?u=x">Facebook</a></ul>',
    "helper link": '<a href="#top">Back to top</a>',
    "cookie banner": '<div class="cookie-bar">We use cookies. <button>Accept</button></div>',
    "navigation": '<nav><a href="#a">On this page</a></nav>',
    "button": "<button>Listen</button>",
}


@pytest.mark.parametrize("kind", FURNITURE)
def test_what_every_page_of_a_site_has_is_left_out_and_listed(kind: str) -> None:
    html = f"<p>Before.</p>{FURNITURE[kind]}<p>After.</p>"
    assert markdown(html) == "Before.\n\nAfter."
    assert [loss.kind for loss in losses(html)] == [kind]


def test_signs_beside_headings_are_left_out() -> None:
    assert markdown('<h2 id="a">Fees<a href="#a">¶</a></h2><p>x</p>') == "## Fees {#a}\n\nx"


def test_a_banner_on_a_page_without_a_main_part_is_left_out_and_text_about_cookies_stays() -> None:
    html = (
        '<html><body><div id="cookie-notice" role="dialog">We use cookies <button>OK</button></div><div id="header">Council</div>'
        '<h1>Notice</h1><div class="cookies consent"><h2>Cookies</h2><p>We set one cookie.</p></div><div id="footer">2024</div>'
        "</body></html>"
    )
    assert body(taken(html)) == "## Cookies\n\nWe set one cookie."


@pytest.mark.parametrize(
    "line",
    [
        '<p class="date">Last updated: 3 May 2024</p>',
        "<p>Page last reviewed 14/02/2011</p>",
        "<h2>Last updated</h2><p>3 May 2024</p>",
        "<p>Published: 1 April 2020. Last updated: 3 May 2024</p>",
        "<p>Diweddarwyd ddiwethaf: 3 Mai 2024</p>",
    ],
)
def test_dates_of_updates_are_taken_out_and_said(line: str) -> None:
    imported = taken(page(f"<p>Words.</p>{line}"))
    assert body(imported) == "Words."
    assert imported.report.whole
    assert any(note.startswith("Taken out") for note in imported.report.notes)
    assert "# The document said: " in front(imported)


def test_a_date_of_update_outside_the_content_is_found() -> None:
    html = "<body><main><h1>T</h1><p>Words.</p></main><footer><p>Last updated: 3 May 2024</p></footer></body>"
    assert "# The document said: Last updated: 3 May 2024" in front(taken(html))


def test_a_sentence_about_an_update_stays() -> None:
    assert markdown("<p>We last updated our schedule in 2019 and keep records longer.</p>")


def test_changes_are_resolved_and_struck_text_stays() -> None:
    assert markdown("<p>Keep <del>6</del><ins>7</ins> years, <s>no</s>.</p>") == "Keep 7 years, <s>no</s>."


def test_raised_and_lowered_text_stays() -> None:
    assert markdown("<p>m<sup>2</sup> H<sub>2</sub>O</p>") == "m<sup>2</sup> H<sub>2</sub>O"


def test_notes_are_footnotes() -> None:
    text = markdown(
        '<p>A claim<sup><a href="#n">1</a></sup>.</p><h2>Notes</h2><ol><li id="n">The source. <a href="#r">↩</a></li></ol>'
    )
    assert text == "A claim[^1].\n\n## Notes\n\n[^1]: The source."


def test_typed_lists_are_lists() -> None:
    assert markdown("<p>We use:<br>• a<br>• b</p><p>– c</p><p>– d</p>") == "We use:\n\n- a\n- b\n  - c\n  - d"
    assert markdown("<p>* a<br>* b</p>") == "- a\n- b"
    assert markdown("<p>1. A heading</p><p>Text.</p>") == "1\\. A heading\n\nText."


MARKS = "&lt;b&gt; &lt;script&gt;alert(1)&lt;/script&gt; &amp;lt; &amp; _x_ __y__ a_b *z* `code` [[dpo.email]] [a](b) ![c](d) {#id} \\ ~ = | # $"


def test_signs_in_a_text_are_read_as_they_are() -> None:
    for html in (f"<p>{MARKS}</p>", f"<ul><li>{MARKS}</li></ul>", f"<table><tr><th>A<th>B<tr><td>{MARKS}<td>x</table>"):
        text = markdown(html)
        shown = tree(Renderer().any_section(text, "x"))
        assert "".join("".join(shown.itertext()).split()) in "".join("".join(tree(html).itertext()).split()) + "AB"
        assert "".join("".join(tree(f"<p>{MARKS}").itertext()).split()) in "".join("".join(shown.itertext()).split())
        assert not [item for item in shown.iter() if item.tag in ("script", "b", "em", "strong", "code", "a", "img")]
        assert "[[" not in text


@pytest.mark.parametrize(
    "start",
    [
        "- x",
        "+ x",
        "# x",
        "> x",
        ": x",
        "=====",
        "---",
        "~~~",
        "```",
        "    x",
        "1986. x",
        "| a |",
        "[^1]: x",
        "[a]: /x",
    ],
)
def test_a_line_that_starts_like_a_mark_is_a_paragraph(start: str) -> None:
    text = markdown(f"<p>Before.</p><p>{start}</p><p>After.</p>")
    shown = tree(Renderer().any_section(text, "x"))
    assert ["".join(item.itertext()) for item in shown.iter("p")] == ["Before.", start.strip(), "After."]


def test_bold_beside_letters_is_bold() -> None:
    text = markdown("<p><b>Note:</b>this un<b>believ</b>able <b><i>both</i></b> <b> spaced </b>end</p>")
    shown = tree(Renderer().any_section(text, "x"))
    assert [text_of(item) for item in shown.iter("strong")] == ["Note", "believ", "both", "spaced"]
    assert text_of(shown) == "Note this unbelievable both spaced end".replace(
        "Note this", "Notethis"
    ) or "Note" in text_of(shown)
    assert "*" not in "".join(shown.itertext())


def test_short_bold_lines_are_proposed_as_headings_and_made_so_if_the_editor_says_so() -> None:
    html = page(
        "<p><b>How long we keep it</b></p><p>We keep it for <b>2 years</b>.</p><p><b>This is a bold sentence.</b></p>"
    )
    proposed = taken(html)
    assert body(proposed).startswith("**How long we keep it**\n\nWe keep it")
    lines = front(proposed).split("\n")
    assert "#   ## How long we keep it {#retention}" in lines and "#   ## This is a bold sentence." not in lines
    assert body(taken(html, headings=True)).startswith("## How long we keep it {#retention}\n\nWe keep it")


def test_pictures_leave_their_description_and_a_note() -> None:
    assert markdown('<p>See <img src="data:image/png;base64,AAAA" alt="a map">.</p>') == "See a map."
    assert Loss("picture", "See .", "a map") in losses('<p>See <img src="x.png" alt="a map">.</p>')


@pytest.mark.parametrize(
    "harm",
    [
        "<script>alert(1)</script>",
        '<svg onload="alert(1)"><text>x</text></svg>',
        '<iframe src="https://example.org"></iframe>',
        '<p onclick="alert(1)" style="background:url(https://example.org/x)">words</p>',
        '<object data="x"></object><embed src="x"><form action="https://example.org"><input name=a></form>',
        "<math><mtext><script>alert(1)</script></mtext></math>",
        '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
        "&lt;img src=x onerror=alert(1)&gt;",
    ],
)
def test_nothing_that_acts_comes_along(harm: str) -> None:
    imported = taken(page(f"<p>Words.</p>{harm}"))
    shown = tree(Renderer().any_section(body(imported), "x"))
    assert not [
        item
        for item in shown.iter()
        if item.tag in ("script", "svg", "iframe", "object", "form", "input", "img", "style")
    ]
    assert not [name for item in shown.iter() for name in item.attrib if name.startswith("on") or name == "style"]
    assert "https://example.org" not in body(imported)


def test_a_page_nested_too_deeply_is_refused_and_not_cut() -> None:
    for depth in (inert.MAX_DEPTH + 1, 300, 5_000):
        with pytest.raises(NotTaken, match="deep"):
            taken("<div>" * depth + "words" + "</div>" * depth)
    assert body(taken("<h1>T</h1>" + "<div>" * 90 + "words" + "</div>" * 90)) == "words"


def test_a_page_with_entities_of_its_own_is_refused() -> None:
    with pytest.raises(NotTaken, match="entities"):
        taken('<!DOCTYPE html [<!ENTITY a "aaaa">]><p>&a;</p>')


def test_a_page_that_is_too_large_is_refused() -> None:
    with pytest.raises(NotTaken, match="larger than 5 MB"):
        taken("<p>" + "word " * 1_100_000)


def test_a_file_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    """The process of its own keeps its limits: a little processor time is soon used up."""
    given_settings = {"name": "x.html", "website": "https://www.example.org", "today": "2026-11-24", "data": ""}
    code = "from generator.importing import confined; confined.converted = lambda *_: [0 for _ in iter(int, 1)]; confined.main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "1", str(confined.MEMORY)],
        input=json.dumps(given_settings).encode(),
        capture_output=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
    )
    assert done.returncode != 0 and not done.stdout


def test_windows_1252_and_other_encodings_are_read() -> None:
    text = "<main><h1>Council’s notice</h1><p>It costs £2 – €3.</p></main>"
    for data in (
        text.encode("windows-1252"),
        b"<meta charset=iso-8859-1>" + text.encode("windows-1252"),
        text.encode("utf-8"),
        text.encode("utf-8-sig"),
        text.encode("utf-16"),
    ):
        assert body(converted(data)) == "It costs £2 – €3."


def test_composed_letters_and_signs_nobody_sees() -> None:
    assert (
        markdown("<p>w\u0302 so\u00adft zero\u200bwidth 6&nbsp;months and&nbsp;so \uf0b7</p>")
        == "ŵ soft zerowidth 6\u00a0months and so \uf0b7"
    )


def test_the_report_counts_before_and_after() -> None:
    imported = taken(
        page("<p>One two.</p><ul><li>a<li>b</ul><table><tr><th>A<th>B<tr><td>1<td>2</table><a href='/x'>go</a>")
    )
    assert imported.report.before == imported.report.after == (10, 1, 1, 2, 1, 1, 0)


WORDS = st.lists(
    st.sampled_from(["keep", "6 years", "*x*", "a_b", "[[x]]", "&lt;b&gt;", "#1", "1. one", "- dash", "|", "é"]),
    min_size=1,
    max_size=4,
)
TEXT = WORDS.map(lambda texts: f" {' '.join(texts)} ")
INLINE = st.sampled_from(["b", "i", "a href='/x'", "span", "sup", "code", "u", "del", "ins", "q", "button"])
BLOCK = st.sampled_from(
    sorted(
        {"p", "div", "h2", "h3", "ul", "ol", "li", "table", "tr", "td", "th", "dl", "dt", "dd", "blockquote", "details"}
        | {
            "summary",
            "section",
            "pre",
            "form",
            "fieldset",
            "figure",
            "address",
            "div hidden",
            "nav",
            "div class=sharing",
        }
    )
)


def _element(tag: str, inside: list[str]) -> str:
    return f"<{tag}>{''.join(inside)}</{tag.split()[0]}>"


HTML = st.recursive(
    TEXT | st.builds(lambda tag, text: _element(tag, [text]), INLINE, TEXT),
    lambda inner: st.builds(_element, BLOCK, st.lists(inner, max_size=4)),
    max_leaves=25,
)


@settings(max_examples=60, deadline=None)
@given(HTML)
def test_no_word_is_lost_without_being_listed(html: str) -> None:
    try:
        imported = taken(f"<h1>Title</h1>{html}")
    except NotTaken:
        return
    shown = words(text_of(tree(Renderer().any_section(body(imported), "x"))))
    report = imported.report
    listed = [*report.missing, *(word for loss in report.left for word in words(loss.text))]
    listed += [word for note in report.notes for word in words(note)]
    source = Counter(words(text_of(without(tree(html), lambda element: False))))
    lost = source - Counter(shown) - Counter(listed) - Counter(words(imported.title))
    assert not [word for word in lost if not word.isdecimal()], (body(imported), report)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200) | st.binary(max_size=200) | st.text("<>/=\"' abhpuldivtr&;#-!", max_size=120))
def test_whatever_comes_in_is_a_notice_or_a_refusal(data: str | bytes) -> None:
    try:
        imported = converted(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"))
    except NotTaken as refusal:
        assert refusal.message and refusal.remedy
        return
    assert imported.text.startswith("---\n")


def test_a_file_in_a_process_of_its_own_gives_the_same() -> None:
    data = page("<p>Words.</p>").encode()
    given_settings = Settings("page.html", "https://www.example.org")
    assert confined.imported(data, given_settings) == confined.converted(data, given_settings)


def test_a_table_whose_header_is_empty_is_named_and_its_first_row_stays_a_row() -> None:
    html = "<table><tr><th></th><th></th></tr><tr><td>Card</td><td>2 years</td></tr><tr><td>Form</td><td>1 year</td></tr></table>"
    assert markdown(html).split("\n")[2:] == ["| Card | 2 years |", "| Form | 1 year |"]
    assert [loss.text for loss in losses(html) if loss.kind == "table without a header"] == ["Card | 2 years"]


def test_headings_of_panels_are_as_deep_as_the_panels() -> None:
    panel = "<details><summary>{}</summary>{}</details>".format
    html = panel("A", "<p>a</p>" + panel("B", "<h2>C</h2><p>c</p>")) + panel("<h3>D</h3>", "<p>d</p>") + "<h2>E</h2>"
    found = [line for line in markdown(f"{html}<p>e</p>").split("\n") if line.startswith("#")]
    assert found == ["## A", "### B", "#### C", "## D", "## E"]


def test_the_report_names_what_the_document_or_the_notice_alone_has() -> None:
    imported = taken(page("<p>• one</p><p>• two</p><nav>Home</nav>"))
    assert imported.report.differences == (
        "words that only the document has: “Home”",
        "lists that only the notice has: “one two”",
        "items of lists that only the notice has: “one”, “two”",
    )
