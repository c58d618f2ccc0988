"""Word files into HTML: each construct of the field test, and what a hostile file can do."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

import pytest

from generator.importing.document import Document
from generator.importing.word_file import converted
from tests import import_fixtures
from tests.word_fixtures import (
    SPACES,
    box,
    cell,
    field,
    numbered,
    paragraph,
    picture,
    row,
    table,
    text,
    word_file,
    zipped,
)


def html(*body: str, **parts: object) -> str:
    """The HTML of a Word file with that body, without `<body>`."""
    return read(*body, **parts).html.removeprefix("<body>").removesuffix("</body>")


def read(*body: str, **parts: object) -> Document:
    """A Word file with that body, read in this process."""
    return converted(word_file(*body, **parts))  # type: ignore[arg-type]


def lost(document: Document, kind: str) -> list[tuple[str, str]]:
    """The report's remarks of a kind: where, and its words."""
    return [(loss.where, loss.text) for loss in document.losses if loss.kind == kind]


def test_clauses_that_the_text_cites_keep_their_labels() -> None:
    document = read(
        numbered("Records", 3, 0),
        numbered("We keep", 3, 1),
        numbered("loans", 3, 2),
        numbered("new ones", 3, 3),
        numbered("old ones", 3, 3),
        numbered("fines", 3, 2),
        numbered("Sharing", 3, 0),
        numbered("We share", 3, 1),
        paragraph("For old loans see 1.1(a)(ii)."),
    )
    assert document.html == (
        "<body><ol><li><p>Records</p><p>1.1 We keep</p><p>(a) loans</p><p>(i) new ones</p><p>(ii) old ones</p>"
        "<p>(b) fines</p></li><li><p>Sharing</p><p>2.1 We share</p></li></ol><p>For old loans see 1.1(a)(ii).</p></body>"
    )
    assert lost(document, "label written as text") == [("We keep", "1.1"), ("loans", "(a)"), ("new ones", "(i)")]
    assert "(ii)" in document.words


def test_letters_that_nobody_cites_become_numbers_and_the_report_says_so() -> None:
    document = read(numbered("a", 2), numbered("b", 2, 1), numbered("c", 2, 1), numbered("d", 2))
    assert document.html == "<body><ol><li>a<ol><li>b</li><li>c</li></ol></li><li>d</li></ol></body>"
    assert lost(document, "label changed") == [("b", "(a)")]


def test_lists_go_on_and_start_where_word_has_them() -> None:
    assert html(
        numbered("one", 2), numbered("two", 2), paragraph("Between."), numbered("three", 2), numbered("four", 6)
    ) == ('<ol><li>one</li><li>two</li></ol><p>Between.</p><ol start="3"><li>three</li><li>four</li></ol>')
    assert html(numbered("four", 6), numbered("five", 6)) == '<ol start="4"><li>four</li><li>five</li></ol>'


def test_numbered_headings_keep_their_numbers_as_text() -> None:
    heading = '<w:pPr><w:pStyle w:val="H1"/><w:numPr><w:ilvl w:val="{}"/><w:numId w:val="{}"/></w:numPr></w:pPr>'
    first, second = heading.format(0, 3), heading.format(1, 3)
    document = read(f"<w:p>{first}{text('Who')}</w:p><w:p>{second}{text('How')}</w:p>")
    assert document.html == "<body><h1>1. Who</h1><h1>1.1 How</h1></body>"
    assert document.words == ("1.", "Who", "1.1", "How")


def test_a_column_of_numbers_keeps_them() -> None:
    document = read(table(row(cell(numbered("", 2)), "Name"), row(cell(numbered("", 2)), "Address")))
    assert document.html == (
        "<body><table><tr><td>1.</td><td>Name</td></tr><tr><td>2.</td><td>Address</td></tr></table></body>"
    )
    assert document.words == ("1.", "Name", "2.", "Address")


def test_no_marker_is_made_up_for_a_list_without_one() -> None:
    assert html(numbered("Plain", 5)) == "<p>Plain</p>"
    assert html(numbered("Plain", 5), numbered("Fees", 5, 1)) == "<p>Plain</p><p>Part I Fees</p>"


