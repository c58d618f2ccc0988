"""`/desk/log`: who did what, and looked at what, a month at a time. Ids alone are in the log; names are those of today."""

from __future__ import annotations

import re

from flask import Blueprint, Response, request

from desk import guard
from desk.guard import access, needs, page, words
from desk.people.act_log import Entry
from desk.people.acts import Act
from desk.workplace import LONDON, workplace

VIEWS = Blueprint("act_log", __name__)
ON_A_PAGE = 100
MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")


@VIEWS.get("/desk/log")
@needs(Act.SEE_LOG)
def log() -> Response:
    """The acts of a month, the newest first."""
    months = access().log.months()
    asked = request.args.get("month", "")
    month = asked if MONTH.fullmatch(asked) and asked in months else next(iter(months), "")
    person = request.args.get("person", "")[:64]
    entries = list(access().log.of_month(month, person)) if month else []
    pages = max(1, -(-len(entries) // ON_A_PAGE))
    text = request.args.get("page", "1")
    number = min(pages, max(1, int(text))) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    access().write(guard.person().id, Act.SEE_LOG)
    return page(
        "office/log.html",
        months=months,
        month=month,
        chosen=person,
        count=len(entries),
        entries=[_shown(one) for one in entries[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]],
        people=access().people.people().persons,
        number=number,
        pages=pages,
    )


def _shown(entry: Entry) -> dict[str, str]:
    """An entry in words; an act that has none, and a person who is gone, by their ids."""
    found = access().people.people().by_id(entry.person)
    local = entry.at.astimezone(LONDON)
    day = workplace().dates[words().language].full_date(local.date())
    return {
        "at": f"{day}, {local:%H:%M}",
        "moment": entry.at.isoformat(),
        "person": found.name if found else entry.person,
        "act": _act(entry.act),
        "to": " ".join(part for part in (entry.to, entry.version) if part),
    }


def _act(act: str) -> str:
    """An act in words, a refused one too; one that has none as the log has it."""
    refused = act.removeprefix("refused-")
    if f"act.{act}" in words().sentences:
        return words()(f"act.{act}")
    if refused != act and f"act.{refused}" in words().sentences:
        return words()("act.refused", act=words()(f"act.{refused}"))
    return act
