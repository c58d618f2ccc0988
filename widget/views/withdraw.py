"""Withdrawing without a receipt: a request that the service must act on. The answer is the same for everybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as Redirect

from widget.base_path import path_of
from widget.consent import input
from widget.consent.acting import deadline, request_reference
from widget.consent.nearest import nearest
from widget.consent.offers import Choice, choices, meant, offered
from widget.consent.recording import record_request
from widget.errors import Refusal, Wrong
from widget.ledger.events import Kind
from widget.views.shared import Fault, asked_language, form, home_in, page, sentences, service, words_in

VIEWS = Blueprint("withdraw", __name__)
FEW = 12
"""Of so many notices one is picked from a list; of more it is typed, and the browser or the next page proposes those meant."""
MOST_PROPOSED = 15


@dataclass(frozen=True)
class Proposed:
    """The notices that may have been meant, and the code of the sentence that proposes them: of very many, more has to be typed."""

    choices: Sequence[Choice]
    code: str

    @property
    def too_many(self) -> bool:
        """Whether they are more than anybody would look through."""
        return len(self.choices) > MOST_PROPOSED

    @property
    def wrong(self) -> str:
        """The code of what is wrong with what was typed."""
        return "notice-many" if self.too_many else self.code


NONE = Proposed((), "")


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
    named = sent.get("notice", [""])[-1].strip()
    listed = _choices(words.language) if named and named not in here.manifest.notices() else []
    found = meant(named, listed)
    if len(found) == 1:
        sent["notice"] = [found[0].notice]
    try:
        wish = input.withdrawal_request(sent, here.manifest)
    except Refusal as refusal:
        unclear = any(wrong.field == "notice" for wrong in refusal.wrongs)
        proposed = _proposed(named, found, listed) if unclear else NONE
        return _form(input.typed(sent), refusal, input.request_id_in(sent), proposed)
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
        about=next((one for one in _choices(words.language) if one.notice == event.notice), None),
        reference=request_reference(event),
        when=words.time(event.at),
        deadline=words.day(deadline(event)),
    )


def _proposed(named: str, found: Sequence[Choice], listed: Sequence[Choice]) -> Proposed:
    """The notices that a name means; where it means none, those whose names are nearly so."""
    return Proposed(found, "notice-which") if found else Proposed(nearest(named, listed), "notice-near")


def _form(
    said: dict[str, str],
    refusal: Refusal | None = None,
    request_id: str | None = None,
    proposed: Proposed = NONE,
) -> Response:
    """The form, with what was typed."""
    here = service()
    words = words_in(asked_language())
    listed = _choices(words.language)
    chosen = next((one for one in listed if one.notice == said.get("notice")), None)
    wrongs = refusal.wrongs if refusal else ()
    code = proposed.wrong
    if proposed.choices and f"endpoint.wrong.{code}" in words.sentences:
        wrongs = tuple(Wrong("notice", code) if wrong.field == "notice" else wrong for wrong in wrongs)
    errors = sentences(wrongs, words)
    faults = [Fault(sentence, name if name in input.REQUEST_KEYS else None) for name, sentence in errors.items()]
    response = page(
        "withdraw.html",
        words("endpoint.withdraw.title"),
        words.language,
        refusal.status if refusal else 200,
        action=f"/withdraw?language={words.language}&answer",  # not the page's own address: Back finds this view again
        request_id=request_id or here.randomness(16).hex(),
        choices=listed,
        few=len(listed) <= FEW,
        chosen=chosen,
        proposed=() if proposed.too_many else proposed.choices,
        home=home_in(words.language),
        urgent_help=_urgent_help([chosen] if chosen else listed[: FEW + 1], words.language),
        said=said,
        errors=errors,
        faults=faults,
    )
    response.headers["Cache-Control"] = "private, no-cache"  # as the form of a consent
    return response


def _urgent_help(named: Sequence[Choice], language: str) -> list[str]:
    """Where to turn in danger, as the notices say that it may be about; nothing where those are many."""
    if len(named) > FEW:
        return []
    here = service()
    found = (offered(here.manifest, one.notice, None, language, here.today()) for one in named)
    return list(dict.fromkeys(version.urgent_help for version in found if version and version.urgent_help))


def _choices(language: str) -> list[Choice]:
    here = service()
    return choices(here.manifest, language, here.today())