def test_lists_that_only_their_style_makes() -> None:
    assert html(paragraph("a", style="LB"), paragraph("b", style="LB2"), paragraph("c", style="LB")) == (
        "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"
    )
    assert html(paragraph("a", style="Clause"), paragraph("b", style="SubClause")) == (
        "<ol><li><p>a</p><p>1.1 b</p></li></ol>"
    )


def test_an_indented_paragraph_joins_its_item_and_the_list_goes_on() -> None:
    indented = paragraph("More on one.", '<w:ind w:left="720"/>')
    assert html(numbered("one", 2), indented, numbered("two", 2)) == (
        "<ol><li><p>one</p><p>More on one.</p></li><li>two</li></ol>"
    )


def test_headings_by_title_by_base_by_outline_and_below_the_sixth() -> None:
    assert html(
        paragraph("Library", style="Title"),
        paragraph("Who", style="H1"),
        paragraph("What", style="Section"),
        paragraph("Why", style="Part"),
        paragraph("Own level", '<w:outlineLvl w:val="2"/>'),
        paragraph("Deep", style="H7"),
        paragraph("No heading", '<w:outlineLvl w:val="9"/>', style="H1"),
    ) == ("<h1>Library</h1><h2>Who</h2><h2>What</h2><h3>Why</h3><h4>Own level</h4><h6>Deep</h6><p>No heading</p>")


def test_bold_lines_are_proposed_as_headings() -> None:
    bold = "<w:b/>"
    document = read(
        paragraph("Notice", style="Title"),
        paragraph(text("How long we ", bold) + text("keep it", bold)),
        paragraph("Six years."),
        paragraph("YOUR RIGHTS"),
        paragraph("You may ask."),
        paragraph(text("1. ") + text("Sharing", bold)),
        paragraph("We share."),
        paragraph(text("Important.", bold)),
        paragraph(text("Last words", bold)),
    )
    proposed = '<p data-proposed-heading="2"><strong>{}</strong></p>'
    assert document.html == (
        f"<body><h1>Notice</h1>{proposed.format('How long we keep it')}<p>Six years.</p>{proposed.format('YOUR RIGHTS')}"
        f"<p>You may ask.</p>{proposed.format('1. Sharing')}<p>We share.</p>"
        "<p><strong>Important.</strong></p><p><strong>Last words</strong></p></body>"
    )


def test_a_bold_item_with_text_under_it_is_a_proposal_and_a_list_of_bold_items_is_a_list() -> None:
    bold = text("Rights", "<w:b/>")
    assert html(numbered(bold, 2), paragraph("You may ask.")) == (
        '<p data-proposed-heading="1"><strong>1. Rights</strong></p><p>You may ask.</p>'
    )
    assert html(numbered(bold, 2), numbered(bold, 2), paragraph("You may ask.")).startswith("<ol><li><strong>Rights")


def test_merged_cells_are_repeated_and_reported() -> None:
    document = read(
        table(
            row(
                cell("Data", '<w:vMerge w:val="restart"/>'),
                cell("Kept", '<w:gridSpan w:val="2"/>'),
                properties="<w:tblHeader/>",
            ),
            row(cell("", "<w:vMerge/>"), "from", "to", properties="<w:tblHeader/>"),
            row("Name", "birth", "death"),
        )
    )
    assert document.html == (
        "<body><table><thead><tr><th>Data</th><th>Kept</th><th>Kept</th></tr><tr><th>Data</th><th>from</th><th>to</th></tr>"
        "</thead><tbody><tr><td>Name</td><td>birth</td><td>death</td></tr></tbody></table></body>"
    )
    assert [words for _, words in lost(document, "merged cells")] == ["Kept", "Data"]
    assert document.words == ("Data", "Kept", "from", "to", "Name", "birth", "death")


def test_a_table_of_keys_and_values_gets_no_header_and_a_bold_first_row_is_one() -> None:
    key = cell(paragraph(text("Phone", "<w:b/>")))
    document = read(table(row(key, "1"), row(key, "2")))
    assert "<th>" not in document.html
    assert "<thead><tr><th><strong>Phone</strong></th></tr></thead>" in html(table(row(key), row("1")))


