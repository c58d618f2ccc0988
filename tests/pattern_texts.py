"""Texts that a regular expression finds: each alternative, with and without what is optional."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import product
from re import _constants as kind
from re import _parser as parser
from typing import Any

_OF_CATEGORY = {
    kind.CATEGORY_DIGIT: "1",
    kind.CATEGORY_SPACE: " \u00a0",
    kind.CATEGORY_NOT_SPACE: "x",
    kind.CATEGORY_WORD: "x",
    kind.CATEGORY_NOT_WORD: ".",
}


def texts(pattern: re.Pattern[str]) -> list[str]:
    """The findings of a pattern in such texts; those at which it looks away, by what stands around them, are left out."""
    written = map("".join, _of_all(parser.parse(pattern.pattern, pattern.flags)))
    return sorted({found[0] for text in written if (found := pattern.search(text))})


def _of_all(items: Iterable[tuple[Any, Any]]) -> Iterator[str]:
    return map("".join, product(*(list(_of_one(*item)) for item in items)))


def _of_one(what: Any, value: Any) -> Iterator[str]:
    if what is kind.LITERAL:
        yield chr(value)
    elif what is kind.IN:
        yield from _of_set(value)
    elif what is kind.BRANCH:
        for alternative in value[1]:
            yield from _of_all(alternative)
    elif what is kind.SUBPATTERN:
        yield from _of_all(value[-1])
    elif what in (kind.MAX_REPEAT, kind.MIN_REPEAT):
        least, most, repeated = value
        yield from {text * times for text in _of_all(repeated) for times in {least, min(least + 1, most)}}
    elif what in (kind.ANY, kind.NOT_LITERAL):
        yield "x"
    else:  # a place, or what stands around it
        yield ""


def _of_set(members: list[tuple[Any, Any]]) -> Iterator[str]:
    if members[0][0] is kind.NEGATE:
        yield "x"
        return
    for what, value in members:
        if what is kind.CATEGORY:
            yield from _OF_CATEGORY[value]
        else:
            yield chr(value if what is kind.LITERAL else value[0])
