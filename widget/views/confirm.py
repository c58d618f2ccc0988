"""Mailed links: a GET shows what the link would do, a POST does it. Scanners that follow links change nothing.

A link acts as often as its reader wants until it expires, so nobody else can use it up.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, g, request

from widget.consent.linked import Found, Reach, consents_on, is_over, reach
from widget.consent.on_file import change, confirm, held_of
from widget.consent.recording import ONLINE, record_withdrawal
from widget.errors import Refusal, Wrong
from widget.ledger import receipt as receipts
from widget.people.mailed_links import Purpose
from widget.store.queries import Reading
from widget.store.transaction import Writing
from widget.strings import Words
from widget.views.shared import Fault, form, link_in, page, service, words_in

VIEWS = Blueprint("confirm", __name__)
ANSWERS = ("yes", "no")


@VIEWS.get("/confirm/<token>")
def show(token: str) -> Response:
    """Show the effect of the link, and the buttons for it."""
    link, words = _opened(token)
    with service().store.reading() as reading:
        return _show(token, link, reading, words)


@VIEWS.post("/confirm/<token>")
def act(token: str) -> Response:
    """Do it."""
    link, words = _opened(token)
    sent = form() if request.mimetype or request.get_data() else {}
    does = {Purpose.WITHDRAW: _withdraw, Purpose.ADDRESS: _answer, Purpose.QUIET: _hush}
    return does[link.purpose](token, link, sent, words)


def _opened(token: str) -> tuple[Reach, Words]:
    """The link and the words for its reader; `Refusal` 404 for what is no link, 410 for one that is over."""
    here = service()
    link = link_in(token)
    if link is None:
        raise Refusal(404)
    with here.store.reading() as reading:
        event = reading.event(link.event_id)
        g.language = (event.language if event else None) or ""  # if the link is over, that is said in it
        opened = reach(link, reading, here.sealing)
    if is_over(opened, here.clock()):
        raise Refusal(410)
    language = request.args.get("language", "") or opened.event.language or ""
    return opened, words_in(language)


@dataclass(frozen=True)
class Withdrawn:
    """The withdrawals of just now, and the address of its receipt; none where that was ended and only a mailed one
    opens it."""

    text: str
    receipt: str


def _show(
    token: str,
    link: Reach,
    reading: Reading,
    words: Words,
    status: int = 200,
    wrong: str = "",
    chosen: Collection[str] = (),
) -> Response:
    """The page of a link. `chosen` names what was withdrawn just now."""
    title = words("endpoint.confirm.title_withdrawn" if chosen else f"endpoint.confirm.title_{link.shows}")
    found = _listed(link, reading)
    to_tick = link.purpose is Purpose.WITHDRAW and any(one.stands for one in found)
    faults = [Fault(words(f"endpoint.wrong.{wrong}"), "consent-1" if to_tick else None)] if wrong else []
    shown: dict[str, Any] = {
        "action": _address(token),
        "lines": [(one.name, _line(one, words)) for one in found if one.stands],
        "ended": [_line(one, words) for one in found if not one.stands and one.name not in chosen],
        "withdrawn": [_withdrawn(one, words) for one in found if not one.stands and one.name in chosen],
        "seen": _newest(found),
        "faults": faults,
        "done": _is_done(link, reading),
    }
    names = {Purpose.WITHDRAW: "withdraw_link.html", Purpose.ADDRESS: "confirm_address.html"}
    return page(names.get(link.purpose, "confirm_quiet.html"), title, words.language, status, **shown)


def _address(token: str) -> str:
    """Where the page's form is sent: in the language that was asked for, if any was."""
    language = request.args.get("language", "")
    return f"/confirm/{token}?{urlencode({'language': language})}" if language else f"/confirm/{token}"


def _is_done(link: Reach, reading: Reading) -> bool:
    """Whether the address that a link confirms was confirmed already."""
    claimed = link.claimed(reading) if link.purpose is Purpose.ADDRESS else None
    return claimed is not None and claimed.confirmed is not None


def _listed(link: Reach, reading: Reading) -> list[Found]:
    """The consents that a link is about; `Refusal` 410 where the address that it confirms is not on file any more."""
    here = service()
    if link.purpose is not Purpose.ADDRESS:
        return list(consents_on(link.receipts(reading), reading, here.manifest, here.today()))
    if link.claimed(reading) is None:
        raise Refusal(410)
    return list(consents_on(reading.receipts_of(link.subject), reading, here.manifest, here.today()))


