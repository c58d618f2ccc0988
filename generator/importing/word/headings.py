"""Headings of a Word file: those that its author made, and bold lines that look like one, for the editor to decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lxml import etree

from generator.importing.word.line import Paragraph
from generator.importing.word.symbols import BULLETS
from generator.importing.word.xml import Element

_DEEPEST = 6
_LONGEST, _MOST_WORDS = 100, 14
_MOST_IN_A_ROW = 3
"""Bold lines without text between them that can still be headings: a title, a part, a section."""
_NO_END_OF_HEADING = (".", ",", ";")
_CAPITALS = 6
"""Letters that make a line of capitals more than an abbreviation."""


class Headings:
    """Gives paragraphs of one document the level of their heading."""

    def __init__(self, described: Mapping[Element, Paragraph]) -> None:
        self._described = described
        self._titles = [element for element, paragraph in described.items() if paragraph.heading == 0]
        self._has_headings = any(paragraph.heading is not None for paragraph in described.values())
        self._last = 1

    def make(self, element: Element, paragraph: Paragraph, *, in_cell: bool) -> None:
        """Make a paragraph with a heading's style a heading; in a cell, where Markdown has none, a bold line."""
        if in_cell:
            _all_strong(element)
            return
        etree.strip_tags(element, "strong")
        for line_break in list(element.iter("br")):
            line_break.tail = " " + (line_break.tail or "")
        etree.strip_tags(element, "br")
        self._last = self._level(element, paragraph)
        element.tag = f"h{self._last}"

    def propose(self, element: Element) -> None:
        """Mark a bold line as one that looks like a heading."""
        first = not self._has_headings and _is_first(element)
        level = 1 if first else min(self._last + 1, _DEEPEST)
        element.set("data-proposed-heading", str(level))
        _all_strong(element)

    def proposable(self, siblings: Sequence[Element], index: int) -> bool:
        """Whether a paragraph looks like a heading: short, all bold or in capitals, no full stop, text follows."""
        paragraph = self._described[siblings[index]]
        if not _looks_like_heading(paragraph):
            return False
        for following in siblings[index + 1 : index + 1 + _MOST_IN_A_ROW]:
            other = self._described.get(following)
            if other is None:
                return True
            if other.heading is not None:
                return False
            if paragraph.label is not None and other.label is not None and paragraph.label.follows(other.label):
                return False
            if not _looks_like_heading(other):
                return True
        return False

    def _level(self, element: Element, paragraph: Paragraph) -> int:
        if paragraph.heading == 0 and element is self._titles[0]:
            return 1
        return min((paragraph.heading or 1) + bool(self._titles), _DEEPEST)


def _looks_like_heading(paragraph: Paragraph) -> bool:
    text = paragraph.text.strip()
    if paragraph.heading is not None or not text or text[0] in BULLETS or "\n" in text:
        return False
    if len(text) > _LONGEST or len(text.split()) > _MOST_WORDS or text.endswith(_NO_END_OF_HEADING):
        return False
    if paragraph.label is not None and not (paragraph.label.ordered and paragraph.label.plain):
        return False
    letters = [sign for sign in text if sign.isalpha()]
    return bool(letters) and (
        paragraph.all_bold or (len(letters) >= _CAPITALS and text == text.upper() != text.lower())
    )


def _is_first(element: Element) -> bool:
    parent = element.getparent()
    return parent is None or next(iter(parent), None) is element


def _all_strong(element: Element) -> None:
    """Put the whole of a paragraph into one `<strong>`."""
    etree.strip_tags(element, "strong")
    strong = etree.Element("strong")
    strong.text = element.text
    strong.extend(list(element))
    element.text = None
    element.append(strong)
