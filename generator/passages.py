"""A section's HTML as the passages that a reader sees: paragraphs, items and headings in plain words. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser

ADDRESS = "\ue000"
"""Stands before a word that is the address behind a link, which nobody sees in the text."""
_HEADINGS = frozenset({"h3", "h4", "h5", "h6", "caption", "summary"})
_PASSAGES = _HEADINGS | {"p", "li", "dt", "dd", "td", "th", "pre", "blockquote", "div", "tr", "table", "ul", "ol", "dl"}


@dataclass(frozen=True)
class Text:
    """A passage: its kind (paragraph, item or heading) and its words."""

    kind: str
    words: tuple[str, ...]


def passages_in(html: str) -> tuple[Text, ...]:
    """The paragraphs, list items, cells and headings of a section's HTML as plain words."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.flush()
    return tuple(reader.found)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Text] = []
        self._pieces: list[str] = []
        self._kinds: list[str] = []
        self._hrefs: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag in _PASSAGES:
            self.flush()
            self._kinds.append(tag)
        elif tag == "a":
            self._hrefs.append(values.get("href") or "")
        elif tag == "br":
            self._pieces.append(" ")
        elif tag == "img":
            self._pieces.append(f" {values.get('alt') or ''} ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _PASSAGES:
            self.flush()
            if tag in self._kinds:
                del self._kinds[len(self._kinds) - 1 - self._kinds[::-1].index(tag) :]
        elif tag == "a" and self._hrefs:
            href = self._hrefs.pop()
            if href and not href.startswith("#"):
                self._pieces.append(f" {ADDRESS}({href.partition(':')[2] if href.startswith('mailto:') else href})")

    def handle_data(self, data: str) -> None:
        self._pieces.append(data)

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
