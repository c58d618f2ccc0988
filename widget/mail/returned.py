"""A mail server's notification about a letter that came back: a delivery status notification (RFC 3464), from
anybody. Pure.

Two things are read of it: which letter it names by its Message-ID, and a status code. Addresses, sentences and everything
else in it are neither kept nor shown. Anybody can write one: it says that a letter came back, and proves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message

from widget.mail.message import Why

LONGEST = 1_000_000
"""Bytes of a notification that are read. One with the whole of a letter of ours in it has some thousands."""
MESSAGE_ID = re.compile(r"<([a-z0-9-]{1,120})\.([0-9a-f-]{36})@[^<>@\s]{1,255}>")
"""The kind of a letter and the id of its event, as `mail.compose` writes them."""
STATUS = re.compile(r"\s*([245])\.([0-9]{1,3})\.([0-9]{1,3})\b")
"""RFC 3463."""
MOST_PARTS = 20


@dataclass(frozen=True)
class Returned:
    """A letter that came back: its kind with hyphens for spaces, the id of the event it is about, and why."""

    kind: str
    event_id: str
    why: Why


def returned(content: bytes) -> Returned | None:
    """The content of a notification; None for one that tells of no failure, names no letter of ours, or is none."""
    try:
        return _read(message_from_bytes(content[:LONGEST]))
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError):  # what the parser raises at odd input
        return None


def _read(message: Message) -> Returned | None:
    if message.get_content_type() != "multipart/report" or not message.is_multipart():
        return None
    parts = _messages(message)[:MOST_PARTS]
    why = _why(part for part in parts if part.get_content_type() == "message/delivery-status")
    letter = next(filter(None, (_letter(part) for part in parts)), None)
    if why is None or letter is None:
        return None
    return Returned(letter[1], letter[2], why)


def _letter(part: Message) -> re.Match[str] | None:
    """The Message-ID of ours that a part bears: the letter itself, its head alone, or a field beside the status."""
    kind = part.get_content_type()
    if kind == "message/rfc822":
        heads = _messages(part)[:1]
    elif kind == "text/rfc822-headers":
        text = part.get_payload(decode=True)
        heads = [message_from_bytes(text)] if isinstance(text, bytes) else []
    elif kind == "message/delivery-status":
        heads = _messages(part)
    else:
        return None
    names = ("Message-ID", "Original-Message-ID", "X-Original-Message-ID")
    values = (str(value) for head in heads for name in names for value in head.get_all(name, []))
    return next(filter(None, map(MESSAGE_ID.search, values)), None)


def _why(parts: Iterable[Message]) -> Why | None:
    """Why the first recipient that failed got nothing; None where none did. Delays and deliveries are no failure."""
    for group in _groups(parts):
        if str(group.get("Action", "")).strip().lower() == "failed":
            return why_of(str(group.get("Status", "")))
    return None


def _groups(parts: Iterable[Message]) -> Iterator[Message]:
    for part in parts:
        yield from _messages(part)


def _messages(part: Message) -> list[Message]:
    held = part.get_payload()
    return [one for one in held if isinstance(one, Message)] if isinstance(held, list) else []


def why_of(status: str) -> Why:
    """The code for an enhanced status code such as 5.1.1."""
    found = STATUS.match(status)
    if found is None:
        return Why.CAME_BACK
    subject, detail = int(found[2]), int(found[3])
    if (subject, detail) == (2, 2):
        return Why.FULL
    if subject == 1 or (subject, detail) == (2, 1):
        return Why.REFUSED
    if subject == 7:
        return Why.UNWANTED
    return Why.NOT_TAKEN if (subject, detail) == (4, 7) else Why.CAME_BACK
