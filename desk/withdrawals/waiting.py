"""The endpoint's list of withdrawals and letters, as values: read strictly, without anybody's name. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from widget.ledger.events import Done, Kind
from widget.mail.message import Why


@dataclass(frozen=True)
class Acted:
    """Somebody's report of an act. `what` is None where a release before 0.2 noted it in words of its own."""

    by: str
    what: Done | None
    on: datetime


@dataclass(frozen=True)
class OpenWithdrawal:
    """Something to act on. `number` is its number in the ledger; times are in UTC, `deadline` is the last day to act.

    `said_in` is the language of title and label. `reference` is that of the receipt, `request` that of a request
    without a receipt. `told` is when the service's letter was handed over; None while it waits.
    """

    number: int
    kind: Kind
    notice: str | None
    title: str | None
    label: str | None
    said_in: str | None
    version: int | None
    language: str | None
    service: str
    reference: str | None
    request: str | None
    channel: str | None
    happened: datetime
    deadline: date
    told: datetime | None
    acted: Acted | None = None


@dataclass(frozen=True)
class UndeliveredLetter:
    """A letter that reached nobody: about which event, since when it was owed, why, and the last day to act on the event.

    `letter_id` is its own number, by which it is closed.
    """

    letter_id: int
    number: int
    letter: str
    notice: str | None
    reference: str | None
    owed: datetime
    why: Why
    deadline: date


class Reason(StrEnum):
    """Why the endpoint gave no answer that can be used."""

    NOT_SET = "not-set"
    """The operator named no endpoint, or no key."""
    AWAY = "away"
    """Nothing answers there, or not in time."""
    BUSY = "busy"
    """It answers that it cannot just now."""
    KEY = "key"
    """It does not know the key, or the key may not do this."""
    STRANGE = "strange"
    """The program that answers is no endpoint of this release."""


@dataclass(frozen=True)
class CannotReach:
    """That the endpoint gave no answer. The words for `reason` are the desk's."""

    reason: Reason


@dataclass(frozen=True)
class Refused:
    """That the endpoint did not record a report: somebody `acted` before, or there is nothing to act on."""

    acted: Acted | None = None


@dataclass(frozen=True)
class Recorded:
    """That a report was recorded; not `new` where it was there already."""

    new: bool


@dataclass(frozen=True)
class Listed:
    """Waiting work, and letters that reached nobody. Not `whole` where there is more than a list can show."""

    withdrawals: tuple[OpenWithdrawal, ...]
    letters: tuple[UndeliveredLetter, ...]
    whole: bool = True


def withdrawal(said: Mapping[str, Any]) -> OpenWithdrawal:
    """One of the endpoint's list; `KeyError`, `TypeError` or `ValueError` where it is none."""
    return OpenWithdrawal(
        number=_number(said["seq"]),
        kind=Kind(said["kind"]),
        notice=_text(said["notice"]),
        title=_text(said["title"]),
        label=_text(said["label"]),
        said_in=_text(said["said_in"]),
        version=None if said["version"] is None else _number(said["version"]),
        language=_text(said["language"]),
        service=_text(said["service"]) or "",
        reference=_text(said["reference"]),
        request=_text(said["request"]),
        channel=_text(said["channel"]),
        happened=_time(said["happened"]),
        deadline=date.fromisoformat(said["deadline"]),
        told=None if said["told"] is None else _time(said["told"]),
        acted=None if said["acted"] is None else acted(said["acted"]),
    )


def letter(said: Mapping[str, Any]) -> UndeliveredLetter:
    """One of the endpoint's letters; the same errors."""
    return UndeliveredLetter(
        letter_id=_number(said["id"]),
        number=_number(said["seq"]),
        letter=_text(said["letter"]) or "",
        notice=_text(said["notice"]),
        reference=_text(said["reference"]),
        owed=_time(said["owed"]),
        why=Why(said["why"]),
        deadline=date.fromisoformat(said["deadline"]),
    )


def acted(said: Mapping[str, Any]) -> Acted:
    """The endpoint's report of an act; the same errors."""
    what = None if said["code"] is None else Done(said["code"])
    return Acted(_text(said["by"]) or "", what, _time(said["happened"]))


def _text(value: object) -> str | None:
    if value is not None and not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _number(value: object) -> int:
    if type(value) is not int:
        raise TypeError("not a whole number")
    return value


def _time(value: str) -> datetime:
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError("a time without its offset")
    return moment
