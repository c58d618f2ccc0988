"""The pages on which a resident answers and sees the receipt. A GET never changes anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import quote

import segno
from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as Redirect

from widget.base_path import path_of
from widget.consent import choice_form, input
from widget.consent.input import DECISION, NUMBER
from widget.consent.offers import offered
from widget.consent.receipt_words import ReceiptPage, receipt_page
from widget.consent.recording import ONLINE, Once, Recorder, end_token, mail_receipt, record_answer, record_withdrawal
from widget.consent.seen import contested
from widget.errors import Refusal, Wrong
from widget.ledger import receipt as receipts
from widget.ledger.events import Kind, State
from widget.ledger.receipt import Receipt
from widget.manifest import ActingFor, PublishedVersion
from widget.people.details import Details
from widget.strings import Words
from widget.views.shared import (
    Fault,
    asked_language,
    form,
    on_file_of,
    page,
    receipt_document,
    receipt_for,
    sentences,
    service,
    words_in,
)

VIEWS = Blueprint("pages", __name__)


@VIEWS.get("/consent/<notice>")
def choose(notice: str) -> Response:
    """The statements of a version as choices, none chosen."""
    number = request.args.get("version", "")
    if number and not NUMBER.fullmatch(number):
        raise Refusal(404)
    version = _offered(notice, int(number) if number else None, asked_language())
    return _choices(version, {"acting_for": request.args.get("for", "")})


@VIEWS.post("/consent/<notice>")
def answer(notice: str) -> Response | Redirect:
    """Record the answer and lead to its receipt; on an error the form again, with what was typed.

    A form that has no id yet (the static page's, without script) comes back with one to be sent again: sent twice, it
    would be two acts.
    """
    sent = form()
    here = service()
    manifest = here.manifest
    if notice not in manifest.notices():
        raise Refusal(404)
    try:
        said = input.answer_from_form(sent, notice, manifest, here.today())
    except Refusal as refusal:
        return _again(notice, input.typed(sent), refusal)
    if said.request_id is None:
        return _choices(said.version, input.typed(sent), unsaved=True)
    once = Once.in_view(said.request_id, said, here.keys_since())
    recorded = here.store.write(lambda writing: record_answer(writing, said, manifest, here.sealing, once))
    return _see(recorded.receipt)


@VIEWS.get("/receipt/<token>")
def receipt(token: str) -> Response:
    """The receipt: consents given or withdrawn, in the words that were read."""
    return _receipt(token)


def _receipt(token: str, typed: str = "", refusal: Refusal | None = None) -> Response:
    words, shown = _shown(token)
    wrongs = sentences(refusal.wrongs, words) if refusal else {}
    return page(
        "receipt.html",
        words("endpoint.receipt.title"),
        words.language,
        refusal.status if refusal else 200,
        receipt=shown,
        qr=segno.make(shown.address, error="m", micro=False).svg_data_uri(scale=4, light="white"),
        back=_back(),
        again=_answer_again(shown, words),
        can_mail=not shown.erased and "endpoint.receipt.mail_button" in words.sentences,
        sent="mailed" in request.args,
        typed=typed,
        wrong=wrongs.get("email", ""),
        faults=[Fault(sentence, field if field == "email" else None) for field, sentence in wrongs.items()],
    )


@VIEWS.get("/receipt/<token>/renew")
def changed(token: str) -> Response | Redirect:
    """The words that came in place of those agreed to, to be chosen anew; the receipt where there are none, or none
    any more."""
    words, shown = _shown(token)
    if not any(line.renewal for read in shown.versions for line in read.lines):
        return _see(receipt_for(token))
    return page("renew.html", words("endpoint.receipt.renewal_title"), words.language, receipt=shown)


def _shown(token: str) -> tuple[Words, ReceiptPage]:
    here = service()
    found = receipt_for(token)
    with here.store.reading() as reading:
        events = reading.events_on(found)
        digests = {event.digest for event in events if event.version is None and event.digest}
        earlier = {digest: (reading.earlier(digest) or b"").decode("utf-8", "replace") for digest in digests}
        standings = here.standings(event for event in events if event.kind is not Kind.ERASED)
        ambiguous = contested(found, standings, reading, here.manifest, here.today())
        known = reading.known(found.subject)
    words = words_in(request.args.get("language", "") or events[0].language or "")
    shown = receipt_page(found, token, events, standings, here.manifest, words, earlier, ambiguous, known)
    if shown is None:
        raise Refusal(404)
    return words, shown


@VIEWS.get("/receipt/<token>/file")
def file(token: str) -> Response:
    """The receipt as a file that can be checked without us: JSON-LD in the terms of ISO/IEC TS 27560."""
    found = receipt_for(token)
    response = receipt_document(found)
    response.headers["Content-Disposition"] = f'attachment; filename="receipt-{found.reference}.jsonld"'
    return response


@VIEWS.post("/receipt/<token>/renew")
def renew(token: str) -> Response | Redirect:
    """Answer the words that came in place of those agreed to, and lead back to the receipt.

    Where the new words need a way to reach the person, the receipt asks for it: it can be mailed.
    """
    found = receipt_for(token)
    here = service()
    manifest = here.manifest
    with here.store.reading() as reading:
        events = reading.events_on(found)
    sent = form() | {"acting_for": [events[0].for_whom]}
    try:
        said = input.answer_from_form(sent, found.notice, manifest, here.today(), on_file_of(found))
    except Refusal as refusal:
        if not any(wrong.code.startswith("reach") for wrong in refusal.wrongs):
            raise
        return _receipt(token, refusal=refusal)
    if set(said.decisions) - {event.consent for event in events}:
        raise Refusal(404)
    asked = {consent for consent, one in here.standings(events).items() if one.renewal}
    if set(said.decisions) <= asked:  # else it was answered already, withdrawn meanwhile or erased: the receipt says so
        said = replace(said, said=Details())
        here.store.write(lambda writing: record_answer(writing, said, manifest, here.sealing, joined=found))
    return _see(found)


@VIEWS.post("/receipt/<token>/withdraw")
def withdraw(token: str) -> Redirect:
    """Withdraw one consent and lead back to the receipt, which now says so."""
    found = receipt_for(token)
    asked = input.withdrawal_from_form(form())
    here, by = service(), Recorder(said=asked.details) if asked.details else ONLINE
    here.store.write(lambda writing: record_withdrawal(writing, found, asked.consents, by, here.sealing))
    return _see(found)


@VIEWS.post("/receipt/<token>/mail")
def mail(token: str) -> Response | Redirect:
    """Send the receipt to an address, also long after it was made, and lead back to it."""
    found = receipt_for(token)
    here, sent = service(), form()
    try:
        email = input.address_from_form(sent)
    except Refusal as refusal:
        return _receipt(token, input.typed(sent).get("email", ""), refusal)
    here.store.write(lambda writing: mail_receipt(writing, found, email, here.sealing))
    query = "&".join(["mailed", *_spoken()])
    return redirect(f"{path_of(here.manifest.site.base_url)}/receipt/{token}?{query}", 303)


@VIEWS.post("/receipt/<token>/end")
def end(token: str) -> Response:
    """End the token: its address opens nothing any more, and the next one is only mailed."""
    found = receipt_for(token)
    here = service()
    with here.store.reading() as reading:
        words = words_in(request.args.get("language", "") or reading.events_on(found)[0].language or "")
    mailed = here.store.write(lambda writing: end_token(writing, found, here.sealing))
    lead = "ended_mailed_lead" if mailed else "ended_lost_lead"
    return page("done.html", words("endpoint.confirm.title_ended"), words.language, lead=lead)


def _answer_again(shown: ReceiptPage, words: Words) -> str:
    """Where to answer what was refused or withdrawn, or for another child; nothing where the notice asks nothing any
    more."""
    here = service()
    version = offered(here.manifest, shown.notice, None, words.language, here.today())
    child = shown.acting_for == words("endpoint.receipt.acting_for_child")
    over = child or any(
        line.state in (State.REFUSED, State.WITHDRAWN) for read in shown.versions for line in read.lines
    )
    return shown.answer_href if over and version and version.consents else ""


def _offered(notice: str, number: int | None, language: str) -> PublishedVersion:
    here = service()
    version = offered(here.manifest, notice, number, language, here.today())
    if version is None:
        raise Refusal(404)
    input.check_proved(version)
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
    version: PublishedVersion,
    said: Mapping[str, str] | None = None,
    refusal: Refusal | None = None,
    *,
    unsaved: bool = False,
) -> Response:
    here = service()
    words = words_in(version.language)
    said = said or {}
    same = said.get("digest") == version.digest  # a choice is for the words it was made for, and no others
    wrongs = [_on_control(wrong, version) for wrong in refusal.wrongs] if refusal else []
    current = offered(here.manifest, version.notice, None, version.language, here.today())
    newer = current is not None and current.version > version.version and current.consents
    request_id = said.get("request_id", "")
    acting_for = choice_form.acting_for(version, said.get("acting_for", ""))
    returning = _returning().replace("?", "&")
    response = page(
        "consent.html",
        words("endpoint.consent.title", notice=version.title),
        version.language,
        refusal.status if refusal else 200,
        neutral=words("endpoint.consent.title_discreet") if version.notice in here.manifest.discreet else "",
        version=version,
        action=f"/consent/{version.notice}{_away()}{'&for=child' if acting_for == ActingFor.CHILD else ''}",
        chosen={consent.id: said.get(DECISION + consent.id) for consent in version.consents} if same else {},
        errors=sentences(wrongs, words),
        faults=_faults(wrongs, version),
        typed=said,
        acting_for=acting_for,
        request_id=request_id if input.REQUEST_ID.fullmatch(request_id) else here.randomness(16).hex(),
        unsaved=unsaved,
        returning=returning,
        newer_href=f"/consent/{version.notice}?language={version.language}{returning}" if newer else "",
        checked_href=f"/consent/{version.notice}?language={here.manifest.site.languages[0]}",
        withdraw_href=f"/withdraw?notice={version.notice}&language={version.language}",
    )
    response.headers["Cache-Control"] = (
        "private, no-cache"  # Back shows the same view with its id, a new visit a new one
    )
    return response


def _on_control(wrong: Wrong, version: PublishedVersion) -> Wrong:
    """Show a fault of all choices together at the first of them."""
    if wrong.field == "decisions" and version.consents:
        return Wrong(DECISION + version.consents[0].id, wrong.code)
    return wrong


def _faults(wrongs: list[Wrong], version: PublishedVersion) -> list[Fault]:
    controls = {field: f"field-{field}" for field in input.REACHED_BY}
    controls |= {DECISION + consent.id: DECISION + consent.id for consent in version.consents}
    said = sentences(wrongs, words_in(version.language))
    return [Fault(sentence, controls.get(field)) for field, sentence in said.items()]


def _see(receipt: Receipt) -> Redirect:
    token = receipts.token(service().keys.token_secret, receipt)
    query = "&".join(filter(None, [_returning().removeprefix("?"), *_spoken()]))
    return redirect(f"{path_of(service().manifest.site.base_url)}/receipt/{token}{f'?{query}' if query else ''}", 303)


def _spoken() -> list[str]:
    """The language that a receipt was switched to, for the address that its buttons lead back to."""
    asked = request.args.get("language", "")
    return [f"language={asked}"] if asked in service().manifest.site.languages else []


def _away() -> str:
    """Has a form sent to another address than its page's own: browsers forget a page whose own address something was sent
    to (RFC 9111 section 4.4), and Back would find a new view in its place."""
    return f"{_returning()}&answer" if _returning() else "?answer"


def _back() -> str:
    """The address of the destination that `return_to` names; nothing for any other text: it is never an address."""
    return service().manifest.site.destinations.get(request.args.get("return_to", ""), "")


def _returning() -> str:
    return f"?return_to={quote(request.args['return_to'])}" if _back() else ""
