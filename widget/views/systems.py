"""Questions of the council's other systems, with an API key: the ordered feed of events, and where one consent stands."""

from __future__ import annotations

import threading
import time

from flask import Blueprint, Response, current_app, jsonify

from widget.consent import input
from widget.consent.on_file import people_at
from widget.consent.seen import seen, standing_of
from widget.errors import Refusal, Wrong
from widget.ledger import receipt as receipts
from widget.ledger.events import ConsentEvent, Kind, with_states
from widget.people.api_keys import Right, Scope
from widget.store.queries import Reading
from widget.views.api import json_sent
from widget.views.shared import service, stopping_of
from widget.views.system_keys import LARGEST, case, number, references, scope_for

VIEWS = Blueprint("systems", __name__, url_prefix="/api")
MOST = 500
LONGEST_WAIT = 30
GLANCE = 0.5
_waiting = threading.BoundedSemaphore(4)
"""How many requests may wait for events at the same time: the others are answered at once, so that residents are too."""


@VIEWS.get("/events")
def events() -> Response:
    """The events that follow number `after`, in order; with `wait`, up to that many seconds for the next one.

    Each has the state that results from it: a late paper form says that somebody agreed, and may change nothing.
    """
    scope = scope_for(Right.EVENTS)
    after, wait = number("after", LARGEST), min(number("wait", 10**4), LONGEST_WAIT)
    found = _after(after)
    stopping = stopping_of(current_app)
    if not found and wait and _waiting.acquire(blocking=False):
        try:
            end = time.monotonic() + wait
            while not found and time.monotonic() < end and not stopping.wait(GLANCE):
                found = _after(after)
        finally:
            _waiting.release()
    return jsonify(events=_as_seen(found, scope), next=found[-1].seq if found else after)


@VIEWS.post("/status")
def status() -> Response:
    """Where one consent stands, by a receipt's reference or a confirmed address.

    Other lawful bases are not its business.
    """
    scope = scope_for(Right.STATUS)
    asked = input.status_from_json(json_sent(), service().manifest)
    if not scope.covers(asked.notice):
        raise Refusal(403, [Wrong("notice", "scope")])
    here = service()
    with here.store.reading() as reading:
        subjects = _subjects(asked, reading)
        named = (asked.notice, asked.consent, asked.acting_for)
        found = [standing_of(subject, *named, reading, here.manifest, here.today()) for subject in subjects]
        pending = _pending(asked, reading)
    answer = seen(one for one in found if one is not None)
    last = answer.standing
    return jsonify(
        notice=asked.notice,
        consent=asked.consent,
        acting_for=asked.acting_for,
        state=answer.state,
        valid=answer.valid,
        since=last.event.happened if last else None,
        version=last.event.version if last else None,
        digest=last.event.digest if last else None,
        seq=last.event.seq if last else None,
        renewal_due=bool(last and last.renewal),
        withdrawal_requested=pending,
        scope="This is about consent alone. Where the notice names another lawful basis, that one does not depend on it.",
    )


def _as_seen(events: list[ConsentEvent], scope: Scope) -> list[dict[str, object]]:
    """Events as a key may see them: of its notices, with the receipt's reference and perhaps the case.

    Each has the state that the ledger up to it leaves its consent in.
    """
    covered = [event for event in events if scope.covers(event.notice)]
    with service().store.reading() as reading:
        named = references(covered, reading)
        history = reading.events_of_subjects({event.subject for event in covered if event.subject})
        states = {event.seq: state for event, state in with_states(history)}
        return [
            vars(event)
            | {"reference": named.get(event.seq), "state": states.get(event.seq)}
            | case(event, scope, reading)
            for event in covered
        ]


def _after(seq: int) -> list[ConsentEvent]:
    with service().store.reading() as reading:
        return reading.events_after(seq, MOST)


def _subjects(asked: input.StatusQuestion, reading: Reading) -> list[str]:
    if asked.reference:
        receipt = reading.receipt_with(receipts.read_reference(asked.reference) or "")
        return [receipt.subject] if receipt else []
    known = people_at(reading, service().sealing, asked.email or "")
    return [one.subject for one in known if one.confirmed]


def _pending(asked: input.StatusQuestion, reading: Reading) -> int | None:
    """The last request to withdraw under that address that may be about this consent."""
    if not asked.email:
        return None
    known = people_at(reading, service().sealing, asked.email)
    requested = [
        event.seq
        for one in known
        for event in reading.events_of(one.subject)
        if event.kind is Kind.WITHDRAWAL_REQUESTED and event.notice in (None, asked.notice)
    ]
    return max(requested, default=None)
