"""Words: what an entry was about was published before it, and wording from before Noticeboard is the one of its digest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from sqlalchemy import exists, func, select

from widget.ledger.events import Kind
from widget.store.audit.findings import Fault, Ledger, shown
from widget.store.schema import EARLIER, EVENT

WORDS = (EVENT.c.notice, EVENT.c.version, EVENT.c.language, EVENT.c.digest)
PUBLIC = (Kind.NOTICE_PUBLISHED, Kind.RETRACTED)


def unpublished_words(ledger: Ledger) -> Iterator[Fault]:
    """Answers to words that the ledger has no publication of: of each such words, the first."""
    publications = select(*WORDS).where(EVENT.c.kind == Kind.NOTICE_PUBLISHED)
    published = {tuple(row) for row in ledger.rows(publications)}
    answered = (
        select(func.min(EVENT.c.seq).label("seq"), *WORDS)
        .where(EVENT.c.version.is_not(None), EVENT.c.kind.not_in(PUBLIC))
        .group_by(*WORDS)
    )
    for row in ledger.rows(answered):
        if tuple(row)[1:] not in published:
            yield Fault(
                f"event {row.seq}", "its words were never published", "It was made up, or its words were changed"
            )


def wording_faults(ledger: Ledger) -> Iterator[Fault]:
    """Wording from before that has another digest."""
    for row in ledger.rows(select(EARLIER.c.digest, EARLIER.c.wording)):
        if hashlib.sha256(row.wording).hexdigest() != row.digest:
            yield Fault(
                f"earlier {shown(row.digest)}",
                "the wording is not the one of its digest",
                "It is not what people agreed to: put the form's file back from a backup",
            )


def missing_wordings(ledger: Ledger) -> Iterator[Fault]:
    """Consent from before whose wording is not there."""
    without = (
        select(func.min(EVENT.c.seq).label("seq"), EVENT.c.digest)
        .where(EVENT.c.digest.is_not(None), EVENT.c.version.is_(None), EVENT.c.kind.not_in(PUBLIC))
        .where(~exists().where(EARLIER.c.digest == EVENT.c.digest))
        .group_by(EVENT.c.digest)
    )
    for row in ledger.rows(without):
        yield Fault(
            f"event {row.seq}",
            f"the wording {shown(row.digest)} is missing from the table earlier",
            "Nobody can read what was agreed to",
        )
