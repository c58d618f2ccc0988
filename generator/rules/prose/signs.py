"""Signs: patterns by which words show that a text says something, as data. `judgement` looks for them.

Patterns are matched against a statement's words: lower case, one space between words, one sign for an address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Words:
    """A pattern over the words of statements; `^` is the start of one. Of hundreds most texts need a few: each is
    compiled at its first use.
    """

    pattern: str

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, re.M)

    def search(self, text: str) -> re.Match[str] | None:
        """Where the pattern is found first."""
        return self._compiled.search(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every place where it is found."""
        return self._compiled.finditer(text)


@dataclass(frozen=True)
class Sign:
    """A statement shows it when all patterns that are given are found, and `unless` is not.

    `says` and `about` are looked for in the statement's words, `under` in a heading, introduction, column or label
    above it, `near` in the statement, its labels and its neighbours. `unsure` signs only make a notice say it
    perhaps.
    """

    says: Words | None = None
    under: Words | None = None
    about: Words | None = None
    near: Words | None = None
    unless: Words | None = None
    anywhere: Words | None = None
    """A sign that some other statement of the text must show as well."""
    unsure: bool = False
    before: int = 1
    after: int = 1
    """How many statements back and on `near` looks."""


@dataclass(frozen=True)
class Kinds:
    """A notice shows it by naming at least `enough` different kinds in statements that `says` or `under` picks out.

    Fewer, but one, make it say it perhaps.
    """

    kinds: tuple[Words, ...]
    says: Words | None = None
    under: Words | None = None
    unless: Words | None = None
    enough: int = 2
    together: bool = False
    """Whether the kinds must be named in one statement, or in statements that follow one another."""


def words(pattern: str) -> Words:
    """A pattern over the words of statements."""
    return Words(pattern)


def sign(
    says: str = "",
    *,
    under: str = "",
    about: str = "",
    near: str = "",
    unless: str = "",
    anywhere: str = "",
    unsure: bool = False,
    before: int = 1,
    after: int = 1,
) -> Sign:
    """A sign from the texts of its patterns."""
    return Sign(
        _maybe(says),
        _maybe(under),
        _maybe(about),
        _maybe(near),
        _maybe(unless),
        _maybe(anywhere),
        unsure=unsure,
        before=before,
        after=after,
    )


def _maybe(pattern: str) -> Words | None:
    return words(pattern) if pattern else None


def kinds(
    *named: str, says: str = "", under: str = "", unless: str = "", enough: int = 2, together: bool = False
) -> Kinds:
    """Kinds from the texts of their patterns."""
    return Kinds(tuple(map(words, named)), _maybe(says), _maybe(under), _maybe(unless), enough, together)


def patterns(signs: Iterable[Sign | Kinds]) -> Iterator[Words]:
    """All the patterns of some signs."""
    for sign in signs:
        for value in vars(sign).values():
            for pattern in value if isinstance(value, tuple) else (value,):
                if isinstance(pattern, Words):
                    yield pattern


Table = Mapping[str, tuple[Sign | Kinds, ...]]
"""The signs of each requirement."""
