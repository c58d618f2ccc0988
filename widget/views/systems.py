"""What the council's other systems ask, with an API key: the ordered feed of events, and where one consent stands."""

from __future__ import annotations

import threading
import time

from flask import Blueprint, Response, current_app, jsonify, request

from widget.consent import input
from widget.consent.on_file import people_at
from widget.consent.seen import seen, standing_of
from widget.errors import Refusal, Wrong
from widget.ledger import receipt as receipts
from widget.ledger.events import ConsentEvent, Kind, with_states
from widget.people.api_keys import is_key, key_id_of
from widget.store.queries import Reading
from widget.views.api import json_sent
from widget.views.shared import bearer, service, stopping_of

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
    _check_key()
    after, wait = _number("after", 10**15), min(_number("wait", 10**4), LONGEST_WAIT)
    found = _after(after)
    stopping = stopping_of(current_app)
    if not found and wait and _waiting.acquire(blocking=False):
        try:
            end = time.monotonic() + wait
            while not found and time.monotonic() < end and not stopping.wait(GLANCE):
                found = _after(after)
        finally:
            _waiting.release()
    return jsonify(events=_with_states(found), next=found[-1].seq if found else after)


@VIEWS.post("/status")
def status() -> Response:
    """Where one consent stands, by a receipt's reference or a confirmed address. Other lawful bases are not its business."""
    _check_key()
    asked = input.status_from_json(json_sent(), service().manifest)
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


def _check_key() -> None:
    text = bearer() or ""
    key_id = key_id_of(text)
    if key_id is not None:
        with service().store.reading() as reading:
            kept = reading.api_key(key_id)
        keys = service().keys
        if kept is not None and any(
            is_key(secret, text, kept.hash, keys.earlier_api_keys) for secret in keys.token_secrets
        ):
            return
    raise Refusal(401, [Wrong("Authorization", "api-key")])


def _after(seq: int) -> list[ConsentEvent]:
    with service().store.reading() as reading:
        return reading.events_after(seq, MOST)


def _with_states(found: list[ConsentEvent]) -> list[dict[str, object]]:
    """The events, each with the state that the ledger up to it leaves its consent in."""
    subjects = {event.subject for event in found if event.subject}
    with service().store.reading() as reading:
        history = reading.events_of_subjects(subjects)
    states = {event.seq: state for event, state in with_states(history)}
    return [vars(event) | {"state": states.get(event.seq)} for event in found]


def _number(name: str, most: int) -> int:
    text = request.args.get(name, "0")
    if not text.isascii() or not text.isdigit() or len(text) > 16 or int(text) > most:
        raise Refusal(400, [Wrong(name, "range")])
    return int(text)


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
