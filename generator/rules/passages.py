"""The passages of a text: its paragraphs, headings, list items and table cells, each with its place. Pure."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.content.notice_file import outside_code
from generator.problems import Place

_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d+[.)])[ \t]+")
_QUOTE = re.compile(r"[ \t]*(?:>[ \t]?)+")
_DEFINITION = re.compile(r" {0,3}\[[^\]\n]+\]:|\*\[[^\]\n]+\]:")
_CELL = re.compile(r"[^|]+")
_RULE_LINE = re.compile(r"[-:| \t]+")


@dataclass(frozen=True)
class Passage:
    """A paragraph, heading, list item, table cell or facet text, with its place.

    In `text` every line break is a space, so that a phrase is found wherever it is broken; `starts` are the offsets
    of its lines, each with the line's number and the column at which that part of the text begins.
    """

    text: str
    file: str
    starts: tuple[tuple[int, int, int], ...]
    facet: str = ""
    heading: int = 0
    item: bool = False
    """Whether it is an item of a list."""
    cell: bool = False
    """Whether it is a cell of a table."""
    column: str = ""
    """The heading of the column of that cell."""

    def place(self, offset: int = 0) -> Place:
        """The place of a character of the text; for a facet that of its key."""
        begin, line, column = self.starts[max(bisect_right(self.starts, offset, key=lambda start: start[0]) - 1, 0)]
        return Place(self.file, line, column if self.facet else column + offset - begin)


def passages(lines: list[str], file: str, first_line: int) -> Iterator[Passage]:
    """The passages of a piece of Markdown whose first line has that number."""
    held: list[tuple[int, int, str]] = []  # (line number, column, text)
    item = False
    columns: list[str] = []
    for index, line, prose in outside_code(lines):
        number = first_line + index
        level = len(line.lstrip()) - len(line.lstrip().lstrip("#")) if line.lstrip().startswith("#") else 0
        starts_new = bool(_ITEM.match(line) or _DEFINITION.match(line)) or 0 < level <= 6 or line.lstrip()[:1] == "|"
        if not prose or not line.strip() or starts_new or _RULE_LINE.fullmatch(line):
            yield from _joined(held, file, item)
            held, item = [], False
        if line.lstrip()[:1] != "|":
            columns = []
        if not prose or not line.strip() or _RULE_LINE.fullmatch(line) or _DEFINITION.match(line):
            continue
        if line.lstrip()[:1] == "|":
            yield from _cells(line, file, number, columns)
        elif 0 < level <= 6:
            text = line.lstrip().lstrip("#")
            column = len(line) - len(text) + 1
            yield Passage(text.rstrip(), file, ((0, number, column),), heading=level)
        else:
            listed = _ITEM.match(line)
            item = item or bool(listed)
            mark = listed or _QUOTE.match(line)
            indent = mark.end() if mark else len(line) - len(line.lstrip())
            held.append((number, indent + 1, line[indent:].rstrip()))
    yield from _joined(held, file, item)


def _joined(held: Iterable[tuple[int, int, str]], file: str, item: bool) -> Iterator[Passage]:
    starts, parts, offset = [], [], 0
    for number, column, text in held:
        starts.append((offset, number, column))
        parts.append(text)
        offset += len(text) + 1
    if parts:
        yield Passage(plain(" ".join(parts)), file, tuple(starts), item=item)


def _cells(line: str, file: str, number: int, columns: list[str]) -> Iterator[Passage]:
    """The cells of a row that have words; `columns` are the first row's, which are noted where they are not known yet."""
    first = not columns
    for index, found in enumerate(_CELL.finditer(line, line.index("|"))):
        text = found[0].strip()
        column = "" if first or index >= len(columns) else columns[index]
        if first:
            columns.append(text)
        if text:
            begin = found.start() + len(found[0]) - len(found[0].lstrip()) + 1
            yield Passage(text, file, ((0, number, begin),), cell=True, column=column)


def plain(text: str) -> str:
    """The text on one line."""
    return text.replace("\n", " ").replace("\t", " ")
