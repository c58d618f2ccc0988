"""What a person told us about themselves: kept apart from the ledger, sealed, and able to be erased. Pure.

Each row is sealed with a key of its own, which is wrapped by a key outside the database: to delete the row is to lose
what it said, in every copy of the database that is made after. The ledger holds a commitment that says nothing by
itself and proves, while the row stands, that the row was not changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from widget.ledger.events import canonical

KEY_BYTES = 32
NONCE_BYTES = 12
COMMIT_BYTES = 16


@dataclass(frozen=True)
class Details:
    """How a person can be found or reached; every part is optional.

    `about` is the child whom it is about, where the person acts for one; `case` is the service's own case reference.
    """

    email: str | None = None
    name: str | None = None
    phone: str | None = None
    post: str | None = None
    reference: str | None = None
    about: str | None = None
    case: str | None = None

    def __bool__(self) -> bool:
        return any(vars(self).values())


@dataclass(frozen=True)
class Sealed:
    """Details as the database holds them, and the commitment that the event carries."""

    row_key: bytes
    sealed: bytes
    commit: str


def seal(details: Details, subject: str, key: bytes, randomness: Callable[[int], bytes]) -> Sealed:
    """Seal the details of one subject with a new key, wrapped by `key`."""
    row_key, nonce = randomness(KEY_BYTES), randomness(COMMIT_BYTES)
    said = canonical({name: value for name, value in vars(details).items() if value is not None})
    return Sealed(
        encrypted(key, row_key, subject, randomness),
        encrypted(row_key, nonce + said, subject, randomness),
        hashlib.sha256(nonce + said).hexdigest(),
    )


def unseal(row_key: bytes, sealed: bytes, subject: str, key: bytes) -> Details:
    """The details that `seal` put away; `cryptography.exceptions.InvalidTag` if the row or the key is another."""
    said = decrypted(decrypted(key, row_key, subject), sealed, subject)[COMMIT_BYTES:]
    return Details(**json.loads(said))


def reseal(
    row_key: bytes, sealed: bytes, subject: str, old: bytes, new: bytes, randomness: Callable[[int], bytes]
) -> Sealed:
    """The same details and commitment, sealed with a new key of the row that is wrapped by another key.

    `cryptography.exceptions.InvalidTag` if the row or the old key is another.
    """
    said = decrypted(decrypted(old, row_key, subject), sealed, subject)
    another = randomness(KEY_BYTES)
    return Sealed(
        encrypted(new, another, subject, randomness),
        encrypted(another, said, subject, randomness),
        hashlib.sha256(said).hexdigest(),
    )


def encrypted(key: bytes, value: bytes, subject: str, randomness: Callable[[int], bytes]) -> bytes:
    """A value under a key (AES-256-GCM), bound to whom or what it is about; the nonce stands first."""
    nonce = randomness(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, value, subject.encode())


def decrypted(key: bytes, value: bytes, subject: str) -> bytes:
    """What `encrypted` hid; `cryptography.exceptions.InvalidTag` for another key, value or subject."""
    return AESGCM(key).decrypt(value[:NONCE_BYTES], value[NONCE_BYTES:], subject.encode())