def test_paragraphs_and_lists_stay_in_their_cell_and_a_table_of_one_cell_is_a_box() -> None:
    content = paragraph("First.") + paragraph("Second.") + paragraph("a", style="LB")
    assert html(table(row(cell(content), "x"), row("y", "z"))) == (
        "<table><tr><td><p>First.</p><p>Second.</p><ul><li>a</li></ul></td><td>x</td></tr><tr><td>y</td><td>z</td></tr></table>"
    )
    boxed = read(table(row(cell(paragraph("Help", style="H1") + paragraph("Call us.")))))
    assert boxed.html == "<body><h1>Help</h1><p>Call us.</p></body>"
    assert len(lost(boxed, "box of one cell")) == 1


def test_a_table_in_a_table_becomes_lines_of_its_cell() -> None:
    inner = table(row("Name", "Ann"), row("Age", "7"))
    document = read(table(row(cell(inner + paragraph("After.")), "x"), row("y", "z")))
    assert "<td><p>Name: Ann</p><p>Age: 7</p><p>After.</p></td>" in document.html
    assert len(lost(document, "nested table")) == 1


def test_notes_follow_the_text_in_the_order_of_their_references() -> None:
    def sign(kind: str, number: int) -> str:
        return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'

    separator = '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    document = read(
        paragraph(text("Law") + sign("endnote", 2) + text(" and act") + sign("footnote", 1)),
        footnotes=f'{separator}<w:footnote w:id="1">{paragraph("Section 3.")}</w:footnote>',
        endnotes=f'<w:endnote w:id="2">{paragraph("In force.")}</w:endnote>',
    )
    assert document.html == (
        '<body><p>Law<sup class="footnote-ref"><a href="#fn-1">1</a></sup> and act'
        '<sup class="footnote-ref"><a href="#fn-2">2</a></sup></p>'
        '<ol class="footnotes"><li id="fn-1">In force.</li><li id="fn-2">Section 3.</li></ol></body>'
    )
    assert document.words == ("Law", "and", "act", "In", "force.", "Section", "3.")


def test_tracked_changes_are_accepted_and_each_paragraph_is_named() -> None:
    document = read(
        paragraph(
            text("We keep it ") + f"<w:del>{_deleted('six')}</w:del><w:ins>{text('seven')}</w:ins>" + text(" years.")
        ),
        paragraph(f"<w:moveFrom>{text('Moved.')}</w:moveFrom>"),
        paragraph(f"<w:moveTo>{text('Moved.')}</w:moveTo>"),
        paragraph("First, ", "<w:rPr><w:del/></w:rPr>"),
        paragraph("second."),
        numbered("kept", 2),
        paragraph(
            f"<w:del>{_deleted('gone')}</w:del>", '<w:numPr><w:numId w:val="2"/></w:numPr><w:rPr><w:del/></w:rPr>'
        ),
        numbered("kept too", 2),
        table(row("a"), row("b", properties="<w:del/>"), row("c")),
    )
    assert document.html == (
        "<body><p>We keep it seven years.</p><p>Moved.</p><p>First, second.</p><ol><li>kept</li><li>kept too</li></ol>"
        "<table><tr><td>a</td></tr><tr><td>c</td></tr></table></body>"
    )
    assert lost(document, "insertion") == [("We keep it seven years.", "seven")]
    assert lost(document, "deletion")[0] == ("We keep it seven years.", "six")
    assert "gone" in [words for _, words in lost(document, "deletion")]
    assert "b" in [words for _, words in lost(document, "deletion")]
    assert lost(document, "move") == [("Moved.", "Moved.")]
    assert "six" not in document.words


def _deleted(words: str) -> str:
    return f"<w:r><w:delText>{words}</w:delText></w:r>"


def test_comments_are_quoted_where_they_stand() -> None:
    sign = '<w:r><w:commentReference w:id="0"/></w:r>'
    comments = "".join(
        f'<w:comment w:id="{number}">{paragraph(words)}</w:comment>' for number, words in enumerate(["Is it?", "Yes."])
    )
    document = read(paragraph(text("It is true.") + sign), comments=comments)
    assert document.html == "<body><p>It is true.</p></body>"
    assert lost(document, "comment") == [("It is true.", "Is it?"), ("", "Yes.")]


