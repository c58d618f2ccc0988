"""Notes beside the ledger: requests that came, API keys, acts of the service."""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterator
from typing import Any

from cryptography.exceptions import InvalidTag
from sqlalchemy import Row, exists, select

from widget.ledger.events import TO_ACT_ON, Kind
from widget.ledger.key_folder import Keys
from widget.people.api_keys import seal_of
from widget.people.notes import unseal_note
from widget.store.audit.findings import Fault, Ledger, shown
from widget.store.schema import ACTION, API_KEY, EVENT, IDEMPOTENCY, NOTE, RECEIPT

HASH_BYTES = 32
KEY_ID = re.compile(r"[0-9a-f]{8}")
ADDED = "Somebody wrote it into the database"
LATER = EVENT.alias("later")
ERASED = exists().where(LATER.c.subject == EVENT.c.subject, LATER.c.kind == Kind.ERASED, LATER.c.seq > EVENT.c.seq)


def request_faults(ledger: Ledger) -> Iterator[Fault]:
    """Idempotency keys that lead to no receipt, or to one that was made after the request was answered."""
    joined = IDEMPOTENCY.outerjoin(RECEIPT, RECEIPT.c.receipt_id == IDEMPOTENCY.c.receipt_id)
    rows = select(IDEMPOTENCY, RECEIPT.c.reference, RECEIPT.c.made.label("receipt_made")).select_from(joined)
    for row in ledger.rows(rows):
        name = f"idempotency {shown(row.key[:4])}"
        if row.reference is None:
            yield Fault(name, "its receipt is missing", "The request, sent again, would be recorded twice")
        elif row.made < row.receipt_made:
            yield Fault(name, "its receipt is newer than the answer", "A repeated request would get another's receipt")
        if {len(row.key), len(row.body)} != {HASH_BYTES}:
            yield Fault(name, "it is not made of two SHA-256 hashes", ADDED)


def api_key_faults(ledger: Ledger) -> Iterator[Fault]:
    """Rows that no command wrote, or that were changed since; and keys that were revoked and are in use again."""
    for row in ledger.rows(select(API_KEY)):
        name = f"api_key {shown(row.key_id)}"
        if not KEY_ID.fullmatch(row.key_id) or len(row.hash) != HASH_BYTES:
            yield Fault(name, "its id or hash is not one that this program makes", ADDED)
        if row.revoked is not None and row.revoked < row.made:
            yield Fault(name, "it was revoked before it was made", ADDED)
        if row.revoked is None and row.key_id in ledger.revoked:
            wrong = "it was revoked and is in use again"
            yield Fault(name, wrong, "A backup was put back, or somebody revived it: consents key revoke")
        if row.revoked is None and ledger.keys is not None and ledger.upgraded and not _is_sealed(row, ledger.keys):
            wrong = "its hash, name, rights, notices or last day are not those that it was made with"
            yield Fault(name, wrong, "Somebody added or changed it: consents key revoke")


def _is_sealed(row: Row[Any], keys: Keys) -> bool:
    """Whether a command wrote the row of a key. Those of 0.1.0 have no seal, and may do everything."""
    if row.seal is None:
        return row.hash in keys.earlier_api_keys and row.acts is row.notices is row.expires is None
    return any(hmac.compare_digest(row.seal, seal_of(secret, dict(row._mapping))) for secret in keys.token_secrets)


def action_faults(ledger: Ledger) -> Iterator[Fault]:
    """Notes about what can have had none, or from before what they are about."""
    joined = ACTION.outerjoin(EVENT, EVENT.c.seq == ACTION.c.seq)
    for row in ledger.rows(select(ACTION, EVENT.c.kind, EVENT.c.at).select_from(joined)):
        name = f"action {row.id} about event {row.seq}"
        if row.kind not in TO_ACT_ON:
            yield Fault(name, "the event is not a withdrawal or a request for one", "The note was moved or made up")
        elif row.made < row.at or row.happened > row.made:
            yield Fault(name, "its times contradict the event's", "The note was moved, or its times were changed")


def note_faults(ledger: Ledger) -> Iterator[Fault]:
    """Sealed notes that no entry committed to, or that were erased."""
    joined = NOTE.outerjoin(EVENT, EVENT.c.seq == NOTE.c.seq)
    columns = (NOTE.c.seq, NOTE.c.row_key, NOTE.c.sealed, EVENT.c.kind, EVENT.c.prior, EVENT.c.detail_commit)
    for row in ledger.rows(select(*columns, ERASED.label("erased")).select_from(joined)):
        name = f"note of event {row.seq}"
        if row.kind != Kind.ACTED:
            yield Fault(name, "the event does not say what was done", "The note was moved or made up")
        elif row.erased:
            yield Fault(name, "the note was erased and is there again", "A backup was put back")
        elif ledger.keys is not None:
            try:
                unseal_note(row.row_key, row.sealed, row.prior or "", row.detail_commit, ledger.keys.details_key)
            except (InvalidTag, ValueError):
                yield Fault(
                    name, "it is not the one of its entry", "It was changed, or sealed with another details.key"
                )


def lost_notes(ledger: Ledger) -> Iterator[Fault]:
    """Entries about what was done whose note is gone without an erasure."""
    there = exists().where(NOTE.c.seq == EVENT.c.seq)
    acted = (EVENT.c.kind == Kind.ACTED) & EVENT.c.detail_commit.is_not(None)
    for row in ledger.rows(select(EVENT.c.seq).where(acted, ~there, ~ERASED)):
        yield Fault(f"event {row.seq}", "its note is gone and no entry erased it", "Somebody deleted it")
