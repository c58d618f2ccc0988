"""The cleaned copy of a Word file's text: paragraphs and tables only, as mammoth reads them without a loss.

Each paragraph begins with a token that names its entry in `Findings.paragraphs`; `word.html` gives the HTML its
headings and lists from there.
"""

from __future__ import annotations

import re
from collections import defaultdict

from lxml import etree

from generator.importing.word.line import Format, Line, Link, Paragraph
from generator.importing.word.numbering import Label
from generator.importing.word.runs import Runs, left_indent
from generator.importing.word.source import Findings, Source
from generator.importing.word.tables import Cell, cell_texts, grid, header_rows, nested_rows, new_row, repeated_cell
from generator.importing.word.words import (
    Words,
    first_words,
    is_contents,
    is_contents_control,
    joins_next,
    row_is_unseen,
)
from generator.importing.word.xml import Element, branch, child, elements, is_on, name, text_value

MARK = "\ue000{}\ue001"
"""Private-use characters, which `word.symbols.readable` takes out of every text."""
_LIST_STYLE = re.compile(r"list (?:bullet|number|continue) ?([2-5])?")


class Story:
    """Writes one story, the body or a note."""

    def __init__(self, source: Source, findings: Findings, story: Element, kind: str = "body") -> None:
        self._source = source
        self._styles = source.styles
        self._findings = findings
        self._runs = Runs(source, findings, story, kind)
        self._words = Words(source.styles, {}, {})
        self._unfinished: Line | None = None  # its end was deleted: the next paragraph goes on with it
        self._bookmarks: list[int] = []  # between paragraphs
        self._tables = 0
        self._repeated: dict[Element, str] = defaultdict(str)  # words of merged cells, by cell

    def write(self, parent: Element, into: Element) -> None:
        """Write the blocks inside an element."""
        self._blocks(parent, into)
        if self._unfinished is not None:
            self._finish(self._unfinished, None, into)

    def _blocks(self, parent: Element, into: Element) -> None:
        for element in elements(parent):
            self._block(element, into)

    def _block(self, element: Element, into: Element) -> None:
        tag = element.tag
        if tag == name("w:p"):
            self._paragraph(element, into)
        elif tag == name("w:tbl"):
            self._table(element, into)
        elif tag == name("w:sdt"):
            self._control(element, into)
        elif tag == name("mc:AlternateContent"):
            form = branch(element)
            if form is not None:
                self._blocks(form, into)
        elif tag == name("w:bookmarkStart"):
            self._bookmarks.append(self._findings.bookmark(text_value(element, "w:name")))
        elif tag in (name("w:altChunk"), name("w:subDoc")):
            self._findings.lose("embedded document", self._last_words())
        elif tag == name("m:oMathPara"):
            line = Line(self._last_words())
            self._runs.write(element, line)
            self._finish(line, None, into)
        elif tag in (name("w:del"), name("w:moveFrom")):
            self._runs.pass_signs(element)
        elif tag not in (name("w:sectPr"), name("w:tcPr"), name("w:sdtPr")):
            self._blocks(element, into)

    def _control(self, element: Element, into: Element) -> None:
        if is_contents_control(element):
            self._runs.pass_signs(element)
            self._findings.lose("table of contents", "")
            return
        content = child(element, "w:sdtContent")
        if content is not None:
            self._runs.in_control(element, lambda: self._blocks(content, into), self._last_words())

    def _paragraph(self, paragraph: Element, into: Element) -> None:
        if is_contents(self._styles, paragraph):
            self._runs.pass_signs(paragraph)
            self._findings.lose("table of contents", "")
            return
        line = self._unfinished or Line(first_words(self._words.of_paragraph(paragraph)) or self._last_words())
        self._unfinished = None
        self._runs.write(paragraph, line)
        if joins_next(paragraph):
            self._unfinished = line
            return
        self._finish(line, paragraph, into)

    def _finish(self, line: Line, paragraph: Element | None, into: Element) -> None:
        """Report what a line has lost, and put it into the copy where it shows something; its text boxes follow."""
        self._unfinished = None
        for kind, text in line.noted.items():
            self._findings.lose(kind, line.where or first_words(text), text)
        label = None if paragraph is None else self._source.numbering.next_label(paragraph)
        line.bookmarks += self._bookmarks
        self._bookmarks = []
        if line.empty and self._tables and paragraph is not None and label is not None and label.ordered:
            line.write(label.text, Format(), Link(), bold=False)  # a column of numbers
            self._findings.labels[paragraph] = label.text
            label = None
        if line.empty:
            self._bookmarks = line.bookmarks  # they name what follows
        else:
            self._put(line, self._described(line, paragraph, label), into)
        for box in line.boxes:
            text = " ".join(self._words.of_paragraph(part) for part in box.iter(name("w:p")))
            if text.strip():
                self._findings.lose("text box", line.where or first_words(text), text)
            self.write(box, into)

    def _put(self, line: Line, described: Paragraph, into: Element) -> None:
        token = etree.Element(name("w:r"))
        etree.SubElement(token, name("w:t")).text = MARK.format(len(self._findings.paragraphs))
        self._findings.paragraphs.append(described)
        line.element.insert(0, token)
        into.append(line.element)

    def _described(self, line: Line, paragraph: Element | None, label: Label | None) -> Paragraph:
        if paragraph is None:
            return Paragraph(line.text, line.element, bookmarks=tuple(line.bookmarks))
        styles = self._styles
        indent = left_indent(styles.paragraph_property(paragraph, "w:ind"))
        if indent is None and label is not None:
            indent = label.left
        towards_left = styles.paragraph_property(paragraph, "w:bidi")
        return Paragraph(
            line.text,
            paragraph,
            heading=styles.heading(paragraph),
            label=label,
            depth=_depth(styles.names(styles.of_paragraph(paragraph))),
            indent=indent or 0,
            all_bold=line.bold and not line.light,
            bookmarks=tuple(line.bookmarks),
            right_to_left=towards_left is not None and is_on(towards_left),
        )

    def _last_words(self) -> str:
        paragraphs = self._findings.paragraphs
        return first_words(paragraphs[-1].text) if paragraphs else ""

    def _table(self, table: Element, into: Element) -> None:
        rows = grid(table)
        self._report_unseen_rows(table)
        if not rows:
            return
        if self._unfinished is not None:
            self._finish(self._unfinished, None, into)
        if len(rows) == 1 and len(rows[0]) == 1:
            cell = rows[0][0].element
            if cell is not None:
                self._findings.lose("box of one cell", self._last_words() or first_words(cell_texts(cell)))
                self._blocks(cell, into)
            return
        if self._tables:
            self._nested(table, into)
            return
        self._tables += 1
        self._grid(table, rows, into)
        self._tables -= 1

    def _report_unseen_rows(self, table: Element) -> None:
        for row in filter(row_is_unseen, table.iter(name("w:tr"))):
            kind = "hidden text" if child(row, "w:trPr", "w:del") is None else "deletion"
            texts = (text.text or "" for text in row.iter(name("w:t"), name("w:delText")))
            self._findings.lose(kind, self._last_words(), " ".join(texts))

    def _grid(self, table: Element, rows: list[list[Cell]], into: Element) -> None:
        copy = etree.SubElement(into, name("w:tbl"))
        self._repeated.clear()
        headers = header_rows(table, self._styles)
        written: dict[Element, Element] = {}
        bold_rows: list[bool] = []
        for number, row in enumerate(rows):
            first = len(self._findings.paragraphs)
            into_row = new_row(copy, header=number < headers < len(rows))
            for cell in row:
                self._cell(cell, into_row, written)
            bold_rows.append(all(paragraph.all_bold for paragraph in self._findings.paragraphs[first:]))
        for text in self._repeated.values():
            self._findings.lose("merged cells", first_words(cell_texts(table)), text)
        if not headers and len(rows) > 1 and bold_rows[0] and not all(bold_rows):
            etree.SubElement(etree.SubElement(copy[0], name("w:trPr")), name("w:tblHeader"))

    def _cell(self, cell: Cell, into_row: Element, written: dict[Element, Element]) -> None:
        if cell.element is None:
            etree.SubElement(into_row, name("w:tc"))
        elif cell.element in written:
            into_row.append(repeated_cell(written[cell.element]))
            self._repeated[cell.element] += " " + cell_texts(cell.element)
        else:
            into_cell = etree.SubElement(into_row, name("w:tc"))
            written[cell.element] = into_cell
            self.write(cell.element, into_cell)

    def _nested(self, table: Element, into: Element) -> None:
        """A table inside a cell: a paragraph for each row, since no cell of Markdown holds a table."""
        self._findings.lose("nested table", first_words(cell_texts(table)), cell_texts(table))
        for row in nested_rows(table):
            line = Line(self._last_words())
            for cell in row:
                for paragraph in cell:
                    if line.text.strip():
                        line.write(": " if len(row) == 2 else "; ", Format(), Link(), bold=False)
                    self._runs.write(paragraph, line)
            self._finish(line, None, into)


def _depth(style_names: list[str]) -> int:
    """The level that a style such as List Bullet 2 has by its name."""
    for style_name in style_names:
        found = _LIST_STYLE.fullmatch(style_name)
        if found:
            return int(found[1] or 1) - 1
    return 0
