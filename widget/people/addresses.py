"""Mail addresses: one grammar and one folding, for forms, commands, letters and look-ups. Pure.

The grammar is what each of our transports can carry: a dot-atom of ASCII before the @ (RFC 5321 without SMTPUTF8, which
GOV.UK Notify and most mail servers of councils lack) and, after it, a domain name as A-labels (IDNA 2008).
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address as HeaderAddress
from functools import lru_cache

import idna

LONGEST_LOCAL = 64
LONGEST = 254
"""RFC 5321, 4.5.3.1: what fits into the path of a RCPT command."""
LONGEST_READ = 1000
FOLDING = 2
"""The folding of this release. Look-ups of another one are made anew at start."""

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_UNSEEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_UNSEEN = re.compile(
    "[\u00a0\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2000-\u200a\u202f\u205f\u3000\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
"""Spaces but the plain one, and what Unicode calls default-ignorable beyond those categories: UTS 46 would drop some of
them without a word, and send the letter to another domain than the one that was typed."""

REASONS = {
    "email": "it is not one address such as name@example.org",
    "email-unseen": "it holds a character that cannot be seen",
    "email-letters": "mail takes only the letters a to z, without accents, before the @",
    "email-dots": "a dot cannot be first or last before the @, nor follow another dot",
    "email-domain": "the part after the @ is no name that mail can be sent to",
    "email-long": f"it is longer than {LONGEST} characters, or {LONGEST_LOCAL} before the @",
}
"""Each code in words for staff; residents read `endpoint.wrong.<code>`."""


class BadAddress(ValueError):
    """No letter can be sent there. `code` is a key of `REASONS`."""

    def __init__(self, code: str) -> None:
        super().__init__(REASONS[code])
        self.code = code


@dataclass(frozen=True)
class Address:
    """One address: the part before the @ as it was typed, the domain in lower-case A-labels."""

    local: str
    domain: str

    def __str__(self) -> str:
        return f"{self.local}@{self.domain}"


def address(text: str) -> Address:
    """The one address that a text holds, plain spaces around it aside; `BadAddress` for anything else."""
    text = text.strip(" ")
    if len(text) > LONGEST_READ:
        raise BadAddress("email-long")
    if not (text.isascii() and text.isprintable()) and _has_unseen(text):
        raise BadAddress("email-unseen")
    if text.count("@") > 1:
        raise BadAddress("email")
    local, _, typed_domain = text.rpartition("@")
    _check_local(local)
    domain = a_labels(typed_domain)
    if domain is None or not _is_public(domain):
        raise BadAddress("email-domain")
    found = Address(local, domain)
    if len(local) > LONGEST_LOCAL or len(str(found)) > LONGEST:
        raise BadAddress("email-long")
    if not _is_taken_by_the_sender(found):
        raise BadAddress("email")
    return found


@lru_cache(1024)  # a few providers' domains come again and again, and reading one takes 12 µs
def a_labels(domain: str) -> str | None:
    """A domain in lower-case A-labels (IDNA 2008, UTS 46 non-transitional: ß stays ß); None where it is no domain."""
    try:
        return idna.encode(domain, uts46=True, std3_rules=True).decode("ascii").lower()
    except (UnicodeError, ValueError, IndexError):
        return None


def lookup(text: str, pepper: bytes) -> bytes:
    """The look-up that finds an address again without holding it: HMAC-SHA256 over the local part in NFC and lower
    case and the domain as A-labels.

    Takes any text: addresses from before this grammar are still on file, and can be asked for and erased.
    """
    return hmac.digest(pepper, folded(text).encode("utf-8", "surrogatepass"), hashlib.sha256)


def folded(text: str) -> str:
    """The text that two writings of the same address have in common."""
    local, _, domain = text.strip().rpartition("@")
    return f"{_lower(local)}@{a_labels(domain) or _lower(domain)}"


def _lower(text: str) -> str:
    """In lower case and NFC: lowering a letter can take it apart."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).lower())


def _has_unseen(text: str) -> bool:
    return bool(_UNSEEN.search(text)) or any(unicodedata.category(sign) in _UNSEEN_CATEGORIES for sign in text)


def _check_local(local: str) -> None:
    if not local.isascii():
        raise BadAddress("email-letters")
    if local.startswith(".") or local.endswith(".") or ".." in local:
        raise BadAddress("email-dots")
    if not _LOCAL.fullmatch(local):
        raise BadAddress("email")


def _is_public(domain: str) -> bool:
    """Whether a domain has at least two labels, the last of which is no number (RFC 3696, 2)."""
    labels = domain.split(".")
    last = labels[-1]
    return len(labels) > 1 and len(last) > 1 and not last.isdigit()


def _is_taken_by_the_sender(found: Address) -> bool:
    """Whether the parser that writes the letter's `To` reads the same address: it has the last word."""
    try:
        parsed = HeaderAddress(addr_spec=str(found))
    except (MessageError, ValueError, IndexError):
        return False
    return (parsed.username, parsed.domain) == (found.local, found.domain)
