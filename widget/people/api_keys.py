"""Keys of the council's other systems: shown once, kept as an HMAC under a secret that is not in the database. Pure.

A plain hash would do against reading: a key is 256 random bits. Under a secret nobody can add a key with the database
alone. Releases before 0.2 kept SHA-256 hashes: those that were there at the upgrade are noted in the keys folder.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Right(StrEnum):
    """A right of a key."""

    EVENTS = "events"
    """Follow the feed."""
    STATUS = "status"
    """Ask where a consent stands."""
    WITHDRAWALS = "withdrawals"
    """See what is to be acted on, and record what was done."""
    CASES = "cases"
    """See the service's own case references."""


USUAL = (Right.EVENTS, Right.STATUS)
"""The rights of a key that names none: those that keys of 0.1.0 were made for."""


@dataclass(frozen=True)
class Scope:
    """The rights of a key, its notices, and its last day; None means all, or for ever."""

    rights: frozenset[Right] | None = None
    notices: frozenset[str] | None = None
    expires: date | None = None

    @classmethod
    def of(cls, rights: str | None, notices: str | None, expires: str | None) -> Scope:
        """From texts as the database holds them. A right of a later release is left out: it cannot be used here."""
        known = set(Right)
        return cls(
            None if rights is None else frozenset(Right(name) for name in rights.split(",") if name in known),
            None if notices is None else frozenset(filter(None, notices.split(","))),
            None if expires is None else date.fromisoformat(expires),
        )

    def columns(self) -> dict[str, str | None]:
        """The same as texts."""
        return {
            "acts": None if self.rights is None else ",".join(sorted(self.rights)),
            "notices": None if self.notices is None else ",".join(sorted(self.notices)),
            "expires": self.expires.isoformat() if self.expires else None,
        }

    def may(self, right: Right) -> bool:
        """Whether a key may do something."""
        return self.rights is None or right in self.rights

    def covers(self, notice: str | None) -> bool:
        """Whether a key is about a notice. An event that names none may be about any."""
        return notice is None or self.notices is None or notice in self.notices

    def is_over(self, today: date) -> bool:
        """Whether the last day has passed."""
        return self.expires is not None and today > self.expires


EVERYTHING = Scope()
TEXT = re.compile(r"nbk_([0-9a-f]{8})_([A-Za-z0-9_-]{43})")


@dataclass(frozen=True)
class NewKey:
    """A key as it is shown once, and what is kept of it."""

    key_id: str
    text: str
    hash: bytes


def new_key(secret: bytes, randomness: Callable[[int], bytes], scope: Scope = EVERYTHING) -> NewKey:
    """A new key; what is kept of it covers its scope, which nobody can widen in the database."""
    key_id = randomness(4).hex()
    text = f"nbk_{key_id}_{base64.urlsafe_b64encode(randomness(32)).decode().rstrip('=')}"
    return NewKey(key_id, text, _kept(secret, text, scope))


SEALED = ("key_id", "name", "made", "acts", "notices", "expires")


def seal_of(secret: bytes, row: Mapping[str, object]) -> bytes:
    """The seal that shows that a command wrote a key's row, by the row's columns: the hash alone shows it only beside
    the key."""
    kept = row["hash"]
    assert isinstance(kept, bytes)  # noqa: S101
    said = json.dumps([kept.hex(), *(row[name] for name in SEALED)])
    return hmac.digest(secret, b"api key row\0" + said.encode(), hashlib.sha256)


def key_id_of(text: str) -> str | None:
    """The id in a key; None for what is not one."""
    found = TEXT.fullmatch(text)
    return found[1] if found else None


def is_key(secret: bytes, text: str, kept: bytes, earlier: Collection[bytes] = (), scope: Scope = EVERYTHING) -> bool:
    """Whether the text is the key that is kept so, with that scope; `earlier` are hashes from before the upgrade, which
    count too.
    """
    if hmac.compare_digest(_kept(secret, text, scope), kept):
        return True
    return kept in earlier and hmac.compare_digest(hashlib.sha256(text.encode()).digest(), kept)


def _kept(secret: bytes, text: str, scope: Scope) -> bytes:
    said = b"api key\0" + text.encode()
    if scope != EVERYTHING:
        said += b"\0" + json.dumps(scope.columns()).encode()
    return hmac.digest(secret, said, hashlib.sha256)
