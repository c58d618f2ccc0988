"""Seals personal details anew and makes their look-ups anew, when the details key or the pepper changes."""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.exceptions import InvalidTag

from widget.errors import StartRefused
from widget.ledger.key_folder import DETAILS_KEY, PEPPER, Keys, fingerprint
from widget.people.addresses import FOLDING, lookup
from widget.people.details import EMAIL, Sealing, open_erasure, reseal, seal_erasure, unseal
from widget.store.group_commit import Store
from widget.store.people import SealedSubject
from widget.store.transaction import Writing


@dataclass(frozen=True)
class Resealed:
    """How many rows were sealed anew, and how many could not be opened: those need a key that was lost before."""

    done: int
    unreadable: int


def reseal_all(writing: Writing, old: Sealing, new: Sealing) -> Resealed:
    """Seal every subject's details, every note and every report anew, in the transaction of `writing`. The commitments in the ledger stay right.

    A row that cannot be opened stays as it is: no key that is here can tell what it says.
    """
    done = unreadable = 0
    keys = (old.details_key, new.details_key)
    last = ""
    while rows := writing.sealed_subjects(last):
        for row in rows:
            try:
                held = unseal(row.row_key, row.sealed, row.subject, old.details_key).held
                sealed = reseal(row.row_key, row.sealed, row.subject, *keys, writing.randomness)
            except InvalidTag:
                unreadable += 1
                continue
            anew = SealedSubject(row.subject, sealed.row_key, sealed.sealed)
            on_file = lookup(held.address.value, new.pepper) if held.address else None
            writing.reseal(anew, on_file, FOLDING)
            if others := {lookup(entry.value, new.pepper) for entry in held.of(EMAIL)} - {on_file}:
                writing.note_addresses(row.subject, others)
            done += 1
        last = rows[-1].subject
    for seq, about, row_key, words in writing.sealed_notes():
        try:
            writing.reseal_note(seq, reseal(row_key, words, about, *keys, writing.randomness))
        except InvalidTag:
            unreadable += 1
            continue
        done += 1
    for told in writing.reports():
        try:
            writing.reseal_report(
                told.report, reseal(told.row_key, told.sealed, told.report, *keys, writing.randomness)
            )
        except InvalidTag:
            unreadable += 1
            continue
        done += 1
    for _, erased in writing.erasures_after(0):
        try:
            again = seal_erasure(open_erasure(erased, old.details_key), new.details_key, writing.randomness)
        except InvalidTag:
            unreadable += 1
            continue
        writing.note_erasure(again)
        done += 1
    return Resealed(done, unreadable)


def bring_to_keys(store: Store, keys: Keys) -> None:
    """Seal anew what a restored database holds under keys from before, in one transaction.

    `StartRefused` where those keys were not kept.
    """
    with store.reading() as reading:
        needed = reading.keys()
    if needed in (None, keys.fingerprints):
        return
    then = dict(one.split("=", 1) for one in (needed or "").split())
    old = Sealing(_secret(DETAILS_KEY, keys.details_key, then, keys), _secret(PEPPER, keys.pepper, then, keys))

    def change_over(writing: Writing) -> None:
        if old != Sealing.of(keys):
            reseal_all(writing, old, Sealing.of(keys))
        writing.put_keys(keys.fingerprints)

    store.write(change_over)


def _secret(name: str, now: bytes, then: dict[str, str], keys: Keys) -> bytes:
    """The secret that had that fingerprint: the one of now, or one that was kept."""
    for secret in (now, *(one.secret for one in keys.earlier[name])):
        if then.get(name) == fingerprint(name, secret):
            return secret
    raise StartRefused(
        f"This database needs an earlier {name}, which {keys.folder} does not hold any more. Put the folder's backup of that "
        "time in its place, and run this again."
    )
