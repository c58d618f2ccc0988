"""Personal details: the newest entry that committed to them, their seal, look-up and marks, and their erasure."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from sqlalchemy import ColumnElement, exists, func, select

from widget.ledger.events import STATE_AFTER, Kind
from widget.ledger.key_folder import DETAILS_KEY, Keys
from widget.people.addresses import lookup
from widget.people.details import EMAIL, Held, open_erasure, unseal
from widget.people.mailed_links import Purpose
from widget.store.audit.findings import Fault, Ledger, shown
from widget.store.schema import ADDRESS, ERASURE, EVENT, LINK, OUTBOX, SUBJECT

OTHERS = "They are somebody else's, older ones, or sealed with another details.key"
WEB, RECEIPT_KIND = "web", "receipt"
HIDDEN = "The person is not found by their address, or somebody else is"
LATER = EVENT.alias("later")
ANSWER = EVENT.alias("answer")
WITH_DETAILS = EVENT.c.detail_commit.is_not(None) & (EVENT.c.kind != Kind.ACTED)
"""Entries that commit to a person's details: those about what was done commit to a note."""
COMMITTED = (
    select(EVENT.c.detail_commit)
    .where(EVENT.c.subject == SUBJECT.c.subject, WITH_DETAILS)
    .order_by(EVENT.c.seq.desc())
    .limit(1)
    .correlate(SUBJECT)
    .scalar_subquery()
)
FIRST = (
    select(func.min(ANSWER.c.seq))
    .where(ANSWER.c.subject == SUBJECT.c.subject, ANSWER.c.detail_commit == COMMITTED)
    .where(ANSWER.c.kind.in_([*STATE_AFTER]), ANSWER.c.channel == WEB)
    .correlate(SUBJECT)
    .scalar_subquery()
)
OPENED = select(
    *(
        SUBJECT.c.subject,
        SUBJECT.c.row_key,
        SUBJECT.c.sealed,
        SUBJECT.c.lookup,
        SUBJECT.c.made,
        SUBJECT.c.confirmed,
        COMMITTED.label("committed"),
    ),
    FIRST.label("first"),
    exists().where(OUTBOX.c.seq == FIRST, OUTBOX.c.kind.startswith(RECEIPT_KIND)).label("owed"),
    exists().where(ADDRESS.c.subject == SUBJECT.c.subject).label("others"),
)


@dataclass(frozen=True)
class Opened:
    """The details of one subject and what the ledger says of them: `held` is None where they cannot be opened.

    `committed` is what its newest entry with details committed to, `found` what the row comes to. `first` is the first
    answer on the website with that commitment, and `owed` whether the outbox has a letter for it. `sealed_mark` is whether the address is confirmed
    by the seal, None in the form of 0.1.0, which did not seal it.
    """

    subject: str
    lookup: bytes | None
    held: Held | None
    committed: str | None
    found: str | None
    first: int | None
    owed: bool
    confirmed: bool
    sealed_mark: bool | None
    others: bool
    """Whether the table `address` has further look-ups of the subject."""


def opened(ledger: Ledger) -> Iterator[Opened]:
    """Every row of details, opened; none without the keys."""
    if ledger.keys is None:
        return
    key = ledger.keys.details_key
    for row in ledger.rows(OPENED):
        held = found = sealed_mark = None
        try:
            read = unseal(row.row_key, row.sealed, row.subject, key, made=row.made, confirmed=row.confirmed)
            held, found = read.held, read.commit
            sealed_mark = bool(held.address and held.address.confirmed) if read.whole else None
        except (InvalidTag, ValueError, TypeError):
            pass  # each check says itself what that means
        yield Opened(
            row.subject,
            row.lookup,
            held,
            row.committed,
            found,
            row.first,
            row.owed,
            row.confirmed,
            sealed_mark,
            row.others,
        )


def detail_faults(ledger: Ledger) -> Iterator[Fault]:
    """Details that the ledger did not commit to, that cannot be opened, or that are looked up by another address."""
    for one in opened(ledger):
        name = f"subject {shown(one.subject)}"
        if one.committed is None:
            yield Fault(name, "no entry of the ledger has these details", "They were made up or moved")
        elif one.held is None:
            yield Fault(name, "the details cannot be opened", OTHERS)
        elif one.found != one.committed:
            yield Fault(name, "the details are not those of their newest entry", OTHERS)
        if one.held is None or ledger.keys is None:
            continue
        email = one.held.address.value if one.held.address else None
        if one.sealed_mark is not None and one.sealed_mark is not one.confirmed:
            yield Fault(name, "whether the address is confirmed is not what is sealed", "Somebody changed it")
        if one.lookup != (lookup(email, ledger.keys.pepper) if email else None):
            yield Fault(name, "the look-up is not that of the sealed address", HIDDEN)


def address_faults(ledger: Ledger) -> Iterator[Fault]:
    """Look-ups besides the one on file that are of no sealed address of that person, or that lack one."""
    unknown = select(ADDRESS.c.subject).where(~exists().where(SUBJECT.c.subject == ADDRESS.c.subject)).distinct()
    for row in ledger.rows(unknown):
        yield Fault(
            f"address {shown(row.subject)}", "there are no details of this subject", "It was made up or left over"
        )
    for one in opened(ledger):
        if one.held is None or ledger.keys is None:
            continue
        sealed = {lookup(entry.value, ledger.keys.pepper) for entry in one.held.of(EMAIL)}
        if not one.others and len(sealed) < 2:
            continue
        rows = select(ADDRESS.c.lookup).where(ADDRESS.c.subject == one.subject)
        there = set(ledger.connection.execute(rows).scalars())
        if not there <= sealed or not sealed - {one.lookup} <= there:
            wrong = "its look-ups are not those of the sealed addresses"
            yield Fault(f"address {shown(one.subject)}", wrong, HIDDEN)


