"""Work that waits for the council's services, with an API key: the list, and the report of an act.

No names are in either.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from flask import Blueprint, Response, jsonify, request

from widget.consent.acting import STAFF_CHANNEL, deadline, deeds, record_acted
from widget.consent.closing import closing_from_json
from widget.consent.recording import Recorder
from widget.consent.report_input import report_from_json
from widget.consent.waiting import Waiting, notices_of, waiting
from widget.errors import Refusal, Wrong
from widget.ledger.events import TO_ACT_ON, ConsentEvent, utc
from widget.mail.undelivered import why
from widget.people.api_keys import Right, Scope
from widget.store.queries import Reading
from widget.store.undelivered import Undelivered
from widget.views.api import json_sent
from widget.views.shared import asked_language, service
from widget.views.system_keys import LARGEST, case, number, references, scope_for

VIEWS = Blueprint("open_withdrawals", __name__, url_prefix="/api")
MOST = 500
"""How many of each are in one answer."""


@VIEWS.get("/withdrawals")
def withdrawals() -> Response:
    """Withdrawals and requests after number `after` that nobody has acted on, and letters that reached nobody.

    With `acted=yes`, also those that somebody has acted on, with what was done, and letters that somebody dealt with.
    """
    scope = scope_for(Right.WITHDRAWALS)
    after, most, acted = number("after", LARGEST), number("most", MOST, MOST) or MOST, _acted()
    before = number("letters_before", LARGEST) or None
    notices = _notices(scope)
    here = service()
    with here.store.reading() as reading:
        found = reading.to_act_on(after, most, notices, acted=acted)
        letters = reading.undelivered_letters(before, most, notices, closed=acted)
        listed = _listed(found, scope, reading)
        told = _letters(letters, scope, reading)
    return jsonify(
        withdrawals=listed,
        undelivered=told,
        next=found[-1].seq if found else after,
        more=len(found) == most,
        earlier_letters=letters[-1][0].id if len(letters) == most else None,
    )


@VIEWS.get("/withdrawals/<int:seq>")
def withdrawal(seq: int) -> Response:
    """One withdrawal or request, whether or not somebody has acted on it; `Refusal` 404 for any other event."""
    scope = scope_for(Right.WITHDRAWALS)
    with service().store.reading() as reading:
        event = reading.event_at(seq) if seq <= LARGEST else None
        if event is None or event.kind not in TO_ACT_ON or not scope.covers(event.notice):
            raise Refusal(404, [Wrong("seq", "not-to-act-on")])
        return jsonify(_listed([event], scope, reading)[0])


@VIEWS.post("/withdrawals/<int:seq>/acted")
def acted(seq: int) -> tuple[Response, int]:
    """Record what was done about a withdrawal or a request: 201, or 200 where the same was recorded before."""
    scope = scope_for(Right.WITHDRAWALS)
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
    by, key = Recorder(STAFF_CHANNEL, said.by, happened), here.keys.details_key
    event, new = here.store.write(
        lambda writing: record_acted(writing, about, said.report, by, key, alone=not said.beside)
    )
    told = {"seq": event.seq, "event_id": event.event_id, "kind": event.kind, "about": seq, "code": event.code}
    return jsonify(told | {"happened": event.happened, "at": event.at}), 201 if new else 200


@VIEWS.post("/letters/<int:number>/closed")
def closed(number: int) -> tuple[Response, int]:
    """Note that somebody dealt with a letter that reached nobody: 201, or 200 where the same was noted before.

    `Refusal` 404 where no such letter is, 409 where somebody noted something else: it carries that as `closed`.
    """
    scope = scope_for(Right.WITHDRAWALS)
    said = closing_from_json(json_sent())
    here = service()
    with here.store.reading() as reading:
        letter = reading.undelivered_letter(number) if number <= LARGEST else None
        about = reading.event_at(letter.seq) if letter is not None else None
    if about is None or not scope.covers(about.notice):
        raise Refusal(404, [Wrong("number", "no-letter")])
    new = here.store.write(lambda writing: writing.close_letter(number, said.how, said.by))
    with here.store.reading() as reading:
        letter = reading.undelivered_letter(number)
    kept = letter.closed if letter is not None else None
    if kept is None:
        raise Refusal(404, [Wrong("number", "no-letter")])
    if (kept.how, kept.by) != (str(said.how), said.by):
        raise Refusal(409, [Wrong("number", "already-closed")], {"closed": vars(kept)})
    return jsonify(letter=number, closed=vars(kept)), 201 if new else 200


def _acted() -> bool:
    text = request.args.get("acted", "no")
    if text not in ("yes", "no"):
        raise Refusal(400, [Wrong("acted", "malformed")])
    return text == "yes"


def _notices(scope: Scope) -> frozenset[str] | None:
    """The notices that are asked for and that the key is about; None for all.

    `Refusal` 403 for one that it is not about.
    """
    manifest = service().manifest
    notice, of_service = request.args.get("notice", ""), request.args.get("service", "")
    if notice and notice not in manifest.notices():
        raise Refusal(404, [Wrong("notice", "no-notice")])
    if notice and not scope.covers(notice):
        raise Refusal(403, [Wrong("notice", "scope")])
    wanted = [scope.notices] if scope.notices is not None else []
    wanted += [frozenset({notice})] if notice else []
    wanted += [notices_of(of_service, manifest)] if of_service else []
    return frozenset.intersection(*wanted) if wanted else None


def _listed(events: list[ConsentEvent], scope: Scope, reading: Reading) -> list[dict[str, object]]:
    here = service()
    named, told = references(events, reading), reading.told(events)
    done = {deed.about: deed.told() for deed in deeds(reading, events)}  # the last of several stays
    about = waiting(events, here.manifest, asked_language(), here.today())
    return [
        {
            **_event(event, one),
            "reference": named.get(event.seq),
            "told": told.get(event.seq),
            "acted": done.get(event.seq),
            **case(event, scope, reading),
        }
        for event, one in zip(events, about, strict=True)
    ]


def _event(event: ConsentEvent, about: Waiting) -> dict[str, object]:
    names = ("seq", "kind", "notice", "version", "language", "consent", "acting_for", "channel", "happened", "at")
    return {
        **{name: getattr(event, name) for name in names},
        **vars(about),
        "deadline": about.deadline.isoformat(),
    }


def _letters(
    letters: Iterable[tuple[Undelivered, ConsentEvent]], scope: Scope, reading: Reading
) -> list[dict[str, object]]:
    """Letters that reached nobody, and why as a code."""
    pairs = list(letters)
    named = references([event for _, event in pairs], reading)
    within = service().manifest.site.act_within
    return [
        {
            "id": letter.id,
            "seq": letter.seq,
            "letter": letter.kind.partition(" ")[0],
            "notice": event.notice,
            "reference": named.get(event.seq),
            "owed": letter.made,
            "why": why(letter.why, came_back=letter.came_back),
            "closed": vars(letter.closed) if letter.closed else None,
            "deadline": deadline(event, within).isoformat(),
            **case(event, scope, reading),
        }
        for letter, event in pairs
    ]
