"""A resident's receipt: a reference to read out, and a token that proves it is their receipt. Pure.

The reference is no secret. The token is; it is recomputed from a secret that is not in the database and never stored.
"""

from __future__ import annotations

import base64
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
    ended: int = 0
    """How many of its tokens were ended: the next one is another."""


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


def token(secret: bytes, receipt: Receipt) -> str:
    """The receipt's id and 128 bits of HMAC-SHA256 over it, its subject and its notice, as text for an address.

    So a receipt that was given another subject in the database has no token any more.
    """
    return _text(receipt.receipt_id + _mac(secret, b"receipt 2\0", receipt.receipt_id, _whose(receipt)))


def receipt_id_in(text: str) -> bytes | None:
    """The id of the receipt that a token names, which proves nothing yet; None for what is no token."""
    if not TOKEN.fullmatch(text):
        return None
    value = base64.urlsafe_b64decode(text + "=")
    return value[:ID_BYTES] if _text(value) == text else None


def is_token(secret: bytes, text: str, receipt: Receipt) -> bool:
    """Whether the text is the token of that receipt, as it is now or as releases before 0.2 made it, over the id
    alone."""
    if hmac.compare_digest(text.encode(), token(secret, receipt).encode()):
        return True
    earlier = _text(receipt.receipt_id + _mac(secret, b"receipt\0", receipt.receipt_id))
    return not receipt.ended and hmac.compare_digest(text.encode(), earlier.encode())


def _whose(receipt: Receipt) -> bytes:
    whose = f"{receipt.subject}\0{receipt.notice}"
    return (f"{whose}\0{receipt.ended}" if receipt.ended else whose).encode()


def _text(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


def _mac(secret: bytes, purpose: bytes, *parts: bytes) -> bytes:
    started = _started(secret, purpose).copy()
    started.update(b"".join(parts))
    return started.digest()[: TOKEN_BYTES - ID_BYTES]


@cache
def _started(secret: bytes, purpose: bytes) -> hmac.HMAC:
    """The HMAC up to where receipts differ: `hmac.digest` sets up anew and lets other threads go first each time."""
    return hmac.new(secret, purpose, hashlib.sha256)


def _check_sign(places: list[int]) -> str:
    """Makes the weighted sum of all signs, by their places in the alphabet, itself with weight 1, a multiple of 29."""
    return ALPHABET[-sum(map(mul, places, WEIGHTS)) % len(ALPHABET)]


def _in_threes(signs: list[str]) -> str:
    return "-".join("".join(signs[start : start + 3]) for start in range(0, REFERENCE_SIGNS, 3))