def mark_faults(ledger: Ledger) -> Iterator[Fault]:
    """Addresses that count as confirmed, and wishes not to be written to, with no link behind them; and links without.

    New details keep these marks where the address stays the same, so that a link may be older than they are.
    """
    since = (
        select(func.max(EVENT.c.at))
        .where(EVENT.c.subject == SUBJECT.c.subject, WITH_DETAILS)
        .correlate(SUBJECT)
        .scalar_subquery()
    )
    own = EVENT.alias("own")

    def used(purpose: Purpose) -> ColumnElement[bool]:
        mine = (own.c.seq == LINK.c.seq) & (own.c.subject == SUBJECT.c.subject)
        return exists().where(mine, LINK.c.purpose == purpose)

    def used_since(purpose: Purpose) -> ColumnElement[bool]:
        mine = (own.c.seq == LINK.c.seq) & (own.c.subject == SUBJECT.c.subject)
        return exists().where(mine, LINK.c.purpose == purpose, LINK.c.used >= since)

    withdrawals = set(
        ledger.connection.execute(select(LINK.c.used).where(LINK.c.purpose == Purpose.WITHDRAW)).scalars()
    )
    columns = (SUBJECT.c.subject, SUBJECT.c.confirmed, SUBJECT.c.quiet)
    links = (
        *(used(Purpose.ADDRESS).label("address"), used_since(Purpose.ADDRESS).label("address_since")),
        used_since(Purpose.QUIET).label("hushed_since"),
        exists().where(own.c.subject == SUBJECT.c.subject, own.c.kind == Kind.DETAILS_CHANGED).label("changed"),
    )
    for row in ledger.rows(select(*columns, *links)):
        name = f"subject {shown(row.subject)}"
        if row.confirmed and not row.changed and not row.address and not _withdrew(ledger, row.subject, withdrawals):
            yield Fault(name, "the address counts as confirmed, but no link to it was used", "Nobody confirmed it")
        if row.address_since and not row.confirmed:
            wrong = "the address was confirmed, and does not count as such"
            yield Fault(name, wrong, "A consent was made not to count")
        if row.hushed_since and not row.quiet:
            wrong = "the wish not to be written to is gone"
            yield Fault(name, wrong, "Somebody cleared it for the person")


def _withdrew(ledger: Ledger, subject: str, withdrawals: set[str]) -> bool:
    """Whether the person withdrew through a mailed link, which confirms the address: both were noted at one time."""
    theirs = select(EVENT.c.at).where(EVENT.c.subject == subject, EVENT.c.kind == Kind.WITHDRAWN)
    times = ledger.connection.execute(theirs).scalars()
    return not withdrawals.isdisjoint(times)


def lost_details(ledger: Ledger) -> Iterator[Fault]:
    """Entries whose details are gone without an entry that says so."""
    erased = exists().where(LATER.c.subject == EVENT.c.subject, LATER.c.seq > EVENT.c.seq, LATER.c.kind == Kind.ERASED)
    there = exists().where(SUBJECT.c.subject == EVENT.c.subject)
    gone = select(func.max(EVENT.c.seq).label("seq")).where(WITH_DETAILS, ~there, ~erased).group_by(EVENT.c.subject)
    for row in ledger.rows(gone):
        yield Fault(f"event {row.seq}", "its details are gone and no entry erased them", "Somebody deleted them")


def erasure_faults(ledger: Ledger) -> Iterator[Fault]:
    """Details that are there though they were erased."""
    erased = exists().where(EVENT.c.subject == SUBJECT.c.subject, EVENT.c.kind == Kind.ERASED)
    for row in ledger.rows(select(SUBJECT.c.subject, erased.label("erased"))):
        if row.erased or row.subject in ledger.erased:
            wrong = "the details were erased and are there again"
            yield Fault(f"subject {shown(row.subject)}", wrong, "A backup was put back: consents erase --subject")


def unlisted_erasures(ledger: Ledger) -> Iterator[Fault]:
    """People who were erased, by the ledger, and are not on the database's list: a backup could bring them back."""
    if ledger.keys is None or not ledger.upgraded:
        return
    listed = set(_listed(ledger, ledger.keys))
    for row in ledger.rows(select(EVENT.c.seq, EVENT.c.subject).where(EVENT.c.kind == Kind.ERASED)):
        if row.subject not in listed:
            wrong = "who was erased is not on the list of erasures in the database"
            yield Fault(f"event {row.seq}", wrong, "A backup that is put back on another host would bring them back")


def _listed(ledger: Ledger, keys: Keys) -> Iterator[str]:
    """The subjects on the list; rows that none of the keys opens are from before one that is not kept any more."""
    secrets = (keys.details_key, *(one.secret for one in keys.earlier.get(DETAILS_KEY, ())))
    for row in ledger.rows(select(ERASURE.c.sealed)):
        for secret in secrets:
            with suppress(InvalidTag, ValueError):
                yield open_erasure(row.sealed, secret)
                break
