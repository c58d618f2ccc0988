"""Withdrawing without a receipt: a request that the service must act on. The answer is the same for everybody."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as Redirect

from widget.base_path import path_of
from widget.consent import input
from widget.consent.acting import deadline, request_reference
from widget.consent.offers import Choice, choices
from widget.consent.recording import record_request
from widget.errors import Refusal
from widget.ledger.events import Kind
from widget.views.shared import Fault, asked_language, form, page, sentences, service, words_in

VIEWS = Blueprint("withdraw", __name__)


@VIEWS.get("/withdraw")
def ask() -> Response:
    """The form for those who have no receipt, and the ways that need no form."""
    return _form({"notice": request.args.get("notice", "")})


@VIEWS.post("/withdraw")
def asked() -> Response | Redirect:
    """Record the request and lead to its page. Nothing that was typed is looked up: the answer can tell nobody anything."""
    sent = form()
    here = service()
    words = words_in(asked_language())
    try:
        wish = input.withdrawal_request(sent, here.manifest)
    except Refusal as refusal:
        return _form(input.typed(sent), refusal, input.request_id_in(sent))
    event = here.store.write(lambda writing: record_request(writing, wish, words.language, here.sealing))
    start = path_of(here.manifest.site.base_url)
    return redirect(f"{start}/withdraw/{event.event_id}?language={words.language}", 303)


@VIEWS.get("/withdraw/<request_id>")
def requested(request_id: str) -> Response:
    """Show a request's reference and the day by which somebody must act, and nothing that was typed."""
    if not input.UUID.fullmatch(request_id):  # PostgreSQL refuses text with a NUL
        raise Refusal(404)
    here = service()
    with here.store.reading() as reading:
        event = reading.event(request_id)
    if event is None or event.kind is not Kind.WITHDRAWAL_REQUESTED:
        raise Refusal(404)
    words = words_in(request.args.get("language", "") or event.language or "")
    return page(
        "requested.html",
        words("endpoint.requested.title"),
        words.language,
        choices=[choice for choice in _choices(words.language) if event.notice in (None, choice.notice)],
        reference=request_reference(event),
        when=words.time(event.at),
        deadline=words.day(deadline(event)),
    )


def _form(said: dict[str, str], refusal: Refusal | None = None, request_id: str | None = None) -> Response:
    here = service()
    words = words_in(asked_language())
    errors = sentences(refusal.wrongs, words) if refusal else {}
    faults = [Fault(sentence, name if name in input.REQUEST_KEYS else None) for name, sentence in errors.items()]
    response = page(
        "withdraw.html",
        words("endpoint.withdraw.title"),
        words.language,
        refusal.status if refusal else 200,
        action=f"/withdraw?language={words.language}&answer",  # not the page's own address: Back finds this view again
        request_id=request_id or here.randomness(16).hex(),
        choices=_choices(words.language),
        said=said,
        errors=errors,
        faults=faults,
    )
    response.headers["Cache-Control"] = "private, no-cache"  # as the form of a consent
    return response


def _choices(language: str) -> list[Choice]:
    here = service()
    return list(choices(here.manifest, language, here.today()))
