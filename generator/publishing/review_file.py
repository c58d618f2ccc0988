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
    """Somebody approved the text of a digest. With `words`, it is the text with these words taken in."""

    digest: str
    by: str
    role: str
    on: date
    words: tuple[Words, ...] = ()


@dataclass(frozen=True)
class Remark:
    """What somebody said about the text of a digest; a request for approval may say nothing."""

    digest: str
    by: str
    on: date
    text: str = ""


@dataclass(frozen=True)
class Review:
    """Everything in the file, each list in the order in which it was written."""

    requests: tuple[Remark, ...] = ()
    remarks: tuple[Remark, ...] = ()
    approvals: tuple[Approval, ...] = ()


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
    """What the file says. `ValueError` where it is not one that the commands write."""
    document = frozen_yaml.load_any(data.decode("utf-8-sig"), file)
    try:
        return Review(
            tuple(_remark(one) for one in document.get("requests", ())),
            tuple(_remark(one) for one in document.get("remarks", ())),
            tuple(_approval(one) for one in document.get("approvals", ())),
        )
    except (KeyError, TypeError, AttributeError) as failure:
        raise ValueError(f"an entry lacks or misspells a key: {failure}") from failure


def _remark(said: Mapping[str, str]) -> Remark:
    return Remark(said["digest"], said["by"], date.fromisoformat(said["on"]), said.get("text", ""))


def _approval(said: Mapping[str, Any]) -> Approval:
    words = tuple(Words(**one) for one in said.get("words", ()))
    return Approval(said["digest"], said["by"], said["role"], date.fromisoformat(said["on"]), words)
