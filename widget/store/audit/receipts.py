"""Receipts: each belongs to entries of the ledger, and each entry of a person shows on one."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import exists, func, select

from widget.ledger.events import STATE_AFTER
from widget.ledger.receipt import ID_BYTES, read_reference
from widget.store.audit.findings import Fault, Ledger, shown
from widget.store.schema import EVENT, RECEIPT

MOVED = "It was made up, or moved from another person or notice"
ON_IT = (EVENT.c.subject == RECEIPT.c.subject) & (EVENT.c.notice == RECEIPT.c.notice)


def receipt_faults(ledger: Ledger) -> Iterator[Fault]:
    """Receipts without an entry, or made at another time than their first one, or with an id that none has."""
    first = select(EVENT.c.at).where(ON_IT).order_by(EVENT.c.seq).limit(1).scalar_subquery()
    for row in ledger.rows(select(RECEIPT, first.label("first"))):
        name = f"receipt {shown(row.reference)}"
        if row.first is None:
            yield Fault(name, "no entry of the ledger belongs to it", MOVED)
        elif row.first != row.made:
            yield Fault(name, f"it was made at {shown(row.made)}, its first entry at {shown(row.first)}", MOVED)
        if len(row.receipt_id) != ID_BYTES or read_reference(row.reference) != row.reference:
            yield Fault(name, "its id or reference is not one that this program makes", MOVED)


def missing_receipts(ledger: Ledger) -> Iterator[Fault]:
    """Answers that no receipt shows."""
    about = (EVENT.c.subject, EVENT.c.notice)
    unshown = (
        select(func.min(EVENT.c.seq).label("seq"))
        .where(EVENT.c.kind.in_([*STATE_AFTER]), ~exists().where(ON_IT))
        .group_by(*about)
    )
    for row in ledger.rows(unshown):
        yield Fault(
            f"event {row.seq}",
            "its receipt is missing",
            "The person's link and reference lead nowhere, or to somebody else's answers",
        )
