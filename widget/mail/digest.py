"""Tells each service once a day what the day brought: yeses and renewals too, which no other letter speaks of.

A digest is owed about the first entry of its notice on its day. That entry never changes, and the outbox takes each kind
of letter about an entry once, so there is one digest however many processes look, and however often they start.
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from widget.ledger.events import SCHEMA, ConsentEvent, Kind
from widget.mail.context import MailContext
from widget.store.queries import Reading
from widget.store.releases import too_early
from widget.store.transaction import Writing
from widget.strings import LONDON

TOLD = {
    Kind.GIVEN: "endpoint.mail.digest_given",
    Kind.RENEWED: "endpoint.mail.digest_renewed",
    Kind.WITHDRAWN: "endpoint.mail.digest_withdrawn",
    Kind.WITHDRAWAL_REQUESTED: "endpoint.mail.digest_withdrawal_requested",
    Kind.REVOKED: "endpoint.mail.digest_revoked",
}
"""The counts of a digest and their words, in order. A request that names no notice has its own letter alone."""
CAUGHT_UP = 7
"""How many past days are looked at after an outage."""
MOST_REFERENCES = 200
"""How many references a letter names for each kind."""

_seen: weakref.WeakKeyDictionary[object, date] = weakref.WeakKeyDictionary()
_lock = threading.Lock()


@dataclass(frozen=True)
class Line:
    """So many entries of one kind, under the key of its words, with the references of their receipts; `more` are left
    out of a long list."""

    heading: str
    count: int
    references: tuple[str, ...]
    more: int


@dataclass(frozen=True)
class Digest:
    """The events of one notice's day, and how many withdrawals and requests nobody has acted on."""

    day: date
    lines: tuple[Line, ...]
    waiting: int


def owe_digests(here: MailContext) -> int:
    """Owe the digests of the days that are over; how many are new. Looks when the council's day is new."""
    today = here.today()
    with _lock:
        if _seen.get(here.store) == today:
            return 0
    with here.store.reading() as reading:
        if too_early(reading.running(), SCHEMA, here.clock()):
            return 0  # an earlier release would send a digest as a letter about a withdrawal
        first_day = _first_day(reading, today)
        events = [event for event in reading.events_since(_start(first_day)) if _day(event) < today]
    firsts: dict[tuple[str, date], ConsentEvent] = {}
    for event in events:
        if event.kind in TOLD and event.notice is not None and _day(event) >= first_day:
            firsts.setdefault((event.notice, _day(event)), event)
    new = 0
    for (_, day), event in firsts.items():
        new += _owe(here, kind_of_letter(day), event)
    with _lock:
        _seen[here.store] = today
    return new


def kind_of_letter(day: date) -> str:
    """How the outbox names the digest of a day."""
    return f"digest {day}"


def digest(about: ConsentEvent, day: date, reading: Reading) -> Digest:
    """The digest that is owed about an entry."""
    own = [
        event
        for event in reading.events_since(_start(day))
        if event.notice == about.notice and event.kind in TOLD and _day(event) == day
    ]
    references = reading.references_of(event.subject for event in own if event.subject)
    lines = []
    for kind in TOLD:
        if of_kind := [event for event in own if event.kind is kind]:
            lines.append(_line(kind, of_kind, references))
    return Digest(day, tuple(lines), reading.waiting(about.notice or ""))


def _owe(here: MailContext, kind: str, event: ConsentEvent) -> bool:
    def job(writing: Writing) -> bool:
        if writing.is_owed(kind, event.seq):
            return False
        writing.owe(kind, event)
        return True

    return here.store.write(job)


def _line(kind: Kind, events: Sequence[ConsentEvent], references: dict[tuple[str, str], str]) -> Line:
    named = [references.get((event.subject or "", event.notice or "")) for event in events]
    distinct = tuple(dict.fromkeys(reference for reference in named if reference))
    shown = distinct[:MOST_REFERENCES]
    return Line(TOLD[kind], len(events), shown, len(distinct) - len(shown))


def _first_day(reading: Reading, today: date) -> date:
    """The day after that of the last digest, a week back at the most; yesterday where there was none."""
    days = [date.fromisoformat(kind.partition(" ")[2]) for kind in reading.kinds_owed("digest ")]
    following = max(days) + timedelta(days=1) if days else today - timedelta(days=1)
    return max(following, today - timedelta(days=CAUGHT_UP))


def _start(day: date) -> datetime:
    """The council's midnight."""
    return datetime.combine(day, time.min, LONDON).astimezone(UTC)


def _day(event: ConsentEvent) -> date:
    """The council's day on which an entry was written."""
    return datetime.fromisoformat(event.at).astimezone(LONDON).date()
