"""The reading of CommonMark as an extension of Python-Markdown: its blocks and texts come from here, the rest from
the library."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ElementTree, SubElement, tostring

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.extensions import Extension
from markdown.extensions.abbr import AbbrTreeprocessor
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import STX, AtomicString, Registry

from generator.content.notice_file import ANCHOR
from generator.markdown import blocks, inlines
from generator.markdown.blocks import Block, Kind
from generator.markdown.inlines import NO_TAG

_UNSEEN = str.maketrans({"\x00": "\ufffd", "\x02": None, "\x03": None})
"""Signs that the library keeps for placeholders of its own."""
_PLACEHOLDER = re.compile(f"{STX}wzxhzdk:(\\d+)\x03")

_ID = re.compile(rf"\{{#({ANCHOR.pattern})\}}")


def library() -> Markdown:
    """Python-Markdown with this reading."""
    md = Markdown(extensions=[CommonMark()])
    md.serializer = _html
    return md


class CommonMark(Extension):
    """Reads blocks and texts by CommonMark's rules, with tables, footnotes, definitions, abbreviations and attributes."""

    def extendMarkdown(self, md: Markdown) -> None:  # the library's name
        """Put this reading in the place of the library's."""
        parser = _Parser(md)
        md.parser = parser
        md.preprocessors, md.treeprocessors, md.postprocessors = Registry(), Registry(), Registry()
        md.treeprocessors.register(_Texts(parser), "inline", 20)
        md.treeprocessors.register(_Abbreviations(parser), "abbr", 10)
        md.postprocessors.register(_Raw(md), "raw_html", 10)


@dataclass
class _Reading:
    """The state of a reading: its blocks, and the elements whose text is still to be read."""

    document: blocks.Document
    texts: list[tuple[Element, str]] = field(default_factory=list)
    footnotes: inlines.Footnotes = field(default_factory=inlines.Footnotes)


class _Parser(BlockParser):
    """Blocks to elements."""

    reading: _Reading

    def parseDocument(self, lines: Iterable[str]) -> ElementTree:  # the library's name
        """The elements of a text; those that hold text within a line are filled by `_Texts`."""
        self.reading = _Reading(blocks.read("\n".join(lines).translate(_UNSEEN)))
        root = Element(self.md.doc_tag)
        self._children(root, self.reading.document.root.children)
        return ElementTree(root)

    def _children(self, parent: Element, found: Iterable[Block], tight: bool = False) -> None:
        """Each block on a line of its own; the paragraphs of a tight list are text without a tag."""
        if not tight:
            parent.text = "\n"
        for block in found:
            if block.kind is Kind.FOOTNOTE:
                note = self.reading.footnotes.content.setdefault(block.mark, Element("li", {"id": f"fn:{block.mark}"}))
                if not len(note):
                    self._children(note, block.children)
            elif block.kind is Kind.PARAGRAPH and not block.lines:
                continue
            elif block.kind is Kind.PARAGRAPH and tight:
                self._text(SubElement(parent, NO_TAG), block)
            else:
                element = self._element(block)
                element.tail = "\n"
                parent.append(element)

    def _text(self, element: Element, block: Block) -> Element:
        """An element that is filled later with the text of a block."""
        self.reading.texts.append((element, "\n".join(block.lines).rstrip(" ")))
        return element

    def _element(self, block: Block) -> Element:
        match block.kind:
            case Kind.PARAGRAPH:
                return self._text(Element("p"), block)
            case Kind.HEADING:
                return self._heading(block)
            case Kind.RULE:
                return Element("hr")
            case Kind.HTML:
                return self._raw(block)
            case Kind.CODE | Kind.FENCE:
                return _code(block)
            case Kind.TABLE:
                return self._table(block)
            case Kind.LIST | Kind.DEFINITIONS:
                return self._list(block)
            case _:
                element = Element("blockquote")
                self._children(element, block.children)
                return element

    def _heading(self, block: Block) -> Element:
        """A heading; `{#name}` at its end is its id."""
        element, text = Element(f"h{block.number}"), "\n".join(block.lines).rstrip(" ")
        if found := _ID.fullmatch(text, max(text.rfind("{#"), 0)):
            element.set("id", found[1])
            text = text[: found.start()].rstrip(" ")
        self.reading.texts.append((element, text))
        return element

    def _raw(self, block: Block) -> Element:
        element = Element(NO_TAG)
        element.text = AtomicString(self.md.htmlStash.store("\n".join(block.lines)))
        return element

    def _list(self, block: Block) -> Element:
        tag = "dl" if block.kind is Kind.DEFINITIONS else "ol" if block.mark in ".)" else "ul"
        element = Element(tag, {"start": str(block.number)} if tag == "ol" and block.number != 1 else {})
        element.text = "\n"
        tight = block.tight
        for child in block.children:
            if child.kind is Kind.TERM:
                item = self._text(SubElement(element, "dt"), child)
            else:
                item = SubElement(element, "dd" if child.kind is Kind.MEANING else "li")
                self._children(item, child.children, tight or not child.children)
            item.tail = "\n"
        return element

    def _table(self, block: Block) -> Element:
        table = Element("table")
        table.text = "\n"
        for row in block.lines:
            group = table[-1] if len(table) > 1 else SubElement(table, "tbody" if len(table) else "thead")
            group.text = group.tail = "\n"
            line = SubElement(group, "tr")
            line.text = line.tail = "\n"
            given = blocks.cells(row)
            for index, align in enumerate(block.aligns):
                cell = SubElement(line, "td" if group.tag == "tbody" else "th", {"align": align} if align else {})
                cell.tail = "\n"
                self.reading.texts.append((cell, given[index] if index < len(given) else ""))
        return table


