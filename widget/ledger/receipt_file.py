"""Receipts as files that anyone can check with the log's public key and nothing else. Pure.

A file holds the entries of the ledger (leaves), a C2SP tlog-proof for each, the signed head, and a signature over all
of it: over its RFC 8785 JSON without the signature, after a line that says what is signed. So every word of the file is
covered, not only the entries, and it may be written again with other spaces without harm.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature

from widget.errors import Refusal
from widget.ledger.checkpoint import BadCheckpoint, Head, Verifier, verify_tlog_proof
from widget.ledger.events import ENCODER
from widget.ledger.key_changes import LogKeys
from widget.ledger.merkle import leaf_hash
from widget.ledger.strict_json import json_body

SIGNATURE = "signature"


@dataclass(frozen=True)
class Checked:
    """The facts that a whole receipt proves: its entries, and the head that they are in."""

    entries: tuple[dict[str, Any], ...]
    head: Head


def canonical_json(value: object) -> bytes:
    """RFC 8785 JSON of texts, whole numbers, truths, nulls, lists and mappings with ASCII keys."""
    return ENCODER.encode(value).encode()


def signed_json(document: dict[str, Any], sign: Callable[[bytes], str]) -> bytes:
    """The document, not empty and without a signature yet, as JSON with the one that `sign` makes of its canonical
    text."""
    said = canonical_json(document)
    return b'%s,"%s":"%s"}' % (said[:-1], SIGNATURE.encode(), sign(said).encode())


def receipt_statement(origin: str, document: bytes) -> bytes:
    """The signed statement of a receipt."""
    return b"noticeboard receipt v1\n" + origin.encode() + b"\n" + document


def check_receipt(text: bytes, keys: LogKeys) -> Checked:
    """The facts that the file proves; `BadCheckpoint` if anything in it is not as a key of the ledger signed it while
    it was that."""
    try:
        document = json_body(text)
    except Refusal as error:
        raise BadCheckpoint("the file is not JSON") from error
    if not isinstance(document, dict):
        raise BadCheckpoint("the file is not a receipt")
    signature = document.pop(SIGNATURE, None)
    leaves, proofs = _texts(document.get("leaves")), _texts(document.get("proof"))
    checkpoint = document.get("checkpoint")
    if not isinstance(checkpoint, str) or not isinstance(signature, str):
        raise BadCheckpoint("the file is not a receipt")
    if len(leaves) != len(proofs) or not leaves:
        raise BadCheckpoint("an entry lacks its proof")
    head, verifier = keys.verify(checkpoint)
    _check_signature(verifier, signature, document)
    for leaf, proof in zip(leaves, proofs, strict=True):
        if verify_tlog_proof(leaf_hash(leaf.encode()), proof, verifier) != head:
            raise BadCheckpoint("an entry is proved by another head")
    return Checked(tuple(json.loads(leaf) for leaf in leaves), head)


def _check_signature(verifier: Verifier, signature: str, document: dict[str, object]) -> None:
    try:
        value = base64.b64decode(signature, validate=True)
        if base64.b64encode(value).decode() != signature:
            raise BadCheckpoint("the signature is not base64 as it should be written")
        verifier.key.verify(value, receipt_statement(verifier.origin, canonical_json(document)))
    except (InvalidSignature, ValueError) as error:
        raise BadCheckpoint("the signature does not match what the file says") from error


def _texts(value: object) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise BadCheckpoint("the file is not a receipt")
    return value
