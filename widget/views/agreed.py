"""Seeing everything that one agreed to with an address, by a link that is mailed to it. The answer is the same for everybody."""

from __future__ import annotations

from flask import Blueprint, Response, redirect
from werkzeug.wrappers import Response as Redirect

from widget.base_path import path_of
from widget.consent import input
from widget.consent.agreed import ask_for_link
from widget.errors import Refusal
from widget.strings import Words
from widget.views.shared import Fault, asked_language, form, home_in, page, sentences, service, words_in

VIEWS = Blueprint("agreed", __name__)


@VIEWS.get("/withdraw/agreed")
def ask() -> Response:
    """The form: one address."""
    return _form({})


@VIEWS.post("/withdraw/agreed")
def asked() -> Response | Redirect:
    """Owe the letter and lead to the page that says so."""
    sent, here, words = form(), service(), _words()
    try:
        email = input.address_from_form(sent, frozenset({"request_id"}))
    except Refusal as refusal:
        return _form(input.typed(sent), refusal)
    view = input.request_id_in(sent) or here.randomness(16).hex()
    here.store.write(lambda writing: ask_for_link(writing, email, words.language, view, here.sealing))
    return redirect(f"{path_of(here.manifest.site.base_url)}/withdraw/agreed/sent?language={words.language}", 303)


@VIEWS.get("/withdraw/agreed/sent")
def told() -> Response:
    """Say where to look for the link, and nothing that was typed."""
    words = _words()
    return page(
        "agreed_sent.html",
        words("endpoint.agreed.sent_title"),
        words.language,
        again=f"/withdraw/agreed?language={words.language}",
        home=home_in(words.language),
    )


def _words() -> Words:
    words = words_in(asked_language())
    if "endpoint.agreed.title" not in words.sentences:  # the site was built by an earlier release
        raise Refusal(404)
    return words


def _form(said: dict[str, str], refusal: Refusal | None = None) -> Response:
    words = _words()
    errors = sentences(refusal.wrongs, words) if refusal else {}
    view = said.get("request_id", "")
    response = page(
        "agreed.html",
        words("endpoint.agreed.title"),
        words.language,
        refusal.status if refusal else 200,
        action=f"/withdraw/agreed?language={words.language}&answer",  # not the page's own address: Back finds this view again
        request_id=view if input.REQUEST_ID.fullmatch(view) else service().randomness(16).hex(),
        said=said,
        errors=errors,
        faults=[Fault(text, name if name == "email" else None) for name, text in errors.items()],
    )
    response.headers["Cache-Control"] = "private, no-cache"  # as the form of a consent
    return response
