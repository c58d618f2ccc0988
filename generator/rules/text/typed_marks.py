"""Marks of Markdown that residents would see as they are typed: within HTML, and letters that make no list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from generator.content.model import BodySection
from generator.content.notice_file import outside_code
from generator.markdown.render import risky
from generator.problems import Place, Problem
from generator.rule import WARNING, Example, Family, Rule
from generator.rules.case import Case

if TYPE_CHECKING:
    from generator.markdown.blocks import Block

K11 = Rule(
    "K11",
    Family.LINKS,
    WARNING,
    "Marks within HTML",
    "Lines within a block of HTML with Markdown in them, such as `**bold**`, a link or a list, which is not read there; "
    "and text that is indented by four below a tag and an empty line, which Markdown takes for program code.",
    "Residents would see the marks as they are typed, or the text as code.",
    Example(body="<div>\n    **We never sell it.**\n</div>"),
    Example(body="<div>\n**We never sell it.**\n</div>"),
)
K12 = Rule(
    "K12",
    Family.LINKS,
    WARNING,
    "A list of letters",
    "Lines right below each other that start with `a)` and `b)`, `(a)` and `(b)` or `a.` and `b.`.",
    "Markdown has no lists of letters: residents would see the lines run together.",
    Example(body="We need:\n\na) your name\nb) your address"),
    Example(body="We need:\n\n1. your name\n2. your address"),
)
RULES = (K11, K12)
_HTML = re.compile(r"^[ >]*<[A-Za-z/]", re.M)
_TAG = re.compile(r"<[^<>]*>")
_OPENS = re.compile(r"<[A-Za-z][^<>]*>")
_MARK = re.compile(
    r"(\*\*|__)(?=[^\s*_])[^*_]+\1|!?\[[^\[\]]+\]\([^()\s]*\)|^[ \t]*(?:[-*+]|\d{1,9}[.)]|#{1,6})[ \t]+(?=\S)|^[ \t]*\|.*\|"
)
_LETTER = re.compile(r" {0,3}(\(?)([a-z])([.)])[ \t]+(?=\S)")


def check(case: Case) -> Iterator[Problem]:
    """K11 and K12 for the text of one notice or page."""
    for section in case.notice.parts:
        yield from _within_html(section)
        yield from _letters(section)


def _within_html(section: BodySection) -> Iterator[Problem]:
    """The first line with marks of each block of HTML."""
    text = section.markdown
    if not _HTML.search(text) or risky([text]):
        return
    from generator.markdown import blocks  # the library behind it takes 60 ms to start, and few notices have HTML

    lines = text.split("\n")
    root = blocks.read(text).root
    for block in _code_below_tags(root):
        message = "Residents would see this text as program code: it is indented below a tag and an empty line."
        yield K11.problem(
            Place(section.place.file, section.first_line + block.start - 1), message, "Start its lines at the left."
        )
    for block in _html(root):
        for number, line in enumerate(block.lines, block.start):
            mark = _MARK.search(_TAG.sub("", line))
            if mark is None:
                continue
            typed = mark[0].strip()
            message = f"Residents would see `{typed}` as it is typed: this line is within HTML."
            remedy = "Start the line at the left below an empty line, or write it in HTML, such as <strong>."
            column = max(1, lines[number - 1].find(typed) + 1)
            yield K11.problem(Place(section.place.file, section.first_line + number - 1, column), message, remedy)
            break


def _code_below_tags(block: Block) -> Iterator[Block]:
    """The indented code right below HTML that ends with the start of a box, such as <div>."""
    from generator.markdown.blocks import Kind

    waiting = [block]
    while waiting:
        found = waiting.pop()
        waiting += reversed(found.children)
        for above, below in pairwise(found.children):
            opens = above.kind is Kind.HTML and above.lines and _OPENS.fullmatch(above.lines[-1].strip())
            if opens and below.kind is Kind.CODE:
                yield below


def _html(block: Block) -> Iterator[Block]:
    """The blocks of HTML in a block, those aside that have a text of their own kind, such as code or a comment."""
    from generator.markdown.blocks import Kind

    waiting = [block]
    while waiting:
        found = waiting.pop()
        waiting += reversed(found.children)
        if found.kind is Kind.HTML and found.ends_at_empty_line:
            yield found


def _letters(section: BodySection) -> Iterator[Problem]:
    """The first line of each list whose items start with letters."""
    before = ""
    for (index, line, prose), (_, below, _) in pairwise(outside_code(section.markdown.split("\n"))):
        one, two = _LETTER.match(line), _LETTER.match(below)
        follows = one and two and (one[1], one[3]) == (two[1], two[3]) and ord(two[2]) == ord(one[2]) + 1
        if prose and one and follows and one[2] != before:
            message = f"Lines that start with {one[0].strip()} are no list: they run together on the page."
            remedy = "Start them with 1. or -, or put an empty line between them."
            yield K12.problem(Place(section.place.file, section.first_line + index), message, remedy)
        before = two[2] if two and follows else ""
