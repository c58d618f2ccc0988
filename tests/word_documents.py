"""Whole Word files as councils have them, made with python-docx and, where it has no words for it, with XML."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from zipfile import ZipFile

import docx
from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from tests.word_fixtures import SPACES, box, field, paragraph, row, saved, table, text, zipped


def library() -> bytes:
    """Word's own styles: title, headings, lists that a paragraph interrupts, a table with a header, a picture, links."""
    document = docx.Document()
    document.core_properties.title = "Libraries: privacy notice"
    document.add_paragraph("Libraries: how we use your information", style="Title")
    document.add_paragraph("Who we are", style="Heading 1")
    own = document.add_paragraph("We are the library service of ")
    own.add_run("Example Council").bold = True
    own.add_run(". Write to ")
    _link(own, "libraries@example.org", "mailto:libraries@example.org")
    own.add_run(" or see ")
    _link(own, "our website", "https://www.example.org/libraries?a=1&b=2")
    own.add_run(".")
    document.add_picture(io.BytesIO(_dot()))
    _add(document.paragraphs[-1], text(" The central library"))
    document.add_paragraph("What we collect", style="Heading 2")
    for words in ("your name and address", "your date of birth"):
        document.add_paragraph(words, style="List Bullet")
    document.add_paragraph("the books that you borrow", style="List Bullet 2")
    document.add_paragraph("how you pay", style="List Bullet")
    document.add_paragraph("What happens", style="Heading 2")
    for words in ("You ask for a card.", "We look at your papers."):
        document.add_paragraph(words, style="List Number")
    document.add_paragraph("A passport or a bill will do.").paragraph_format.left_indent = docx.shared.Cm(1)
    document.add_paragraph("You get the card.", style="List Number")
    document.add_paragraph("How long we keep it", style="Heading 1")
    periods = document.add_table(rows=1, cols=2, style="Light Grid Accent 1")
    periods.rows[0].cells[0].text, periods.rows[0].cells[1].text = "Record", "Kept for"
    for record, kept in (("Loans", "2 years"), ("Fines", "6 years after they are paid")):
        cells = periods.add_row().cells
        cells[0].text, cells[1].text = record, kept
    return saved(document)


CLAUSE_LABELS = "1. 1.1 (a) (b) (i) (ii) 1.2 2. 2.1"
"""The labels that Word prints in `clauses` and keeps in no text."""
FORM_FIELDS = "Pwy ydym ni 1 7"
"""Values of the fields of `form` that no page of a site has: contents and numbers of pages."""


def clauses() -> bytes:
    """Numbered headings and clauses 1.1, (a), (i), which the text cites."""
    document = docx.Document()
    levels = [("decimal", "%1."), ("decimal", "%1.%2"), ("lowerLetter", "(%3)"), ("lowerRoman", "(%4)")]
    numbering = document.part.numbering_part.element
    inside = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{label}"/></w:lvl>'
        for level, (kind, label) in enumerate(levels)
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {SPACES} w:abstractNumId="90">{inside}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {SPACES} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    document.add_paragraph("Parking enforcement", style="Title")
    for level, style, words in (
        (0, "Heading 1", "What we hold"),
        (1, "Normal", "When you park we hold:"),
        (2, "Normal", "the number of your vehicle; and"),
        (2, "Normal", "where it was, that is"),
        (3, "Normal", "the street, and"),
        (3, "Normal", "the time."),
        (1, "Normal", "We do not hold the driver’s name, save under 1.1(b)(ii)."),
        (0, "Heading 1", "Whom we tell"),
        (1, "Normal", "The DVLA, for the purpose in paragraph 1.1."),
    ):
        numbered = document.add_paragraph(words, style=style)
        properties = numbered._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = level
        properties.get_or_add_numId().val = 90
    return saved(document)


