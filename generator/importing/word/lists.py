"""Lists of a Word file: paragraphs with labels become items, with the numbers that Word printed.

A number that an ordinary list cannot show is written as text: 1.1 and Step 1 always, (a) and iv where the text
refers to it. An indented paragraph under an item belongs to it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lxml import etree

from generator.importing.word.headings import Headings
from generator.importing.word.line import Paragraph
from generator.importing.word.numbering import Label
from generator.importing.word.source import Findings
from generator.importing.word.symbols import BULLETS
from generator.importing.word.words import first_words
from generator.importing.word.xml import Element

_TYPED = re.compile(rf"\s*[{BULLETS}]\s*(?=\S)")
_LETTERS = re.compile(r"[a-z]{1,2}|[ivxlcdm]+", re.I)
_REFERS = (
    r"(?i:\b(?:paragraph|para|point|item|clause|section|part|option|step|paragraff|cymal|pwynt|rhan|adran|eitem)s?)"
)
_IN_BRACKETS = re.compile(r"(?<![^\W\d_])\((\w{1,12})\)")
_AFTER_WORD = re.compile(rf"{_REFERS}\s+\(?(\w{{1,12}})\b(?!['’])")
_NEARLY = 100
"""Twentieths of a point by which two indents may differ and be meant as one."""


@dataclass
class _Open:
    """A list that is open, and its last item."""

    element: Element
    item: Element
    label: Label
    paragraph: Paragraph


class Lists:
    """Arranges the paragraphs of one document."""

    def __init__(self, described: Mapping[Element, Paragraph], findings: Findings, headings: Headings) -> None:
        self._described = described
        self._findings = findings
        self._headings = headings
        self._as_text = _written_as_text(described.values(), findings)
        self._open: list[_Open] = []

    def arrange(self, container: Element) -> None:
        """Make headings and lists of the paragraphs right inside the body, a cell or a note."""
        siblings = list(container)
        in_cell = container.tag != "body"
        self._open = []
        for sibling in siblings:
            container.remove(sibling)
        for index, element in enumerate(siblings):
            paragraph = self._described.get(element)
            if paragraph is None:
                self._open = []
                container.append(element)
                continue
            if paragraph.right_to_left:
                element.set("dir", "rtl")
            if paragraph.heading is not None:
                self._open = []
                self._write_label(element, paragraph)
                self._headings.make(element, paragraph, in_cell=in_cell)
                container.append(element)
            elif not in_cell and self._headings.proposable(siblings, index):
                self._open = []
                container.append(element)
                self._headings.propose(element)
                self._write_label(element, paragraph)
            else:
                self._text(element, paragraph, container)

    def _text(self, element: Element, paragraph: Paragraph, container: Element) -> None:
        label = paragraph.label or _typed_label(element, paragraph)
        if label is None:
            self._unlabelled(element, paragraph, container)
            return
        if (label.list_id, label.level) in self._as_text:
            self._write_label(element, paragraph)
            self._close_until_holds(label, paragraph)
            self._holder(container).append(element)
            return
        self._item(element, label, paragraph, container)

    def _unlabelled(self, element: Element, paragraph: Paragraph, container: Element) -> None:
        """A paragraph inside the item whose text it is indented like, else one that ends the lists."""
        while self._open and paragraph.indent < max(self._open[-1].paragraph.indent - _NEARLY, 1):
            self._open.pop()
        self._holder(container).append(element)

    def _item(self, element: Element, label: Label, paragraph: Paragraph, container: Element) -> None:
        self._close_until_holds(label, paragraph, siblings=True)
        last = self._open[-1] if self._open else None
        if last is not None and not _is_deeper(label, paragraph, last):
            goes_on = last.label.ordered == label.ordered and (
                not label.ordered or label.number == last.label.number + 1
            )
            if goes_on:
                last.item = etree.SubElement(last.element, "li")
                last.item.append(element)
                last.label, last.paragraph = label, paragraph
                return
            self._open.pop()
        new_list = etree.SubElement(self._holder(container), "ol" if label.ordered else "ul")
        if label.ordered and label.number != 1:
            new_list.set("start", str(label.number))
        item = etree.SubElement(new_list, "li")
        item.append(element)
        self._open.append(_Open(new_list, item, label, paragraph))

    def _close_until_holds(self, label: Label, paragraph: Paragraph, *, siblings: bool = False) -> None:
        """Close the lists that cannot hold a paragraph, in an item or (`siblings`) as one."""
        while self._open and not _is_deeper(label, paragraph, self._open[-1]):
            if siblings and _is_level(label, paragraph, self._open[-1]):
                return
            self._open.pop()

    def _holder(self, container: Element) -> Element:
        return self._open[-1].item if self._open else container

    def _write_label(self, element: Element, paragraph: Paragraph) -> None:
        if paragraph.label is None or not paragraph.label.ordered:
            return
        first = element.find("strong")
        into = first if first is not None and not (element.text or "").strip() else element
        into.text = f"{paragraph.label.text} {(into.text or '').lstrip()}"
        self._findings.labels[paragraph.source] = paragraph.label.text


def _is_deeper(label: Label, paragraph: Paragraph, last: _Open) -> bool:
    if label.list_id == last.label.list_id and label.level != last.label.level:
        return label.level > last.label.level
    if paragraph.depth != last.paragraph.depth:
        return paragraph.depth > last.paragraph.depth
    if label.list_id == last.label.list_id and label.list_id:
        return False
    return paragraph.indent > last.paragraph.indent + _NEARLY


def _is_level(label: Label, paragraph: Paragraph, last: _Open) -> bool:
    """Whether a paragraph, which is not deeper, is as deep."""
    if label.list_id == last.label.list_id and label.level != last.label.level:
        return False
    if paragraph.depth != last.paragraph.depth:
        return False
    if label.list_id == last.label.list_id and label.list_id:
        return True
    return abs(paragraph.indent - last.paragraph.indent) <= _NEARLY


def _typed_label(element: Element, paragraph: Paragraph) -> Label | None:
    """The label of a paragraph that begins with a bullet somebody typed; the bullet goes."""
    if "\n" in paragraph.text:
        return None
    typed = _TYPED.match(paragraph.text)
    if typed is None:
        return None
    to_cut = typed.end()
    for node in element.iter():
        text = node.text or ""
        cut = min(len(text), to_cut)
        node.text, to_cut = text[cut:], to_cut - cut
        if not to_cut:
            break
    return Label("", 0, 0, "", paragraph.indent)


def _written_as_text(paragraphs: Iterable[Paragraph], findings: Findings) -> set[tuple[str, int]]:
    """The levels of lists, by list and level, whose labels must be text; and a word in the report on each."""
    levels: dict[tuple[str, int], list[Paragraph]] = defaultdict(list)
    described = list(paragraphs)
    for paragraph in described:
        label = paragraph.label
        if label is not None and label.ordered and paragraph.heading is None and not label.plain:
            levels[label.list_id, label.level].append(paragraph)
    cited = _cited("\n".join(paragraph.text for paragraph in described))
    as_text: set[tuple[str, int]] = set()
    for level, members in levels.items():
        labels = [member.label.text for member in members if member.label is not None]
        where = first_words(members[0].text)
        cores = [label.strip("().: ") for label in labels]
        if any(not _LETTERS.fullmatch(core) or core in cited for core in cores):
            as_text.add(level)
            findings.lose("label written as text", where, labels[0])
        else:
            findings.lose("label changed", where, labels[0])
    return as_text


def _cited(text: str) -> set[str]:
    """Labels that a text refers to: anything in brackets, and what follows a word such as paragraph."""
    in_brackets = {found[1] for found in _IN_BRACKETS.finditer(text)}
    return in_brackets | {found[1] for found in _AFTER_WORD.finditer(text)}
