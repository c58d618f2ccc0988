"""The JSON API: what the script on the page and the council's other systems use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Any

from flask import Blueprint, Response, jsonify, request

from widget.consent import input
from widget.consent.choice_form import choice_form
from widget.consent.input import NUMBER, Answer
from widget.consent.offers import offered
from widget.consent.receipt_words import version_read
from widget.consent.recording import ONLINE, Once, Recorded, Recorder, record_answer, record_withdrawal
from widget.consent.renewal import Standing
from widget.consent.seen import contested
from widget.errors import Refusal, Wrong
from widget.ledger import receipt as receipts
from widget.ledger.events import ConsentEvent
from widget.ledger.proofs import Evidence, evidence
from widget.ledger.receipt import Receipt
from widget.ledger.strict_json import json_body
from widget.manifest import ActingFor, PublishedVersion
from widget.service import Service
from widget.store.group_commit import Commit
from widget.store.queries import Reading
from widget.views.guard import from_own_site
from widget.views.shared import bearer, on_file_of, receipt_document, receipt_for, service, words_in

VIEWS = Blueprint("api", __name__, url_prefix="/api")
LD = "application/ld+json"
SECONDS = 60
"""How long a notice's words may be kept by a cache: its next version shows after that."""


@VIEWS.post("/consents")
def give() -> tuple[Response, int]:
    """Record an answer: 201 with its receipt, 200 where it was there already."""
    here, body = service(), request.get_data()
    manifest = here.manifest
    joined = receipt_for(token) if (token := bearer()) is not None else None
    answer = input.answer_from_json(_json(body), manifest, here.today(), on_file_of(joined) if joined else {})
    once = _once(body, joined, answer)
    commit = here.store.commit(lambda writing: record_answer(writing, answer, manifest, here.sealing, once, joined))
    return _recorded(here, commit)


@VIEWS.get("/receipts")
def my_receipt() -> tuple[Response, int]:
    """The receipt of the token alone: a device that remembers a token needs to keep nothing else."""
    return _shown(receipt_for(bearer() or ""))


@VIEWS.get("/receipts/<reference>")
def receipt(reference: str) -> tuple[Response, int]:
    """A receipt with all its events and their proofs, for whoever has its token."""
    found = _receipt(reference)
    if request.accept_mimetypes.best_match(("application/json", LD)) == LD:
        return receipt_document(found), 200
    return _shown(found)


@VIEWS.post("/receipts/<reference>/withdrawals")
def withdraw(reference: str) -> tuple[Response, int]:
    """Withdraw consents: 201, or 200 where none of them was given any more."""
    found = _receipt(reference)
    asked = input.withdrawal_from_json(_json(request.get_data()))
    here, by = service(), Recorder(said=asked.details) if asked.details else ONLINE
    return _recorded(
        here, here.store.commit(lambda writing: record_withdrawal(writing, found, asked.consents, by, here.sealing))
    )


@VIEWS.get("/notices/<notice>")
def notice(notice: str) -> Response:
    """The facts that the script needs to offer one notice's choices on any page of the council's; `Refusal` 403 on a
    stranger's."""
    here = service()
    if not from_own_site():
        raise Refusal(403)
    number = request.args.get("version", "")
    asked = int(number) if NUMBER.fullmatch(number) else None
    version = offered(here.manifest, notice, asked, request.args.get("language", ""), here.today())
    if version is None or (number and asked is None):
        raise Refusal(404, [Wrong("notice", "no-notice")])
    input.check_proved(version)
    if version.awaiting_review or not version.started(here.today()):
        version = replace(version, consents=())
    words = words_in(version.language)
    response = jsonify(
        notice=version.notice,
        version=version.version,
        language=version.language,
        title=version.title,
        digest=version.digest,
        url=version.url,
        consents=[vars(consent) for consent in version.consents],
        form=asdict(choice_form(version, request.args.get("for", ""), words)),
        words=words.starting("consent_form.") | {"consent_form.problem": words("endpoint.summary.title")},
    )
    response.headers["Cache-Control"] = f"public, max-age={SECONDS}"
    response.add_etag()
    response.make_conditional(request)
    return response


def _shown(found: Receipt) -> tuple[Response, int]:
    """A receipt with everything that happened on it."""
    with service().store.reading() as reading:
        events = reading.events_on(found)
    return _answered(found, events, 200)


