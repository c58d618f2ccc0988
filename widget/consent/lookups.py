"""Makes look-ups of addresses anew where an earlier release folded addresses in another way."""

from __future__ import annotations

from cryptography.exceptions import InvalidTag

from widget.people.addresses import FOLDING, lookup
from widget.people.details import EMAIL, Held, Sealing, unseal
from widget.store.group_commit import Store
from widget.store.people import SubjectRow
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
    for row in rows:
        held = _opened(row, sealing)
        anew = [lookup(entry.value, sealing.pepper) for entry in held.of(EMAIL)]
        on_file = lookup(held.address.value, sealing.pepper) if held.address else None
        writing.refold(row.subject, on_file, FOLDING)
        if others := set(anew) - {on_file}:
            writing.note_addresses(row.subject, others)
    return len(rows)


def _opened(row: SubjectRow, sealing: Sealing) -> Held:
    """The content of a row; nothing where it was sealed with a key that was lost."""
    try:
        opened = unseal(row.row_key, row.sealed, row.subject, sealing.details_key, confirmed=row.confirmed)
    except (InvalidTag, ValueError):
        return Held()
    return opened.held
