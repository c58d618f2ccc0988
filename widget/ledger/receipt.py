"""What a resident is given: a reference to read out, and a token that proves it is their receipt. Pure.

The reference is no secret. The token is; it is recomputed from a secret that is not in the database and never stored.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
from dataclasses import dataclass
from functools import cache
from operator import mul

ALPHABET = "02356789BCDFGHJKLMNPQRSTVWXYZ"
"""29 signs that are hard to confuse or to spell a word with. 29 is prime, so one check sign finds every single wrong
sign and every two that changed places."""
MISREAD = str.maketrans("O1I", "0LL")
REFERENCE_SIGNS = 9
WEIGHTS = range(2, REFERENCE_SIGNS + 1)
ID_BYTES = 16
TOKEN_BYTES = 32
TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True)
class Receipt:
    """One act of giving: later withdrawals and renewals of the same subject about the same notice show on it."""

    receipt_id: bytes
    reference: str
    subject: str
    notice: str
    made: str


def reference(random: bytes) -> str:
    """A reference from at least 8 random bytes, such as `7KQ-M2X-TPF`; its last sign checks the others."""
    number = int.from_bytes(random)
    places = []
    for _ in range(REFERENCE_SIGNS - 1):
        number, place = divmod(number, len(ALPHABET))
        places.append(place)
    signs = [ALPHABET[place] for place in places] + [_check_sign(places)]
    return _in_threes(signs)


def read_reference(text: str) -> str | None:
    """The reference as it is kept, from what somebody typed or heard; None if it cannot be one."""
    signs = [sign for sign in text.upper().translate(MISREAD) if sign not in " -–—."]
    if len(signs) != REFERENCE_SIGNS or any(sign not in ALPHABET for sign in signs):
        return None
    if _check_sign([ALPHABET.index(sign) for sign in signs[:-1]]) != signs[-1]:
        return None
    return _in_threes(signs)


def token(secret: bytes, receipt_id: bytes) -> str:
    """The receipt's id and the first 128 bits of HMAC-SHA256(secret, id), as text for an address."""
    return base64.urlsafe_b64encode(receipt_id + _mac(secret, receipt_id)).decode().rstrip("=")


def receipt_of(secret: bytes, text: str) -> bytes | None:
    """The id of the receipt that a token belongs to; None for anything that this secret did not make."""
    if not TOKEN.fullmatch(text):
        return None
    try:
        value = base64.urlsafe_b64decode(text + "=")
    except (binascii.Error, ValueError):
        return None
    receipt_id, mac = value[:ID_BYTES], value[ID_BYTES:]
    if not hmac.compare_digest(mac, _mac(secret, receipt_id)) or token(secret, receipt_id) != text:
        return None
    return receipt_id


def _mac(secret: bytes, receipt_id: bytes) -> bytes:
    started = _started(secret).copy()
    started.update(receipt_id)
    return started.digest()[: TOKEN_BYTES - ID_BYTES]


@cache
def _started(secret: bytes) -> hmac.HMAC:
    """The HMAC up to where receipts differ: `hmac.digest` sets up anew and lets other threads go first each time."""
    return hmac.new(secret, b"receipt\0", hashlib.sha256)


def _check_sign(places: list[int]) -> str:
    """Makes the weighted sum of all signs, by their places in the alphabet, itself with weight 1, a multiple of 29."""
    return ALPHABET[-sum(map(mul, places, WEIGHTS)) % len(ALPHABET)]


def _in_threes(signs: list[str]) -> str:
    return "-".join("".join(signs[start : start + 3]) for start in range(0, REFERENCE_SIGNS, 3))
