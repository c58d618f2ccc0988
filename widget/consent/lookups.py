"""Makes look-ups of addresses anew where an earlier release folded addresses in another way."""

from __future__ import annotations

from cryptography.exceptions import InvalidTag

from widget.consent.recording import Sealing
from widget.people.addresses import FOLDING, lookup
from widget.people.details import unseal
from widget.store.group_commit import Store
from widget.store.transaction import Writing


def refold_lookups(store: Store, sealing: Sealing) -> int:
    """Make every look-up of an earlier folding anew, some hundreds a transaction; how many rows were brought up to date.

    Runs at each start: a host of the release before may have added rows meanwhile. Where there are none it asks once.
    """
    done = 0
    while True:
        with store.reading() as reading:
            if not reading.folded_before(FOLDING, most=1):
                return done
        done += store.write(lambda writing: _refold_some(writing, sealing))


def _refold_some(writing: Writing, sealing: Sealing) -> int:
    rows = writing.folded_before(FOLDING)
    for subject, row_key, sealed in rows:
        writing.refold(subject, _anew(subject, row_key, sealed, sealing), FOLDING)
    return len(rows)


def _anew(subject: str, row_key: bytes, sealed: bytes, sealing: Sealing) -> bytes | None:
    """The look-up of the address in a row; None where there is none, or the row was sealed with a key that was lost."""
    try:
        email = unseal(row_key, sealed, subject, sealing.details_key).email
    except (InvalidTag, ValueError):
        return None
    return lookup(email, sealing.pepper) if email else None
