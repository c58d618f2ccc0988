"""The JSON API: what the script on the page and the council's other systems use."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Response, jsonify, request

from widget import receipts, requests
from widget.choices import offered
from widget.events import ConsentEvent, standing, state_of
from widget.problems import Refusal, Wrong
from widget.receipts import Receipt
from widget.recording import Once, record_answer, record_withdrawal
from widget.requests import NUMBER
from widget.views.shared import asked_language, bearer, receipt_for, service, words_in

VIEWS = Blueprint("api", __name__, url_prefix="/api")
SECONDS = 60
"""How long a notice's words may be kept by a cache: its next version shows after that."""


@VIEWS.post("/consents")
def give() -> tuple[Response, int]:
    """Record an answer: 201 with its receipt, 200 where it was there already."""
    body = request.get_data()
    answer = requests.answer_from_json(_json(body), service().manifest)
    here, manifest = service(), service().manifest
    joined = receipt_for(token) if (token := bearer()) is not None else None
    once = _once(body, joined)
    recorded = here.store.write(lambda writing: record_answer(writing, answer, manifest, here.sealing, once, joined))
    return _answered(recorded.receipt, recorded.events, 201 if recorded.new else 200)


@VIEWS.get("/receipts/<reference>")
def receipt(reference: str) -> tuple[Response, int]:
    """A receipt with all its events and their proofs, for whoever has its token."""
    found = _receipt(reference)
    with service().store.reading() as reading:
        events = reading.events_on(found)
    return _answered(found, events, 200)


@VIEWS.post("/receipts/<reference>/withdrawals")
def withdraw(reference: str) -> tuple[Response, int]:
    """Withdraw consents: 201, or 200 where none of them was given any more."""
    found = _receipt(reference)
    consents = requests.consents_from_json(_json(request.get_data()))
    recorded = service().store.write(lambda writing: record_withdrawal(writing, found, consents))
    return _answered(recorded.receipt, recorded.events, 201 if recorded.new else 200)


@VIEWS.get("/notices/<notice>")
def notice(notice: str) -> Response:
    """What the script needs to offer one notice's choices on any page of the council's."""
    here = service()
    number = request.args.get("version", "")
    asked = int(number) if NUMBER.fullmatch(number) else None
    version = offered(here.manifest, notice, asked, asked_language(), here.today())
    if version is None or (number and asked is None):
        raise Refusal(404)
    response = jsonify(
        notice=version.notice,
        version=version.version,
        language=version.language,
        title=version.title,
        digest=version.digest,
        url=version.url,
        consents=[] if version.awaiting_review else [vars(consent) for consent in version.consents],
        words=words_in(version.language).starting("consent_form."),
    )
    response.headers["Cache-Control"] = f"public, max-age={SECONDS}"
    response.add_etag()
    response.make_conditional(request)
    return response


def _answered(found: Receipt, events: Iterable[ConsentEvent], status: int) -> tuple[Response, int]:
    """A receipt as the API tells it: its state now, and the events of this act with what proves them."""
    here = service()
    with here.store.reading() as reading:
        state = {name: state_of(event) for name, event in standing(reading.events_on(found)).items()}
        evidence = here.evidence(reading, told := list(events))
    token = receipts.token(here.keys.token_secret, found.receipt_id)
    response = jsonify(
        reference=found.reference,
        token=token,
        manage_url=f"{here.manifest.site.base_url}/receipt/{token}",
        state=state,
        events=[_event(event) for event in told],
        leaves=evidence.leaves,
        proof=evidence.proofs,
        checkpoint=evidence.checkpoint,
    )
    return response, status


def _event(event: ConsentEvent) -> dict[str, Any]:
    return {name: getattr(event, name) for name in ("seq", "event_id", "kind", "consent", "at")}


def _json(body: bytes) -> object:
    if request.mimetype != "application/json":
        raise Refusal(415, [Wrong("", "not-json")])
    return requests.json_body(body)


def _receipt(reference: str) -> Receipt:
    """The receipt of a reference, if the Bearer token is its own; `Refusal` 404 without saying which is wrong."""
    found = receipt_for(bearer() or "")
    if receipts.read_reference(reference) != found.reference:
        raise Refusal(404, [Wrong("token", "no-token")])
    return found


def _once(body: bytes, joined: Receipt | None) -> Once | None:
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return None
    if not requests.KEY.fullmatch(key):
        raise Refusal(400, [Wrong("Idempotency-Key", "key")])
    return Once.of(f"api {joined.receipt_id.hex() if joined else ''}", key, body)
