"""A council's system's report about a withdrawal, checked. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from widget.consent.acting import Report
from widget.consent.input import CONTROL, LONGEST_TEXT
from widget.errors import Refusal, Wrong
from widget.ledger.events import Done
from widget.people.notes import LONGEST

KEYS = frozenset({"code", "note", "by", "happened", "beside"})
LONGEST_BY = 100


@dataclass(frozen=True)
class Reported:
    """A report with who made it, a staff id, and when it was done, where that was said.

    `beside` if it is meant to stand beside what somebody else reported before.
    """

    report: Report
    by: str
    happened: datetime | None = None
    beside: bool = False


def report_from_json(body: object) -> Reported:
    """The report in a JSON document; `Refusal` 400 with everything that is wrong with it."""
    if not isinstance(body, Mapping):
        raise Refusal(400, [Wrong("", "not-json")])
    wrongs = [Wrong(str(key)[:50].encode("utf-8", "replace").decode(), "unknown") for key in body if key not in KEYS]
    texts = {name: _text(body, name, most, wrongs) for name, most in _LONGEST.items()}
    if texts["code"] not in list(Done):
        wrongs.append(Wrong("code", "done-code"))
    if not texts["by"]:
        wrongs.append(Wrong("by", "missing"))
    happened = _moment(texts["happened"]) if texts["happened"] else None
    if texts["happened"] and happened is None:
        wrongs.append(Wrong("happened", "happened"))
    beside = body.get("beside", False)
    if not isinstance(beside, bool):
        wrongs.append(Wrong("beside", "malformed"))
    if wrongs:
        raise Refusal(400, dict.fromkeys(wrongs))
    return Reported(Report(Done(texts["code"]), texts["note"]), texts["by"], happened, beside is True)


_LONGEST = {"code": LONGEST_TEXT, "note": LONGEST, "by": LONGEST_BY, "happened": LONGEST_TEXT}


def _text(body: Mapping[str, object], name: str, most: int, wrongs: list[Wrong]) -> str:
    """A clean text; what is wrong with it is noted."""
    value = body.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        wrongs.append(Wrong(name, "malformed"))
    elif len(value) > most:
        wrongs.append(Wrong(name, "too-long"))
    elif CONTROL.search(value.replace("\n", "")):
        wrongs.append(Wrong(name, "characters"))
    else:
        return value.strip()
    return ""


def _moment(text: str) -> datetime | None:
    """A time with its offset from UTC; None for anything else."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
