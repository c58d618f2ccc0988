"""The letter with a link and a code, for people who are in the file of people and for nobody else.

One letter is one thing that works once: its link and its code spend the same file. The link works in any browser; the
code, which mail scanners cannot press, works on the page that asked for the letter.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from desk.access import PREFIX, Access
from desk.people.key_file import derived
from desk.people.one_time import State
from desk.people.person import Person
from desk.strings import DeskWords
from widget.mail.message import Letter
from widget.people.addresses import BadAddress, address, folded

KIND = "letter"
LASTS = timedelta(minutes=10)
MOST_IN_AN_HOUR = 5
DIGITS = 8
Send = Callable[[Letter], None]


@dataclass(frozen=True)
class Asked:
    """A request for a letter, and the page to show after signing in."""

    address: str
    request: str
    back: str
    kept: str


@dataclass(frozen=True)
class Came:
    """Somebody came with a letter: they may sign in only where `state` is ready and there is a `person`."""

    state: State
    person: Person | None = None
    back: str = ""
    kept: str = ""


def write_letter(access: Access, asked: Asked, words: DeskWords, send: Send) -> None:
    """Send the letter where the address is somebody's, and not more often than a handful of times an hour."""
    now = access.clock()
    person = access.people.people().by_address(asked.address)
    if person is None or not person.roles or _letters_to(access, person, now) >= MOST_IN_AN_HOUR:
        return
    secret, code = access.token(16), access.digits(DIGITS)
    values = {
        "person": person.id,
        "to": _digest(access, folded(person.address)),
        "secret": _digest(access, secret),
        "code": _digest(access, f"{asked.request} {code}"),
        "back": asked.back,
        "kept": asked.kept,
    }
    access.once.put(KIND, asked.request, now, LASTS, values)
    send(_letter(access, person, f"{PREFIX}/sign-in/link/{asked.request}/{secret}", code, words, now))


def look_at_link(access: Access, request: str, secret: str) -> Came:
    """The effect of a link. Spends nothing, however often programs look."""
    state, thing = access.once.look(KIND, request, access.clock())
    if thing is None or not hmac.compare_digest(_digest(access, secret), str(thing.values["secret"])):
        return Came(State.UNKNOWN)
    return Came(state)


def use_link(access: Access, request: str, secret: str) -> Came:
    """Sign in by a link, once."""
    if (came := look_at_link(access, request, secret)).state is not State.READY:
        return came
    return _spent(access, request)


def use_code(access: Access, request: str, typed: str) -> Came:
    """Sign in by a typed code, once and with five tries for each letter."""
    if not access.once.try_once(KIND, request):
        return Came(State.UNKNOWN)
    state, thing = access.once.look(KIND, request, access.clock())
    digits = "".join(sign for sign in typed if sign.isdecimal() and sign.isascii())
    if thing is None or not hmac.compare_digest(_digest(access, f"{request} {digits}"), str(thing.values["code"])):
        return Came(State.UNKNOWN)
    return _spent(access, request) if state is State.READY else Came(state)


def _spent(access: Access, request: str) -> Came:
    state, thing = access.once.spend(KIND, request, access.clock())
    if state is not State.READY or thing is None:
        return Came(state)
    person = access.people.people().by_id(str(thing.values["person"]))
    if person is None or _digest(access, folded(person.address)) != thing.values["to"]:
        return Came(State.OVER)  # taken out, or moved to another address, since the letter was written
    return Came(State.READY, person, str(thing.values["back"]), str(thing.values["kept"]))


def _letters_to(access: Access, person: Person, now: datetime) -> int:
    sent = access.once.since(KIND, now - timedelta(hours=1))
    return sum(thing.values.get("person") == person.id for thing in sent)


def _letter(access: Access, person: Person, path: str, code: str, words: DeskWords, now: datetime) -> Letter:
    link = access.config.address + path
    minutes = int(LASTS.total_seconds() // 60)
    host = urlsplit(access.config.address).hostname or "localhost"
    paragraphs = (
        words("letter.hello", name=person.name),
        words("letter.press", minutes=minutes),
        link,
        words("letter.code"),
        f"{code[:4]} {code[4:]}",
        words("letter.not_you"),
    )
    return Letter(
        message_id=f"sign-in.{access.token(16)}@{host}",
        sender=access.config.mail_from or "",
        sender_name=words("desk.name"),
        to=_mailbox(person.address),
        subject=words("letter.subject"),
        body="\n\n".join(paragraphs) + "\n",
        date=now,
        links=(link,),
    )


def _mailbox(text: str) -> str:
    try:
        return str(address(text))
    except BadAddress:
        return text


def _digest(access: Access, text: str) -> str:
    """A digest that the folder alone gives nobody a code from: eight digits are soon tried."""
    return hmac.new(derived(access.key, "letter"), text.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
