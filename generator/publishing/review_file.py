"""`review.yml` beside a notice: who asked for approval, what they were told, and who approved what. Pure.

It is never frozen and never on the site: here are names, in the frozen files roles alone. Version control is its history.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from generator.versions import frozen_yaml

FILE = "review.yml"


@dataclass(frozen=True)
class Words:
    """Words that an approver puts in place of others: in the working text of a language, where they stand once."""

    language: str
    old: str
    new: str


@dataclass(frozen=True)
class Approval:
    """Somebody approved the text of a digest.

    With `words`, it is the text with these words taken in; `read` is the digest of the text that was read, where it
    is known.
    """

    digest: str
    by: str
    role: str
    on: date
    words: tuple[Words, ...] = ()
    read: str = ""


@dataclass(frozen=True)
class Remark:
    """A remark about the text of a digest, on one section where it names one, perhaps with words in place of others.

    A request for approval may say nothing.
    """

    digest: str
    by: str
    on: date
    text: str = ""
    section: str = ""
    words: tuple[Words, ...] = ()


@dataclass(frozen=True)
class Review:
    """Everything in the file, each list in the order in which it was written."""

    requests: tuple[Remark, ...] = ()
    remarks: tuple[Remark, ...] = ()
    approvals: tuple[Approval, ...] = ()
    returned: tuple[Remark, ...] = ()
    """Answers that a text needs changes before it is approved."""


def name(notice: str) -> str:
    """Where it is kept, relative to content/."""
    return f"{notice}/{FILE}"


def dump(review: Review) -> bytes:
    """The bytes of the file; keys that say nothing are left out."""
    lists = {key: [_stated(one) for one in value] for key, value in vars(review).items() if value}
    return frozen_yaml.dump(lists).encode()


def _stated(one: Any) -> dict[str, Any]:
    said = {key: value for key, value in vars(one).items() if value}
    return said | {"words": [vars(words) for words in one.words]} if said.get("words") else said


def read(data: bytes, file: str) -> Review:
    """The review in the file. `ValueError` where it is not one that the commands write."""
    document = frozen_yaml.load_any(data.decode("utf-8-sig"), file)
    try:
        return Review(
            tuple(_remark(one) for one in document.get("requests", ())),
            tuple(_remark(one) for one in document.get("remarks", ())),
            tuple(_approval(one) for one in document.get("approvals", ())),
            tuple(_remark(one) for one in document.get("returned", ())),
        )
    except (KeyError, TypeError, AttributeError) as failure:
        raise ValueError(f"an entry lacks or misspells a key: {failure}") from failure


def _remark(said: Mapping[str, Any]) -> Remark:
    about = said.get("text", ""), said.get("section", ""), _words(said)
    return Remark(said["digest"], said["by"], date.fromisoformat(said["on"]), *about)


def _approval(said: Mapping[str, Any]) -> Approval:
    day = date.fromisoformat(said["on"])
    return Approval(said["digest"], said["by"], said["role"], day, _words(said), said.get("read", ""))


def _words(said: Mapping[str, Any]) -> tuple[Words, ...]:
    return tuple(Words(**one) for one in said.get("words", ()))