def test_text_boxes_are_lifted_out_once() -> None:
    document = read(paragraph(text("Around") + box(paragraph("Inside", style="H1") + paragraph("a", style="LB"))))
    assert document.html == "<body><p>Around</p><h1>Inside</h1><ul><li>a</li></ul></body>"
    assert lost(document, "text box") == [("Around", "Inside a")]
    assert document.words == ("Around", "Inside", "a")
    old = (
        "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>"
        + paragraph("Old")
        + "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    assert html(paragraph(text("Around") + old)) == "<p>Around</p><p>Old</p>"


def test_simple_fields_keep_their_text() -> None:
    assert html(
        paragraph(text("Council: ") + f'<w:fldSimple w:instr=" DOCPROPERTY Council ">{text("Tidal")}</w:fldSimple>')
    ) == ("<p>Council: Tidal</p>")


def test_dates_and_merge_fields_are_marked_and_page_numbers_and_contents_go() -> None:
    document = read(
        paragraph(text("Printed ") + field('DATE \\@ "d MMMM"', text("3 May"))),
        paragraph(text("Dear ") + field("MERGEFIELD Name", text("«Name»")) + text(" of «Place»")),
        paragraph(text("See page ") + field("PAGEREF x", text("7")) + text(" on.")),
        paragraph(field('TOC \\o "1-3"', f'<w:hyperlink w:anchor="_Toc1">{text("Who we are 1")}</w:hyperlink>')),
        paragraph("Styled 2", style="TOC1"),
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{paragraph('Contents')}</w:sdtContent></w:sdt>",
    )
    assert document.html == (
        '<body><p>Printed <mark data-kind="date">3 May</mark></p><p>Dear <mark data-kind="merge field">«Name»</mark> of '
        '<mark data-kind="merge field">«Place»</mark></p><p>See page  on.</p></body>'
    )
    assert [words for _, words in lost(document, "page number")] == ["7"]
    assert lost(document, "table of contents")
    assert {loss.kind for loss in document.losses} >= {"date", "merge field"}
    assert "Contents" not in document.words
    assert "7" not in document.words


def test_a_field_that_never_ends_swallows_nothing() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
    begin += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    assert html(paragraph(begin + text("a")), paragraph("b")) == "<p>a</p><p>b</p>"


def test_placeholders_are_marked_and_ticks_stay() -> None:
    def control(properties: str, content: str) -> str:
        return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"

    empty = control("<w:showingPlcHdr/>", text("Click or tap here to enter text."))
    document = read(
        paragraph(text("Name: ") + empty),
        paragraph(control("<w14:checkbox/>", text("☒")) + text(" Agreed")),
        control("<w:showingPlcHdr/>", paragraph("Choose an item.")),
        control("", paragraph("Filled in.")),
        paragraph('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>' + text(" done")),
    )
    assert document.html == (
        '<body><p>Name: <mark data-kind="placeholder">Click or tap here to enter text.</mark></p><p>☒ Agreed</p>'
        '<p><mark data-kind="placeholder">Choose an item.</mark></p><p>Filled in.</p><p>✓ done</p></body>'
    )
    assert [words for _, words in lost(document, "placeholder")] == [
        "Click or tap here to enter text.",
        "Choose an item.",
    ]
    assert {"☒", "✓"} <= set(document.words)


def test_old_forms_show_their_state() -> None:
    def form(kind: str, state: str) -> str:
        begin = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{state}</w:ffData></w:fldChar></w:r>'
        return begin + f'<w:r><w:instrText>{kind}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'

    ticked = form("FORMCHECKBOX", '<w:checkBox><w:default w:val="1"/></w:checkBox>')
    empty = form("FORMCHECKBOX", '<w:checkBox><w:default w:val="0"/></w:checkBox>')
    chosen = '<w:ddList><w:result w:val="1"/><w:listEntry w:val="No"/><w:listEntry w:val="Yes"/></w:ddList>'
    document = read(paragraph(ticked + text(" a ") + empty + text(" b ") + form("FORMDROPDOWN", chosen)))
    assert document.html == "<body><p>☒ a ☐ b Yes</p></body>"
    assert document.words == ("☒", "a", "☐", "b", "Yes")


def test_hidden_text_stays_hidden_also_through_styles() -> None:
    document = read(
        paragraph(text("Seen") + text(" secret", "<w:vanish/>") + text(" code", '<w:rStyle w:val="Secret"/>')),
        paragraph("Draft words", style="Draft"),
        paragraph(text("Shown", '<w:vanish w:val="0"/>'), style="Draft"),
        table(row("a"), row("hidden row", properties="<w:hidden/>"), row("b")),
    )
    assert document.html == "<body><p>Seen</p><p>Shown</p><table><tr><td>a</td></tr><tr><td>b</td></tr></table></body>"
    assert [words for _, words in lost(document, "hidden text")] == ["secret code", "Draft words", "hidden row"]
    assert document.words == ("Seen", "Shown", "a", "b")


def test_struck_text_is_asked_about() -> None:
    document = read(paragraph(text("Six ") + text("seven", "<w:strike/>") + text("eight", '<w:rStyle w:val="Gone"/>')))
    assert document.html == "<body><p>Six <del>seveneight</del></p></body>"
    assert [words for _, words in lost(document, "struck text")] == ["seveneight"]


def test_bookmarks_name_headings_and_links_lead_to_them() -> None:
    def bookmark(name: str) -> str:
        return f'<w:bookmarkStart w:id="1" w:name="{name}"/><w:bookmarkEnd w:id="1"/>'

    document = read(
        paragraph(bookmark("YourRights") + text("Rights"), style="H1"),
        paragraph(bookmark("_Ref7") + text("You may ask.")),
        bookmark("Sharing"),
        paragraph("Sharing", style="H1"),
        paragraph(
            f'<w:hyperlink w:anchor="YourRights">{text("rights")}</w:hyperlink>'
            + text(" or ")
            + field("REF _Ref7 \\h", text("ask"))
        ),
        paragraph(f'<w:hyperlink w:anchor="Nowhere">{text("lost")}</w:hyperlink>'),
    )
    assert document.html == (
        '<body><h1 id="YourRights">Rights</h1><p>You may ask.</p><h1 id="Sharing">Sharing</h1>'
        '<p><a href="#YourRights">rights</a> or <a href="#YourRights">ask</a></p><p>lost</p></body>'
    )
    assert lost(document, "link") == [("lost", "#Nowhere")]


def test_only_links_that_a_resident_can_follow_stay() -> None:
    targets = {
        "web": "https://example.org/a?b=1&c=2",
        "mail": "mailto:dpo@example.org",
        "site": "/contact",
        "bare": "www.example.org",
        "script": "javascript:alert(1)",
        "disk": "file:///C:/notice.doc",
        "folder": "Retention.docx",
        "share": "\\\\server\\notice",
    }
    links = "".join(f'<w:hyperlink r:id="{name}">{text(name)}</w:hyperlink>' for name in targets)
    document = read(paragraph(links), links=targets)
    assert document.html == (
        '<body><p><a href="https://example.org/a?b=1&amp;c=2">web</a><a href="mailto:dpo@example.org">mail</a>'
        '<a href="/contact">site</a><a href="https://www.example.org">bare</a>scriptdiskfoldershare</p></body>'
    )
    assert [words for _, words in lost(document, "link")] == [
        targets[name] for name in ("script", "disk", "folder", "share")
    ]
    assert (
        html(paragraph(field('HYPERLINK "https://example.org"', text("here"))))
        == '<p><a href="https://example.org">here</a></p>'
    )


def test_breaks_capitals_reading_aids_and_embedded_files() -> None:
    ruby = f"<w:r><w:ruby><w:rt>{text('kan')}</w:rt><w:rubyBase>{text('漢')}</w:rubyBase></w:ruby></w:r>"
    document = read(
        paragraph(
            text("End") + '<w:r><w:br w:type="page"/></w:r>' + text("start") + "<w:r><w:br/></w:r>" + text("line")
        ),
        paragraph(text("loud", "<w:caps/>") + text(" ") + ruby),
        '<w:altChunk r:id="x"/>',
    )
    assert document.html == "<body><p>End start<br>line</p><p>loud 漢</p></body>"
    assert lost(document, "capitals") == [("loud 漢", "loud")]
    assert lost(document, "reading aid") == [("loud 漢", "kan")]
    assert lost(document, "embedded document") == [("loud 漢", "")]


def test_the_date_of_the_last_change_is_found_in_headers() -> None:
    document = read(paragraph("Text."), header=paragraph("Tidal Council"), footer=paragraph("Last updated: May 2026"))
    assert document.updated == "Last updated: May 2026"
    assert lost(document, "page header") == [("", "Tidal Council")]
    assert lost(document, "page footer") == [("", "Last updated: May 2026")]


def test_pictures_leave_their_words() -> None:
    assert (
        html(paragraph(text("See ") + picture("A map &lt;of&gt; wards")))
        == '<p>See <img alt="A map &lt;of&gt; wards"></p>'
    )
    assert html(paragraph(picture(""))) == '<p><img alt=""></p>'
    document = read(
        paragraph(
            '<w:r><w:drawing><wp:inline><wp:docPr id="1" descr="Loans a year"/><a:graphic><a:graphicData><c:chart/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
            + text("x")
        )
    )
    assert lost(document, "chart") == [("x", "Loans a year")]


def test_drawings_that_hold_words_say_them_in_the_report() -> None:
    def drawn(inside: str) -> str:
        return f"<w:r><w:drawing><wp:inline><a:graphic><a:graphicData>{inside}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"

    diagram = "<dgm:data><a:t>Ask</a:t><a:t>Wait</a:t></dgm:data>"
    listed = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="d" Type="x/diagramData" Target="diagrams/data1.xml"/></Relationships>'
    )
    document = read(
        paragraph(text("Steps") + drawn('<dgm:relIds r:dm="d"/>')),
        paragraph(text("Draft") + '<w:r><w:pict><v:shape><v:textpath string="CONFIDENTIAL"/></v:shape></w:pict></w:r>'),
        paragraph(text("Sheet") + '<w:r><w:object><v:shape alt="Costs"/><o:OLEObject/></w:object></w:r>'),
        paragraph("<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>"),
        replaced={
            "word/diagrams/data1.xml": diagram.replace("<dgm:data", f"<dgm:data {SPACES}"),
            "word/_rels/document.xml.rels": listed,
        },
    )
    assert document.html == "<body><p>Steps</p><p>Draft</p><p>Sheet</p><p>a+b</p></body>"
    assert lost(document, "diagram") == [("Steps", "Ask Wait")]
    assert lost(document, "decorative text") == [("Draft", "CONFIDENTIAL")]
    assert lost(document, "embedded file") == [("Sheet", "Costs")]
    assert lost(document, "formula") == [("a+b", "a+b")]


