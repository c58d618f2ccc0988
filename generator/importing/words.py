"""The words of a text, as source and notice are compared by them, and its characters put in order. Pure."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser

UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069\ufe0e\ufe0f]")
"""Soft hyphens, zero-width spaces and marks that turn the direction: nobody sees them, and they break words and links.

Joiners (U+200C, U+200D) and the marks of one letter's direction (U+200E, U+200F) mean something in other scripts.
"""
_OF_PROGRAMS = re.compile("[\ue000-\uefff]")
"""Signs for private use. Word's bullets are the ones from U+F000 on."""
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_SPACES = re.compile(r"[^\S\u00a0]+")
_TIED = re.compile(r"(?<=\d)\u00a0(?=[^\W\d])")
"""A no-break space between a number and its unit or month. Word writes it in many places where it means nothing."""
_WORD = re.compile(r"\w+")
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "br", "button", "caption", "center", "dd", "del", "ins"}
    | {"details", "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "img", "input", "label", "legend"}
    | {"li", "main", "menu", "nav", "ol", "option", "p", "pre", "section", "select", "sub", "summary"}
    | {"sup", "table", "tbody", "td", "textarea", "tfoot", "th", "thead", "tr", "ul"}
)
_UNSEEN_ELEMENTS = frozenset(("script", "style", "template", "head", "title"))


def clean(text: str) -> str:
    """The text in Unicode's composed form (NFC), one space between words, without signs that nobody sees."""
    text = _NOT_TEXT.sub("", _OF_PROGRAMS.sub("", UNSEEN.sub("", text)))
    text = _TIED.sub("\ufdd0", unicodedata.normalize("NFC", text)).replace("\u00a0", " ")
    return _SPACES.sub(" ", text).replace("\ufdd0", "\u00a0")


def words_of(text: str) -> list[str]:
    """Every run of letters and digits, in order. A row of underscores alone is a gap and no word."""
    return [word for word in _WORD.findall(clean(text)) if word.strip("_")]


def seen_in(html: str) -> tuple[str, ...]:
    """Every word of a page that is text, hidden or not, read by Python's own parser: nothing of the import reads so."""
    reader = _Words()
    reader.feed(html)
    reader.close()
    return tuple(words_of("".join(reader.parts)))


class _Words(HTMLParser):
    """Collects the text of a page, with a space wherever one block ends and another starts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.unseen = ""
        self.hidden = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where text that nobody sees starts."""
        if {"hidden", "aria-hidden"} & {name for name, _ in attrs}:
            self.hidden = tag
            self.parts.append(" ")
        if not self.unseen and tag in _UNSEEN_ELEMENTS:
            self.unseen = tag
        elif self.unseen == "head" and tag == "body":
            self.unseen = ""
        self._apart(tag)

    def handle_endtag(self, tag: str) -> None:
        """Note where it ends."""
        if tag == self.unseen:
            self.unseen = ""
        if tag == self.hidden:
            self.hidden = ""
            self.parts.append(" ")
        self._apart(tag)

    def handle_data(self, data: str) -> None:
        """Keep what is seen."""
        if not self.unseen:
            self.parts.append(data)

    def _apart(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.parts.append(" ")
