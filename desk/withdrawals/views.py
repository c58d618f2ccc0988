"""`/desk/withdrawals`: what waits for a service, and Done. The list has nobody's name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from flask import Blueprint, Flask, Response, flash, make_response, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Answer

from desk.guard import access, needs, person, refills, words
from desk.people.acts import Act
from desk.withdrawals import connection, done_form
from desk.withdrawals.done_form import Report, Typed
from desk.withdrawals.listing import (
    ON_A_PAGE,
    Chosen,
    Group,
    for_services,
    grouped,
    letters_matching,
    matching,
    services_in,
)
from desk.withdrawals.waiting import (
    CannotReach,
    Listed,
    OpenWithdrawal,
    Recorded,
    Refused,
    UndeliveredLetter,
)
from desk.workplace import workplace
from widget.consent.closing import Closing
from widget.ledger.events import Done
from widget.strings import LONDON

VIEWS = Blueprint("withdrawals", __name__)
VIEWS.record_once(lambda state: refills(cast(Flask, state.app), "withdrawals.done", again))


@dataclass(frozen=True)
class Section:
    """One group of the list: `count` are all that are in it, `shown` those on this page."""

    group: Group
    count: int
    shown: Sequence[OpenWithdrawal]


@VIEWS.get("/desk/withdrawals")
@needs(Act.SEE_WITHDRAWALS)
def open() -> Response:
    """Everything that waits for the services of the person, the most urgent first."""
    chosen = Chosen(
        request.args.get("service", ""),
        request.args.get("notice", ""),
        request.args.get("find", "") or request.args.get("reference", ""),
    )
    listed = _listed()
    if isinstance(listed, CannotReach):
        return make_response(render_template("withdrawals/open.html", away=_key_of(listed), chosen=chosen), 503)
    own = for_services(listed.withdrawals, person().services)
    access().write(person().id, Act.SEE_WITHDRAWALS)
    found = matching(own, chosen)
    page = _page(len(found))
    letters = _letters(listed, own, chosen) if page == 1 else []
    return make_response(
        render_template(
            "withdrawals/open.html",
            chosen=chosen,
            services=services_in(own, words().language),
            sections=_sections(found, page),
            count=len(found),
            all=len(own),
            page=page,
            pages=max(1, -(-len(found) // ON_A_PAGE)),
            kept={name: value for name, value in request.args.items() if name not in ("page", "language")},
            letters=letters,
            letter_key=_letter_key,
            closings=list(Closing),
            today=workplace().today().isoformat(),
            whole=listed.whole,
            london=_london,
        )
    )


@VIEWS.get("/desk/withdrawals/<int:number>/done")
@needs(Act.ACT_ON_WITHDRAWAL)
def report(number: int) -> Response:
    """The form for what was done about one of them."""
    return _form(number, Typed(on=f"{workplace().today():%d/%m/%Y}"), _one(number))


@VIEWS.post("/desk/withdrawals/<int:number>/done")
@needs(Act.ACT_ON_WITHDRAWAL)
def done(number: int) -> Response | Answer:
    """Record what was done; the form again, with what was typed, where that could not be."""
    one = _one(number)
    typed = done_form.typed(request.form)
    if not isinstance(one, OpenWithdrawal):
        return _form(number, typed, one)
    said = done_form.read(typed, workplace().today(), one.happened)
    if isinstance(said, Typed):
        return _form(number, said, one, 400)
    outcome = _record(number, said)
    if isinstance(outcome, CannotReach):
        return _form(number, typed, one, 503, away=outcome)
    if isinstance(outcome, Refused):
        return _form(number, typed, _one(number), 409)
    access().write(person().id, Act.ACT_ON_WITHDRAWAL, str(number))
    flash(words()("withdrawals.recorded" if outcome.new else "withdrawals.recorded_before"))
    return redirect(url_for("withdrawals.open"), 303)


@VIEWS.post("/desk/withdrawals/letters/<int:letter_id>")
@needs(Act.ACT_ON_WITHDRAWAL)
def close_letter(letter_id: int) -> Answer:
    """Note how somebody dealt with a letter that reached nobody; the list again, with what came of it."""
    how = request.form.get("how", "")
    if how not in list(Closing):
        return _told("withdrawals.letter_wrong_how")
    client = connection.client()
    listed = client if isinstance(client, CannotReach) else client.open_withdrawals(words().language)
    if isinstance(listed, CannotReach) or isinstance(client, CannotReach):
        return _told("withdrawals.letter_away")
    own = for_services(listed.withdrawals, person().services)
    if letter_id not in {one.letter_id for one in _letters_of(listed, own)}:
        return _told("withdrawals.letter_gone")
    outcome = client.close_letter(letter_id, Closing(how), person().id)
    if isinstance(outcome, CannotReach):
        return _told("withdrawals.letter_away")
    if isinstance(outcome, Refused):
        return _told("withdrawals.letter_gone")
    access().write(person().id, Act.ACT_ON_WITHDRAWAL, f"letter-{letter_id}")
    return _told("withdrawals.letter_closed")


def _told(key: str) -> Answer:
    flash(words()(key))
    return redirect(url_for("withdrawals.open"), 303)


def again(fields: MultiDict[str, str], reason: str, number: int) -> Response:
    """The form with the words that were sent, and why they were not taken: a token or a session was over."""
    return _form(number, done_form.typed(fields), _one(number), reason=f"guard.{reason}")


def _listed() -> Listed | CannotReach:
    client = connection.client()
    return client if isinstance(client, CannotReach) else client.open_withdrawals(words().language)


def _one(number: int) -> OpenWithdrawal | CannotReach | None:
    """The one of that number; None where there is none, or where it is not the person's to act on."""
    client = connection.client()
    one = client if isinstance(client, CannotReach) else client.withdrawal(number, words().language)
    if isinstance(one, OpenWithdrawal) and not for_services([one], person().services):
        return None
    return one


