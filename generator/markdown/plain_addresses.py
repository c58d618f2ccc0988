"""Web and mail addresses that stand plainly in a text and become links, so that residents on phones can tap them. Pure.

Fewer than GitHub links: a web address starts with https:// or http:// and names a host with a dot; the host of a mail
address ends in letters. A full stop or bracket that belongs to the sentence around is no part of an address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_PART = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\."
_LAST = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61})[A-Za-z0-9]"
_IN_PATH = r"(?!&(?:lt|gt|quot|nbsp);)[^\s<>\"“”`*\\|\[\]{}\x00-\x1f\x7f]"
_FOUND = re.compile(
    rf"(?<![^\W_]|[.+%/@&=~-])"
    rf"(?:(?P<web>[Hh]ttps?://(?:{_PART})+{_LAST}(?::\d{{1,5}})?(?![\w@-]|:\d)(?:[/?#](?:{_IN_PATH})*)?)"
    rf"|(?<!mailto:)(?P<mail>[A-Za-z0-9][A-Za-z0-9._+%'-]{{0,63}}@(?:{_PART})+[A-Za-z]{{2,63}})(?![A-Za-z0-9@-]))"
)
_AFTER_IT = "?!.,:;_~'‘’»…("
"""Signs at the end that belong to the sentence, as does a closing bracket without its opening one."""


@dataclass(frozen=True)
class PlainAddress:
    """Where an address is in a text, and what a link to it leads to."""

    start: int
    end: int
    href: str


def plain_addresses(text: str) -> Iterator[PlainAddress]:
    """The addresses in a text, from left to right. The caller knows which are in code or in a link."""
    if "://" not in text and "@" not in text:
        return
    for found in _FOUND.finditer(text):
        if found["mail"]:
            yield PlainAddress(found.start(), found.end(), f"mailto:{found[0]}")
        else:
            address = _without_end_of_sentence(found[0])
            yield PlainAddress(found.start(), found.start() + len(address), address)


def _without_end_of_sentence(address: str) -> str:
    end = len(address)
    unopened = address.count(")") - address.count("(")
    while address[end - 1] in _AFTER_IT or (address[end - 1] == ")" and unopened > 0):
        end -= 1
        unopened += {"(": 1, ")": -1}.get(address[end], 0)
    return address[:end]
