"""Where a consent stands for a service that asks: the one answer that the API, the pages and the letters give.

Several people may be on file under one confirmed address, or one person twice. Where they answered differently,
nobody can say by the address alone whose answer is meant: then the answer is `ambiguous`, which is no consent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from widget.consent.renewal import Standing, standings
from widget.ledger.events import State
from widget.ledger.receipt import Receipt
from widget.manifest import Manifest
from widget.store.queries import Reading

NONE, AMBIGUOUS = "none", "ambiguous"


@dataclass(frozen=True)
class Seen:
    """The answer: a state, `none` or `ambiguous`; and the standing that it rests on, where it is one."""

    state: str
    standing: Standing | None = None

    @property
    def valid(self) -> bool:
        """Whether there is consent."""
        return self.state == State.GIVEN


def seen(found: Iterable[Standing]) -> Seen:
    """The sum of several subjects' standings in one consent."""
    every = list(found)
    states = {one.state for one in every}
    if not states:
        return Seen(NONE)
    if len(states) > 1:
        return Seen(AMBIGUOUS)
    newest = max(every, key=lambda one: one.event.seq)
    return Seen(str(newest.state), newest)


def standing_of(
    subject: str, notice: str, consent: str, acting_for: str, reading: Reading, manifest: Manifest, today: date
) -> Standing | None:
    """Where a consent of one subject stands. Children and those who act for them are kept apart."""
    events = [event for event in reading.events_of(subject) if event.notice in (None, notice)]
    found = standings(events, manifest, today).get(consent)
    if found is None or found.event.for_whom != acting_for:
        return None
    return found


def contested(
    receipt: Receipt, own: Mapping[str, Standing], reading: Reading, manifest: Manifest, today: date
) -> tuple[str, ...]:
    """The consents of a receipt that are `ambiguous` to a service that asks by the confirmed address of its subject."""
    others = [subject for subject in reading.sharing(receipt.subject) if subject != receipt.subject]
    found = []
    for consent, one in own.items():
        acting_for = one.event.for_whom
        theirs = [
            standing_of(subject, receipt.notice, consent, acting_for, reading, manifest, today) for subject in others
        ]
        if seen([one, *(their for their in theirs if their is not None)]).state == AMBIGUOUS:
            found.append(consent)
    return tuple(found)