def _record(number: int, said: Report) -> Recorded | Refused | CannotReach:
    client = connection.client()
    if isinstance(client, CannotReach):
        return client
    return client.done(number, said.what, person().id, said.note, said.on, beside=said.beside)


def _form(
    number: int,
    typed: Typed,
    one: OpenWithdrawal | CannotReach | None,
    status: int = 200,
    away: CannotReach | None = None,
    reason: str = "",
) -> Response:
    """The form with what was typed: also where the endpoint is `away`, and nothing is known of the withdrawal."""
    if isinstance(one, CannotReach):
        one, away = None, one
    if away is not None:
        status = 503
    elif one is None:
        status = 404
    shown = {"number": number, "one": one, "typed": typed, "away": _key_of(away), "codes": list(Done), "reason": reason}
    shown["acted_by"] = _name(one.acted.by) if one is not None and one.acted else ""
    today = workplace().today().isoformat()
    return make_response(render_template("withdrawals/done.html", **shown, today=today, london=_london), status)


def _name(person_id: str) -> str:
    """The name of somebody of this desk; what the service has, where it was somebody else."""
    found = access().people.people().by_id(person_id)
    return found.name if found else person_id


def _key_of(away: CannotReach | None) -> str:
    """The key of the sentence that says why the endpoint gave no answer; empty where it gave one."""
    return f"withdrawals.away_{away.reason.replace('-', '_')}" if away else ""


def _sections(found: list[OpenWithdrawal], page: int) -> list[Section]:
    """The groups that have something on a page of the list."""
    first, sections = (page - 1) * ON_A_PAGE, []
    left = ON_A_PAGE
    for group, own in grouped(found, workplace().today()).items():
        shown = own[first : first + left] if left else []
        if shown:
            sections.append(Section(group, len(own), shown))
        left -= len(shown)
        first = max(0, first - len(own))
    return sections


def _letters(listed: Listed, own: list[OpenWithdrawal], chosen: Chosen) -> list[UndeliveredLetter]:
    """The newest letters that reached nobody, of the notices of the person's services, as far as they were chosen."""
    return letters_matching(_letters_of(listed, own), chosen)[:ON_A_PAGE]


def _letters_of(listed: Listed, own: list[OpenWithdrawal]) -> list[UndeliveredLetter]:
    """The letters that reached nobody, of the notices of the person's services."""
    if not person().services:
        return list(listed.letters)
    notices = {one.notice for one in own} | set(person().services)
    return [one for one in listed.letters if one.notice is None or one.notice in notices]


def _letter_key(one: UndeliveredLetter) -> str:
    """The key of the words for a kind of letter; a later release may have others."""
    key = f"withdrawals.letter_{one.letter.replace('-', '_')}"
    return key if key in words().sentences else "withdrawals.letter_other"


def _page(count: int) -> int:
    """The page that is asked for, within those that there are."""
    text = request.args.get("page", "1")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    return max(1, min(number, -(-count // ON_A_PAGE)))


def _london(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()
