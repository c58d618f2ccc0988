"""A session: who signed in, when and how, as a signed cookie of under a kilobyte that holds no token of a provider. Pure.

A cookie alone opens nothing: its number is compared with the file of people at each request, so that signing out, or
taking somebody out, ends every copy of it.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from itsdangerous import BadData, URLSafeSerializer

from desk.people.key_file import derived
from desk.people.person import People, Person

LASTS = timedelta(hours=8)
RECENT = timedelta(minutes=15)
LEEWAY = timedelta(seconds=60)
"""How far the clocks of the desk and a provider may differ."""
FORM = 1


class Way(StrEnum):
    """How somebody signed in."""

    PROVIDER = "provider"
    MAIL = "mail"
    LOOPBACK = "loopback"


@dataclass(frozen=True)
class Session:
    """One signing in. `number` is the person's session number then; `mark` is random, and new with each signing in.

    `proved` is when the person last proved who they are: a provider's `auth_time`, or when a link or code was used. None
    where a provider does not say.
    """

    person: str
    number: int
    mark: str
    began: datetime
    proved: datetime | None
    way: Way


def sealed(key: bytes, session: Session) -> str:
    """The cookie's value."""
    proved = _seconds(session.proved) if session.proved else 0
    parts = [FORM, session.person, session.number, session.mark, _seconds(session.began), proved, str(session.way)]
    return str(_serializer(key).dumps(parts))


def unsealed(key: bytes, value: str) -> Session | None:
    """The session in a cookie, be it over or ended; None for anything that this key did not sign."""
    try:
        parts: Any = _serializer(key).loads(value)
        form, person, number, mark, began, proved, way = parts
        if form != FORM:
            return None
        return Session(person, number, mark, _moment(began), _moment(proved) if proved else None, Way(way))
    except (BadData, ValueError, TypeError):
        return None


def signed_in(session: Session | None, people: People, now: datetime) -> Person | None:
    """The person whose session it is; None where it is over, was ended, or the person was taken out."""
    if session is None or not session.began - LEEWAY <= now < session.began + LASTS:
        return None
    person = people.by_id(session.person)
    return person if person is not None and person.session == session.number else None


def is_recent(session: Session, now: datetime) -> bool:
    """Whether the person proved lately who they are, so that settings and people may be changed.

    On one's own machine it always holds: the next proof would come from the same terminal.
    """
    if session.way is Way.LOOPBACK:
        return True
    return session.proved is not None and session.proved - LEEWAY <= now < session.proved + RECENT


def form_token(key: bytes, mark: str) -> str:
    """The token of every form of a session: good for as long as the session is."""
    return hmac.new(derived(key, "form"), mark.encode(), hashlib.sha256).hexdigest()[:43]


def is_form_token(key: bytes, mark: str, token: str) -> bool:
    """Whether a form was made for this session."""
    return hmac.compare_digest(form_token(key, mark).encode(), token.encode("utf-8", "replace"))


def _serializer(key: bytes) -> URLSafeSerializer:
    return URLSafeSerializer(
        derived(key, "session"),
        salt="session",
        signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256},
    )


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
