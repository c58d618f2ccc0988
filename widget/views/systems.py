"""What the council's other systems ask, with an API key: the ordered feed of events, and where one consent stands."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from datetime import date, datetime

from flask import Blueprint, Response, current_app, jsonify, request

from widget.consent import input
from widget.consent.acting import STAFF_CHANNEL, deadline, record_acted
from widget.consent.on_file import people_at
from widget.consent.recording import Recorder
from widget.consent.report_input import report_from_json
from widget.consent.seen import seen, standing_of
from widget.errors import Refusal, Unavailable, Wrong
from widget.ledger import key_folder
from widget.ledger import receipt as receipts
from widget.ledger.events import ConsentEvent, Kind, utc, with_states
from widget.mail.compose import details_of
from widget.people.api_keys import Right, Scope, is_key, key_id_of
from widget.store.outbox import Undelivered
from widget.store.people import ApiKey
from widget.store.queries import Reading
from widget.views.api import json_sent
from widget.views.shared import bearer, service, stopping_of

VIEWS = Blueprint("systems", __name__, url_prefix="/api")
MOST = 500
LARGEST = 10**15
"""No event has a larger number."""
LONGEST_WAIT = 30
GLANCE = 0.5
_waiting = threading.BoundedSemaphore(4)
"""How many requests may wait for events at the same time: the others are answered at once, so that residents are too."""


@VIEWS.get("/events")
def events() -> Response:
    """The events that follow number `after`, in order; with `wait`, up to that many seconds for the next one.

    Each has the state that results from it: a late paper form says that somebody agreed, and may change nothing.
    """
    scope = _scope_for(Right.EVENTS)
    after, wait = _number("after", LARGEST), min(_number("wait", 10**4), LONGEST_WAIT)
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
    """Where one consent stands, by a receipt's reference or a confirmed address. Other lawful bases are not its business."""
    scope = _scope_for(Right.STATUS)
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


@VIEWS.get("/withdrawals")
def withdrawals() -> Response:
    """Withdrawals and requests after number `after` that nobody has acted on, and letters that reached nobody."""
    scope = _scope_for(Right.WITHDRAWALS)
    after = _number("after", LARGEST)
    here = service()
    with here.store.reading() as reading:
        found = reading.to_act_on(after, MOST)
        seen = [event for event in found if scope.covers(event.notice)]
        references = _references(seen, reading)
        open_ones = [_open(event, references.get(event.seq), scope, reading) for event in seen]
        undelivered = [_undelivered(one, scope, reading) for one in reading.given_up(MOST)]
    return jsonify(
        withdrawals=open_ones,
        undelivered=[one for one in undelivered if one is not None],
        next=found[-1].seq if found else after,
    )


@VIEWS.post("/withdrawals/<int:seq>/acted")
def acted(seq: int) -> tuple[Response, int]:
    """Record what was done about a withdrawal or a request."""
    scope = _scope_for(Right.WITHDRAWALS)
    here = service()
    said = report_from_json(json_sent())
    with here.store.reading() as reading:
        about = reading.event_at(seq) if seq <= LARGEST else None
    if about is None or not scope.covers(about.notice):
        raise Refusal(404, [Wrong("seq", "not-to-act-on")])
    happened = None
    if said.happened is not None:
        if not datetime.fromisoformat(about.happened) <= said.happened <= here.clock():
            raise Refusal(400, [Wrong("happened", "happened")])
        happened = utc(said.happened)
    by = Recorder(STAFF_CHANNEL, said.by, happened)
    event, new = here.store.write(lambda writing: record_acted(writing, about, said.report, by, here.keys.details_key))
    told = {"seq": event.seq, "event_id": event.event_id, "kind": event.kind, "about": seq, "code": event.code}
    return jsonify(told | {"happened": event.happened, "at": event.at}), 201 if new else 200


