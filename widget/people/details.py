"""Details about a person: kept apart from the ledger, sealed, and able to be erased. Pure.

Each row is sealed with a key of its own, which is wrapped by a key outside the database: to delete the row is to lose
what it said, in every copy of the database that is made after. The ledger holds a commitment that says nothing by
itself and proves, while the row stands, that the row was not changed.

Nothing that was said replaces anything: each value is kept with who set it and when, and values that differ stand side by
side. Which address counts follows from them, so that the seal covers it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields, replace

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from widget.ledger.events import ENCODER
from widget.ledger.key_folder import Keys
from widget.people.addresses import folded

KEY_BYTES = 32
NONCE_BYTES = 12
COMMIT_BYTES = 16
EMAIL = "email"
EARLIER = "an earlier release"
"""The setter of details that release 0.1.0 kept: it did not say."""


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


NAMES = tuple(field.name for field in fields(Details))


@dataclass(frozen=True)
class Sealing:
    """The two keys that personal details need, and the peppers from before: links that were mailed under them still
    work."""

    details_key: bytes
    pepper: bytes
    earlier_peppers: tuple[bytes, ...] = field(default=(), compare=False)

    @classmethod
    def of(cls, keys: Keys) -> Sealing:
        """Those among the keys of a ledger."""
        return cls(keys.details_key, keys.pepper, keys.earlier_peppers)


@dataclass(frozen=True)
class Entry:
    """A value of one part of the details, who set it (`web`, or a role of staff) and when (RFC 3339, UTC).

    An address has `confirmed`: when a link that was mailed to it was used.
    """

    part: str
    value: str
    by: str
    at: str
    confirmed: str | None = None

    def __str__(self) -> str:
        origin = f"{self.by}, {self.at[:10]}"
        if self.part == EMAIL:
            origin += f", confirmed {self.confirmed[:10]}" if self.confirmed else ", nobody confirmed it"
        return f"{self.value} ({origin})"


@dataclass(frozen=True)
class Held:
    """Everything that was said about one subject, the oldest first."""

    entries: tuple[Entry, ...] = ()

    def of(self, part: str) -> tuple[Entry, ...]:
        """Every value of a part."""
        return tuple(entry for entry in self.entries if entry.part == part)

    @property
    def address(self) -> Entry | None:
        """The address on file: the one that was confirmed last, else the one that was typed last.

        A confirmed one gives way only to another that is confirmed.
        """
        given = self.of(EMAIL)
        confirmed = [entry for entry in given if entry.confirmed]
        if confirmed:
            return max(confirmed, key=lambda entry: entry.confirmed or "")
        return given[-1] if given else None

    @property
    def claim(self) -> Entry | None:
        """The address that was typed last, where nobody has confirmed it."""
        last = self.of(EMAIL)[-1:]
        return last[0] if last and not last[0].confirmed else None

    @property
    def former(self) -> Entry | None:
        """The confirmed address that the one on file took the place of."""
        before = [entry for entry in self.of(EMAIL) if entry.confirmed and entry != self.address]
        return max(before, key=lambda entry: entry.confirmed or "", default=None)

    def details(self) -> Details:
        """The address on file, and of each other part every value side by side."""
        said = {part: "; ".join(entry.value for entry in self.of(part)) or None for part in NAMES}
        return Details(**said | {EMAIL: self.address.value if self.address else None})

    def with_origins(self) -> Details:
        """Every value of each part, and who set it on which day: for those who must judge between them."""
        return Details(**{part: "; ".join(map(str, self.of(part))) or None for part in NAMES})

    def merged(self, said: Details, by: str, at: str) -> Held:
        """With what was said now.

        A value that is there stays as it was set; an address that is typed again while nobody has confirmed it is the
        one that was typed last.
        """
        entries = self.entries
        for part, value in vars(said).items():
            if not value:
                continue
            same = next((entry for entry in self.of(part) if _same(part, entry.value, value)), None)
            if same is None:
                entries = (*entries, Entry(part, value, by, at))
            elif part == EMAIL and not same.confirmed and same != self.of(EMAIL)[-1]:
                entries = (*_without(entries, same), replace(same, by=by, at=at))
        return Held(entries)

    def confirmed(self, address: Entry, at: str) -> Held:
        """With an address confirmed."""
        return Held(tuple(replace(one, confirmed=at) if one == address else one for one in self.entries))

    def without(self, address: Entry) -> Held:
        """Without an address that somebody said is not theirs."""
        return Held(_without(self.entries, address))


@dataclass(frozen=True)
class Sealed:
    """Details as the database holds them, and the commitment that the event carries."""

    row_key: bytes
    sealed: bytes
    commit: str


@dataclass(frozen=True)
class Opened:
    """Details that were read from their seal.

    `whole` is False for the form of release 0.1.0, which did not seal whether the address was confirmed.
    """

    held: Held
    commit: str
    whole: bool


def seal(held: Held, subject: str, key: bytes, randomness: Callable[[int], bytes]) -> Sealed:
    """Seal the details of one subject with a new key, wrapped by `key`."""
    row_key, nonce = randomness(KEY_BYTES), randomness(COMMIT_BYTES)
    said = ENCODER.encode([[one.part, one.value, one.by, one.at, one.confirmed] for one in held.entries]).encode()
    return Sealed(
        encrypted(key, row_key, subject, randomness),
        encrypted(row_key, nonce + said, subject, randomness),
        hashlib.sha256(nonce + said).hexdigest(),
    )


def unseal(
    row_key: bytes, sealed: bytes, subject: str, key: bytes, *, made: str = "", confirmed: bool = False
) -> Opened:
    """The details that `seal` put away; `cryptography.exceptions.InvalidTag` if the row or the key is another.

    `made` and `confirmed` are the columns beside a row of release 0.1.0, whose seal does not cover them.
    """
    text = decrypted(decrypted(key, row_key, subject), sealed, subject)
    commit, said = hashlib.sha256(text).hexdigest(), json.loads(text[COMMIT_BYTES:])
    if isinstance(said, list):
        return Opened(Held(tuple(Entry(*entry) for entry in said)), commit, whole=True)
    since = {EMAIL: made if confirmed else None}
    earlier = (Entry(part, value, EARLIER, made, since.get(part)) for part, value in said.items())
    return Opened(Held(tuple(earlier)), commit, whole=False)


def seal_erasure(subject: str, key: bytes, randomness: Callable[[int], bytes]) -> bytes:
    """A subject on the list of those who were erased, as the database holds it."""
    return encrypted(_erasures_key(key), subject.encode(), "erased", randomness)


def open_erasure(sealed: bytes, key: bytes) -> str:
    """The subject that `seal_erasure` put away; `cryptography.exceptions.InvalidTag` if the row or the key is another."""
    return decrypted(_erasures_key(key), sealed, "erased").decode()


def _erasures_key(key: bytes) -> bytes:
    return hmac.digest(key, b"erasures", hashlib.sha256)


def _same(part: str, one: str, other: str) -> bool:
    return folded(one) == folded(other) if part == EMAIL else one == other


def _without(entries: Iterable[Entry], gone: Entry) -> tuple[Entry, ...]:
    return tuple(entry for entry in entries if entry != gone)


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
    """The text that `encrypted` hid; `cryptography.exceptions.InvalidTag` for another key, value or subject."""
    return AESGCM(key).decrypt(value[:NONCE_BYTES], value[NONCE_BYTES:], subject.encode())