def test_a_drawing_without_an_older_form_and_a_group_of_boxes_are_read_once() -> None:
    def shape(words: str) -> str:
        inside = f"<w:txbxContent>{paragraph(words)}</w:txbxContent>"
        return (
            f'<mc:AlternateContent><mc:Choice Requires="wps"><wps:wsp><wps:txbx>{inside}</wps:txbx></wps:wsp></mc:Choice>'
            f"<mc:Fallback><v:shape><v:textbox>{inside}</v:textbox></v:shape></mc:Fallback></mc:AlternateContent>"
        )

    group = f"<w:r><w:drawing>{shape('One')}{shape('Two')}</w:drawing></w:r>"
    document = read(paragraph(text("Beside") + group))
    assert document.html == "<body><p>Beside</p><p>One</p><p>Two</p></body>"
    assert document.words == ("Beside", "One", "Two")


def test_the_language_is_that_of_most_of_the_text() -> None:
    welsh, english = '<w:lang w:val="cy-GB"/>', '<w:lang w:val="en-GB"/>'
    assert read(paragraph(text("Cyngor Sir", welsh) + text("Hi", english))).language == "cy-GB"
    assert read(paragraph("No language.")).language == ""


def test_characters_are_those_of_every_font() -> None:
    document = read(
        paragraph("Tŷ’r “Cyngor” e\u0301 co\u00adoperate zero\u200bwidth non\u2011break مرحبا"),
        paragraph("\uf0b7 first"),
        paragraph("\uf0b7\tsecond"),
        paragraph("مرحبا", "<w:bidi/>"),
    )
    assert document.html == (
        "<body><p>Tŷ’r “Cyngor” é cooperate zerowidth non\u2011break مرحبا</p><ul><li>first</li><li>second</li></ul>"
        '<p dir="rtl">مرحبا</p></body>'
    )


