"""Shared by all views: the service, a page in the site's layout, and the words for faults."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast
from urllib.parse import quote, urlencode

from flask import Flask, Response, current_app, request
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import escape

from widget.base_path import below, path_of
from widget.consent.input import OnFile
from widget.consent.on_file import details_of
from widget.consent.ts27560 import receipt_record
from widget.errors import Refusal, Wrong
from widget.ledger import receipt as receipts
from widget.ledger.events import Kind
from widget.ledger.receipt import Receipt
from widget.people.mailed_links import Link, OldLink, link_of
from widget.service import Service
from widget.strings import Words, shell_and_words

SERVICE = "consents"
PROBLEM = "problem.html"
RECEIPT_FORM = re.compile(r"(/receipt/[^/]+)/.*")
"""The addresses that a receipt's forms are sent to: nothing can be opened there."""
STOPPING = "consents.stopping"
PAGES = Environment(
    loader=PackageLoader("widget", "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True)
class Fault:
    """One line of an error summary: the sentence, and the control it leads to, if there is one on the page."""

    sentence: str
    control: str | None = None


def service_of(app: Flask) -> Service:
    """The open parts of an app."""
    return cast(Service, app.extensions[SERVICE])


def stopping_of(app: Flask) -> threading.Event:
    """Set once an app is to end: what waits for events answers at once."""
    return cast(threading.Event, app.extensions[STOPPING])


def service() -> Service:
    """The open parts of this request's app."""
    return cast(Service, current_app.extensions[SERVICE])


def words_in(language: str) -> Words:
    """The words of a language, or of the site's first."""
    published = service().published
    return shell_and_words(published.layout, published.manifest.site.languages, language)[1]


def asked_language() -> str:
    """The language in the address, else the one of the site's that the browser prefers; the site's first where there
    is none."""
    return request.args.get("language", "") or preferred_language()


def preferred_language() -> str:
    """The language of the site that the browser asks for before others (RFC 9110 section 12.5.4); empty where it asks
    for none.

    `en-GB` asks for English (RFC 4647 section 3.4). Werkzeug's `best_match` prefers any language that is named
    without a country.
    """
    languages = service().manifest.site.languages
    asked = (name.partition("-")[0].lower() for name, quality in request.accept_languages if quality)
    return next((language for language in asked if language in languages), "")


def page(
    template: str, title: str, language: str, status: int = 200, *, neutral: str = "", **context: object
) -> Response:
    """A page in the site's layout; with `faults` its title says so. Nothing keeps it: it may show what one person chose.

    `neutral` is what the browser's title says in place of the heading, where others may see it.
    """
    published = service().published
    shell, words = shell_and_words(published.layout, published.manifest.site.languages, language)
    main = PAGES.get_template(template).render(t=words, title=title, site=published.manifest.site, **context)
    told = neutral or title
    if context.get("faults"):
        told = words.either("endpoint.summary.error", "endpoint.summary.title", title=told)
    html = _switching(shell.page(str(escape(told)), main), published.manifest.site.languages, lost=template == PROBLEM)
    html = below(html, path_of(published.manifest.site.base_url))
    response = Response(html, status, mimetype="text/html")
    response.headers["Cache-Control"] = "no-store"
    response.content_language.add(words.language)
    response.vary.add("Accept-Language")
    return response


def home_in(language: str) -> str:
    """The list of notices in a language."""
    return "/" if language == service().manifest.site.languages[0] else f"/{language}/"


def _switching(html: str, languages: Iterable[str], *, lost: bool) -> str:
    """The page with its links to the other languages leading to this very address; home where nothing is at the
    address."""
    address = RECEIPT_FORM.sub(r"\1", request.path) if request.method == "POST" else request.path
    asked = [(name, value) for name, value in request.args.items(multi=True) if name not in ("language", "answer")]
    for language in languages:
        same = f"{quote(address)}?{urlencode([*asked, ('language', language)])}"
        there = home_in(language) if lost else same
        html = html.replace(f'href="?language={language}"', f'href="{escape(there)}"', 1)
    return html


def sentences(wrongs: Iterable[Wrong], words: Words) -> dict[str, str]:
    """A sentence for each thing that is wrong, by its field."""
    return {wrong.field: words(f"endpoint.wrong.{wrong.code}") for wrong in wrongs}


def receipt_for(token: str) -> Receipt:
    """The receipt that a token belongs to; `Refusal` 404 for anything else."""
    receipt_id = receipts.receipt_id_in(token)
    if receipt_id is not None:
        with service().store.reading() as reading:
            receipt = reading.receipt(receipt_id)
        secrets = service().keys.token_secrets if receipt is not None else ()
        if receipt is not None and any(receipts.is_token(secret, token, receipt) for secret in secrets):
            return receipt
    raise Refusal(404, [Wrong("token", "no-token")])


def on_file_of(receipt: Receipt) -> OnFile:
    """The details on file about the person of a receipt, by the person answered for."""
    here = service()
    with here.store.reading() as reading:
        acting_for = reading.events_on(receipt)[0].for_whom
        return {acting_for: details_of(reading, here.sealing, receipt.subject)}


def link_in(token: str) -> Link | OldLink | None:
    """The mailed link that a token stands for, made with the secret of now or one of before; None for anything else."""
    for secret in service().keys.token_secrets:
        if (link := link_of(secret, token)) is not None:
            return link
    return None


def receipt_document(found: Receipt) -> Response:
    """A receipt as a signed JSON-LD document, with what proves each of its events."""
    here = service()
    with here.store.reading() as reading:
        events = reading.events_on(found)
        evidence = here.evidence(reading, events)
    standings = here.standings(event for event in events if event.kind is not Kind.ERASED)
    document = receipt_record(found, events, standings, here.manifest)
    signed = here.signed(
        document | {"leaves": evidence.leaves, "proof": evidence.proofs, "checkpoint": evidence.checkpoint}
    )
    text = json.dumps(signed, ensure_ascii=False, indent=1) + "\n"
    return Response(text, mimetype="application/ld+json")


def bearer() -> str | None:
    """The Bearer token of the request (RFC 6750), if there is one."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def form() -> dict[str, list[str]]:
    """The form that was sent; `Refusal` 415 for another type of body, 400 for files."""
    if request.mimetype not in ("application/x-www-form-urlencoded", "multipart/form-data"):
        raise Refusal(415, [Wrong("", "not-a-form")])
    if request.files:
        raise Refusal(400, [Wrong("", "not-a-form")])
    return request.form.to_dict(flat=False)
