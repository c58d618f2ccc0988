"""A section's HTML as the passages that a reader sees: paragraphs, items and headings in plain words. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

ADDRESS = "\ue000"
"""Stands before a word that is the address behind a link, which nobody sees in the text."""
_HEADINGS = frozenset({"h3", "h4", "h5", "h6", "caption", "summary"})
_PASSAGES = _HEADINGS | {"p", "li", "dt", "dd", "td", "th", "pre", "blockquote", "div", "tr", "table", "ul", "ol", "dl"}


_PLAIN_LINK = re.compile(r'<a href="(?:mailto:)?([^"]*)">\1</a>')
TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?:[^">]|"[^"]*")*)>')
"""A tag as the cleaner writes it: small letters, each value between quotation marks, no comments."""


@dataclass(frozen=True)
class Text:
    """A passage: its kind (paragraph, item or heading) and its words."""

    kind: str
    words: tuple[str, ...]


def without_plain_links(html: str) -> str:
    """HTML in which a link to what its own words say is text: releases differ in whether they link a plain address."""
    return _PLAIN_LINK.sub(r"\1", html)


def passages_in(html: str) -> tuple[Text, ...]:
    """The paragraphs, list items, cells and headings of a section's HTML, as `markdown.render` makes it, as plain
    words."""
    reader, html = _Reader(), without_plain_links(html)
    for tag in TAG.finditer(html):
        reader.text(html[reader.at : tag.start()])
        reader.at = tag.end()
        if tag[1]:
            reader.end(tag[2])
        else:
            reader.start(tag[2], tag[3])
    reader.text(html[reader.at :])
    reader.flush()
    return tuple(reader.found)


class _Reader:
    def __init__(self) -> None:
        self.at = 0
        self.found: list[Text] = []
        self._pieces: list[str] = []
        self._kinds: list[str] = []
        self._hrefs: list[str] = []

    def start(self, tag: str, attributes: str) -> None:
        """A tag opens, with the text of its attributes."""
        if tag in _PASSAGES:
            self.flush()
            self._kinds.append(tag)
        elif tag == "a":
            self._hrefs.append(_value("href", attributes))
        elif tag == "br":
            self._pieces.append(" ")
        elif tag == "img":
            self._pieces.append(f" {_value('alt', attributes)} ")

    def end(self, tag: str) -> None:
        """A tag closes, and with it those inside that nobody closed."""
        if tag in _PASSAGES:
            self.flush()
            if tag in self._kinds:
                del self._kinds[len(self._kinds) - 1 - self._kinds[::-1].index(tag) :]
        elif tag == "a" and self._hrefs:
            href = self._hrefs.pop()
            if href and not href.startswith("#"):
                self._pieces.append(f" {ADDRESS}({href.partition(':')[2] if href.startswith('mailto:') else href})")

    def text(self, html: str) -> None:
        """The text between two tags."""
        if html:
            self._pieces.append(unescape(html))

    def flush(self) -> None:
        """End the passage that is being read."""
        words = tuple("".join(self._pieces).split())
        self._pieces.clear()
        if words:
            self.found.append(Text(self._kind(), words))

    def _kind(self) -> str:
        if any(tag in _HEADINGS for tag in self._kinds):
            return "heading"
        return "item" if "li" in self._kinds else "paragraph"


def _value(name: str, attributes: str) -> str:
    found = re.search(rf'(?<!\S){name}="([^"]*)"', attributes)
    return unescape(found[1]) if found else ""
