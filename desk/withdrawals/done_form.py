"""The form "Done": what was done about a withdrawal, and when, as somebody typed it. Pure.

A day is enough: today is this moment, an earlier day is its end, which is never before the withdrawal of that day.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from widget.consent.input import CONTROL
from widget.ledger.events import Done
from widget.people.notes import LONGEST
from widget.strings import LONDON

ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
BRITISH = re.compile(r"([0-9]{1,2})[/. ]([0-9]{1,2})[/. ]([0-9]{4})")


@dataclass(frozen=True)
class Typed:
    """The typed values as they were. `wrong` are keys of the desk's words, by the field."""

    what: str = ""
    on: str = ""
    note: str = ""
    beside: bool = False
    wrong: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Report:
    """The report of an act. `on` is None for now."""

    what: Done
    on: datetime | None
    note: str
    beside: bool


def typed(form: Mapping[str, str]) -> Typed:
    """The values typed into a form."""
    note = form.get("note", "").replace("\r\n", "\n").strip()
    return Typed(form.get("what", ""), form.get("on", "").strip(), note, form.get("beside") == "yes")


def read(typed: Typed, today: date, happened: datetime) -> Report | Typed:
    """The report that was typed, or the same with everything that is wrong with it; `happened` is when the person
    acted."""
    note = typed.note
    wrong: dict[str, str] = {}
    if typed.what not in list(Done):
        wrong["what"] = "withdrawals.wrong_what"
    day = day_in(typed.on) if typed.on else today
    if day is None:
        wrong["on"] = "withdrawals.wrong_day"
    elif day > today:
        wrong["on"] = "withdrawals.wrong_future"
    elif day < happened.astimezone(LONDON).date():
        wrong["on"] = "withdrawals.wrong_before"
    if len(note) > LONGEST:
        wrong["note"] = "withdrawals.wrong_long"
    elif CONTROL.search(note.replace("\n", "")):
        wrong["note"] = "withdrawals.wrong_signs"
    elif typed.what == Done.OTHER and not note:
        wrong["note"] = "withdrawals.wrong_other"
    if wrong or day is None:
        return replace(typed, wrong=wrong)
    moment = None if day == today else datetime.combine(day, time(23, 59, 59), LONDON)
    return Report(Done(typed.what), moment, note, typed.beside)


def day_in(text: str) -> date | None:
    """A day as a browser sends it, or as people write it here: 2026-11-24, 24/11/2026. None for anything else."""
    if found := ISO.fullmatch(text):
        year, month, day = map(int, found.groups())
    elif found := BRITISH.fullmatch(text):
        day, month, year = map(int, found.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
