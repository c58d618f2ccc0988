"""Text from the clipboard as notices: plain text, and HTML of Word, Word online and Google Docs."""

from __future__ import annotations

import pytest

from generator.importing.refusal import NotTaken
from tests.import_fixtures import body, converted, front, page, taken


def pasted(text: str, **more: object) -> str:
    """The Markdown that plain text becomes; every word of it is accounted for."""
    imported = converted(text.encode(), "pasted.txt", **more)
    assert imported.report.whole, (imported.report.missing, imported.report.new)
    return body(imported)


def copied(html: str) -> str:
    """The Markdown that HTML of an office program becomes; every word of it is accounted for."""
    imported = taken(f"<h1>Title</h1>{html}")
    assert imported.report.whole, (imported.report.missing, imported.report.new)
    return body(imported)


def item(level: int, marker: str, text: str, more: str = "") -> str:
    """A paragraph of a list as Word copies it."""
    ignored = f"<![if !supportLists]><span style='mso-list:Ignore'>{marker}<span>&nbsp;&nbsp; </span></span><![endif]>"
    return f"<p class=MsoListParagraph style='mso-list:l0 level{level} lfo1'>{ignored}{text}{more}</p>"


@pytest.mark.parametrize("mark", ["•", "·", "\uf0b7", "▪", "–", "-", "*", "o"])
@pytest.mark.parametrize("gap", ["\t", " ", "\u00a0"])
def test_each_bullet_that_programs_write_makes_a_list(mark: str, gap: str) -> None:
    assert (
        pasted(f"Title\n\nWe use:\n{mark}{gap}your name\n{mark}{gap}your address")
        == "We use:\n\n- your name\n- your address"
    )


def test_a_bullet_in_a_bullet_is_nested_and_the_outer_list_goes_on() -> None:
    assert pasted("Title\n\n•\ta\no\tb\n▪\tc\n•\td") == "- a\n  - b\n    - c\n- d"
    assert pasted("Title\n\n- a\n  - b\n- c") == "- a\n  - b\n- c"


def test_numbers_with_brackets_and_tabs_are_numbered_lists_that_keep_their_start() -> None:
    assert pasted("Title\n\n1)\tone\n2)\ttwo") == "1. one\n2. two"
    assert pasted("Title\n\n4. four\n5. five") == "4. four\n5. five"


def test_letters_and_roman_numbers_stay_as_text() -> None:
    assert pasted("Title\n\n(a)\tone\n(b)\ttwo\n(i)\tthree\n(ii)\tfour\n(c)\tfive") == (
        "- (a) one\n- (b) two\n  - (i) three\n  - (ii) four\n- (c) five"
    )


def test_one_number_or_dash_alone_is_no_list() -> None:
    assert pasted("Title\n\n1. Your data is safe.\n\nMore text.") == "1\\. Your data is safe.\n\nMore text."
    assert pasted("Title\n\nThe NHS – and others – help.") == "The NHS – and others – help."


def test_lines_with_tabs_are_a_table() -> None:
    lines = pasted("Title\n\nRecord\tHow long\nForms\t2 years\nCards\t1 | 2 years").split("\n")
    assert [[cell.strip() for cell in line[2:-2].split(" | ")] for line in (lines[0], lines[2])] == [
        ["Record", "How long"],
        ["Forms", "2 years"],
    ]
    assert lines[3].endswith("1 \\| 2 years |")


def test_lines_that_a_program_broke_are_one_paragraph() -> None:
    long = "We keep the forms that you send us for as long as the\nlaw says that we must, and no longer than we need them for our\nwork."
    assert pasted(f"Title\n\n{long}") == long.replace("\n", " ")
    assert pasted("Title\n\n- one that is broken\n  here\n- two") == "- one that is broken here\n- two"


def test_lines_that_look_like_headings_are_proposed_and_made_if_the_editor_says_so() -> None:
    text = "Title\n\nHow long we keep it\nWe keep it for 2 years."
    imported = converted(text.encode(), "pasted.txt")
    assert "#   ## How long we keep it {#retention}" in front(imported)
    assert "##" not in body(imported)
    assert pasted(text, headings=True) == "## How long we keep it {#retention}\n\nWe keep it for 2 years."


def test_addresses_in_text_are_links() -> None:
    assert pasted("Title\n\nSee https://www.example.org/a_b.") == (
        "See [https://www.example.org/a_b](https://www.example.org/a_b)."
    )


def test_marks_in_plain_text_are_text() -> None:
    assert pasted("Title\n\n*stars* and <b> and [[dpo.email]] {#x}") == (
        "\\*stars\\* and &lt;b> and &#91;&#91;dpo.email&#93;&#93; {\\#x}"
    )


def test_words_lists_follow_their_levels_and_markers_not_their_classes() -> None:
    html = item(1, "·", "a") + item(2, "o", "b") + item(3, "§", "c") + item(1, "·", "d")
    assert copied(html) == "- a\n  - b\n    - c\n- d"
    assert copied("<p class=MsoListParagraph style='margin-left:36pt'>indented</p>") == "indented"


def test_words_numbers_go_on_where_they_were_and_letters_stay() -> None:
    html = item(1, "4.", "a") + item(2, "(a)", "b") + item(2, "(b)", "c") + item(1, "5.", "d")
    assert copied(html) == "4. a\n   - (a) b\n   - (b) c\n5. d"
    assert (
        copied(item(1, "1.", "a") + "<p class=MsoNormal>between</p>" + item(1, "2.", "b")) == "1. a\n\nbetween\n\n2. b"
    )


