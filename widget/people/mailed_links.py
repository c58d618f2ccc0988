"""Links that are mailed: each is for one purpose, about one event, and works once. Pure.

A link's token is a form, the event's id, the purpose and 128 bits of HMAC-SHA256 with a secret that is not in the
database; it is recomputed when the mail is written and never stored.

Mail programs leave a hyphen or underscore at the end out of a link that they make. 34 bytes in base64url end in one of A,
Q, g and w, since the last sign carries two bits. The 33 bytes of earlier releases (44 signs) are still read.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import uuid
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

TOKEN = re.compile(r"[A-Za-z0-9_-]{45}[AQgw]")
OLD_TOKEN = re.compile(r"[A-Za-z0-9_-]{44}")
FORM = b"\x01"
MAC_BYTES = 16


class Purpose(StrEnum):
    """What a link is for."""

    WITHDRAW = "withdraw"
    ADDRESS = "address"
    QUIET = "quiet"


CODES = {Purpose.WITHDRAW: b"w", Purpose.ADDRESS: b"a", Purpose.QUIET: b"q"}
LASTS = {Purpose.WITHDRAW: timedelta(minutes=30), Purpose.ADDRESS: timedelta(days=30), Purpose.QUIET: None}
"""How long after its mail a link works; None for always."""


@dataclass(frozen=True)
class Link:
    """What a token stands for."""

    purpose: Purpose
    event_id: str


def link_token(secret: bytes, link: Link) -> str:
    """The token of a link, as text for an address."""
    said = FORM + uuid.UUID(link.event_id).bytes + CODES[link.purpose]
    return base64.urlsafe_b64encode(said + _mac(secret, said)).decode().rstrip("=")


def link_of(secret: bytes, text: str) -> Link | None:
    """What a token stands for; None for anything that this secret did not make."""
    if TOKEN.fullmatch(text):
        value, start = base64.urlsafe_b64decode(text + "=="), len(FORM)
    elif OLD_TOKEN.fullmatch(text):
        value, start = base64.urlsafe_b64decode(text), 0
    else:
        return None
    said, mac = value[:-MAC_BYTES], value[-MAC_BYTES:]
    if not hmac.compare_digest(mac, _mac(secret, said)) or said[:start] != FORM[:start]:
        return None
    purpose = next((purpose for purpose, code in CODES.items() if code == said[-1:]), None)
    return Link(purpose, str(uuid.UUID(bytes=said[start:-1]))) if purpose else None


def _mac(secret: bytes, said: bytes) -> bytes:
    return hmac.digest(secret, b"link\0" + said, hashlib.sha256)[:MAC_BYTES]
