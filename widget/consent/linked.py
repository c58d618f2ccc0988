"""The reach of a mailed link: the receipts that existed when it was mailed, and have had its address on file since then.

So a receipt whose address is changed drops out of the links that were mailed before, and no other comes in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from widget.consent.on_file import answers_to, details_of, held_of
from widget.consent.receipt_words import version_read
from widget.consent.renewal import Standing, standings
from widget.errors import Refusal
from widget.ledger import receipt as receipts
from widget.ledger.events import ConsentEvent, Kind, State, utc
from widget.ledger.receipt import Receipt
from widget.manifest import Manifest, PublishedVersion
from widget.people.addresses import lookup
from widget.people.details import Entry, Sealing
from widget.people.mailed_links import LASTS, Link, OldLink, Purpose, recipient_of
from widget.store.people import Known
from widget.store.queries import Reading

LETTERS = {Purpose.WITHDRAW: "link", Purpose.ADDRESS: "receipt", Purpose.QUIET: "renewal"}
"""The letter that an old link of each purpose came in."""


@dataclass(frozen=True)
class Reach:
    """A link with what decides about it: its event, whose address it was mailed to, and when (RFC 3339, UTC)."""

    purpose: Purpose
    event: ConsentEvent
    recipient: bytes
    mailed: str
    sealing: Sealing

    @property
    def shows(self) -> str:
        """The use of the link's page: its purpose, or `agreed` where it was mailed to show what was agreed to."""
        is_request = self.event.kind is Kind.WITHDRAWAL_REQUESTED
        return "agreed" if self.purpose is Purpose.WITHDRAW and not is_request else self.purpose

    @property
    def subject(self) -> str:
        """The subject of the link's event."""
        return self.event.subject or ""

    def people(self, reading: Reading) -> list[Known]:
        """The subjects that have had the link's address on file since it was mailed."""
        found = [known for known in reading.known_as(self.recipient) if known.since <= self.mailed]
        for known in found:
            held_of(reading, self.sealing, known.subject)  # the row is as it was sealed
        return found

    def receipts(self, reading: Reading) -> list[Receipt]:
        """The receipts under that address that existed when the link was mailed."""
        found = (receipt for known in self.people(reading) for receipt in reading.receipts_of(known.subject))
        return [receipt for receipt in found if receipt.made <= self.mailed]

    def claimed(self, reading: Reading) -> Entry | None:
        """The address that the link can confirm for the subject of its event; None where it is not theirs any more."""
        held = held_of(reading, self.sealing, self.subject)
        return answers_to(held, self.recipient, self.mailed, self.sealing)


@dataclass(frozen=True)
class Found:
    """A consent on a receipt, and the version that was read."""

    receipt: Receipt
    standing: Standing
    version: PublishedVersion | None

    @property
    def name(self) -> str:
        """How a form names it."""
        return f"{self.receipt.reference}/{self.standing.event.consent}"

    @property
    def stands(self) -> bool:
        """Whether it can be withdrawn."""
        return self.standing.state in (State.GIVEN, State.LAPSED)

    @property
    def statement(self) -> str:
        """The words that were agreed to; the consent's id where they are not published any more."""
        consent = self.version.consent(self.standing.event.consent or "") if self.version else None
        return consent.statement if consent else self.standing.event.consent or ""


def reach(link: Link | OldLink, reading: Reading, sealing: Sealing) -> Reach:
    """The reach of a link; `Refusal` 404 where its event is not there, 410 where an old one was used or leads nowhere.

    The address of an old link is the one on file that it led to, unless that was changed since the letter was sent.
    """
    event = reading.event(link.event_id)
    if event is None:
        raise Refusal(404)
    if isinstance(link, Link):
        recipient = _recipient_now(link, event, reading, sealing)
        return Reach(link.purpose, event, recipient, utc(link.mailed), sealing)
    if link.purpose is not Purpose.QUIET and reading.is_used(event.seq, link.purpose):
        raise Refusal(410)
    mailed = reading.mailed_at(LETTERS[link.purpose], event.seq) or event.at
    email = _address_of(link, event, reading, sealing, mailed)
    if email is None:
        raise Refusal(410)
    return Reach(link.purpose, event, recipient_of(lookup(email, sealing.pepper)), mailed, sealing)


