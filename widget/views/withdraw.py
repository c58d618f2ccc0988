"""Withdrawing without a receipt: a request that the service must act on. The answer is the same for everybody."""

from __future__ import annotations

from flask import Blueprint, Response, request

from widget.consent import input
from widget.consent.offers import Choice, choices
from widget.consent.recording import record_request
from widget.errors import Refusal
from widget.views.shared import Fault, asked_language, form, page, sentences, service, words_in

VIEWS = Blueprint("withdraw", __name__)


@VIEWS.get("/withdraw")
def ask() -> Response:
    """The form for those who have no receipt, and the ways that need no form."""
    return _form({"notice": request.args.get("notice", "")})


@VIEWS.post("/withdraw")
def asked() -> Response:
    """Record the request. Nothing that was typed is looked up, so that the answer can tell nobody anything."""
    sent = form()
    here = service()
    words = words_in(asked_language())
    try:
        wish = input.withdrawal_request(sent, here.manifest)
    except Refusal as refusal:
        return _form(input.typed(sent), refusal, input.request_id_in(sent))
    here.store.write(lambda writing: record_request(writing, wish, words.language, here.sealing))
    named = [choice for choice in _choices(words.language) if wish.notice in (None, choice.notice)]
    return page("requested.html", words("endpoint.requested.title"), words.language, 202, choices=named)


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
