"""The meanings of a retention rule, without words of any language. UK GDPR articles 5(1)(e), 13(2)(a) and 14(2)(a)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from widget.record_period import Unit


class Bound(StrEnum):
    EXACTLY = "exactly"
    UP_TO = "up-to"
    AT_LEAST = "at-least"


class Trigger(StrEnum):
    """The events that periods run from; the value is the key of its words."""

    FINANCIAL_YEAR = "end-of-financial-year"
    ACADEMIC_YEAR = "end-of-academic-year"
    CASE_CLOSURE = "case-closure"
    END_OF_CONTRACT = "end-of-contract"
    LAST_CONTACT = "last-contact"
    LAST_ENTRY = "last-entry"
    BIRTH = "date-of-birth"
    EIGHTEENTH_BIRTHDAY = "eighteenth-birthday"
    COLLECTION = "collection"
    WITHDRAWAL = "withdrawal-of-consent"
    SERVICE_END = "service-end"


class Standing(StrEnum):
    """Rules that are not a period; the value is the key of their words."""

    PERMANENTLY = "permanently"
    PER_SCHEDULE = "per-schedule"
    AS_NEEDED = "as-long-as-needed"
    LEGAL_HOLD = "legal-hold"
    RECIPIENT = "recipient"
    BY_HOLDER = "by-holder"


@dataclass(frozen=True)
class Period:
    """`low` to `high` of a unit; the two are equal unless a range was written."""

    low: int
    high: int
    unit: Unit
    bound: Bound = Bound.EXACTLY

    @property
    def longest(self) -> int:
        return self.high


@dataclass(frozen=True)
class Between:
    """`minimum of 6 months and maximum of 2 years`: two lengths, each with its own unit."""

    least: Period
    most: Period


class Span(StrEnum):
    """The spans that `current` can precede; the value is the key of its words."""

    TERM = "term"
    YEAR = "year"
    FINANCIAL_YEAR = "financial-year"
    ACADEMIC_YEAR = "academic-year"


@dataclass(frozen=True)
class PlusCurrent:
    """`3 years plus the current year`: whole years after the one in which the record is made."""

    period: Period
    span: Span


@dataclass(frozen=True)
class Current:
    """`current term only`."""

    span: Span


@dataclass(frozen=True)
class Stages:
    """`18 + 82 = 100 years in two stages`: kept for the first, then for the second."""

    first: int
    second: int

    @property
    def total(self) -> int:
        return self.first + self.second


@dataclass(frozen=True)
class Overwritten:
    """`overwritten after 30 days`: new records take the place of old ones."""

    period: Period


@dataclass(frozen=True)
class Reviewed:
    """`reviewed every year`: no period, but a day on which somebody decides."""

    period: Period


@dataclass(frozen=True)
class Idle:
    """`2 years of inactivity`: a period that starts anew with each use. `of` is what must be missing, as written."""

    period: Period
    of: str


@dataclass(frozen=True)
class During:
    """`for the duration of your tenancy and 6 years after`: the time that something lasts, and a period after it."""

    what: str
    then: Period | None = None


@dataclass(frozen=True)
class Until:
    """`until you unsubscribe`: an event, not a period, ends it."""

    event: str


@dataclass(frozen=True)
class Unread:
    """Words the grammar does not know, published as written."""

    text: str


Keep = (
    Period
    | Between
    | Standing
    | PlusCurrent
    | Current
    | Stages
    | Overwritten
    | Reviewed
    | Idle
    | During
    | Until
    | Unread
)


@dataclass(frozen=True)
class Condition:
    """`75 years if looked after`: another period, and in which case, as written: `if looked after`, `for claims`."""

    period: Period
    case: str


@dataclass(frozen=True)
class Ending:
    """`and then deleted`: what happens after the period, as written, and whether the record is gone then."""

    act: str
    deletes: bool


@dataclass(frozen=True)
class Rule:
    """A whole rule: how long, from when, what ends it sooner, in which cases it is another period.

    `unless` is what can make it longer or shorter, as written. `said` is the whole sentence where an editor wrote one, in
    the words of `language`: it is shown as it is. Neither of the last two is part of what the rule means.
    """

    keep: Keep
    after: Trigger | Unread | None = None
    until: str = ""
    otherwise: tuple[Condition, ...] = ()
    unless: str = ""
    then: Ending | None = None
    said: str = field(default="", compare=False)
    language: str = field(default="en", compare=False)

    @property
    def has_one_end(self) -> bool:
        """Whether the period alone decides when the record goes: nothing ends, lengthens or follows it."""
        return not (self.until or self.otherwise or self.unless) and (self.then is None or self.then.deletes)
