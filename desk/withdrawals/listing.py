"""Waiting work, in the order in which it must be acted on: grouped by its last day, chosen by service, notice and
text. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from desk.withdrawals.waiting import OpenWithdrawal, UndeliveredLetter
from widget.alphabet import folded, place_in_order

SOON = timedelta(days=7)
ON_A_PAGE = 100


class Group(StrEnum):
    """How near the last day is."""

    OVERDUE = "overdue"
    SOON = "soon"
    LATER = "later"


@dataclass(frozen=True)
class Chosen:
    """Somebody's choice: of a service, of a notice, with a text in it. Empty is everything."""

    service: str = ""
    notice: str = ""
    text: str = ""


def in_order(waiting: Iterable[OpenWithdrawal]) -> list[OpenWithdrawal]:
    """Order by the last day to act; within one day, by arrival."""
    return sorted(waiting, key=lambda one: (one.deadline, one.number))


def group_of(one: OpenWithdrawal, today: date) -> Group:
    """Its last day is over, within seven days, or later."""
    if one.deadline < today:
        return Group.OVERDUE
    return Group.SOON if one.deadline <= today + SOON else Group.LATER


def grouped(waiting: Iterable[OpenWithdrawal], today: date) -> dict[Group, list[OpenWithdrawal]]:
    """The groups that have anything in them, the most urgent first, each in its order."""
    found: dict[Group, list[OpenWithdrawal]] = {group: [] for group in Group}
    for one in in_order(waiting):
        found[group_of(one, today)].append(one)
    return {group: own for group, own in found.items() if own}


def matching(waiting: Iterable[OpenWithdrawal], chosen: Chosen) -> list[OpenWithdrawal]:
    """The chosen rows. A row without a notice may be about any, so a choice of notice or service keeps it."""
    words = _bare(chosen.text)
    return [
        one
        for one in waiting
        if (not chosen.service or one.notice is None or _same(one.service, chosen.service))
        and (not chosen.notice or one.notice in (None, chosen.notice))
        and all(word in _said_of(one) for word in words)
    ]


def letters_matching(letters: Iterable[UndeliveredLetter], chosen: Chosen) -> list[UndeliveredLetter]:
    """The letters that were chosen by notice and text; they name no service."""
    words = _bare(chosen.text)
    return [
        one
        for one in letters
        if (not chosen.notice or one.notice in (None, chosen.notice))
        and all(word in _joined((one.reference, one.notice, str(one.number))) for word in words)
    ]


def for_services(waiting: Iterable[OpenWithdrawal], services: Sequence[str]) -> list[OpenWithdrawal]:
    """The rows that somebody with these services acts on; all where none is named.

    A row without a notice is everybody's.
    """
    if not services:
        return list(waiting)
    own = {folded(service) for service in services}
    return [one for one in waiting if one.notice is None or folded(one.service) in own or one.notice in services]


def services_in(waiting: Iterable[OpenWithdrawal], language: str) -> list[str]:
    """The names of the services that have something to do, as the language sorts them."""
    names = {one.service for one in waiting if one.service}
    return sorted(names, key=lambda name: place_in_order(name, language))


def _same(first: str, second: str) -> bool:
    return folded(first) == folded(second)


def _said_of(one: OpenWithdrawal) -> str:
    return _joined((one.reference, one.request, one.title, one.label, one.service, one.notice, str(one.number)))


def _joined(texts: Iterable[str | None]) -> str:
    """Texts without case, accents and hyphens: a reference is found however it is typed."""
    return "\n".join(folded(text).replace("-", "") for text in texts if text)


def _bare(text: str) -> list[str]:
    return folded(text).replace("-", "").split()
