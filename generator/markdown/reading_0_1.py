"""The reading of Markdown of release 0.1, for the versions that it published: their pages show the HTML that they always had.

Nothing here changes any more. The library took lists in a form of its own, four spaces a level and an empty line before
them, so texts were put in that form first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from markdown import Markdown
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.md_in_html import MarkdownInHtmlExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension

FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_ITEM = re.compile(r"([-*+]|\d{1,9}[.)])( +)(?=\S)")
_RULE = re.compile(r"([-*_])(?: *\1){2,} *$")
_CLOSES = re.compile(r"#{1,6} |[><|]|```|~~~|\[[^\]]+\]:")
_DETAILS = re.compile(r"^ {0,3}<(details)((?:\s[^>]*)?)>", re.I)
_BLANK_LIMIT = 12


def library() -> Markdown:
    """Python-Markdown as release 0.1 used it."""
    extensions = [
        AbbrExtension(),
        DefListExtension(),
        FencedCodeExtension(),
        FootnoteExtension(),
        MarkdownInHtmlExtension(),
        SaneListExtension(),
        TableExtension(use_align_attribute=True),
    ]
    return Markdown(extensions=extensions, output_format="html")


@dataclass(frozen=True)
class _Item:
    """An open list item: the column at which its text starts."""

    content: int


def readable(markdown: str) -> str:
    """The same text with nested lists at four spaces a level, an empty line before a list, and open accordions."""
    reader = _Reader()
    for line in markdown.split("\n"):
        reader.line(line)
    return "\n".join(reader.out)


class _Reader:
    """Reads line by line. `open` are the list items that the line may belong to, the outermost first."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.open: list[_Item] = []
        self.fence: str | None = None
        self.after_blank = True
        self.in_paragraph = False

    def line(self, line: str) -> None:
        if self._fenced(line):
            return
        if not line.strip():
            self.out.append("")
            self.after_blank, self.in_paragraph = True, False
            return
        start = line[: len(line) - len(line.lstrip())].expandtabs(4)
        text = line.lstrip()
        item = None if _RULE.match(text) else _ITEM.match(text)
        if item and self._starts_item(item, len(start)):
            self._item(item, text, len(start))
        else:
            self._text(line, text, len(start))
        self.after_blank = False

    def _fenced(self, line: str) -> bool:
        found = FENCE.match(line)
        if self.fence is None and not found:
            return False
        if self.fence is None and found:
            self.fence = found[1]
            self.open.clear()
        elif found and self.fence and found[1].startswith(self.fence) and not line.strip().strip(self.fence[0]):
            self.fence = None
        self.out.append(line)
        self.after_blank, self.in_paragraph = False, False
        return True

    def _starts_item(self, item: re.Match[str], indent: int) -> bool:
        if not self.open and indent > 3:
            return False
        return not self.in_paragraph or bool(self.open) or not item[1][0].isdigit() or item[1][:-1] == "1"

    def _item(self, item: re.Match[str], text: str, indent: int) -> None:
        if self.in_paragraph and not self.open:
            self.out.append("")
        while self.open and indent < self.open[-1].content:
            self.open.pop()
        if len(self.open) >= _BLANK_LIMIT:
            self.open.pop()
        marker = item[1].replace(")", ".")
        self.out.append(f"{'    ' * len(self.open)}{marker} {text[item.end() :]}")
        width = len(item[1]) + (len(item[2]) if len(item[2]) < 5 else 1)
        self.open.append(_Item(indent + width))
        self.in_paragraph = False

    def _text(self, line: str, text: str, indent: int) -> None:
        closes = bool(_CLOSES.match(text)) and bool(self.open) and indent < self.open[-1].content
        if self.after_blank or closes:
            while self.open and indent < self.open[-1].content:
                self.open.pop()
        if self.open:
            extra = max(0, indent - self.open[-1].content) if self.after_blank else 0
            line = f"{'    ' * len(self.open)}{' ' * extra}{text}"
        elif closes and self.out and self.out[-1]:
            self.out.append("")
        line = _DETAILS.sub(_with_markdown, line)
        self.out.append(line)
        self.in_paragraph = not self.open and indent < 4 and not _CLOSES.match(text) and not _RULE.match(text)


def _with_markdown(found: re.Match[str]) -> str:
    """An accordion whose content is read as Markdown, as it is elsewhere."""
    return found[0] if "markdown" in found[2] else f'<{found[1]}{found[2]} markdown="1">'
