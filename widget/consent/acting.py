"""Acts of services about withdrawals and requests: an entry `acted` with a code, and a note that can be erased."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cryptography.exceptions import InvalidTag

from widget.consent.recording import Recorder
from widget.errors import Refusal, Wrong
from widget.ledger.events import TO_ACT_ON, Act, ConsentEvent, Done, Kind
from widget.ledger.receipt import reference
from widget.people.notes import LONGEST, seal_note, unseal_note
from widget.record_period import TimeLimit, Unit, last_day
from widget.store.people import Action
from widget.store.queries import Reading
from widget.store.transaction import Writing
from widget.strings import LONDON

STAFF_CHANNEL = "staff"
UNREADABLE = "(cannot be read: it was changed, or these are not the keys it was sealed with)"


@dataclass(frozen=True)
class Deed:
    """The act about the event `about`. `code` is None, and the words are in `note`, where 0.1.0 noted it.

    `note` is None where there was none, or where it was erased; `happened` and `recorded_at` are times (RFC 3339, UTC).
    """

    about: int
    code: str | None
    note: str | None
    recorded_by: str
    happened: str
    recorded_at: str
    seq: int | None = None

    def told(self) -> dict[str, object]:
        """The part that other members of staff see: no note, and no words of 0.1.0, which may name somebody."""
        return {"seq": self.seq, "code": self.code, "by": self.recorded_by, "happened": self.happened}


@dataclass(frozen=True)
class Report:
    """The report of staff: a code, and a note for those who may read it."""

    code: Done
    note: str = ""


def record_acted(
    writing: Writing, about: ConsentEvent, report: Report, by: Recorder, details_key: bytes, *, alone: bool = False
) -> tuple[ConsentEvent, bool]:
    """Record what was done about an event; True where it is new, False where the same person said the same before.

    `Refusal` 409 where nothing is to be done about the event, and, if it is to be the work of one person `alone`,
    where somebody else acted before: it carries the last such act as `acted`. 400 for a note that is too long.
    `TooEarly` while a host of an earlier release may run.
    """
    if about.kind not in TO_ACT_ON:
        raise Refusal(409, [Wrong("seq", "not-to-act-on")])
    if len(report.note) > LONGEST:
        raise Refusal(400, [Wrong("note", "too-long")])
    for earlier in writing.acted_about([about]):
        if _says(earlier, report, by) and (note_of(writing, earlier, about, details_key) or "") == report.note:
            return earlier, False
    others = [deed for deed in deeds(writing, [about]) if deed.recorded_by != by.recorded_by]
    if alone and others:
        raise Refusal(409, [Wrong("seq", "already-acted")], {"acted": others[-1].told()})
    sealed = seal_note(report.note, about.event_id, details_key, writing.randomness) if report.note else None
    act = Act(
        Kind.ACTED,
        about.subject,
        about.notice,
        consent=about.consent,
        prior=about.event_id,
        acting_for=about.acting_for,
        detail_commit=sealed.commit if sealed else None,
        code=str(report.code),
    )
    (event,) = writing.append([by.mark(act)])
    if sealed:
        writing.put_note(event.seq, sealed)
    return event, True


def deeds(reading: Reading, events: Sequence[ConsentEvent], details_key: bytes | None = None) -> list[Deed]:
    """The acts about some events, as the ledger holds it and as 0.1.0 noted it, in the order in which it was done.

    Without the key, the notes of the ledger's entries stay closed.
    """
    by_id = {event.event_id: event for event in events}
    found = [_from_action(action) for action in reading.actions(event.seq for event in events)]
    for acted in reading.acted_about(events):
        about = by_id[acted.prior or ""]
        note = note_of(reading, acted, about, details_key) if details_key is not None else None
        found.append(
            Deed(about.seq, acted.code, note, acted.recorded_by or "", acted.happened, acted.at, seq=acted.seq)
        )
    return sorted(found, key=lambda deed: deed.happened)


def note_of(reading: Reading, acted: ConsentEvent, about: ConsentEvent, details_key: bytes) -> str | None:
    """The note beside an entry `acted`; None where there is none, or none any more."""
    kept = reading.note(acted.seq)
    if kept is None:
        return None
    try:
        return unseal_note(*kept, about.event_id, acted.detail_commit, details_key)
    except InvalidTag:
        return UNREADABLE


def deadline(event: ConsentEvent, within: TimeLimit | None = None) -> date:
    """The last day to act: a month after the person acted (UK GDPR article 12(3)). A weekend does not prolong it here.

    Withdrawals have the council's own time limit (`act_within`) where that ends sooner. A request keeps its month:
    its page tells the person that day.
    """
    day = datetime.fromisoformat(event.happened).astimezone(LONDON).date()
    month = last_day(day, 1, Unit.MONTH)
    if within is None or event.kind is Kind.WITHDRAWAL_REQUESTED:
        return month
    return min(month, within.last_day(day))


def request_reference(event: ConsentEvent) -> str:
    """The reference of a request to withdraw, for the phone and the letter to the service, made from its event's id."""
    return reference(hashlib.sha256(event.event_id.encode()).digest()[:8])


def _says(earlier: ConsentEvent, report: Report, by: Recorder) -> bool:
    same_time = by.happened is None or by.happened == earlier.happened
    return (earlier.code, earlier.recorded_by) == (report.code, by.recorded_by) and same_time


def _from_action(action: Action) -> Deed:
    return Deed(action.seq, None, action.what, action.recorded_by, action.happened, action.made)
