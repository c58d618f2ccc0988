"""Erasing what is known about a person, and finding out whose details have been kept for long enough.

Erasing closes open consents first, then deletes the details with their key, then appends `erased`. The entries that
the ledger keeps name nobody; receipts that were handed out before still verify.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from widget.consent.recording import Recorder, record_withdrawal
from widget.consent.renewal import Standing, standings
from widget.ledger.events import Act, ConsentEvent, Kind, State, standing, state_of
from widget.manifest import Manifest, Records
from widget.record_period import RecordPeriod, Start
from widget.store.transaction import Writing
from widget.strings import LONDON


def erase(writing: Writing, subject: str, by: Recorder) -> tuple[ConsentEvent, ...]:
    """Close, delete and note it; nothing where the subject was erased before or never was.

    Open consents end as `revoked`: the council did it, not the person. While a host of an earlier release may run, they
    end as `withdrawn`, because erasing must not wait.
    """
    events = writing.events_of(subject)
    if not events or (_is_erased(events) and writing.known(subject) is None):
        return ()
    kind = Kind.WITHDRAWN if writing.too_early_for(Kind.REVOKED) else Kind.REVOKED
    closed: tuple[ConsentEvent, ...] = ()
    for receipt in writing.receipts_of(subject):
        given = _open(writing.events_on(receipt))
        if given:
            closed += record_withdrawal(writing, receipt, given, replace(by, happened=None), kind=kind).events
    writing.forget(subject)
    erased = Act(Kind.ERASED, subject, channel=by.channel, recorded_by=by.recorded_by)
    return (*closed, *writing.append([erased]))


_REQUESTS = {Kind.WITHDRAWAL_REQUESTED, Kind.ACTED}


@dataclass(frozen=True)
class Rule:
    """`consent_records` as they count on a day, and where they are written: `version 2 of parking`, or `site.yml`."""

    records: Records
    written: str

    def __str__(self) -> str:
        keep, after = self.records.keep, self.records.after
        return f"{keep}, {after}" if after else keep


@dataclass(frozen=True)
class Past:
    """Details that have been kept for long enough: the last act, the rule, and the last day of the period."""

    subject: str
    last: date
    rule: Rule
    kept_until: date


@dataclass(frozen=True)
class Unjudged:
    """Details that may be due or not: from the words of these rules no last day follows. They are kept."""

    subject: str
    rules: tuple[Rule, ...]


def past(subject: str, events: Sequence[ConsentEvent], manifest: Manifest, today: date) -> Past | Unjudged | None:
    """Whether a subject's details are past `consent_records`; None while a consent stands or a period runs.

    All of a subject's records go together, so that the longest period counts: of every notice that an event is about,
    the version in force. Article 7(1) of the UK GDPR asks for proof of a consent for as long as it is relied on.
    """
    where = _standings(events, manifest, today)
    acts = [event for event in events if event.kind is not Kind.DETAILS_CHANGED]  # whoever wrote to us did nothing
    if not acts or any(one.state is State.GIVEN for one in where):
        return None
    lapses = [one.lapses for one in where if one.lapses]
    starts = {
        Start.CONSENT_END: max([_day(event.happened) for event in acts if event.kind is not Kind.ACTED] + lapses),
        Start.LAST_ENTRY: max(_day(event.at) for event in acts),
    }
    rules = dict.fromkeys(_rules_of(acts, manifest, today))
    ends = []
    for rule in rules:
        if (period := rule.records.period) is not None:
            ends.append((period.last_day(starts[period.start]), rule))
    if any(last_day >= today for last_day, _ in ends):
        return None
    if unjudged := tuple(rule for rule in rules if rule.records.period is None):
        return Unjudged(subject, unjudged)
    last_day, rule = max(ends, key=lambda end: end[0])
    return Past(subject, starts[Start.CONSENT_END], rule, last_day)


def past_log(written: str, period: RecordPeriod | None, today: date) -> bool:
    """Whether a line of a staff log or a report of a problem, written at a time in UTC, is past the period of
    `records`; not without a period."""
    return period is not None and period.last_day(_day(written)) < today


def _standings(events: Iterable[ConsentEvent], manifest: Manifest, today: date) -> list[Standing]:
    """Where every consent stands, notice by notice: two notices may use the same id."""
    by_notice: dict[str | None, list[ConsentEvent]] = {}
    for event in events:
        by_notice.setdefault(event.notice, []).append(event)
    return [one for group in by_notice.values() for one in standings(group, manifest, today).values()]


def _open(events: Iterable[ConsentEvent]) -> list[str]:
    return [consent for consent, event in standing(events).items() if state_of(event) is State.GIVEN]


def _is_erased(events: Iterable[ConsentEvent]) -> bool:
    """Whether the last event of the person is that they were erased; what was done about it may be noted later."""
    last = [event.kind for event in events if event.kind is not Kind.ACTED][-1:]
    return last == [Kind.ERASED]


def _rules_of(acts: Iterable[ConsentEvent], manifest: Manifest, today: date) -> list[Rule]:
    """The rules that a subject's records are under.

    Somebody who only sent requests has no record of consent: the period of `records` counts, where site.yml has one.
    """
    period = manifest.site.records.requests if manifest.site.records else None
    if period is not None and {event.kind for event in acts} <= _REQUESTS:
        return [Rule(Records("`requests`", period=period), "site.yml")]
    notices = {event.notice for event in acts}
    return [rule for notice in sorted(notices, key=str) for rule in _rules(notice, manifest, today)]


def _rules(notice: str | None, manifest: Manifest, today: date) -> list[Rule]:
    """The rules of a notice on a day, else the site's.

    Its languages say the same; where the words of one cannot be counted, those of the others are.
    """
    own = []
    for version in manifest.all_in_force(notice or "", today):
        if version.consent_records:
            own.append(Rule(version.consent_records, f"version {version.version} of {version.notice}"))
    counted = [rule for rule in own if rule.records.period is not None]
    return counted or own or [Rule(manifest.site.consent_records, "site.yml")]


def _day(at: str) -> date:
    return datetime.fromisoformat(at).astimezone(LONDON).date()
