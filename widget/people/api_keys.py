"""Keys of the council's other systems: shown once, kept as an HMAC under a secret that is not in the database. Pure.

A plain hash would do against reading: a key is 256 random bits. Under a secret nobody can add a key with the database
alone. Releases before 0.2 kept SHA-256 hashes: those that were there at the upgrade are noted in the keys folder.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

TEXT = re.compile(r"nbk_([0-9a-f]{8})_([A-Za-z0-9_-]{43})")


@dataclass(frozen=True)
class NewKey:
    """A key as it is shown once, and what is kept of it."""

    key_id: str
    text: str
    hash: bytes


def new_key(secret: bytes, randomness: Callable[[int], bytes]) -> NewKey:
    """A new key."""
    key_id = randomness(4).hex()
    text = f"nbk_{key_id}_{base64.urlsafe_b64encode(randomness(32)).decode().rstrip('=')}"
    return NewKey(key_id, text, _kept(secret, text))


def key_id_of(text: str) -> str | None:
    """The id in a key; None for what is not one."""
    found = TEXT.fullmatch(text)
    return found[1] if found else None


def is_key(secret: bytes, text: str, kept: bytes, earlier: Collection[bytes] = ()) -> bool:
    """Whether the text is the key that is kept so; `earlier` are hashes from before the upgrade, which count too."""
    if hmac.compare_digest(_kept(secret, text), kept):
        return True
    return kept in earlier and hmac.compare_digest(hashlib.sha256(text.encode()).digest(), kept)


def _kept(secret: bytes, text: str) -> bytes:
    return hmac.digest(secret, b"api key\0" + text.encode(), hashlib.sha256)
