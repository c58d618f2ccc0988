"""The outbox and the mailed links: each letter that the ledger makes due is there, and none that nothing asks for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from cryptography.exceptions import InvalidTag
from sqlalchemy import and_, exists, literal, not_, or_, select

from widget.ledger.events import STATE_AFTER, Kind, utc
from widget.people.mailed_links import Purpose
from widget.people.problem_reports import open_problem
from widget.store.audit.details import RECEIPT_KIND, opened
from widget.store.audit.findings import Fault, Ledger, shown
from widget.store.outbox import AGREED_KIND, LINK_KIND, UNSENT
from widget.store.problem_reports import PROBLEM_KIND
from widget.store.schema import EVENT, LINK, OUTBOX, REPORT

RENEWAL = OUTBOX.c.kind.like("renewal %")
AGREED = OUTBOX.c.kind.like(f"{AGREED_KIND} %")
PROBLEM = OUTBOX.c.kind.like(f"{PROBLEM_KIND} %")
RECEIPT = or_(OUTBOX.c.kind == RECEIPT_KIND, OUTBOX.c.kind.like("receipt %"))
DIGEST = OUTBOX.c.kind.like("digest %")
"""The letters that a service gets once a day, about the first event of the day."""
OWED = {
    Kind.WITHDRAWN: ("withdrawn",),
    Kind.WITHDRAWAL_REQUESTED: ("withdrawal-requested", LINK_KIND),
    Kind.REVOKED: ("revoked",),
}
"""Letters that an event of a kind always makes due."""
SUITS = or_(
    *(and_(EVENT.c.kind == kind, OUTBOX.c.kind.in_(letters)) for kind, letters in OWED.items()),
    and_(RECEIPT, EVENT.c.kind.in_([*STATE_AFTER, Kind.DETAILS_CHANGED])),
    and_(RENEWAL, EVENT.c.kind.in_([Kind.GIVEN, Kind.RENEWED])),
    DIGEST,
    and_(or_(PROBLEM, AGREED), EVENT.c.kind == Kind.NOTICE_PUBLISHED),
)
CAME_IN = {
    Purpose.WITHDRAW: OUTBOX.c.kind == LINK_KIND,
    Purpose.ADDRESS: RECEIPT,
    Purpose.QUIET: RENEWAL,
}
"""The letter that holds a link of each purpose."""
_REACHED = OUTBOX.c.bounced.is_(None) & OUTBOX.c.given_up.is_(None)
FARTHEST = timedelta(days=2)
"""No letter waits longer for its next turn: an hour after a failure, a day where a limit holds it back."""
UNTOLD = "The service or the person was never told"
STOPPED = "A letter that never went out is shown as done, or is held back"


def unowed(ledger: Ledger) -> Iterator[Fault]:
    """Withdrawals and requests without their letters."""
    for kind, letters in OWED.items():
        for letter in letters:
            there = exists().where(OUTBOX.c.seq == EVENT.c.seq, OUTBOX.c.kind == letter)
            for row in ledger.rows(select(EVENT.c.seq).where(EVENT.c.kind == kind, ~there).order_by(EVENT.c.seq)):
                yield Fault(f"event {row.seq}", f"its letter {letter} is missing from the outbox", UNTOLD)


def unwritten_receipts(ledger: Ledger) -> Iterator[Fault]:
    """Answers on the website with an address on file, whose receipt was never put into the outbox."""
    for one in opened(ledger):
        if one.held is not None and one.held.address and one.first is not None and not one.owed:
            yield Fault(f"event {one.first}", "its letter receipt is missing from the outbox", UNTOLD)


def untold_problems(ledger: Ledger) -> Iterator[Fault]:
    """Reports of problems whose letter is gone, or that are not as they were sealed."""
    letter = exists().where(
        OUTBOX.c.seq == REPORT.c.seq, OUTBOX.c.kind == literal(f"{PROBLEM_KIND} ") + REPORT.c.report
    )
    for row in ledger.rows(select(REPORT, letter.label("told"))):
        name = f"report {shown(row.report)}"
        if not row.told:
            yield Fault(name, "its letter is missing from the outbox", UNTOLD)
        if ledger.keys is not None:
            try:
                open_problem(row.row_key, row.sealed, row.report, ledger.keys.details_key)
            except (InvalidTag, ValueError):
                yield Fault(name, "it cannot be opened", "It was changed, or sealed with another details.key")


def outbox_faults(ledger: Ledger) -> Iterator[Fault]:
    """Letters that no event asks for, and marks that no sender leaves."""
    joined = OUTBOX.outerjoin(EVENT, EVENT.c.seq == OUTBOX.c.seq)
    strange = select(OUTBOX.c.id, OUTBOX.c.kind, OUTBOX.c.seq).select_from(joined)
    for row in ledger.rows(strange.where(or_(EVENT.c.seq.is_(None), not_(SUITS)))):
        name = f"outbox {row.id}"
        yield Fault(name, f"event {row.seq} asks for no letter {shown(row.kind)}", "It was moved or made up")
    for row in ledger.rows(select(OUTBOX).where(~UNSENT)):
        if row.tries < 1 or (row.sent and row.given_up) or (row.sent and row.sent < row.made):
            yield Fault(f"outbox {row.id}", "it is marked as done as no sender does it", STOPPED)
    odd = or_(
        and_(OUTBOX.c.bounced.is_not(None), OUTBOX.c.sent.is_(None)), and_(OUTBOX.c.closed.is_not(None), _REACHED)
    )
    for row in ledger.rows(select(OUTBOX.c.id).where(odd)):
        yield Fault(f"outbox {row.id}", "it is marked as back or as closed, and reached somebody or waits", STOPPED)
    latest = utc(ledger.now + FARTHEST)
    for row in ledger.rows(select(OUTBOX.c.id, OUTBOX.c.due).where(UNSENT, OUTBOX.c.due > latest)):
        yield Fault(f"outbox {row.id}", f"it waits until {shown(row.due)}", STOPPED)


def link_faults(ledger: Ledger) -> Iterator[Fault]:
    """Links that are noted as used and were never mailed, or were used before they existed."""
    joined = LINK.outerjoin(EVENT, EVENT.c.seq == LINK.c.seq)
    mailed = or_(
        *(
            and_(LINK.c.purpose == purpose, exists().where(OUTBOX.c.seq == LINK.c.seq, letter))
            for purpose, letter in CAME_IN.items()
        )
    )
    wrong = or_(EVENT.c.seq.is_(None), not_(mailed), LINK.c.used < EVENT.c.at)
    for row in ledger.rows(select(LINK.c.seq, LINK.c.purpose).select_from(joined).where(wrong)):
        name = f"link {shown(row.purpose)} about event {row.seq}"
        yield Fault(name, "no letter before its use held it", "An address or a wish was confirmed by nobody")
