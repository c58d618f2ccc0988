"""Which rights follow from which lawful basis. UK GDPR articles 6, 7(3), 17, 20 and 21."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from generator.law.statute_book import newest


class Right(StrEnum):
    """The value is the key of its words."""

    ACCESS = "access"
    RECTIFICATION = "rectification"
    RESTRICTION = "restriction"
    ERASURE = "erasure"
    PORTABILITY = "portability"
    OBJECT = "object"
    WITHDRAW = "withdraw"


ALWAYS = (Right.ACCESS, Right.RECTIFICATION, Right.RESTRICTION)


class Article(StrEnum):
    """The points of UK GDPR article 6(1); the value is how an editor writes them."""

    CONSENT = "6(1)(a)"
    CONTRACT = "6(1)(b)"
    LEGAL_OBLIGATION = "6(1)(c)"
    VITAL_INTERESTS = "6(1)(d)"
    PUBLIC_TASK = "6(1)(e)"
    RECOGNISED_INTERESTS = "6(1)(ea)"
    LEGITIMATE_INTERESTS = "6(1)(f)"


@cache
def _following() -> Mapping[Article, tuple[Right, ...]]:
    """The rights that follow from each basis, by the files of law."""
    return {Article(point): tuple(map(Right, basis.rights)) for point, basis in newest().bases.items()}


@dataclass(frozen=True)
class DerivedRight:
    """A right, and the bases that give it; no bases means that everybody has it whatever the basis."""

    right: Right
    bases: tuple[Article, ...] = ()


def read_article(text: str) -> Article | None:
    """The point of article 6 that an editor means by `6(1)(e)`, `Article 6.1.e` or `(e)`; None for anything else."""
    plain = re.sub(r"article|art\.?|uk|gdpr|[\s().]", "", text.lower())
    found = re.fullmatch(r"(?:61|6)?(ea|[a-f])", plain)
    return Article(f"6(1)({found[1]})") if found else None


def derived(bases: Iterable[Article]) -> list[DerivedRight]:
    """The rights that follow from all the bases of a notice, those that everybody has first."""
    unique = tuple(dict.fromkeys(bases))
    rights = [DerivedRight(right) for right in ALWAYS]
    for right in (Right.ERASURE, Right.PORTABILITY, Right.OBJECT, Right.WITHDRAW):
        if giving := tuple(basis for basis in unique if right in _following()[basis]):
            rights.append(DerivedRight(right, () if giving == unique else giving))
    return rights
