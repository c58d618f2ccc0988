"""The pages on which a resident answers and sees the receipt. A GET never changes anything."""

from __future__ import annotations

import re
from collections.abc import Mapping

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as Redirect

from widget import receipts, requests
from widget.choices import offered
from widget.manifest import PublishedVersion
from widget.problems import Refusal, Wrong
from widget.receipt_page import receipt_page
from widget.recording import Once, record_answer, record_withdrawal
from widget.requests import DECISION, NUMBER
from widget.views.shared import Fault, asked_language, form, page, receipt_for, sentences, service, words_in

VIEWS = Blueprint("pages", __name__)
REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{16,128}")


@VIEWS.get("/consent/<notice>")
def choose(notice: str) -> Response:
    """The statements of a version as choices, none chosen."""
    number = request.args.get("version", "")
    if number and not NUMBER.fullmatch(number):
        raise Refusal(404)
    version = _offered(notice, int(number) if number else None, asked_language())
    return _choices(version)


@VIEWS.post("/consent/<notice>")
def answer(notice: str) -> Response | Redirect:
    """Record the answer and lead to its receipt; on an error the form again, with what was typed."""
    sent = form()
    here = service()
    manifest = here.manifest
    if notice not in manifest.notices():
        raise Refusal(404)
    try:
        said = requests.answer_from_form(sent, notice, manifest)
    except Refusal as refusal:
        return _again(notice, requests.typed(sent), refusal)
    once = _once(notice, sent)
    recorded = here.store.write(lambda writing: record_answer(writing, said, manifest, here.sealing, once))
    return _see(recorded.receipt.receipt_id)


@VIEWS.get("/receipt/<token>")
def receipt(token: str) -> Response:
    """What was given or withdrawn, in the words that were read."""
    here = service()
    found = receipt_for(token)
    with here.store.reading() as reading:
        events = reading.events_on(found)
    words = words_in(events[0].language or "")
    shown = receipt_page(found, token, events, here.manifest, words)
    if shown is None:
        raise Refusal(404)
    return page("receipt.html", words("endpoint.receipt.title"), words.language, receipt=shown)


@VIEWS.post("/receipt/<token>/withdraw")
def withdraw(token: str) -> Redirect:
    """Withdraw one consent and lead back to the receipt, which now says so."""
    found = receipt_for(token)
    consent = requests.consent_from_form(form())
    service().store.write(lambda writing: record_withdrawal(writing, found, [consent]))
    return _see(found.receipt_id)


def _offered(notice: str, number: int | None, language: str) -> PublishedVersion:
    here = service()
    version = offered(here.manifest, notice, number, language, here.today())
    if version is None:
        raise Refusal(404)
    return version


def _again(notice: str, said: Mapping[str, str], refusal: Refusal) -> Response:
    """The form once more: of the version that was answered, or of the one in force where that was never published."""
    number, language = said.get("version", ""), said.get("language", "")
    here = service()
    asked = int(number) if NUMBER.fullmatch(number) else None
    version = here.manifest.find(notice, asked, language) if asked else None
    if version is None or version.digest != said.get("digest") or refusal.status == 409:
        version = _offered(notice, None, language)
    return _choices(version, said, refusal)


def _choices(
    version: PublishedVersion, said: Mapping[str, str] | None = None, refusal: Refusal | None = None
) -> Response:
    here = service()
    words = words_in(version.language)
    said = said or {}
    same = said.get("digest") == version.digest  # a choice is for the words it was made for, and no others
    wrongs = [_on_control(wrong, version) for wrong in refusal.wrongs] if refusal else []
    current = here.manifest.in_force(version.notice, version.language, here.today())
    newer = current is not None and current.version > version.version and current.consents
    return page(
        "consent.html",
        words("endpoint.consent.title", notice=version.title),
        version.language,
        refusal.status if refusal else 200,
        version=version,
        action=f"/consent/{version.notice}",
        chosen={consent.id: said.get(DECISION + consent.id) for consent in version.consents} if same else {},
        errors=sentences(wrongs, words),
        faults=_faults(wrongs, version),
        email=said.get("email", ""),
        acting_for=said.get("acting_for", "self"),
        request_id=here.randomness(16).hex(),
        newer_href=f"/consent/{version.notice}?language={version.language}" if newer else "",
        checked_href=f"/consent/{version.notice}?language={here.manifest.site.languages[0]}",
        withdraw_href=f"/withdraw?notice={version.notice}&language={version.language}",
    )


def _on_control(wrong: Wrong, version: PublishedVersion) -> Wrong:
    """What is wrong with all choices together is shown at the first of them."""
    if wrong.field == "decisions" and version.consents:
        return Wrong(DECISION + version.consents[0].id, wrong.code)
    return wrong


def _faults(wrongs: list[Wrong], version: PublishedVersion) -> list[Fault]:
    controls = {"email", "acting_for"} | {DECISION + consent.id for consent in version.consents}
    said = sentences(wrongs, words_in(version.language))
    return [Fault(sentence, field if field in controls else None) for field, sentence in said.items()]


def _once(notice: str, sent: Mapping[str, list[str]]) -> Once | None:
    """A form that is sent twice is one act; the same form with another answer is another one."""
    request_id = sent.get("request_id", [""])[0]
    if not REQUEST_ID.fullmatch(request_id):
        return None
    body = repr(sorted(sent.items())).encode()
    return Once.of(f"form {notice}", request_id + body.hex(), body)


def _see(receipt_id: bytes) -> Redirect:
    token = receipts.token(service().keys.token_secret, receipt_id)
    return redirect(f"/receipt/{token}", 303)
