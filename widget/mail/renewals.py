"""Finds out who is to be asked again because the words changed: only those whose address was confirmed.

The database is asked which words anybody ever agreed to, and who agreed to those that changed: nobody is looked at by name who need
not be asked. It goes on part by part, so that letters go out in between; of several processes one looks at a time, and the
next finds nothing left.
"""

from __future__ import annotations

import threading
import time
import weakref
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from widget.consent.renewal import standing_on, standings
from widget.ledger.events import Act, ConsentEvent, Kind, entry
from widget.mail.context import MailContext
from widget.manifest import Manifest
from widget.store.at_size import Agreed
from widget.store.queries import Reading
from widget.store.transaction import Writing


@dataclass
class _Look:
    """How far the look for one manifest and day has come: what is left to ask about, each with the kind of its letter, and the
    number of the event that was looked at last."""

    manifest: Manifest
    day: date
    left: list[tuple[Agreed, str]] | None = None
    after: int = 0
    turn: threading.Lock = field(default_factory=threading.Lock)


SLICE = 1.0
"""Seconds for which one process looks before letters go out."""
_looks: weakref.WeakKeyDictionary[object, _Look] = weakref.WeakKeyDictionary()
_lock = threading.Lock()


def owe_renewals(here: MailContext, *, whole: bool = True) -> int:
    """Owe a message for each consent that is due, once for each version; how many are new. Looks when the manifest or the day is new.

    Where it need not be `whole` it stops after a second, and goes on where it was when it is called again. While another process
    looks, nothing is done.
    """
    look, new = _look_for(here), 0
    while look.left != []:
        with look.turn, here.store.looking_alone() as alone:
            if not alone:
                break
            end = time.monotonic() + SLICE
            while look.left != [] and time.monotonic() < end:
                new += _next_part(here, look)
        if not whole:
            break
    return new


def _look_for(here: MailContext) -> _Look:
    """The look that is under way or done for what is published today."""
    with _lock:
        look = _looks.get(here.store)
        if look is None or look.manifest is not here.manifest or look.day != here.today():
            look = _looks[here.store] = _Look(here.manifest, here.today())
        return look


def _next_part(here: MailContext, look: _Look) -> int:
    """Owe the letters of the next part; how many are new."""
    due: list[ConsentEvent] = []
    with here.store.reading() as reading:
        if look.left is None:
            look.left = _changed(reading.agreed(), look.manifest, look.day)
        if not look.left:
            return 0
        to, kind = look.left[0]
        if asked := reading.who_agreed(to, kind, look.after):
            due = _due(reading, look, dict(asked), kind)
    new = here.store.write(lambda writing: _owe(writing, kind, due)) if due else 0
    if asked:
        look.after = asked[-1][0]
    else:
        look.after = 0
        del look.left[0]
    return new


def _changed(agreed: Sequence[Agreed], manifest: Manifest, day: date) -> list[tuple[Agreed, str]]:
    """Of what was agreed to, that which other words took the place of, each with the kind of the letter that asks again."""
    found = []
    for to in agreed:
        standing = standing_on(_as_if_given(to), manifest, day)
        if standing.renewal is not None:
            found.append((to, f"renewal {standing.renewal.version}"))
    return found


def _as_if_given(to: Agreed) -> ConsentEvent:
    """An event that agrees to some words, to ask where it would stand."""
    words = (to.notice, to.version, to.language, to.digest, to.consent)
    return entry(Act(Kind.GIVEN, None, *words), seq=1, event_id="", at="")


def _due(reading: Reading, look: _Look, asked: dict[int, str], kind: str) -> list[ConsentEvent]:
    """Which of the events decide about a consent that has a receipt and is to be renewed with that letter."""
    subjects = set(asked.values())
    history: dict[str | None, list[ConsentEvent]] = {}
    for event in reading.histories(subjects):
        history.setdefault(event.subject, []).append(event)
    receipts = [
        [event for event in history[subject] if event.notice == notice or event.kind is Kind.ERASED]
        for subject, notice in reading.references_of(subjects)
    ]
    return [
        one.event
        for own in receipts
        for one in standings(own, look.manifest, look.day).values()
        if one.renewal is not None and one.event.seq in asked and f"renewal {one.renewal.version}" == kind
    ]


def _owe(writing: Writing, kind: str, due: Sequence[ConsentEvent]) -> int:
    owed = writing.owed_about(kind, [event.seq for event in due])
    new = [event for event in due if event.seq not in owed]
    for event in new:
        writing.owe(kind, event)
    return len(new)
