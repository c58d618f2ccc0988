"""The meaning of the words in `consent_records`: a period that the consent service can count, or why it cannot. Pure.

Its last day is never earlier than any reading of the words allows: a consent that was given must be proved for as long
as its record is kept. UK GDPR articles 5(1)(e) and 7(1).
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.content import retention
from generator.content.retention import (
    Between,
    Bound,
    Current,
    During,
    Idle,
    Period,
    PlusCurrent,
    Span,
    Stages,
    Trigger,
    Unit,
    Unread,
)
from generator.rule import ERROR, Example, Family, Rule
from widget.record_period import Start

L05 = Rule(
    "L05",
    Family.CONSISTENCY,
    ERROR,
    "Records of consent without a period",
    "`consent_records` in a notice or in site.yml whose words are not a period, such as `as long as needed` or "
    "`permanently`, or whose `keep` and `after` each say from when.",
    "UK GDPR article 5(1)(e): `consents purge` could never erase them.",
    Example("consent_records: {keep: as long as needed}"),
    Example("consent_records: {keep: 6 years, after: withdrawal of consent}"),
)

_STARTS = {
    None: (Start.CONSENT_END, None),
    Trigger.WITHDRAWAL: (Start.CONSENT_END, None),
    Trigger.COLLECTION: (Start.LAST_ENTRY, None),
    Trigger.LAST_ENTRY: (Start.LAST_ENTRY, None),
    Trigger.FINANCIAL_YEAR: (Start.CONSENT_END, Span.FINANCIAL_YEAR),
    Trigger.ACADEMIC_YEAR: (Start.CONSENT_END, Span.ACADEMIC_YEAR),
}
"""From which day, and from the end of which year.

All records of a person go together, so that `collection` is that of the last one. Events outside the ledger (a case
closes, a contract ends, a birthday, the last contact with a service) are not here: the consent service does not know
the day.
"""
_PERIOD = "Write a period, such as `6 years`, and in `after` from when, such as `withdrawal of consent`."
_KNOWN = (
    "Write `withdrawal of consent`, `collection`, `last entry`, `end of financial year` or `end of academic year` in "
    "`after`, or nothing; as it is, staff must erase these records with `consents erase`."
)


@dataclass(frozen=True)
class Counted:
    """A period, the day from which it runs, and the year whose end is awaited first."""

    period: Period
    start: Start
    year: Span | None = None


@dataclass(frozen=True)
class Uncounted:
    """Words from which no last day follows: the key, a sentence on what is wrong, and one on what to write.

    `is_period` where they are a period all the same, so that somebody can erase by it, only not the consent service.
    """

    key: str
    wrong: str
    remedy: str
    is_period: bool = True


def read(keep: str, after: str = "") -> Counted | Uncounted:
    """The meaning of `keep` and `after` of `consent_records` together."""
    rule = retention.read(keep, after)
    if isinstance(rule.keep, During) and rule.keep.then:
        return Uncounted("keep", f"The consent service does not know how long it is “{rule.keep.what}”.", _PERIOD)
    if isinstance(rule.keep, Idle):
        return Uncounted("keep", f"The consent service does not know of a time “{rule.keep.of}”.", _PERIOD)
    period = _period(rule.keep)
    if period is None:
        return _no_period(keep, after)
    if rule.until:
        return Uncounted("keep", f"The consent service does not know the day of “{rule.until}”.", _PERIOD)
    if rule.unless:
        return Uncounted("keep", f"The consent service does not know which records are kept “{rule.unless}”.", _PERIOD)
    if rule.then and not rule.then.deletes:
        wrong = f"The consent service erases records; it cannot have them “{rule.then.act}”."
        return Uncounted("keep", wrong, _PERIOD)
    if rule.otherwise:
        case = rule.otherwise[0].case
        return Uncounted("keep", f"The consent service does not know which records to keep longer “{case}”.", _PERIOD)
    if period.bound is Bound.AT_LEAST:
        wrong = f"`{keep}` says how long at least, and not when the records go."
        return Uncounted("keep", wrong, _PERIOD)
    if isinstance(rule.keep, (Current, PlusCurrent)):
        if rule.keep.span is Span.TERM:
            return Uncounted("keep", "The consent service does not know when a term ends.", _PERIOD)
        return Counted(period, Start.CONSENT_END, rule.keep.span)
    if isinstance(rule.after, Unread) or rule.after not in _STARTS:
        shown = rule.after.text if isinstance(rule.after, Unread) else rule.after
        return Uncounted(
            "after" if after else "keep", f"The consent service does not know the day of `{shown}`.", _KNOWN
        )
    start, year = _STARTS[rule.after]
    return Counted(period, start, year)


def _period(keep: retention.Keep) -> Period | None:
    """The length that words with a last day name; of several lengths the longest. None where they name no such day."""
    match keep:
        case Period():
            return keep
        case Between():
            return keep.most
        case PlusCurrent():
            return keep.period
        case Current():
            return Period(0, 0, Unit.YEAR)
        case Stages():
            return Period(keep.total, keep.total, Unit.YEAR)
    return None


def _no_period(keep: str, after: str) -> Uncounted:
    if after and _period(retention.read(keep).keep) is not None:
        wrong = f"`{keep}` says from when by itself, and `after` says it again."
        return Uncounted("after", wrong, "Take `after` out, or write `keep` without it.", is_period=False)
    wrong = f"`{keep}` is not a period, so that records of consent would never be erased."
    return Uncounted("keep", wrong, _PERIOD, is_period=False)