def test_a_numbered_heading_keeps_its_number() -> None:
    html = (
        "<h2 style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>1.<span>&nbsp;</span></span>Your data</h2>"
    )
    assert copied(html) == "## 1. Your data"


def test_comments_changes_and_hidden_text_of_word_are_left_out_and_listed() -> None:
    html = (
        "<p class=MsoNormal>We keep it<a class=msocomanchor href='#_msocom_1'>[AB1]</a> for <del cite='a'>six</del>"
        "<ins cite='a'>ten</ins> years.<span style='mso-hide:all'>secret</span></p>"
        "<div style='mso-element:comment-list'><div class=msocomtxt><p>Really?</p></div></div>"
    )
    assert copied(html) == "We keep it for ten years."
    left = {loss.kind: loss.text for loss in taken(f"<h1>T</h1>{html}").report.left}
    assert (left["comment"], left["deletion"], left["insertion"], left["hidden text"]) == (
        "Really?",
        "six",
        "ten",
        "secret",
    )


def test_words_contents_and_office_marks_are_gone() -> None:
    html = "<p class=MsoToc1><a href='#_Toc1'>One</a></p><p class=MsoNormal>Text<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>"
    assert copied(html) == "Text"


def test_footnotes_of_word_are_footnotes() -> None:
    html = (
        "<p class=MsoNormal>Claim<a href='#_ftn1' name='_ftnref1'><span>[1]</span></a>.</p><div style='mso-element:footnote-list'>"
        "<hr><div style='mso-element:footnote' id=ftn1><p><a href='#_ftnref1' name='_ftn1'>[1]</a> Source.</p></div></div>"
    )
    assert copied(html) == "Claim[^1].\n\n[^1]: Source."


def test_titles_and_headings_by_class_or_role() -> None:
    imported = taken(
        '<p class="MsoTitle">My notice</p><div role="heading" aria-level="2" data-aria-level=x>Part</div><p class=MsoNormal>x</p>'
    )
    assert (imported.title, body(imported)) == ("My notice", "## Part\n\nx")


def test_lists_of_word_online_are_one_list_again() -> None:
    def online(level: int, text: str, kind: str = "ul", more: str = "") -> str:
        return (
            f'<div class="ListContainerWrapper"><{kind} {more}><li data-aria-level="{level}"><p>{text}<span class="EOP">&nbsp;</span>'
            f"</p></li></{kind}></div>"
        )

    html = (
        online(1, "a")
        + online(2, "b")
        + online(1, "c")
        + "<p>then</p>"
        + online(1, "d", "ol", "start=3")
        + online(1, "e", "ol", "start=4")
    )
    assert copied(html) == "- a\n  - b\n- c\n\nthen\n\n3. d\n4. e"


def test_google_docs_are_not_bold_all_over() -> None:
    html = (
        '<b style="font-weight:normal" id="docs-internal-guid-1"><h2 dir="ltr"><span>Part</span></h2><p><span style="font-weight:700">'
        'Bold</span><span style="font-weight:400"> plain</span></p><ul><li>a</li><ul><li>b</li></ul><li>c</li></ul></b>'
    )
    assert copied(html) == "## Part\n\n**Bold** plain\n\n- a\n  - b\n- c"


def test_what_stands_around_a_copied_part_is_not_taken() -> None:
    html = "Version:0.9\r\nStartHTML:00000097\r\n<html><body>\r\n<!--StartFragment--><h1>T</h1><p>Words.</p><!--EndFragment--> rest</body></html>"
    assert body(taken(html)) == "Words."


def test_a_saved_page_of_word_in_windows_1252_is_read() -> None:
    html = "<html><head><meta charset=windows-1252><meta name=Generator content='Microsoft Word 15'></head><body><h1>T</h1><p class=MsoNormal>It’s £2</p></body></html>"
    assert body(converted(html.encode("windows-1252"), "saved.htm")) == "It’s £2"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old kind"),
        (b"%PDF-1.7 x", "PDF"),
        (b"{\\rtf1 x}", "Rich Text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(20), "picture"),
        (b"PK\x03\x04broken", "damaged"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n", "archive"),
        (b"", "no words"),
        (b"\x00\x01\x02\x03\x00\x00\x00", "no text"),
        (page("").replace("Title", "").encode(), "no words"),
        (b"x" * 20_000_001, "20 MB"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_advice(data: bytes, says: str) -> None:
    with pytest.raises(NotTaken, match=says) as refusal:
        converted(data)
    assert refusal.value.remedy


@pytest.mark.parametrize("tag", ["<name>", "<br>", "<p>", "<b>bold</b>"])
def test_a_tag_or_two_in_pasted_text_leave_it_plain_text_and_are_named(tag: str) -> None:
    imported = converted(f"Bins\n\nWe ask {tag} for it.\n\n- one\n- two".encode(), "pasted.txt")
    assert body(imported).endswith("\n\n- one\n- two")
    assert "Read as plain text; `--as html` reads it as a web page." in imported.report.notes
    assert [loss for loss in imported.report.left if loss.text in tag], "the report names it"


@pytest.mark.parametrize(
    "html", ["<p>One.<p>Two.", "Hello <b>you</b>\nand us", "one<br>two<br>three", "<ul><li>a</ul>", "x<div>y</div>"]
)
def test_a_piece_of_html_is_read_as_html(html: str) -> None:
    assert "Read as a web page; `--as text` reads it as plain text." in converted(html.encode(), "a").report.notes


def test_the_editor_says_how_a_text_is_read() -> None:
    assert body(converted(b"Bins\n\nOne<br>two", "a", read_as="html")) == "Bins One  \ntwo"
    assert "&lt;p>" in body(converted(b"<p>Bins</p>\n\n<p>One</p>", "a", read_as="text"))
