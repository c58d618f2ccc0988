"""Mailed links: a GET shows what the link would do, a POST does it, once. Scanners that follow links change nothing."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, Response, g, request

from widget.consent.recording import record_withdrawal
from widget.errors import Refusal, Wrong
from widget.ledger.events import ConsentEvent
from widget.mail.compose import Found, reached, standing_consents, words_of
from widget.people.mailed_links import LASTS, Link, Purpose
from widget.store.queries import Reading
from widget.store.transaction import Writing
from widget.strings import Words
from widget.views.shared import Fault, form, link_in, page, service

VIEWS = Blueprint("confirm", __name__)
KINDS = {Purpose.WITHDRAW: "link", Purpose.ADDRESS: "receipt"}
"""The message that a link of each purpose came in: its time runs from when that was sent."""


@VIEWS.get("/confirm/<token>")
def show(token: str) -> Response:
    """What the link would do, and the button that does it."""
    link, event = _opened(token)
    words = words_of(service(), event)
    return _show(token, link, event, words)


@VIEWS.post("/confirm/<token>")
def act(token: str) -> Response:
    """Do it, and burn the link."""
    link, event = _opened(token)
    here = service()
    words = words_of(here, event)
    sent = form() if request.mimetype or request.get_data() else {}
    if link.purpose is not Purpose.WITHDRAW:
        here.store.write(lambda writing: _mark(writing, link, event))
        return _done(words, link.purpose)
    chosen = set(sent.get("consent", []))
    if set(sent) - {"consent"} or not chosen:
        return _show(token, link, event, words, 400)
    here.store.write(lambda writing: _withdraw(writing, event, chosen))
    return page("done.html", words("endpoint.confirm.title_withdrawn"), words.language, lead="withdrawn_lead")


def _show(token: str, link: Link, event: ConsentEvent, words: Words, status: int = 200) -> Response:
    title = words(f"endpoint.confirm.title_{link.purpose}")
    action = f"/confirm/{token}"
    if link.purpose is not Purpose.WITHDRAW:
        return page("confirm.html", title, words.language, action=action, purpose=str(link.purpose))
    with service().store.reading() as reading:
        found = _found(reading, event)
    fault = [Fault(words("endpoint.wrong.nothing-ticked"), "consent-1" if found else None)] if status != 200 else []
    lines = [(one.name, _line(one, words)) for one in found]
    return page("withdraw_link.html", title, words.language, status, action=action, lines=lines, faults=fault)


def _done(words: Words, purpose: Purpose) -> Response:
    title = words(f"endpoint.confirm.title_{purpose}_done")
    return page("done.html", title, words.language, lead=f"{purpose}_done_lead")


def _opened(token: str) -> tuple[Link, ConsentEvent]:
    """The link and the event it is about; `Refusal` 404 for what is no link, 410 for one that is over."""
    here = service()
    link = link_in(token)
    if link is None:
        raise Refusal(404)
    with here.store.reading() as reading:
        event = reading.event(link.event_id)
        if event is None:
            raise Refusal(404)
        g.language = event.language or ""  # if the link is over, that is said in it
        sent = reading.sent_at(KINDS[link.purpose], event.seq) if link.purpose in KINDS else None
        if reading.is_used(event.seq, link.purpose) and not _is_repeatable(link):
            raise Refusal(410)
    lasts = LASTS[link.purpose]
    if lasts is not None and sent is not None and here.clock() > datetime.fromisoformat(sent) + lasts:
        raise Refusal(410)
    return link, event


def _is_repeatable(link: Link) -> bool:
    """Asking twice not to be written to is no mistake: a mail program may send it again (RFC 8058)."""
    return link.purpose is Purpose.QUIET


def _found(reading: Reading, event: ConsentEvent) -> list[Found]:
    here = service()
    _, receipts = reached(event, reading, here)
    return list(standing_consents(receipts, reading, here))


def _withdraw(writing: Writing, event: ConsentEvent, chosen: set[str]) -> None:
    """Withdraw what was chosen; the address has now been shown to be the person's."""
    if writing.is_used(event.seq, Purpose.WITHDRAW):
        raise Refusal(410)
    found = [one for one in _found(writing, event) if one.name in chosen]
    if not found:
        raise Refusal(404, [Wrong("consent", "not-on-receipt")])
    for one in found:
        record_withdrawal(writing, one.receipt, [one.standing.event.consent or ""])
        writing.confirm(one.receipt.subject)
    writing.burn(event.seq, Purpose.WITHDRAW)


def _mark(writing: Writing, link: Link, event: ConsentEvent) -> None:
    if writing.is_used(event.seq, link.purpose):
        return
    if event.subject:
        (writing.confirm if link.purpose is Purpose.ADDRESS else writing.hush)(event.subject)
    writing.burn(event.seq, link.purpose)


def _line(one: Found, words: Words) -> str:
    consent = one.version.consent(one.standing.event.consent or "") if one.version else None
    return words(
        "endpoint.confirm.withdraw_line",
        statement=consent.statement if consent else one.standing.event.consent,
        reference=one.receipt.reference,
        who=words(f"endpoint.confirm.{one.standing.event.for_whom}"),
    )