class _Texts(Treeprocessor):
    """Fills the elements that hold text within a line, and puts the footnotes at the end."""

    def __init__(self, parser: _Parser) -> None:
        super().__init__(parser.md)
        self.parser = parser

    def run(self, root: Element) -> None:
        """Fill the elements of the text that the parser has read."""
        reading, raw = self.parser.reading, self.parser.md.htmlStash
        context = inlines.Context(reading.document.references, reading.footnotes, raw.store)
        for element, text in reading.texts:
            inlines.fill(element, text, context)
        if reading.footnotes.content:
            root.append(_footnotes(reading.footnotes))


class _Abbreviations(AbbrTreeprocessor):
    """The library's abbreviations, with those of the text that the parser has read."""

    def __init__(self, parser: _Parser) -> None:
        super().__init__(parser.md)
        self.parser = parser

    def run(self, root: Element) -> None:
        """Mark each abbreviation with its meaning."""
        self.abbrs = self.parser.reading.document.abbreviations
        super().run(root)


class _Raw(Postprocessor):
    """Puts HTML that is in the text where its placeholders are."""

    def run(self, text: str) -> str:
        """The text with its HTML."""
        kept = self.md.htmlStash.rawHtmlBlocks
        return _PLACEHOLDER.sub(lambda found: str(kept[int(found[1])]), text)


def _html(root: Element) -> str:
    return tostring(root, encoding="unicode", method="html")


def _code(block: Block) -> Element:
    element, code = Element("pre"), Element("code")
    code.text = AtomicString("".join(f"{line}\n" for line in block.lines))
    element.append(code)
    return element


def _footnotes(footnotes: inlines.Footnotes) -> Element:
    """All footnotes in the order in which they are referred to, those that nothing refers to last."""
    box = Element("div")
    box.text = "\n"
    SubElement(box, "hr").tail = "\n"
    ordered = SubElement(box, "ol")
    ordered.text = ordered.tail = "\n"
    for label in [*footnotes.used, *(label for label in footnotes.content if label not in footnotes.used)]:
        note = footnotes.content[label]
        note.tail = "\n"
        ordered.append(note)
        _lead_back(note, label, list(footnotes.used), footnotes.used.get(label, 0))
    return box


def _lead_back(note: Element, label: str, used: list[str], count: int) -> None:
    """Links at the end of a footnote to each place that refers to it."""
    if not count:
        return
    last = note[-1] if len(note) and note[-1].tag == "p" else note
    title = f"Jump back to footnote {used.index(label) + 1} in the text"
    for number in range(1, count + 1):
        href = f"#fnref{number if number > 1 else ''}:{label}"
        link = SubElement(last, "a", {"href": href, "title": title})
        link.text = "\u21a9"
        if number == 1:
            _append_text(last, "\u00a0", before=link)


def _append_text(parent: Element, text: str, before: Element) -> None:
    index = list(parent).index(before)
    if index:
        parent[index - 1].tail = (parent[index - 1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text
