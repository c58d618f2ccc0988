"""The list of people to contact today: everybody whose consent to one thing counts now, and how they can be reached."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from widget.consent.renewal import Standing, standings
from widget.ledger.events import State
from widget.ledger.receipt import read_reference
from widget.manifest import Manifest
from widget.people.details import Details
from widget.store.queries import Reading

CONFIRMED, UNCONFIRMED, CONTRADICTED = "confirmed", "unconfirmed", "contradicted"
"""The standing of an address: its reader pressed a mailed link; somebody typed it; another answer under it says no."""


@dataclass(frozen=True)
class Contactable:
    """A person whose consent counts. `email` is filled only where the address was confirmed and nothing contradicts it.

    `since` is when the consent was given or renewed (RFC 3339, UTC); `renewal_due` the day on which it lapses, or `yes`
    where its words changed and it stays valid. `asked_to_withdraw` is the number of an open request under the address.
    """

    reference: str
    acting_for: str
    name: str | None
    about: str | None
    email: str | None
    address: str | None
    unconfirmed_email: str | None
    phone: str | None
    post: str | None
    case: str | None
    since: str
    renewal_due: str | None
    asked_to_withdraw: int | None


@dataclass(frozen=True)
class ContactList:
    """Everybody whose consent counts, and how many more said yes and left nothing by which they can be reached."""

    people: tuple[Contactable, ...]
    anonymous: int


Opened = Callable[[str], Details]
"""Opens the sealed details of a subject; empty ones where there are none."""


def contact_list(
    reading: Reading, notice: str, consent: str, manifest: Manifest, today: date, opened: Opened
) -> ContactList:
    """Everybody whose consent counts on a day, by when they gave it."""
    answers = dict(_answers(reading, notice, consent, manifest, today))
    references = reading.references_about(notice)
    sharing = _Sharing(reading.addresses())
    requests = _Requests(reading, notice, opened)
    people, anonymous = [], 0
    for subject, standing in answers.items():
        if standing.state is not State.GIVEN:
            continue
        said = opened(subject)
        if not (said.email or said.phone or said.post or said.case):
            anonymous += 1
            continue
        same = sharing.others(subject)
        reference = references.get(subject, "")
        worth = None
        if said.email:
            confirmed_others = [answers[other] for other in same if other in answers and sharing.is_confirmed(other)]
            worth = _worth(standing, confirmed_others) if sharing.is_confirmed(subject) else UNCONFIRMED
        people.append(_row(reference, standing, said, worth, requests.about(reference, same)))
    return ContactList(tuple(sorted(people, key=lambda one: one.since)), anonymous)


class _Sharing:
    """Which subjects have one address, and whether it was confirmed."""

    def __init__(self, addresses: Mapping[str, tuple[bytes, bool]]) -> None:
        self._addresses = addresses
        self._subjects: dict[bytes, list[str]] = {}
        for subject, (lookup, _) in addresses.items():
            self._subjects.setdefault(lookup, []).append(subject)

    def others(self, subject: str) -> list[str]:
        """The other subjects with the address of this one."""
        if subject not in self._addresses:
            return []
        return [other for other in self._subjects[self._addresses[subject][0]] if other != subject]

    def is_confirmed(self, subject: str) -> bool:
        """Whether a reader of the address pressed a mailed link about this subject."""
        return self._addresses.get(subject, (b"", False))[1]


class _Requests:
    """The open requests to withdraw that may be about a notice, by their subject and by the reference that was typed."""

    def __init__(self, reading: Reading, notice: str, opened: Opened) -> None:
        self._by_subject: dict[str, int] = {}
        self._by_reference: dict[str, int] = {}
        for event in reading.open_requests(notice):
            self._by_subject[event.subject or ""] = event.seq
            typed = read_reference(opened(event.subject or "").reference or "")
            if typed:
                self._by_reference[typed] = event.seq

    def about(self, reference: str, subjects: Iterable[str]) -> int | None:
        """The last open request that names the receipt, or comes from one of the subjects with the same address."""
        found = [self._by_subject[subject] for subject in subjects if subject in self._by_subject]
        if reference in self._by_reference:
            found.append(self._by_reference[reference])
        return max(found, default=None)


def _answers(
    reading: Reading, notice: str, consent: str, manifest: Manifest, today: date
) -> Iterator[tuple[str, Standing]]:
    """Where the consent of each subject stands that ever answered."""
    for subject, own in groupby(reading.events_about(notice, consent), key=lambda event: event.subject or ""):
        standing = standings(list(own), manifest, today).get(consent)
        if standing is not None:
            yield subject, standing


def _worth(standing: Standing, others: Iterable[Standing]) -> str:
    """The standing of a confirmed address for this consent: a question by address must not be answered two ways."""
    for other in others:
        if other.event.for_whom == standing.event.for_whom and other.state is not State.GIVEN:
            return CONTRADICTED
    return CONFIRMED


def _row(reference: str, standing: Standing, said: Details, worth: str | None, request: int | None) -> Contactable:
    event = standing.event
    renewal = None
    if standing.renewal is not None:
        renewal = standing.lapses.isoformat() if standing.lapses else "yes"
    return Contactable(
        reference=reference,
        acting_for=event.for_whom,
        name=said.name,
        about=said.about,
        email=said.email if worth == CONFIRMED else None,
        address=worth,
        unconfirmed_email=said.email if worth == UNCONFIRMED else None,
        phone=said.phone,
        post=said.post,
        case=said.case,
        since=event.happened,
        renewal_due=renewal,
        asked_to_withdraw=request,
    )
