"""Evidence as a file: a text for people, then one line of signed JSON that covers the text and proves its entries. Pure.

The JSON is a receipt's (`receipt_file`) with the SHA-256 of the text, so one command checks both. Line ends may be those
of any system; apart from that, every sign of the text counts.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any

from widget.ledger.checkpoint import BadCheckpoint
from widget.ledger.key_changes import LogKeys
from widget.ledger.receipt_file import Checked, check_receipt, signed_json

FIRST = b"Evidence about receipt "
BEGIN, END = b"-----BEGIN SIGNED EVIDENCE-----", b"-----END SIGNED EVIDENCE-----"
DIGEST = "text_sha256"


def evidence_file(text: str, document: dict[str, Any], sign: Callable[[bytes], str]) -> bytes:
    """The file: the text, and the document with the text's digest and the signature that `sign` makes."""
    shown = text.encode()
    signed = signed_json(document | {DIGEST: hashlib.sha256(shown).hexdigest()}, sign)
    return b"\n".join((shown, BEGIN, signed, END, b""))


def is_evidence(content: bytes) -> bool:
    """Whether a file is evidence rather than a receipt."""
    return content.removeprefix(b"\xef\xbb\xbf").startswith(FIRST)


def check_evidence(content: bytes, keys: LogKeys) -> Checked:
    """The facts that the file proves; `BadCheckpoint` if anything in it, the text included, is not as it was signed."""
    lines = content.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    # the last mark is ours: what a person typed stands before it
    shown, mark, signed = lines.rpartition(b"\n" + BEGIN + b"\n")
    document, end, after = signed.rpartition(b"\n" + END)
    if not mark or not end or after.strip():
        raise BadCheckpoint("the signed part is missing, or something follows it")
    checked = check_receipt(document, keys)
    digest = json.loads(document).get(DIGEST)
    if not isinstance(digest, str) or not hmac.compare_digest(digest, hashlib.sha256(shown).hexdigest()):
        raise BadCheckpoint("the text is not the one that was signed")
    return checked
