"""Whether two languages say that a record is kept equally long: by what the words mean, not by how they are written.
Pure.

Where one of the two is not understood, such as `2 saala`, the numbers in it are compared: they are the same in every
language. Words of an event or a case (`until you unsubscribe`) are left to the translator.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.content import retention
from generator.content.model import Retention
from generator.content.retention import Between, Bound, During, Idle, Period, Unit, Unread

IN_MONTHS = {Unit.YEAR: 12, Unit.MONTH: 1}
IN_DAYS = {Unit.WEEK: 7, Unit.DAY: 1}


def differences(ours: tuple[Retention, ...], theirs: tuple[Retention, ...]) -> Iterator[tuple[str, str, str]]:
    """Path, what is here and what is there, for every row that both have and that does not mean the same."""
    for index, (here, there) in enumerate(zip(ours, theirs, strict=False)):
        own, other = (retention.read(row.keep or "", row.after or "") for row in (here, there))
        if not _alike(own, other, _written(here), _written(there)):
            yield f"retention.{index}.keep", here.keep or "nothing", there.keep or "nothing"
        elif _starts_elsewhere(own, other):
            yield f"retention.{index}.after", str(own.after or "nothing"), str(other.after or "nothing")


def _written(row: Retention) -> str:
    return f"{row.keep or ''} {row.after or ''}"


def _alike(own: retention.Rule, other: retention.Rule, here: str, there: str) -> bool:
    if isinstance(own.keep, Unread) or isinstance(other.keep, Unread):
        return _numbers(here) == _numbers(there)
    return _meaning(own) == _meaning(other)


def _numbers(text: str) -> list[str]:
    return sorted(re.findall(r"\d+", text))


def _meaning(rule: retention.Rule) -> tuple[object, ...]:
    """The meaning of a rule without words of any language."""
    cases = tuple(_length(condition.period) for condition in rule.otherwise)
    kept: object = rule.keep
    match rule.keep:
        case Period():
            kept = _length(rule.keep)
        case Between(least, most):
            kept = _length(least), _length(most)
        case Idle(period):
            kept = Idle, _length(period)
        case During(_, then):
            kept = During, then and _length(then)
        case retention.Until():
            kept = retention.Until
    return kept, bool(rule.until), bool(rule.unless), rule.then is None or rule.then.deletes, cases


def _length(period: Period) -> tuple[Bound, int, int, str]:
    """A period in the smallest unit of its kind, so that 24 months are 2 years."""
    for name, factors in (("months", IN_MONTHS), ("days", IN_DAYS)):
        if period.unit in factors:
            factor = factors[period.unit]
            return period.bound, period.low * factor, period.high * factor, name
    return period.bound, period.low, period.high, str(period.unit)


def _starts_elsewhere(own: retention.Rule, other: retention.Rule) -> bool:
    """Whether both say from when, in words that are understood, and mean another day."""
    known = [rule.after for rule in (own, other) if not isinstance(rule.after, Unread)]
    return len(known) == 2 and known[0] != known[1]
