"""Tables that a reader of the page cannot find their way in. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from generator.content.notice_file import outside_code
from generator.problems import Place, Problem
from generator.rule import WARNING, Example, Family, Rule
from generator.rules.case import Case

B06 = Rule(
    "B06",
    Family.BODY,
    WARNING,
    "A table without a header",
    "Tables whose first row, the one above the line of hyphens, is empty.",
    "WCAG 2.2, 1.3.1: a screen reader reads the header of its column with each cell, and here there is none.",
    Example(body="|  |  |\n| --- | --- |\n| Your card | 2 years |"),
    Example(body="| Record | How long |\n| --- | --- |\n| Your card | 2 years |"),
)
RULES = (B06,)


def check(case: Case) -> Iterator[Problem]:
    """The tables of one text that have no header."""
    for section in case.notice.parts:
        lines = section.markdown.split("\n")
        in_code = {index for index, _, is_prose in outside_code(lines) if not is_prose}
        for index, (line, below) in enumerate(pairwise(lines)):
            if index not in in_code and _is_empty_row(line) and _is_line_of_hyphens(below):
                place = Place(section.place.file, section.first_line + index)
                remedy = "Say in each cell of this row what the column holds; move the first row of the table here if it does."
                yield B06.problem(place, "This table has no header: its first row is empty.", remedy)


def _is_empty_row(line: str) -> bool:
    return "|" in line and not line.strip(" \t|")


def _is_line_of_hyphens(line: str) -> bool:
    return "|" in line and "-" in line and not line.strip(" \t|:-")