def tracked() -> bytes:
    """Changes, moves and comments that nobody has settled, hidden and struck text."""
    document = docx.Document()
    document.add_paragraph("Adult social care", style="Heading 1")
    kept = document.add_paragraph("We keep your file for ")
    _add(
        kept,
        f'<w:del w:id="1" w:author="A">{_deleted("six")}</w:del><w:ins w:id="2" w:author="A">{text("seven")}</w:ins>',
    )
    kept.add_run(" years.")
    gone = document.add_paragraph("", style="List Bullet")
    _add(gone, f'<w:del w:id="3" w:author="A">{_deleted("An item that is gone")}</w:del>')
    gone._p.get_or_add_pPr().append(parse_xml(f'<w:rPr {SPACES}><w:del w:id="4" w:author="A"/></w:rPr>'))
    document.add_paragraph("An item that stays", style="List Bullet")
    _add(
        document.add_paragraph(""), f'<w:moveFrom w:id="5" w:author="A">{text("This sentence was moved.")}</w:moveFrom>'
    )
    _add(document.add_paragraph(""), f'<w:moveTo w:id="6" w:author="A">{text("This sentence was moved.")}</w:moveTo>')
    asked = document.add_paragraph("We share it with the ")
    hospital = asked.add_run("hospital")
    document.add_comment(hospital, text="Which one?", author="Officer", initials="O")
    hidden = asked.add_run(" (internal: ask the board)")
    hidden.font.hidden = True
    asked.add_run(" and with carers.")
    struck = document.add_paragraph("Write to us")
    struck.add_run(" by fax").font.strike = True
    struck.add_run(".")
    changed = document.add_table(rows=3, cols=2)
    for index, each in enumerate(changed.rows):
        each.cells[0].text, each.cells[1].text = f"Team {index + 1}", f"Room {index + 10}"
    changed.rows[1]._tr.get_or_add_trPr().append(parse_xml(f'<w:del {SPACES} w:id="7" w:author="A"/>'))
    return saved(document)


