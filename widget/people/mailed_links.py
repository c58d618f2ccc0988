"""Links that are mailed: each is for one purpose, about one event, and works once. Pure.

A link's token is the event's id, the purpose and 128 bits of HMAC-SHA256 with a secret that is not in the database; it
is recomputed when the mail is written and never stored.
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

TOKEN = re.compile(r"[A-Za-z0-9_-]{44}")
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
    said = uuid.UUID(link.event_id).bytes + CODES[link.purpose]
    return base64.urlsafe_b64encode(said + _mac(secret, said)).decode()


def link_of(secret: bytes, text: str) -> Link | None:
    """What a token stands for; None for anything that this secret did not make."""
    if not TOKEN.fullmatch(text):
        return None
    value = base64.urlsafe_b64decode(text)
    said, mac = value[:-MAC_BYTES], value[-MAC_BYTES:]
    if not hmac.compare_digest(mac, _mac(secret, said)):
        return None
    purpose = next((purpose for purpose, code in CODES.items() if code == said[-1:]), None)
    return Link(purpose, str(uuid.UUID(bytes=said[:16]))) if purpose else None


def _mac(secret: bytes, said: bytes) -> bytes:
    return hmac.digest(secret, b"link\0" + said, hashlib.sha256)[:MAC_BYTES]
