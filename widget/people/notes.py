"""Notes that staff write beside an entry: sealed apart from the ledger, able to be erased, and bound by a commitment. Pure."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable

from cryptography.exceptions import InvalidTag

from widget.people.details import COMMIT_BYTES, KEY_BYTES, Sealed, decrypted, encrypted

LONGEST = 2000
"""How many characters a note may have."""


def seal_note(note: str, about: str, key: bytes, randomness: Callable[[int], bytes]) -> Sealed:
    """Seal a note about an event (its id) with a new key, wrapped by `key`."""
    row_key, nonce = randomness(KEY_BYTES), randomness(COMMIT_BYTES)
    said = nonce + note.encode()
    return Sealed(
        encrypted(key, row_key, about, randomness),
        encrypted(row_key, said, about, randomness),
        hashlib.sha256(said).hexdigest(),
    )


def unseal_note(row_key: bytes, sealed: bytes, about: str, commit: str | None, key: bytes) -> str:
    """The note that `seal_note` put away; `InvalidTag` if the row, the key or the entry's commitment is another."""
    said = decrypted(decrypted(key, row_key, about), sealed, about)
    if not hmac.compare_digest(hashlib.sha256(said).hexdigest(), commit or ""):
        raise InvalidTag
    return said[COMMIT_BYTES:].decode()