def _withdraw(token: str, link: Reach, sent: dict[str, list[str]], words: Words) -> Response:
    here = service()
    chosen = set(sent.get("consent", []))
    if set(sent) - {"consent"} or not chosen:
        with here.store.reading() as reading:
            return _show(token, link, reading, words, 400, "nothing-ticked")
    here.store.write(lambda writing: _withdraw_chosen(writing, link, chosen))
    with here.store.reading() as reading:
        return _show(token, link, reading, words, chosen=chosen)


def _withdraw_chosen(writing: Writing, link: Reach, chosen: set[str]) -> None:
    """Withdraw what was chosen. That confirms no address: what was not chosen may be somebody else's answer."""
    found = [one for one in _listed(link, writing) if one.name in chosen]
    if not found:
        raise Refusal(404, [Wrong("consent", "not-on-receipt")])
    for one in found:
        record_withdrawal(writing, one.receipt, [one.standing.event.consent or ""])


def _answer(token: str, link: Reach, sent: dict[str, list[str]], words: Words) -> Response:
    """Confirm the address, or withdraw and erase what somebody else answered under it."""
    here = service()
    with here.store.reading() as reading:
        found = _listed(link, reading)
        erases = _is_on_file(link, reading)
        agreed = sent.get("agreed", [""])[0]
        if agreed not in ANSWERS:
            return _show(token, link, reading, words, 400, "confirm-or-not")
        if agreed == "yes" and sent.get("seen") != [_newest(found)]:
            return _show(token, link, reading, words, 409, "more-answered")
    if agreed == "yes":
        here.store.write(lambda writing: confirm(writing, here.sealing, link.subject, link.recipient, link.mailed))
        return _done(words, "address_done", "address_done")
    if erases:
        here.erasures.erase(link.subject, ONLINE)
    else:
        here.store.write(lambda writing: _drop(writing, link))
    done = "address_refused" if erases else "address_removed"
    return _done(words, done, done)


def _is_on_file(link: Reach, reading: Reading) -> bool:
    """Whether the link's address is the one on file; else it waits to take the place of one that somebody confirmed."""
    return link.claimed(reading) == held_of(reading, link.sealing, link.subject).address


def _drop(writing: Writing, link: Reach) -> None:
    """The address does not take the place of the one that is on file."""
    claimed = link.claimed(writing)
    if claimed is None:
        raise Refusal(410)
    held = held_of(writing, link.sealing, link.subject)
    change(writing, link.sealing, link.subject, held.without(claimed))


def _hush(_token: str, link: Reach, _sent: dict[str, list[str]], words: Words) -> Response:
    """Asking twice not to be written to is no mistake: a mail program may send it again (RFC 8058)."""

    def hush(writing: Writing) -> None:
        for known in link.people(writing):
            writing.hush(known.subject)

    service().store.write(hush)
    return _done(words, "quiet_done", "quiet_done")


def _done(words: Words, title: str, lead: str) -> Response:
    return page("done.html", words(f"endpoint.confirm.title_{title}"), words.language, lead=f"{lead}_lead")


def _newest(found: list[Found]) -> str:
    """The mark that tells whether more was answered since the page was shown."""
    return str(max((one.standing.event.seq for one in found), default=0))


def _withdrawn(one: Found, words: Words) -> Withdrawn:
    here, event = service(), one.standing.event
    said = words("endpoint.receipt.state_withdrawn", when=words.time(event.happened))
    text = f"{one.statement} {said} {words('endpoint.receipt.reference')}: {one.receipt.reference}"
    if one.receipt.ended:
        return Withdrawn(text, "")
    return Withdrawn(text, f"/receipt/{receipts.token(here.keys.token_secret, one.receipt)}?language={words.language}")


def _line(one: Found, words: Words) -> str:
    ended = "endpoint.confirm.withdrawn_line"
    return words(
        ended if not one.stands and ended in words.sentences else "endpoint.confirm.withdraw_line",
        statement=one.statement,
        reference=one.receipt.reference,
        who=words(f"endpoint.confirm.{one.standing.event.for_whom}"),
    )