def _recorded(here: Service, commit: Commit[Recorded]) -> tuple[Response, int]:
    """The record of an act with its proofs, without asking the database again; or that of its first sending."""
    recorded = commit.result
    if not recorded.new:
        return _answered(recorded.receipt, recorded.events, 200)
    proved = evidence(commit.checkpoint, commit.tree.size, commit.nodes, recorded.events, commit.leaves)
    shown = (*recorded.before, *recorded.events)
    other: tuple[str, ...] = ()
    if recorded.before:  # a new subject has no confirmed address
        with here.store.reading() as reading:
            other = _contested(here, recorded.receipt, shown, reading)
    return _told(here, recorded.receipt, shown, recorded.events, proved, other), 201


def _answered(found: Receipt, events: Iterable[ConsentEvent], status: int) -> tuple[Response, int]:
    """A receipt as the API tells it: its state now, and the events of this act with what proves them."""
    here = service()
    with here.store.reading() as reading:
        shown = reading.events_on(found)
        proved = here.evidence(reading, told := list(events))
        other = _contested(here, found, shown, reading)
    return _told(here, found, shown, told, proved, other), status


def _contested(here: Service, found: Receipt, shown: Iterable[ConsentEvent], reading: Reading) -> tuple[str, ...]:
    return contested(found, here.standings(shown), reading, here.manifest, here.today())


def _told(
    here: Service,
    found: Receipt,
    shown: Iterable[ConsentEvent],
    told: Iterable[ConsentEvent],
    proved: Evidence,
    ambiguous: Iterable[str],
) -> Response:
    token = receipts.token(here.keys.token_secret, found)
    standings = here.standings(shown)
    read = {name: version_read(one.event, here.manifest) for name, one in standings.items()}
    answered = {name: version.consent(name) for name, version in read.items() if version is not None}
    document = {
        "reference": found.reference,
        "token": token,
        "manage_url": f"{here.manifest.site.base_url}/receipt/{token}",
        "acting_for": next((one.event.for_whom for one in standings.values()), ActingFor.SELF),
        "state": {name: str(one.state) for name, one in standings.items()},
        "statements": {name: consent.statement for name, consent in answered.items() if consent is not None},
        "ambiguous": list(ambiguous),
        "renewal": {name: _renewal(one, one.renewal) for name, one in standings.items() if one.renewal},
        "events": [_event(event) for event in told],
        "leaves": proved.leaves,
        "proof": proved.proofs,
        "checkpoint": proved.checkpoint,
    }
    return Response(here.signed_json(document), mimetype="application/json")


def _renewal(one: Standing, version: PublishedVersion) -> dict[str, Any]:
    """The words that came in place of those agreed to, to be chosen anew, and when the old yes runs out."""
    consent = version.consent(one.event.consent or "")
    return {
        "version": version.version,
        "digest": version.digest,
        "language": version.language,
        "url": version.url,
        "statement": consent.statement if consent else "",
        "lapses": one.lapses.isoformat() if one.lapses else None,
    }


def json_sent() -> object:
    """The JSON document that was sent; `Refusal` 415 for another type of body."""
    return _json(request.get_data())


def _event(event: ConsentEvent) -> dict[str, Any]:
    return {name: getattr(event, name) for name in ("seq", "event_id", "kind", "consent", "at")}


def _json(body: bytes) -> object:
    if request.mimetype != "application/json":
        raise Refusal(415, [Wrong("", "not-json")])
    return json_body(body)


def _receipt(reference: str) -> Receipt:
    """The receipt of a reference, if the Bearer token is its own; `Refusal` 404 without saying which is wrong."""
    found = receipt_for(bearer() or "")
    if receipts.read_reference(reference) != found.reference:
        raise Refusal(404, [Wrong("token", "no-token")])
    return found


def _once(body: bytes, joined: Receipt | None, answer: Answer) -> Once | None:
    """A client's key or, from our own script, the id of the view: then a form that is sent without script is the same
    act."""
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return Once.in_view(answer.request_id, answer, service().keys_since()) if answer.request_id else None
    if not input.is_key(key):
        raise Refusal(400, [Wrong("Idempotency-Key", "key")])
    return Once.of(f"api {joined.receipt_id.hex() if joined else ''}", key, body, service().keys_since())
