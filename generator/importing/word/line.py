"""One paragraph of the cleaned copy while it is written: runs with few properties, links and notes."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace

from lxml import etree

from generator.importing.word.numbering import Label
from generator.importing.word.xml import Element, name

_MERGE_FIELD = re.compile(r"(«[^«»]{1,60}»)")
_TYPED_NUMBER = re.compile(r"\s*(?:\(?\d{1,2}(?:\.\d{1,2})*[.)]*\s*)?")
"""The part of a bold line that may be light: a number before it, typed by hand."""
PICTURE = "\ue002"
"""Begins the words that stand for a picture: a picture without words is one too."""
STYLE_OF_MARK = {"placeholder": "placeholder", "date": "date", "merge field": "mergefield", "picture": "picture"}
"""The style of a run in the cleaned copy, by what an editor must look at."""
_SHOWN = tuple(map(name, ("w:footnoteReference", "w:endnoteReference", "w:rStyle")))
"""Signs that show without text: the sign of a note, and what stands for a picture."""


@dataclass(frozen=True)
class Format:
    """The kept part of a run's look."""

    bold: bool = False
    italic: bool = False
    struck: bool = False
    raised: str = ""  # `superscript` or `subscript`
    mark: str = ""  # a key of `STYLE_OF_MARK`


@dataclass(frozen=True)
class Link:
    """Where a link leads: the id of a relationship, or a bookmark as the cleaned copy calls it."""

    relationship: str = ""
    bookmark: str = ""


@dataclass(frozen=True)
class Paragraph:
    """The cleaned copy's facts about a paragraph beside its text; the HTML gets its shape from this."""

    text: str
    source: Element
    heading: int | None = None  # 0 for the title of the document
    label: Label | None = None
    depth: int = 0  # level that the name of its style has, as in List Bullet 2
    indent: int = 0  # twentieths of a point
    all_bold: bool = False
    bookmarks: tuple[int, ...] = ()
    right_to_left: bool = False


@dataclass
class Line:
    """A paragraph while it is written."""

    where: str  # its first words, for the report
    element: Element = field(default_factory=lambda: etree.Element(name("w:p"), nsmap={"w": name("w:")[1:-1]}))
    text: str = ""
    bold: bool = False  # some of it is
    light: bool = False  # some of it is not
    bookmarks: list[int] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    noted: dict[str, str] = field(default_factory=lambda: defaultdict(str))  # text by what the report calls it
    _link: Link = Link()
    _into: Element | None = None

    @property
    def empty(self) -> bool:
        """Whether it shows nothing."""
        return not self.text.strip() and next(self.element.iter(*_SHOWN), None) is None

    def write(self, text: str, form: Format, link: Link, *, bold: bool) -> None:
        """Add text; `bold` says how it looks, whatever makes it so."""
        for piece in _MERGE_FIELD.split(text):
            if not piece:
                continue
            looks_like_field = _MERGE_FIELD.fullmatch(piece) and not form.mark
            if looks_like_field:
                self.noted["merge field"] += piece
            self.bold = self.bold or (bold and bool(piece.strip()))
            self.light = self.light or not (bold or _TYPED_NUMBER.fullmatch(piece))
            self.text += piece
            self._add_text(piece, replace(form, mark="merge field") if looks_like_field else form, link)

    def add(self, tag: str, form: Format, link: Link, **attributes: str) -> Element:
        """Add a run with one element in it, such as `w:br`."""
        run = etree.SubElement(self._parent(link), name("w:r"))
        _write_format(run, form)
        names = {name(key.replace("_", ":")): value for key, value in attributes.items()}
        return etree.SubElement(run, name(tag), names)

    def picture(self, alt: str) -> None:
        """Add the words that stand for a picture. They are none of the text."""
        self.add("w:t", Format(mark="picture"), Link()).text = PICTURE + alt

    def _add_text(self, text: str, form: Format, link: Link) -> None:
        for index, part in enumerate(text.split("\t")):
            if index:
                self.add("w:tab", form, link)
            if part:
                self.add("w:t", form, link).text = part

    def _parent(self, link: Link) -> Element:
        if link == Link():
            self._into, self._link = None, link
            return self.element
        if self._into is None or link != self._link:
            self._into, self._link = etree.SubElement(self.element, name("w:hyperlink")), link
            if link.relationship:
                self._into.set(name("r:id"), link.relationship)
            else:
                self._into.set(name("w:anchor"), link.bookmark)
        return self._into


def _write_format(run: Element, form: Format) -> None:
    properties = etree.SubElement(run, name("w:rPr"))
    if form.mark:
        properties.append(_valued("w:rStyle", STYLE_OF_MARK[form.mark]))
    for tag, is_so in (("w:b", form.bold), ("w:i", form.italic), ("w:strike", form.struck)):
        if is_so:
            etree.SubElement(properties, name(tag))
    if form.raised:
        properties.append(_valued("w:vertAlign", form.raised))


def _valued(tag: str, value: str) -> Element:
    return etree.Element(name(tag), {name("w:val"): value})
