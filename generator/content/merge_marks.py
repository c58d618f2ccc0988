"""The marks that git leaves in a text where two people changed the same lines. Pure.

A text that has them is no text of anybody's: it is refused as a whole, with one problem a conflict and no others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.problems import Place, Problem
from generator.rule import ERROR, Family, Rule
from generator.scene import FILE, Edit, scene

Y07 = Rule(
    "Y07",
    Family.FILE,
    ERROR,
    "A merge that was not finished",
    "The marks of git where two people changed the same lines: in notices, pages, shared wording, site.yml, words and "
    "the lock.",
    "Nobody wrote such a text, and residents would read the marks.",
    scene(Edit(FILE, new="<<<<<<< HEAD\nWe lend books.\n=======\nWe lend films.\n>>>>>>> films\n"), "check"),
    scene(Edit(FILE, new="Books and films\n=======\nWe lend both.\n"), "check"),
)
_OPENS = re.compile(r"(?m)^<{7}(?: .*)?\r?$")
_CLOSES = re.compile(r"(?m)^>{7}(?: .*)?\r?$")
_MARK = re.compile(r"(?:<{7}|\|{7}|>{7})(?: .*)?|={7}")


def problems(text: str, file: str) -> list[Problem]:
    """A problem for each conflict that a merge left, at its first mark; a row of `=` alone is none."""
    return list(_conflicts(text, file))


def is_mark(line: str) -> bool:
    """Whether a line of a text that has conflicts is one of their marks."""
    return _MARK.fullmatch(line.rstrip("\r")) is not None


def _conflicts(text: str, file: str) -> Iterator[Problem]:
    if "<<<<<<<" not in text and ">>>>>>>" not in text:
        return
    opened = [text.count("\n", 0, found.start()) + 1 for found in _OPENS.finditer(text)]
    closed = [text.count("\n", 0, found.start()) + 1 for found in _CLOSES.finditer(text)]
    for index, line in enumerate(opened):
        following = opened[index + 1] if index + 1 < len(opened) else text.count("\n") + 2
        end = next((number for number in closed if line < number < following), None)
        where = f"from here to line {end}" if end else "from here on"
        yield Y07.problem(Place(file, line), f"A merge left both versions of this text, {where}.", _REMEDY)
    if not opened and closed:
        yield Y07.problem(Place(file, closed[0]), "A merge left one of its marks here.", _REMEDY)


_REMEDY = "Keep the words that are right, and take out the lines that begin with <<<<<<<, ======= and >>>>>>>."
