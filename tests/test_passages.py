"""The passages that are compared are those that a general reader of HTML finds in what `markdown.render` makes."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.markdown.render import Renderer
from generator.versions import html_passages
from generator.versions.html_passages import Text
from tests.examples import examples

PIECES = [
    "**",
    "_",
    "`",
    "- ",
    "1. ",
    "# ",
    "> ",
    "\n",
    "\n\n",
    "[a](b)",
    "[a & b](mailto:c@example.org)",
    "<br>",
    "<",
    "&",
]
PIECES += [
    "| a | b |\n| - | - |\n| c | d |\n",
    '![x > "y"](z.png)',
    "words",
    " ",
    "&amp;",
    "é",
    "<details>",
    "<summary>",
]
PIECES += [
    "</summary>",
    "</details>",
    "term\n: meaning",
    '[q](r "a > b")',
    "    code",
    "<td>",
    "<p>",
    "</p>",
    "[^1]",
    "[^1]: n",
]
RENDERER = Renderer()
NOTICES = sorted((Path(__file__).parent / "notices").glob("*.md"))


def by_general_reader(html: str) -> tuple[Text, ...]:
    reader = Reader()
    reader.feed(html)
    reader.close()
    reader.flush()
    return tuple(reader.found)


@settings(max_examples=examples(100, 3000), deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_a_text_has_the_passages_that_a_general_reader_finds(markdown: str) -> None:
    html = RENDERER.any_section(markdown, "x")
    assert html_passages.passages_in(html) == by_general_reader(html)


@pytest.mark.parametrize("path", NOTICES, ids=lambda path: path.stem)
def test_a_pasted_notice_has_the_passages_that_a_general_reader_finds(path: Path) -> None:
    html = RENDERER.any_section(path.read_text("utf-8"), "x")
    assert html_passages.passages_in(html) == by_general_reader(html)


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Text] = []
        self._pieces: list[str] = []
        self._kinds: list[str] = []
        self._hrefs: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag in html_passages._PASSAGES:
            self.flush()
            self._kinds.append(tag)
        elif tag == "a":
            self._hrefs.append((values.get("href") or "", len(self._pieces)))
        elif tag == "br":
            self._pieces.append(" ")
        elif tag == "img":
            self._pieces.append(f" {values.get('alt') or ''} ")

    def handle_endtag(self, tag: str) -> None:
        if tag in html_passages._PASSAGES:
            self.flush()
            if tag in self._kinds:
                del self._kinds[len(self._kinds) - 1 - self._kinds[::-1].index(tag) :]
        elif tag == "a" and self._hrefs:
            href, start = self._hrefs.pop()
            address = href.removeprefix("mailto:")
            if href and not href.startswith("#") and "".join(self._pieces[start:]) != address:
                self._pieces.append(f" {html_passages.ADDRESS}({address})")

    def handle_data(self, data: str) -> None:
        self._pieces.append(data)

    def flush(self) -> None:
        """End the passage that is being read."""
        words = tuple("".join(self._pieces).split())
        self._pieces.clear()
        if words:
            self.found.append(Text(self._kind(), words))

    def _kind(self) -> str:
        if any(tag in html_passages._HEADINGS for tag in self._kinds):
            return "heading"
        return "item" if "li" in self._kinds else "paragraph"
