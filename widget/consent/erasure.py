"""Erasing what is known about a person, and finding out whose details have been kept for long enough.

Erasing closes open consents first, then deletes the details with their key, then appends `erased`. What the ledger keeps
says nothing about who it was; receipts that were handed out before still verify.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from widget.consent.recording import Recorder, record_withdrawal
from widget.consent.renewal import Standing, standings
from widget.ledger.events import Act, ConsentEvent, Kind, State
from widget.manifest import Manifest, Records
from widget.store.transaction import Writing
from widget.strings import LONDON

NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
PERIOD = re.compile(r"(?:[a-z ]+ )?(?P<number>\d{1,3}|[a-z]+) (?P<unit>day|week|month|year)s?", re.I)


def erase(writing: Writing, subject: str, by: Recorder) -> tuple[ConsentEvent, ...]:
    """Close, delete and note it; nothing where the subject was erased before or never was."""
    events = writing.events_of(subject)
    if not events or (events[-1].kind is Kind.ERASED and writing.known(subject) is None):
        return ()
    closed: tuple[ConsentEvent, ...] = ()
    for receipt in writing.receipts_of(subject):
        given = _open(writing.events_on(receipt))
        if given:
            closed += record_withdrawal(writing, receipt, given, replace(by, happened=None)).events
    writing.forget(subject)
    erased = Act(Kind.ERASED, subject, channel=by.channel, recorded_by=by.recorded_by)
    return (*closed, *writing.append([erased]))


@dataclass(frozen=True)
class Past:
    """Details that have been kept for long enough: the last act, the rule, and the day they were due to go."""

    subject: str
    last: date
    rule: str
    due: date


def past(subject: str, events: Sequence[ConsentEvent], manifest: Manifest, today: date) -> Past | None:
    """Whether a subject's details are past `consent_records`; None while a consent stands, or where no rule is a period.

    The period runs from the last act: the withdrawal, or else the refusal, the request or the day a consent lapsed.
    """
    if not events or any(one.state is State.GIVEN for one in _standings(events, manifest, today)):
        return None
    lapses = [one.lapses for one in _standings(events, manifest, today) if one.lapses]
    last = max([_day(event.happened) for event in events] + lapses)
    rules = {_records(event.notice, manifest) for event in events}
    ends = [(end, rule.keep) for rule in rules if (end := after(last, rule.keep)) is not None]
    if len(ends) < len(rules):
        return None
    due, rule = max(ends)
    return Past(subject, last, rule, due) if due <= today else None


def after(day: date, keep: str) -> date | None:
    """The day on which a period such as `6 years` from a day is over; None where it is not a period."""
    found = PERIOD.fullmatch(keep.strip())
    if found is None:
        return None
    text = found["number"].lower()
    if not text.isdigit() and text not in NUMBERS:
        return None
    number, unit = int(text) if text.isdigit() else NUMBERS.index(text), found["unit"].lower()
    if unit in ("day", "week"):
        return day + timedelta(days=number * (7 if unit == "week" else 1))
    months = day.year * 12 + day.month - 1 + number * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _standings(events: Iterable[ConsentEvent], manifest: Manifest, today: date) -> list[Standing]:
    """Where every consent stands, notice by notice: two notices may use the same id."""
    by_notice: dict[str | None, list[ConsentEvent]] = {}
    for event in events:
        by_notice.setdefault(event.notice, []).append(event)
    return [one for group in by_notice.values() for one in standings(group, manifest, today).values()]


def _open(events: Iterable[ConsentEvent]) -> list[str]:
    last: dict[str, Kind] = {event.consent: event.kind for event in events if event.consent}
    return [consent for consent, kind in last.items() if kind in (Kind.GIVEN, Kind.RENEWED)]


def _records(notice: str | None, manifest: Manifest) -> Records:
    own = [version.consent_records for version in manifest.versions if version.notice == notice]
    return next((records for records in reversed(own) if records), manifest.site.consent_records)


def _day(at: str) -> date:
    return datetime.fromisoformat(at).astimezone(LONDON).date()
