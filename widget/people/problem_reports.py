"""Reports about pages: sealed apart from the ledger, so that they can be erased. Pure."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass

from widget.ledger.events import ENCODER
from widget.people.details import KEY_BYTES, decrypted, encrypted


@dataclass(frozen=True)
class Problem:
    """The fault in the person's own words, and the address for an answer, if they gave one."""

    said: str
    email: str | None = None


def report_id(problem: Problem, view: str, key: bytes) -> str:
    """The id of a report, 32 hexadecimal digits: the same words from one view of the form are one report."""
    told = ENCODER.encode([view, problem.said, problem.email])
    return hmac.digest(key, f"problem {told}".encode(), hashlib.sha256)[:16].hex()


def seal_problem(problem: Problem, report: str, key: bytes, randomness: Callable[[int], bytes]) -> tuple[bytes, bytes]:
    """A new key of the row, wrapped by `key`, and the report sealed with it."""
    row_key = randomness(KEY_BYTES)
    told = ENCODER.encode([problem.said, problem.email]).encode()
    return encrypted(key, row_key, report, randomness), encrypted(row_key, told, report, randomness)


def open_problem(row_key: bytes, sealed: bytes, report: str, key: bytes) -> Problem:
    """The report that was sealed; `cryptography.exceptions.InvalidTag` if the row or the key is another."""
    said, email = json.loads(decrypted(decrypted(key, row_key, report), sealed, report))
    return Problem(said, email)
