"""Keys of the council's other systems: shown once, kept as a hash. Pure.

A key is 256 random bits, so that a plain SHA-256 is enough to keep it by: it cannot be guessed from its hash.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass

TEXT = re.compile(r"nbk_([0-9a-f]{8})_([A-Za-z0-9_-]{43})")


@dataclass(frozen=True)
class NewKey:
    """A key as it is shown once, and what is kept of it."""

    key_id: str
    text: str
    hash: bytes


def new_key(randomness: Callable[[int], bytes]) -> NewKey:
    """A new key."""
    key_id = randomness(4).hex()
    text = f"nbk_{key_id}_{base64.urlsafe_b64encode(randomness(32)).decode().rstrip('=')}"
    return NewKey(key_id, text, _hash(text))


def key_id_of(text: str) -> str | None:
    """The id in a key; None for what is not one."""
    found = TEXT.fullmatch(text)
    return found[1] if found else None


def is_key(text: str, hashed: bytes) -> bool:
    """Whether the text is the key that is kept so."""
    return hmac.compare_digest(_hash(text), hashed)


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
