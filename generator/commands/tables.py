"""Tables for people: columns in plain text that fit a terminal, long cells on several lines. Pure."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from itertools import zip_longest

WIDTH = 100
"""Columns of text that a table may take."""
GAP = "  "
_LEAST = 8


def table(rows: Sequence[Sequence[str]], width: int = WIDTH) -> str:
    """The rows below the first, which has the headings, under a rule; no line is longer than `width`."""
    widths = _fitting(rows, width)
    head, *body = [_lines(row, widths) for row in rows]
    rule = "-" * max(len(line) for lines in (head, *body) for line in lines)
    return "\n".join([*head, rule, *(line for lines in body for line in lines)])


def _fitting(rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """The width of each column: the widest give way first, down to their longest words where that is enough."""
    columns = [[row[index] for row in rows] for index in range(len(rows[0]))]
    widths = [max(map(len, column)) for column in columns]
    words = [max(len(word) for cell in column for word in cell.split() or [""]) for column in columns]
    room = width - len(GAP) * (len(widths) - 1)
    for least in (words, [_LEAST] * len(widths)):
        while sum(widths) > room and (wide := [i for i, own in enumerate(widths) if own > least[i]]):
            widths[max(wide, key=widths.__getitem__)] -= 1
    return widths


def _lines(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    cells = [textwrap.wrap(cell, own) or [""] for cell, own in zip(row, widths, strict=True)]
    lines = []
    for parts in zip_longest(*cells, fillvalue=""):
        lines.append(GAP.join(part.ljust(own) for part, own in zip(parts, widths, strict=True)).rstrip())
    return lines
