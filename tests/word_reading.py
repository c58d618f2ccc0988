"""The content of a Word file, read by python-docx and plain XML alone: nothing of the import reads so."""

from __future__ import annotations

import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Any
from zipfile import ZipFile

import docx
from docx.document import Document
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NAMES = {"w": W[1:-1], "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006"}
UNSEEN = (
    "//w:del[not(parent::w:rPr or parent::w:trPr)]",
    "//w:moveFrom",
    "//w:tr[w:trPr/w:del]",
    "//w:r[w:rPr/w:vanish]",
    "//mc:Fallback",
    "//w:r[w:fldChar or w:instrText]",
)
"""Hidden parts, in XPath."""
WRAPPERS = ("w:ins", "w:moveTo", "w:sdtContent", "w:fldSimple", "mc:Choice")


def words(text: str) -> Counter[str]:
    """The letters and digits of a text, counted."""
    return Counter(re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text)))


class Reading:
    """One file with its changes accepted.

    Text boxes and notes stand beside the document, which python-docx does not read.
    """

    def __init__(self, data: bytes) -> None:
        self.document: Document = docx.Document(io.BytesIO(data))
        body = self.document.element.body
        self.beside = list(_notes(data))
        for box in _xpath(body, "//mc:Choice//w:txbxContent"):
            self.beside.append(" ".join(text.text or "" for text in box.iter(f"{W}t")))
            _remove(box)
        for path in UNSEEN:
            for element in _xpath(body, path):
                _remove(element)
        for page_break in _xpath(body, "//w:br"):
            page_break.attrib.clear()  # as a line break, which parts words
        for wrapper in WRAPPERS:
            for element in _xpath(body, f"//{wrapper}"):
                outer = element.getparent() if element.getparent().tag == f"{W}sdt" else element
                for child in element:
                    outer.addprevious(child)
                _remove(outer)

    def words(self) -> Counter[str]:
        """Every word, those of merged cells in each of their places."""
        return words("\n".join([*(paragraph.text for paragraph in _paragraphs(self.document)), *self.beside]))

    def with_style(self, *starts: str) -> list[str]:
        """The texts of the paragraphs whose style has a name that starts so."""
        paragraphs = (paragraph for paragraph in self.document.paragraphs if paragraph.text.strip())
        return [paragraph.text for paragraph in paragraphs if str(paragraph.style.name).startswith(starts)]

    def tables(self) -> list[list[list[str]]]:
        """The cells of each table, the paragraphs of one parted by a space."""
        return [
            [[" ".join(paragraph.text for paragraph in _paragraphs(cell)) for cell in row.cells] for row in table.rows]
            for table in self.document.tables
        ]

    def links(self) -> list[tuple[str, str]]:
        """The words and the address of each link."""
        return [(link.text, link.url) for paragraph in _paragraphs(self.document) for link in paragraph.hyperlinks]


def _paragraphs(holder: Document | _Cell) -> Iterator[Paragraph]:
    for block in holder.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    yield from _paragraphs(cell)
        else:
            yield block


def _notes(data: bytes) -> Iterator[str]:
    with ZipFile(io.BytesIO(data)) as archive:
        for name in ("word/footnotes.xml", "word/endnotes.xml"):
            if name in archive.namelist():
                yield " ".join(text.text or "" for text in etree.fromstring(archive.read(name)).iter(f"{W}t"))


def _xpath(body: Any, path: str) -> list[Any]:
    found: list[Any] = etree.ElementBase.xpath(body, path, namespaces=NAMES)
    return found


def _remove(element: Any) -> None:
    element.getparent().remove(element)