def test_the_strict_form_of_the_standard_and_parts_with_other_names_are_read() -> None:
    with ZipFile(BytesIO(word_file(paragraph("Who", style="H1"), numbered("a", 3, 1)))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    strict = {
        name: content.replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", _STRICT + b"wordprocessingml/main"
        )
        .replace(b"http://schemas.openxmlformats.org/officeDocument/2006/", _STRICT + b"officeDocument/")
        .replace(b"word/document.xml", b"word/document2.xml")
        for name, content in files.items()
    }
    strict["word/document2.xml"] = strict.pop("word/document.xml")
    strict["word/_rels/document2.xml.rels"] = strict.pop("word/_rels/document.xml.rels")
    assert converted(zipped(strict)).html == "<body><h1>Who</h1><p>1.1 a</p></body>"


_STRICT = b"http://purl.oclc.org/ooxml/"


BOLD = "<w:b/>"


@pytest.mark.parametrize(
    ("lines", "title", "headings"),
    [
        ([("Bins", "bold"), ("Who we are", "H2"), ("More", "H2")], "Bins", ["Who we are", "More"]),
        ([("Bins", "bold"), ("Who we are", "H1"), ("More", "H1")], "Bins", ["Who we are", "More"]),
        ([("Bins", "bold"), ("Who we are", "H1")], "Bins", ["Who we are"]),
        ([("COUNCIL", "bold"), ("Bins", "H1"), ("More", "H2")], "Bins", ["More"]),
        ([("Bins", "Title"), ("Who we are", "H1"), ("More", "H1")], "Bins", ["Who we are", "More"]),
        ([("Who we are", "H2"), ("More", "H2")], "file", ["Who we are", "More"]),
        ([("Bins", "H2"), ("More", "H2")], "Bins", ["More"]),
        ([("Your rights", "H1")], "file", ["Your rights"]),
        ([("Your rights", "H1"), ("Complaints", "H1")], "file", ["Your rights", "Complaints"]),
        ([("How we use your information", "H1"), ("Bins", "H2")], "How we use your information", ["Bins"]),
        ([("1. Bins", "H1"), ("2. More", "H1")], "file", ["1. Bins", "2. More"]),
        ([("1. Bins", "bold"), ("Your rights", "H1")], "file", ["Your rights"]),
        ([("Bins:", "bold"), ("Your rights", "H1")], "Bins", ["Your rights"]),
        ([("Exampleshire Council", "letterhead"), ("Bins", "bold"), ("Your rights", "H1")], "Bins", ["Your rights"]),
        ([("About bins", "Subtitle"), ("Your rights", "H1")], "file", ["Your rights"]),
        ([("Bins", "Title"), ("About bins", "Subtitle"), ("Your rights", "H1")], "Bins", ["Your rights"]),
    ],
)
def test_the_title_is_the_first_line_that_looks_like_one_and_no_section_loses_its_heading(
    lines: list[tuple[str, str]], title: str, headings: list[str]
) -> None:
    body_of_file = ""
    for words, style in lines:
        line = paragraph(text(words, BOLD)) if style == "bold" else paragraph(text(words), style=style)
        body_of_file += line + (paragraph(text("Some text.")) if style not in ("bold", "letterhead") else "")
    imported = import_fixtures.converted(word_file(body_of_file), "file.docx")
    assert imported.title == title
    found = re.findall(r"^#+ (.*?)(?: \{.*)?$", import_fixtures.body(imported), re.M)
    assert found == headings