def _scope_for(right: Right) -> Scope:
    """The scope of the request's key; `Refusal` 401 where it is none in use, 403 where it may not do that."""
    text = bearer() or ""
    key_id = key_id_of(text)
    here = service()
    kept = None
    if key_id is not None:
        with here.store.reading() as reading:
            kept = reading.api_key(key_id)
    if kept is None or not _is_key(text, kept) or _was_revoked(kept) or kept.scope.is_over(here.today()):
        raise Refusal(401, [Wrong("Authorization", "api-key")])
    _note_used(kept)
    if not kept.scope.may(right):
        raise Refusal(403, [Wrong("Authorization", "scope")])
    return kept.scope


def _is_key(text: str, kept: ApiKey) -> bool:
    keys = service().keys
    return any(is_key(secret, text, kept.hash, keys.earlier_api_keys, kept.scope) for secret in keys.token_secrets)


def _was_revoked(kept: ApiKey) -> bool:
    """Whether a key was revoked, whatever its row says: the keys folder remembers it."""
    return kept.key_id in key_folder.revoked(service().keys.folder)


def _note_used(key: ApiKey) -> None:
    """Note the hour in which a key is used: not each use, so that asking seldom writes."""
    here = service()
    hour = utc(here.clock().replace(minute=0, second=0, microsecond=0))
    if key.used != hour:
        with suppress(Unavailable):  # what was asked can be answered all the same
            here.store.write(lambda writing: writing.note_api_key_used(key.key_id, hour))


def _as_seen(events: list[ConsentEvent], scope: Scope) -> list[dict[str, object]]:
    """Events as a key may see them: of its notices, with the receipt's reference and perhaps the case.

    Each has the state that the ledger up to it leaves its consent in.
    """
    covered = [event for event in events if scope.covers(event.notice)]
    with service().store.reading() as reading:
        references = _references(covered, reading)
        history = reading.events_of_subjects({event.subject for event in covered if event.subject})
        states = {event.seq: state for event, state in with_states(history)}
        return [
            vars(event)
            | {"reference": references.get(event.seq), "state": states.get(event.seq)}
            | _case(event, scope, reading)
            for event in covered
        ]


def _references(events: list[ConsentEvent], reading: Reading) -> dict[int, str]:
    """The receipt's reference of each event that has one, by the event's number."""
    known = reading.references_of(event.subject for event in events if event.subject)
    found = {event.seq: known.get((event.subject or "", event.notice or "")) for event in events}
    return {seq: reference for seq, reference in found.items() if reference is not None}


def _case(event: ConsentEvent, scope: Scope, reading: Reading) -> dict[str, str | None]:
    if not scope.may(Right.CASES):
        return {}
    return {"case": details_of(reading, service(), event.subject or "").case}


def _open(event: ConsentEvent, reference: str | None, scope: Scope, reading: Reading) -> dict[str, object]:
    names = ("seq", "kind", "notice", "version", "consent", "acting_for", "channel", "happened", "at")
    told = reading.sent_at(event.kind, event.seq)
    return {
        **{name: getattr(event, name) for name in names},
        "reference": reference,
        "deadline": _deadline(event).isoformat(),
        "told": told,
        **_case(event, scope, reading),
    }


def _undelivered(one: Undelivered, scope: Scope, reading: Reading) -> dict[str, object] | None:
    """A letter that reached nobody, where the key may know of it. The mail server's reason may name somebody."""
    event = reading.event_at(one.seq)
    if event is None or not scope.covers(event.notice):
        return None
    reference = _references([event], reading).get(event.seq)
    named = {"seq": one.seq, "letter": one.kind.partition(" ")[0], "notice": event.notice, "reference": reference}
    return named | {"owed": one.made, "deadline": _deadline(event).isoformat(), **_case(event, scope, reading)}


def _deadline(event: ConsentEvent) -> date:
    return deadline(event, service().manifest.site.act_within)


def _after(seq: int) -> list[ConsentEvent]:
    with service().store.reading() as reading:
        return reading.events_after(seq, MOST)


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
