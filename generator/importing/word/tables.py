"""Tables of a Word file as a plain grid: a merged cell is in each of its places (ISO/IEC 29500-1, 17.4)."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace

from lxml import etree

from generator.importing.word.styles import Styles
from generator.importing.word.words import continues_merge, row_is_unseen
from generator.importing.word.xml import Element, child, elements, is_on, name, number_value, text_value

_MOST_COLUMNS = 63
"""More columns Word does not make."""
_WRAPPERS = frozenset(map(name, ("w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo")))
_FIRST_ROW = 0x0020
_NOTES = tuple(map(name, ("w:footnoteReference", "w:endnoteReference")))


@dataclass(frozen=True)
class Cell:
    """One place of the grid; without an element it is empty."""

    element: Element | None = None
    repeated: bool = False  # the same cell has another place before this one


def grid(table: Element) -> list[list[Cell]]:
    """The rows of a table that are seen, all of one length."""
    rows: list[list[Cell]] = []
    for row in _inside(table, "w:tr"):
        if not row_is_unseen(row):
            rows.append(_row(row, rows[-1] if rows else []))
    rows = [row for row in rows if any(cell.element is not None and cell_texts(cell.element) for cell in row)]
    width = max(map(len, rows), default=0)
    return [row + [Cell()] * (width - len(row)) for row in rows]


def _row(row: Element, above: list[Cell]) -> list[Cell]:
    cells = [Cell()] * _count(child(row, "w:trPr", "w:gridBefore"), least=0)
    for element in _inside(row, "w:tc"):
        properties = child(element, "w:tcPr")
        cell = Cell(element)
        column = len(cells)
        if continues_merge(element) and column < len(above):
            cell = replace(above[column], repeated=True)
        elif text_value(child(properties, "w:hMerge")) == "continue" and cells:
            cell = replace(cells[-1], repeated=True)
        span = _count(child(properties, "w:gridSpan"), least=1)
        cells += [cell] + [replace(cell, repeated=True)] * (span - 1)
    return cells[:_MOST_COLUMNS]


def header_rows(table: Element, styles: Styles) -> int:
    """How many rows at the top its author marked as a header, or its style prints as one."""
    count = 0
    for row in _inside(table, "w:tr"):
        marked = child(row, "w:trPr", "w:tblHeader")
        if marked is None or not is_on(marked):
            break
        count += not row_is_unseen(row)
    if count:
        return count
    properties = child(table, "w:tblPr")
    styled = styles.bold_first_row(text_value(child(properties, "w:tblStyle")))
    return int(styled and _shows_first_row(child(properties, "w:tblLook")))


def repeated_cell(written: Element) -> Element:
    """A cell once more, without the signs of its notes, which are referred to once."""
    copy = deepcopy(written)
    for sign in list(copy.iter(*_NOTES)):
        run = sign.getparent()
        if run is not None:
            run.remove(sign)
    return copy


def new_row(into: Element, *, header: bool) -> Element:
    """A row of the cleaned copy."""
    row = etree.SubElement(into, name("w:tr"))
    if header:
        etree.SubElement(etree.SubElement(row, name("w:trPr")), name("w:tblHeader"))
    return row


def cell_texts(element: Element) -> str:
    """The words in a part of a table, roughly: enough to see whether it has any, and to name it."""
    paragraphs = (paragraph.iter(name("w:t")) for paragraph in element.iter(name("w:p")))
    signs = " ".join("".join(text.text or "" for text in texts) for texts in paragraphs).strip()
    return signs or ("•" if next(element.iter(name("w:sym"), name("w:drawing")), None) is not None else "")


def nested_rows(table: Element) -> Iterator[list[list[Element]]]:
    """The seen rows of a table as cells, each with all its paragraphs, also those of tables inside it."""
    for row in _inside(table, "w:tr"):
        if not row_is_unseen(row):
            yield [_paragraphs(cell) for cell in _inside(row, "w:tc") if not continues_merge(cell)]


def _paragraphs(cell: Element) -> list[Element]:
    """The paragraphs of a cell, without those of its text boxes, which are lifted out with their drawing."""
    boxed = {id(paragraph) for box in cell.iter(name("w:txbxContent")) for paragraph in box.iter(name("w:p"))}
    return [paragraph for paragraph in cell.iter(name("w:p")) if id(paragraph) not in boxed]


def _inside(parent: Element, tag: str) -> Iterator[Element]:
    for element in elements(parent):
        if element.tag == name(tag):
            yield element
        elif element.tag in _WRAPPERS:
            yield from _inside(element, tag)


def _count(element: Element | None, *, least: int) -> int:
    return min(max(number_value(element) or 0, least), _MOST_COLUMNS)


def _shows_first_row(look: Element | None) -> bool:
    own = text_value(look, "w:firstRow")
    if own:
        return own in ("1", "true", "on")
    try:
        return bool(int(text_value(look), 16) & _FIRST_ROW)
    except ValueError:
        return False
