"""Links that are mailed: each is for one purpose, about one event, for the address it was mailed to. Pure.

A link's token is a form, the event's id, the purpose, half of the address's look-up, when it was mailed and 128 bits
of HMAC-SHA256 over all of that with a secret that is not in the database. It is computed when the letter is written
and never stored, and it acts until it expires: nothing that anybody does with it ends it.

Mail programs leave a hyphen or underscore at the end out of a link that they make. The last sign of 56 bytes in base64url
carries four bits, so that it is neither.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

TOKEN = re.compile(r"[A-Za-z0-9_-]{74}[AEIMQUYcgkosw048]")
OLD_TOKEN = re.compile(r"[A-Za-z0-9_-]{44}")
FORM = b"\x02"
EVENT_BYTES = 16
RECIPIENT_BYTES = 16
TIME_BYTES = 6
MAC_BYTES = 16


class Purpose(StrEnum):
    """The purpose of a link."""

    WITHDRAW = "withdraw"
    ADDRESS = "address"
    QUIET = "quiet"


CODES = {Purpose.WITHDRAW: b"w", Purpose.ADDRESS: b"a", Purpose.QUIET: b"q"}
LASTS = {Purpose.WITHDRAW: timedelta(minutes=30), Purpose.ADDRESS: timedelta(days=30), Purpose.QUIET: None}
"""How long after its mail a link works; None for always."""


@dataclass(frozen=True)
class Link:
    """The meaning of a token. `recipient` is the first half of the look-up of the address it was mailed to at `mailed`
    (UTC, whole milliseconds)."""

    purpose: Purpose
    event_id: str
    recipient: bytes
    mailed: datetime


@dataclass(frozen=True)
class OldLink:
    """A link that release 0.1.0 mailed: neither the address nor the time is in it."""

    purpose: Purpose
    event_id: str


def recipient_of(lookup: bytes) -> bytes:
    """The part of an address's look-up that a link holds."""
    return lookup[:RECIPIENT_BYTES]


def link_token(secret: bytes, link: Link) -> str:
    """The token of a link, as text for an address."""
    event, time = uuid.UUID(link.event_id).bytes, _milliseconds(link.mailed).to_bytes(TIME_BYTES)
    said = FORM + event + CODES[link.purpose] + link.recipient + time
    return base64.urlsafe_b64encode(said + _mac(secret, b"link 2\0", said)).decode().rstrip("=")


def link_of(secret: bytes, text: str) -> Link | OldLink | None:
    """The link behind a token; None for anything that this secret did not make."""
    if OLD_TOKEN.fullmatch(text):
        return _old_link(secret, base64.urlsafe_b64decode(text))
    if not TOKEN.fullmatch(text):
        return None
    said, mac = _parts(base64.urlsafe_b64decode(text + "="))
    if not hmac.compare_digest(mac, _mac(secret, b"link 2\0", said)) or not said.startswith(FORM):
        return None
    event, rest = said[1 : 1 + EVENT_BYTES], said[1 + EVENT_BYTES :]
    purpose, recipient, time = _purpose(rest[:1]), rest[1 : 1 + RECIPIENT_BYTES], rest[1 + RECIPIENT_BYTES :]
    if purpose is None:
        return None
    mailed = datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=int.from_bytes(time))
    return Link(purpose, str(uuid.UUID(bytes=event)), recipient, mailed)


def _old_link(secret: bytes, value: bytes) -> OldLink | None:
    said, mac = _parts(value)
    purpose = _purpose(said[-1:])
    if purpose is None or not hmac.compare_digest(mac, _mac(secret, b"link\0", said)):
        return None
    return OldLink(purpose, str(uuid.UUID(bytes=said[:-1])))


def _purpose(code: bytes) -> Purpose | None:
    return next((purpose for purpose, known in CODES.items() if known == code), None)


def _parts(value: bytes) -> tuple[bytes, bytes]:
    return value[:-MAC_BYTES], value[-MAC_BYTES:]


def _milliseconds(moment: datetime) -> int:
    return (moment - datetime.fromtimestamp(0, UTC)) // timedelta(milliseconds=1)


def _mac(secret: bytes, purpose: bytes, said: bytes) -> bytes:
    return hmac.digest(secret, purpose + said, hashlib.sha256)[:MAC_BYTES]
