"""The details on file about a person: read from its row, checked against its seal and the ledger, and changed.

The seal covers the sources of the look-up and of `confirmed`, and the ledger has a commitment to the newest details. So a
row that was changed in the database, or put back as it was before, is noticed where it is read.
"""

from __future__ import annotations

import logging

from cryptography.exceptions import InvalidTag

from widget.errors import NotAsSigned, Refusal
from widget.ledger.events import Act, ConsentEvent, Kind
from widget.people.addresses import FOLDING, lookup
from widget.people.details import EMAIL, Details, Entry, Held, Opened, Sealing, seal, unseal
from widget.people.mailed_links import recipient_of
from widget.store.people import Known, SubjectRow
from widget.store.queries import Reading
from widget.store.transaction import Writing

log = logging.getLogger("consents")
WITH_DETAILS = (
    *(Kind.GIVEN, Kind.REFUSED, Kind.WITHDRAWN, Kind.RENEWED),
    *(Kind.WITHDRAWAL_REQUESTED, Kind.DETAILS_CHANGED),
)
"""The kinds of entries whose commitment is to a person's details."""
WEB = "web"


def held_of(reading: Reading, sealing: Sealing, subject: str) -> Held:
    """Everything that was said about a subject; nothing where it was erased. `NotAsSigned` where the row was changed."""
    row = reading.subject_row(subject)
    if row is None:
        return Held()
    try:
        opened = unseal(
            *(row.row_key, row.sealed, subject, sealing.details_key), made=row.made, confirmed=row.confirmed
        )
    except (InvalidTag, ValueError) as error:
        raise NotAsSigned("personal details cannot be opened: changed, or sealed with other keys") from error
    _check(row, opened, reading, sealing)
    return opened.held


def details_of(reading: Reading, sealing: Sealing, subject: str) -> Details:
    """A subject's own details; nothing where it was erased or cannot be believed, which is logged."""
    try:
        return held_of(reading, sealing, subject).details()
    except NotAsSigned as error:
        log.error("details on file are left out: %s", error)
        return Details()


def people_at(reading: Reading, sealing: Sealing, email: str) -> list[Known]:
    """The subjects with an address on file, each checked. `NotAsSigned` where a row was changed."""
    known = reading.known_by(lookup(email, sealing.pepper))
    for one in known:
        held_of(reading, sealing, one.subject)
    return known


def keep_new(writing: Writing, sealing: Sealing, subject: str, said: Details, by: str) -> str:
    """Keep the details of a new subject; the commitment to them."""
    held = Held().merged(said, by, writing.now)
    sealed = seal(held, subject, sealing.details_key, writing.randomness)
    writing.add_details(subject, sealed, _lookup(held.address, sealing))
    return sealed.commit


def keep(writing: Writing, sealing: Sealing, subject: str, held: Held) -> str:
    """Keep the details of a subject as they are now; the commitment to them, which an entry must carry."""
    row = writing.subject_row(subject)
    sealed = seal(held, subject, sealing.details_key, writing.randomness)
    found_by = _lookup(held.address, sealing)
    if row is None:
        writing.add_details(subject, sealed, found_by)
    else:
        since = row.made if row.lookup == found_by else writing.now
        confirmed = bool(held.address and held.address.confirmed)
        writing.change_details(subject, sealed, found_by, confirmed=confirmed, since=since)
    others = {lookup(entry.value, sealing.pepper) for entry in held.of(EMAIL)} - {found_by}
    if others:
        writing.note_addresses(subject, others)
    return sealed.commit


def change(writing: Writing, sealing: Sealing, subject: str, held: Held, by: str | None = None) -> ConsentEvent:
    """Keep changed details, and append that they were: a commitment and nothing else."""
    commit = keep(writing, sealing, subject, held)
    (event,) = writing.append([Act(Kind.DETAILS_CHANGED, subject, channel=WEB, recorded_by=by, detail_commit=commit)])
    return event


def answers_to(held: Held, recipient: bytes, mailed: str, sealing: Sealing) -> Entry | None:
    """The address that a link mailed to it can confirm: the one on file, or the one typed last, since that time at
    least."""
    for entry in (held.address, held.claim):
        if entry and entry.at <= mailed and recipient_of(lookup(entry.value, sealing.pepper)) == recipient:
            return entry
    return None


def confirm(writing: Writing, sealing: Sealing, subject: str, recipient: bytes, mailed: str) -> None:
    """Confirm an address, which then is the one on file. The reader of a confirmed one that gives way is told by mail.

    `Refusal` 410 where it is not the subject's any more.
    """
    held = held_of(writing, sealing, subject)
    entry = answers_to(held, recipient, mailed, sealing)
    if entry is None:
        raise Refusal(410)
    if entry.confirmed:
        return
    event = change(writing, sealing, subject, held.confirmed(entry, writing.now))
    if held.address and held.address.confirmed:
        writing.owe("receipt moved", event)


def _check(row: SubjectRow, opened: Opened, reading: Reading, sealing: Sealing) -> None:
    address = opened.held.address
    if opened.whole and row.confirmed != bool(address and address.confirmed):
        raise NotAsSigned("whether an address was confirmed is not as it was sealed")
    folds_anew = address is not None and not address.value.isascii() and reading.is_folded_before(row.subject, FOLDING)
    if row.lookup != _lookup(address, sealing) and not folds_anew:
        raise NotAsSigned("the look-up of an address is not that of the address that was sealed")
    commits = [one.detail_commit for one in reading.events_of(row.subject) if one.kind in WITH_DETAILS]
    newest = next((commit for commit in reversed(commits) if commit), None)
    if newest not in (None, opened.commit):
        raise NotAsSigned("personal details are not those that the ledger knows as the newest")


def _lookup(address: Entry | None, sealing: Sealing) -> bytes | None:
    return lookup(address.value, sealing.pepper) if address else None