def _recipient_now(link: Link, event: ConsentEvent, reading: Reading, sealing: Sealing) -> bytes:
    """Half of today's look-up of the address that a link was mailed to: the link holds it under the pepper of its day."""
    if not sealing.earlier_peppers:
        return link.recipient
    subjects = [event.subject or ""]
    if (receipt := _named(details_of(reading, sealing, subjects[0]).reference, reading)) is not None:
        subjects.append(receipt.subject)
    people = [held_of(reading, sealing, subject) for subject in subjects]
    addresses = [entry.value for held in people for entry in (held.address, held.claim) if entry]
    for address in addresses:
        then = {recipient_of(lookup(address, pepper)) for pepper in sealing.earlier_peppers}
        if link.recipient in then:
            return recipient_of(lookup(address, sealing.pepper))
    return link.recipient


def is_over(reach: Reach, now: datetime) -> bool:
    """Whether a link has expired."""
    lasts = LASTS[reach.purpose]
    return lasts is not None and now > datetime.fromisoformat(reach.mailed) + lasts


def asked_for(request: ConsentEvent, reading: Reading, sealing: Sealing) -> str | None:
    """The address on file that a request without a receipt leads to; None where it leads to nobody.

    A letter goes to the address on file, never to the one that was typed now. A reference alone leads there too: it is
    no secret, so it withdraws nothing by itself.
    """
    said = details_of(reading, sealing, request.subject or "")
    if said.email and (on_file := _under(said.email, reading, sealing)):
        return on_file
    receipt = _named(said.reference, reading)
    email = details_of(reading, sealing, receipt.subject).email if receipt else None
    return _under(email, reading, sealing) if email else None


def agreed_under(found_by: bytes, reading: Reading, sealing: Sealing) -> tuple[str, ConsentEvent] | None:
    """The address on file that has receipts under a look-up, and the last answer on one of them; None where there is
    none."""
    for known in _holding(found_by, reading):
        email = details_of(reading, sealing, known.subject).email
        answers = [event for event in reading.events_on(reading.receipts_of(known.subject)[0]) if event.language]
        if email and answers:
            return email, answers[-1]
    return None


def consents_on(found: list[Receipt], reading: Reading, manifest: Manifest, today: date) -> Iterator[Found]:
    """The consents on some receipts, standing and withdrawn; what was only refused is left out."""
    for receipt in found:
        for standing in standings(reading.events_on(receipt), manifest, today).values():
            if standing.state is not State.REFUSED:
                yield Found(receipt, standing, version_read(standing.event, manifest))


def _under(typed: str, reading: Reading, sealing: Sealing) -> str | None:
    """The address on file that is the same as the one typed and has receipts, a confirmed one first."""
    holding = _holding(lookup(typed, sealing.pepper), reading)
    on_file = (details_of(reading, sealing, one.subject).email for one in holding)
    return next((email for email in on_file if email), None)


def _holding(found_by: bytes, reading: Reading) -> list[Known]:
    """The subjects under a look-up that have receipts, those whose address is confirmed first."""
    known = (one for one in reading.known_by(found_by) if reading.receipts_of(one.subject))
    return sorted(known, key=lambda one: not one.confirmed)


def _named(reference: str | None, reading: Reading) -> Receipt | None:
    read = receipts.read_reference(reference or "")
    return reading.receipt_with(read) if read else None


def _address_of(link: OldLink, event: ConsentEvent, reading: Reading, sealing: Sealing, mailed: str) -> str | None:
    if link.purpose is not Purpose.WITHDRAW:
        return _unchanged(event.subject or "", reading, sealing, mailed)
    said = details_of(reading, sealing, event.subject or "")
    if said.email and _under(said.email, reading, sealing):
        return said.email
    receipt = _named(said.reference, reading)
    return _unchanged(receipt.subject, reading, sealing, mailed) if receipt else None


def _unchanged(subject: str, reading: Reading, sealing: Sealing, mailed: str) -> str | None:
    """A subject's address, if it was on file when the letter was sent."""
    known = reading.known(subject)
    if known is None or known.since > mailed:
        return None
    return details_of(reading, sealing, subject).email
