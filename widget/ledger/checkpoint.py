"""Signed heads of the ledger: C2SP checkpoints (c2sp.org/tlog-checkpoint) in signed notes with Ed25519. Pure.

A checkpoint says "this log had this many entries, and this root". A proof (c2sp.org/tlog-proof) is a checkpoint with
the path that leads from one entry to it; both are text, and checking them needs the public key and nothing else.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from widget.ledger.merkle import verify_inclusion

ED25519 = b"\x01"
PROOF_HEAD = "c2sp.org/tlog-proof@v1"
DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}")
ORIGIN = re.compile(r"[^\s+]+")


class BadCheckpoint(ValueError):
    """The text is not a checkpoint that this key signed; the message says what is wrong with it."""


@dataclass(frozen=True)
class Head:
    """The state of a log: who it is, how many entries it has, and the root of their tree.

    `notes` are a checkpoint's extension lines. A log that was given a new name after a restore has one that cites the
    last head of the old name, so that nobody can say that there was none.
    """

    origin: str
    size: int
    root: bytes
    notes: tuple[str, ...] = ()

    def text(self) -> str:
        """The signed part of a checkpoint."""
        return "".join(f"{line}\n" for line in (self.origin, str(self.size), _encoded(self.root), *self.notes))

    def citation(self) -> str:
        """The extension line by which the next name of the log cites this head."""
        return f"follows {self.origin} {self.size} {_encoded(self.root)}"


@dataclass(frozen=True)
class Verifier:
    """A log's name and public key. As text it is a C2SP vkey: `<name>+<key id>+<key>`."""

    origin: str
    key: Ed25519PublicKey

    @property
    def key_id(self) -> bytes:
        """Four bytes that tell keys of one name apart."""
        return hashlib.sha256(self.origin.encode() + b"\n" + ED25519 + self.key.public_bytes_raw()).digest()[:4]

    def __str__(self) -> str:
        return f"{self.origin}+{self.key_id.hex()}+{_encoded(ED25519 + self.key.public_bytes_raw())}"

    @classmethod
    def parse(cls, text: str) -> Verifier:
        """Read a vkey; `BadCheckpoint` if it is not an Ed25519 one."""
        origin, _, rest = text.strip().partition("+")
        identity, _, key = rest.partition("+")
        material = _decoded(key)
        if not ORIGIN.fullmatch(origin) or material[:1] != ED25519 or len(material) != 33:
            raise BadCheckpoint("not a public key of a log")
        verifier = cls(origin, Ed25519PublicKey.from_public_bytes(material[1:]))
        if verifier.key_id.hex() != identity:
            raise BadCheckpoint("the public key does not match its own id")
        return verifier


def sign(head: Head, key: Ed25519PrivateKey, key_id: bytes | None = None) -> str:
    """The checkpoint: the head as a signed note. The key's id is worked out where it is not given."""
    text = head.text()
    identity = key_id or Verifier(head.origin, key.public_key()).key_id
    return f"{text}\n— {head.origin} {_encoded(identity + key.sign(text.encode()))}\n"


def verify(checkpoint: str, verifier: Verifier) -> Head:
    """The head that a checkpoint states; `BadCheckpoint` unless this key signed it. Other signatures may stand by."""
    text, gap, signatures = checkpoint.partition("\n\n")
    text += "\n"
    if not gap or not signatures.endswith("\n"):
        raise BadCheckpoint("not a signed note")
    for line in signatures[:-1].split("\n"):
        mark, _, rest = line.partition(" ")
        name, _, signature = rest.partition(" ")
        if mark != "—" or not signature:
            raise BadCheckpoint("a signature line is not well formed")
        if name == verifier.origin and (signed := _decoded(signature))[:4] == verifier.key_id:
            _check_signature(verifier.key, signed[4:], text)
            return _head(text, verifier.origin)
    raise BadCheckpoint("not signed by this key")


def tlog_proof(index: int, path: Sequence[bytes], checkpoint: str) -> str:
    """A proof that the entry of that index (from 0) is in the log, as text that can be kept and checked offline."""
    lines = [PROOF_HEAD, f"index {index}", *map(_encoded, path)]
    return "\n".join(lines) + "\n\n" + checkpoint


def verify_tlog_proof(leaf: bytes, proof: str, verifier: Verifier) -> Head:
    """The signed head that the proof shows this leaf hash to be in; `BadCheckpoint` if it does not."""
    lines, gap, checkpoint = proof.partition("\n\n")
    first, *rest = lines.split("\n")
    if rest and rest[0].startswith("extra "):
        rest = rest[1:]
    if not gap or first != PROOF_HEAD or not rest or not rest[0].startswith("index "):
        raise BadCheckpoint("not a proof")
    head = verify(checkpoint, verifier)
    path = [_decoded(line) for line in rest[1:]]
    if not verify_inclusion(leaf, _number(rest[0][6:]), head.size, path, head.root):
        raise BadCheckpoint("the proof does not lead from this entry to the head")
    return head


def _head(text: str, origin: str) -> Head:
    lines = text.split("\n")
    if len(lines) < 4 or lines[0] != origin:
        raise BadCheckpoint("not a checkpoint of this log")
    root = _decoded(lines[2])
    if len(root) != 32:
        raise BadCheckpoint("the root is not a SHA-256 hash")
    return Head(origin, _number(lines[1]), root, tuple(lines[3:-1]))


def _check_signature(key: Ed25519PublicKey, signature: bytes, text: str) -> None:
    try:
        key.verify(signature, text.encode())
    except (InvalidSignature, ValueError) as error:
        raise BadCheckpoint("the signature does not match") from error


def _number(text: str) -> int:
    if not DECIMAL.fullmatch(text):
        raise BadCheckpoint("a number is not written as one")
    return int(text)


def _encoded(value: bytes) -> str:
    return base64.b64encode(value).decode()


def _decoded(text: str) -> bytes:
    """Base64 that has only one way to be written: a changed bit is never passed over."""
    try:
        value = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadCheckpoint("a value is not base64") from error
    if _encoded(value) != text:
        raise BadCheckpoint("a value is not base64 as it should be written")
    return value
