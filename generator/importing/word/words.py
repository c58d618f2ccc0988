"""The visible words of a Word file, read straight from its XML and by other code than the text of the notice.

The report compares both. Left out here as there: what Word hides or has struck off in tracked changes, a table of
contents, page numbers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from lxml import etree

from generator.importing.word.fields import Field, Fields
from generator.importing.word.styles import Styles
from generator.importing.word.symbols import BULLETS, readable, symbol
from generator.importing.word.xml import Element, branch, child, name, text_value

CONTENTS = re.compile(r"toc (heading|[1-9])|table of figures")
"""Names of the styles of a table of contents."""
_UNSEEN = frozenset(map(name, ("w:del", "w:moveFrom", "w:rt", "w:pPr", "w:rPr", "w:sdtPr", "w:instrText")))
_NOTES = {name("w:footnoteReference"): "footnote", name("w:endnoteReference"): "endnote"}
_BOX = name("w:txbxContent")
_SPACES = frozenset(map(name, ("w:tab", "w:ptab", "w:br", "w:cr")))


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared: between spaces, in one Unicode form, without bullets."""
    parts = unicodedata.normalize("NFC", text).split()
    return tuple(part for part in parts if any(_counts(sign) for sign in part))


def first_words(text: str) -> str:
    """How the report names a paragraph."""
    words = text.split()
    return " ".join(words[:8])[:80] + ("…" if len(words) > 8 else "")


class Words:
    """Reads the words of one story: the body, or a note."""

    def __init__(self, styles: Styles, notes: Mapping[tuple[str, str], Element], labels: Mapping[Element, str]) -> None:
        self._styles = styles
        self._notes = notes
        self._labels = labels

    def all_of(self, root: Element) -> tuple[str, ...]:
        """The words of the text, then those of the notes in the order of their references."""
        referred: dict[tuple[str, str], None] = {}
        text = "".join(self._pieces(root, referred))
        for note in list(referred):
            if note in self._notes:
                text += "\n" + "".join(self._pieces(self._notes[note], {}))
        return words_of(text)

    def of_paragraph(self, paragraph: Element) -> str:
        """The visible text of one paragraph, without that of the text boxes fixed to it."""
        return "".join(self._pieces(paragraph, {}, boxes=False)).strip()

    def _pieces(self, root: Element, referred: dict[tuple[str, str], None], *, boxes: bool = True) -> Iterator[str]:
        fields = Fields(root)
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            tag = element.tag
            if event == "end":
                if tag == name("w:p") and not joins_next(element):
                    yield "\n"
                continue
            if tag in _UNSEEN or self._skipped(element) or (tag == _BOX and not boxes):
                for sign in element.iter(name("w:fldChar")):
                    fields.sign(sign)
                walk.skip_subtree()
            if tag == name("w:p"):
                yield "\n" + self._labels.get(element, "") + " "
            elif tag == name("w:tc"):
                yield "\n"
            elif tag in _NOTES:
                referred[_NOTES[tag], text_value(element, "w:id")] = None
            elif tag == name("w:fldChar"):
                yield _form_value(fields.sign(element))
            elif tag == name("w:instrText"):
                fields.instruct(element.text or "")
            else:
                text = self._text(element)
                if text and fields.shows(text):
                    yield text

    def _skipped(self, element: Element) -> bool:
        """Whether nothing in an element is seen, or the notice leaves it out on purpose."""
        tag = element.tag
        if tag == name("w:r"):
            return self._styles.hidden(element)
        if tag == name("w:p"):
            return is_contents(self._styles, element)
        if tag == name("w:sdt"):
            return is_contents_control(element)
        if tag == name("w:fldSimple"):
            return bool(Field(text_value(element, "w:instr")).left_out)
        if tag == name("w:tr"):
            return row_is_unseen(element)
        if tag == name("w:tc"):
            return continues_merge(element)
        if tag in (name("mc:Choice"), name("mc:Fallback")):
            parent = element.getparent()
            return parent is not None and branch(parent) is not element
        return False

    def _text(self, element: Element) -> str:
        tag = element.tag
        if tag in _SPACES:
            return " "
        if tag == name("w:noBreakHyphen"):
            return "\u2011"
        if tag == name("m:t"):
            return element.text or ""
        run = element.getparent()
        if run is None or tag not in (name("w:t"), name("w:sym")):
            return ""
        if tag == name("w:sym"):
            return symbol_of(element)
        if follows_custom_mark(element):
            return ""
        return readable(element.text or "", font_of(self._styles, run))


def joins_next(paragraph: Element) -> bool:
    """Whether the end of a paragraph was deleted or moved away, so that the next one goes on with it (17.13.5.15)."""
    mark = child(paragraph, "w:pPr", "w:rPr")
    return child(mark, "w:del") is not None or child(mark, "w:moveFrom") is not None


def row_is_unseen(row: Element) -> bool:
    """Whether a row of a table was deleted, or is hidden."""
    properties = child(row, "w:trPr")
    return child(properties, "w:del") is not None or child(properties, "w:hidden") is not None


def continues_merge(cell: Element) -> bool:
    """Whether a cell only goes on with the one above it; Word shows nothing of its own."""
    merge = child(cell, "w:tcPr", "w:vMerge")
    return merge is not None and text_value(merge) != "restart"


def is_contents(styles: Styles, paragraph: Element) -> bool:
    """Whether a paragraph is a line of a table of contents."""
    return any(CONTENTS.fullmatch(style) for style in styles.names(styles.of_paragraph(paragraph)))


def is_contents_control(control: Element) -> bool:
    """Whether a content control holds a table of contents."""
    gallery = child(control, "w:sdtPr", "w:docPartObj", "w:docPartGallery")
    return text_value(gallery) == "Table of Contents"


def follows_custom_mark(text: Element) -> bool:
    """Whether a text is the hand-made sign of a note, such as an asterisk, which gets a number instead."""
    before = text.getprevious()
    return before is not None and before.tag in _NOTES and bool(text_value(before, "w:customMarkFollows"))


def font_of(styles: Styles, run: Element) -> str:
    """The font of a run; empty where it is the usual one."""
    return text_value(styles.run_property(run, "w:rFonts"), "w:ascii")


def symbol_of(element: Element) -> str:
    """The character of a `w:sym`."""
    try:
        code = int(text_value(element, "w:char"), 16)
    except ValueError:
        return ""
    return symbol(text_value(element, "w:font"), code)


def _form_value(field: Field | None) -> str:
    return "" if field is None else field.form_value


def _counts(sign: str) -> bool:
    return sign not in BULLETS and unicodedata.category(sign)[0] in "LNS"