def tables() -> bytes:
    """Merged cells, two header rows, keys and values, a box of one cell, paragraphs in cells, notes, bold headings."""
    document = docx.Document()
    title = document.add_paragraph()
    title.add_run("Registrars: privacy notice").bold = True
    document.add_paragraph("We register births, deaths and marriages.")
    subtitle = document.add_paragraph()
    subtitle.add_run("How long we keep records").bold = True
    law = document.add_paragraph("The law")
    _add(law, '<w:r><w:footnoteReference w:id="1"/></w:r>')
    law.add_run(" says for how long; the archive")
    _add(law, '<w:r><w:endnoteReference w:id="1"/></w:r>')
    law.add_run(" keeps the rest.")
    merged = document.add_table(rows=4, cols=3, style="Table Grid")
    merged.cell(0, 1).merge(merged.cell(0, 2)).text = "Kept"
    merged.cell(0, 0).merge(merged.cell(1, 0)).text = "Register"
    merged.cell(1, 1).text, merged.cell(1, 2).text = "from", "until"
    merged.cell(2, 0).merge(merged.cell(3, 0)).text = "Births"
    for index, words in enumerate(("1837", "today", "1538", "1836")):
        merged.cell(2 + index // 2, 1 + index % 2).text = words
    for header in merged.rows[:2]:
        header._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {SPACES}/>"))
    document.add_paragraph("Where to ask:")
    contact = document.add_table(rows=2, cols=2)
    contact.cell(0, 0).paragraphs[0].add_run("Phone").bold = True
    contact.cell(0, 1).text = "01632 960000"
    contact.cell(1, 0).paragraphs[0].add_run("Post").bold = True
    contact.cell(1, 1).text = "Town Hall"
    contact.cell(1, 1).add_paragraph("Example Town")
    document.add_paragraph("")
    note = document.add_table(rows=1, cols=1)
    note.cell(0, 0).text = "Ask early: copies take a week."
    return _with_parts(
        saved(document),
        footnotes=f'<w:footnote w:id="1">{paragraph("Births and Deaths Registration Act 1953.")}</w:footnote>',
        endnotes=f'<w:endnote w:id="1">{paragraph("The county archive.")}</w:endnote>',
    )


def form() -> bytes:
    """Content controls, dates, merge fields, contents with page numbers, a text box, Welsh, a header with a date."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Diweddarwyd: 3 Mai 2026"
    document.add_paragraph("Hysbysiad preifatrwydd: y Gwasanaeth Tŷ", style="Title")
    _append(document, paragraph(field('TOC \\o "1-2"', text("Pwy ydym ni 1"))))
    document.add_paragraph("Pwy ydym ni", style="Heading 1")
    named = document.add_paragraph("Annwyl ")
    _add(named, field("MERGEFIELD Enw", text("«Enw»")))
    named.add_run(", dyma’r ‘Cyngor’. Gweler tudalen ")
    _add(named, field("PAGEREF _Toc1", text("7")))
    named.add_run(" ac argraffwyd ar ")
    _add(named, field('DATE \\@ "d MMMM"', text("3 Mai")))
    named.add_run(".")
    council = document.add_paragraph("Cyngor: ")
    _add(council, f'<w:fldSimple w:instr=" DOCPROPERTY Cyngor ">{text("Cyngor Enghraifft")}</w:fldSimple>')
    control = document.add_paragraph("Swyddog: ")
    placeholder = (
        f"<w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{text('Click or tap here to enter text.')}</w:sdtContent>"
    )
    _add(control, f"<w:sdt>{placeholder}</w:sdt>")
    ticked = f"<w:sdtPr><w14:checkbox/></w:sdtPr><w:sdtContent>{text('☒')}</w:sdtContent>"
    _add(document.add_paragraph(""), f"<w:sdt>{ticked}</w:sdt>{text(' Rwy’n cytuno')}")
    _append(document, f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('Testun mewn rheolydd.')}</w:sdtContent></w:sdt>")
    _add(document.add_paragraph("Wrth ochr y blwch."), box(paragraph("Ffoniwch ni: 01632 960001.")))
    broken = document.add_paragraph("Diwedd tudalen")
    broken.add_run().add_break(WD_BREAK.PAGE)
    broken.add_run("dechrau un arall.")
    document.add_paragraph("\uf0b7 bwled o Word")
    _append(document, table(row(table(row("enw", "oed"), row("Ann", "7")) + paragraph("wedyn"), "ochr"), row("a", "b")))
    return saved(document)


ALL: dict[str, Callable[[], bytes]] = {each.__name__: each for each in (library, clauses, tracked, tables, form)}


def _append(document: Document, xml: str) -> None:
    """Put a block at the end of the body."""
    document.element.body.insert_element_before(parse_xml(_spaced(xml)), "w:sectPr")


def _add(into: Paragraph, xml: str) -> None:
    """Put runs or other parts at the end of a paragraph."""
    for child in list(parse_xml(_spaced(f"<w:p>{xml}</w:p>"))):
        into._p.append(child)


def _spaced(xml: str) -> str:
    start = xml.index(">") if not xml[: xml.index(">")].endswith("/") else xml.index("/>")
    return f"{xml[:start]} {SPACES}{xml[start:]}"


def _link(into: Paragraph, words: str, address: str) -> None:
    identity = into.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = parse_xml(_spaced(f"<w:hyperlink>{text(words)}</w:hyperlink>"))
    link.set(qn("r:id"), identity)
    into._p.append(link)


def _deleted(words: str) -> str:
    return f'<w:r><w:delText xml:space="preserve">{words}</w:delText></w:r>'


def _with_parts(data: bytes, **parts: str) -> bytes:
    """A file with notes, which python-docx does not make."""
    with ZipFile(io.BytesIO(data)) as archive:
        files: dict[str, bytes | str] = {name: archive.read(name) for name in archive.namelist()}
    listed = (
        bytes(files["word/_rels/document.xml.rels"]).decode()
        if isinstance(files["word/_rels/document.xml.rels"], bytes)
        else ""
    )
    for kind, content in parts.items():
        files[f"word/{kind}.xml"] = f"<w:{kind} {SPACES}>{content}</w:{kind}>"
        kind_address = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
        link = f'<Relationship Id="own-{kind}" Type="{kind_address}" Target="{kind}.xml"/>'
        listed = listed.replace("</Relationships>", f"{link}</Relationships>")
    files["word/_rels/document.xml.rels"] = listed
    return zipped(files)


def _dot() -> bytes:
    """A picture of one point (PNG)."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\x00\x00")) + chunk(b"IEND", b"")
