"""The retention grammar: how long a record is kept, read from an editor's words.

`read` takes a whole rule, whether its trigger and its conditions stand in keys of their own or in one sentence:
`25 years from birth, 75 if looked after`. What is not understood is kept as written (`Unread`).
UK GDPR articles 5(1)(e), 13(2)(a) and 14(2)(a).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from widget.record_period import Unit as Unit

_SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_COUNT = r"(?:\d{1,4}|an?|[a-z]+(?:[ -][a-z]+)?)"
_UNIT = r"(?:calendar )?(?P<unit>hour|day|week|month|year|yr)s?"
_PERIOD = re.compile(
    r"(?P<bound>up to|at least|at most|a maximum of|maximum|no more than|no longer than|not more than|"
    r"a minimum of|minimum|no less than|not less than|between)?\s*"
    rf"(?P<low>{_COUNT})(?:\s*(?:-|–|to|and)\s*(?P<high>{_COUNT}))?\s*{_UNIT}"
    r"(?:\s*\(?(?P<late>minimum|maximum|at least|at most)\)?)?"
)
_LEADS = re.compile(
    r"^(?:(?:it|they|this|these|(?:your|the)(?: [a-z]+){1,3}) (?:is|are|will be)\s+|(?:is|are|we will|will be|we)\s+)?"
    r"(?:kept|keep|retained|retain|held|hold|stored|store)\s+"
    r"(?:it |them |this |(?:your|the)(?: [a-z]+){1,3} (?=for ))?(?:for\s+)?(?=\S)|^for\s+(?=\d)",
    re.I,
)


class Bound(StrEnum):
    EXACTLY = "exactly"
    UP_TO = "up-to"
    AT_LEAST = "at-least"


_UP_TO = frozenset({"up to", "at most", "a maximum of", "maximum", "no more than", "no longer than", "not more than"})
_AT_LEAST = frozenset({"at least", "a minimum of", "minimum", "no less than", "not less than"})


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


_SYNONYMS: dict[Trigger, str] = {
    Trigger.FINANCIAL_YEAR: "end of financial year|financial year|financial year end|financial year ends",
    Trigger.ACADEMIC_YEAR: "end of academic year|academic year|end of school year|school year|academic year ends"
    "|school year ends",
    Trigger.CASE_CLOSURE: "case closure|closure|closure of case|end of case|case is closed|case closes|file closure"
    "|case ends|we close case",
    Trigger.END_OF_CONTRACT: "end of contract|contract end|contract ends|contract expiry|expiry of contract",
    Trigger.LAST_CONTACT: "last contact|last contact with you|we last hear from you|last time we hear from you",
    Trigger.LAST_ENTRY: "last entry|last entry in record|last entry on record|last entry on file",
    Trigger.BIRTH: "date of birth|birth|child is born|person is born",
    Trigger.EIGHTEENTH_BIRTHDAY: "18th birthday|eighteenth birthday|child's 18th birthday|person's 18th birthday"
    "|child turns 18|turning 18",
    Trigger.COLLECTION: "collection|date of collection|we collect it|we get it|it is collected|receipt|date of receipt",
    Trigger.WITHDRAWAL: "withdrawal of consent|consent withdrawal|consent is withdrawn|you withdraw your consent"
    "|you withdraw consent",
    Trigger.SERVICE_END: "service end|end of service|service ends|service has ended",
}
_DETERMINER = re.compile(r"\b(the|a|an|your|their|our)\b\s*")


def _undetermined(text: str) -> str:
    return _DETERMINER.sub("", _plain(text).replace("’", "'"))


class Standing(StrEnum):
    """Rules that are not a period; the value is the key of their words."""

    PERMANENTLY = "permanently"
    PER_SCHEDULE = "per-schedule"
    AS_NEEDED = "as-long-as-needed"
    LEGAL_HOLD = "legal-hold"
    RECIPIENT = "recipient"
    BY_HOLDER = "by-holder"


_STANDING: dict[Standing, re.Pattern[str]] = {
    Standing.PERMANENTLY: re.compile(r"permanent(ly)?|for ?ever|indefinitely"),
    Standing.PER_SCHEDULE: re.compile(
        r"(as |see |per |as per |according to |in line with |in accordance with |under )"
        r"(the |our )?(council's |council’s )?(corporate )?(records )?(retention )?schedule( says)?(\s*\(.*\))?"
    ),
    Standing.AS_NEEDED: re.compile(r"(only )?(for )?as long as (is |it is |we )?(needed|necessary|need it|required)"),
    Standing.LEGAL_HOLD: re.compile(r"(while |as long as )?(it is )?(under|on|subject to) (a )?legal hold"),
    Standing.RECIPIENT: re.compile(
        r"(per |under |according to |in line with |see |as per )?(the |each )?recipient('s|’s|s'|s’)? own "
        r"(retention|retention (period|policy|schedule|rules))"
    ),
    Standing.BY_HOLDER: re.compile(
        r"different for (the )?(processor and (the )?controller|controller and (the )?processor)"
    ),
}


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


class Span(StrEnum):
    """What `current` can stand before; the value is the key of its words."""

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
class Until:
    """`until you unsubscribe`: an event, not a period, ends it."""

    event: str


@dataclass(frozen=True)
class Unread:
    """Words the grammar does not know, published as written."""

    text: str


Keep = Period | Standing | PlusCurrent | Current | Stages | Overwritten | Reviewed | Until | Unread


@dataclass(frozen=True)
class Condition:
    """`75 years if looked after`: another period, and in which case, as written: `if looked after`, `for claims`."""

    period: Period
    case: str


@dataclass(frozen=True)
class Rule:
    """A whole rule: how long, from when, what ends it sooner, in which cases it is another period."""

    keep: Keep
    after: Trigger | Unread | None = None
    until: str = ""
    otherwise: tuple[Condition, ...] = ()


_LONGEST = 400
_CURRENT = r"(?:the )?current (?P<span>term|year|financial year|academic year|school year)"
_SPANS = {
    "term": Span.TERM,
    "year": Span.YEAR,
    "financial year": Span.FINANCIAL_YEAR,
    "academic year": Span.ACADEMIC_YEAR,
    "school year": Span.ACADEMIC_YEAR,
}
_CURRENT_ONLY = re.compile(rf"(?:for )?{_CURRENT}(?: only)?")
_PLUS_CURRENT = re.compile(rf"(?P<period>.{{1,40}}?)\s*(?:\+|plus|and)\s*{_CURRENT}")
_CURRENT_PLUS = re.compile(rf"{_CURRENT}\s*(?:\+|plus|and)\s*(?P<period>.{{1,40}})")
_STAGES = re.compile(
    r"(\d{1,3})(?: years?)?\s*(?:\+|plus|and then|then)\s*(\d{1,3})(?: years)?\s*(?:=\s*(\d{1,3})\s*years?)?"
    r"(?:,?\s*\(?in two stages\)?)?"
)
_OVERWRITTEN = re.compile(r"(?:it is |they are )?(?:overwritten|recorded over) (?:after|every) (.{1,40})")
_REVIEWED = re.compile(r"(?:it is |they are )?reviewed (?:(?:once )?(?:every|each|an?) )?(.{1,40})")
_UNTIL = re.compile(r"(?:until|till) (.{1,200})")
_OR_UNTIL = re.compile(r"(.{1,200}?),? or (?:until|when) (.{1,200})", re.I)
_AFTER = re.compile(r"(.{1,60}?) (?:after|from|following|since) (.{1,200})", re.I)
_SUM = re.compile(r"(.{1,200}?)\s*(?:\+|\bplus\b)\s*(.{1,60})", re.I)
_IF = re.compile(r"(.{1,200}?)[,;(]\s*(?:or |but )?([^,;]{1,60}?) (if|for|where|when) (.{1,200}?)\)?", re.I)


def read(keep: str, after: str = "") -> Rule:
    """What `keep` and `after` say together. Two triggers that compete, one in each, are not understood."""
    rule = _sentence(" ".join(keep.split()).rstrip(".")) if len(keep) <= _LONGEST else Rule(Unread(keep.strip()))
    if not after.strip():
        return rule
    ended = _OR_UNTIL.fullmatch(" ".join(after.split()).rstrip(".")) if len(after) <= _LONGEST else None
    trigger = read_after(ended[1] if ended else after)
    if rule.after or not isinstance(rule.keep, (Period, Stages)):
        return Rule(Unread(keep.strip().rstrip(".")), read_after(after))
    return Rule(rule.keep, trigger, ended[2] if ended else rule.until, rule.otherwise)


def _sentence(text: str) -> Rule:
    written, text = text, _LEADS.sub("", text, count=1)
    if not isinstance(whole := read_keep(text), Unread) and not (
        isinstance(whole, Until) and _OR_UNTIL.fullmatch(text)
    ):
        return Rule(whole)
    return _ended_sooner(text) or _in_some_cases(text) or _from_trigger(text) or Rule(Unread(written))


def _ended_sooner(text: str) -> Rule | None:
    found = _OR_UNTIL.fullmatch(text)
    rule = _sentence(found[1]) if found else None
    if not found or not rule or isinstance(rule.keep, Unread) or rule.until:
        return None
    return Rule(rule.keep, rule.after, found[2], rule.otherwise)


def _in_some_cases(text: str) -> Rule | None:
    found = _IF.fullmatch(text)
    rule = _sentence(found[1].strip()) if found else None
    if not found or not rule or not isinstance(rule.keep, Period):
        return None
    other = _period(found[2]) or _period(f"{found[2]} {rule.keep.unit}s")
    case = f"{found[3].lower()} {found[4]}"
    return Rule(rule.keep, rule.after, rule.until, (Condition(other, case),)) if other else None


def _from_trigger(text: str) -> Rule | None:
    if (found := _AFTER.fullmatch(text)) and (period := _period(found[1])):
        return Rule(period, read_after(found[2]))
    if (found := _SUM.fullmatch(text)) and (period := _period(found[2])) and not _period(found[1]):
        return Rule(period, read_after(found[1]))
    return None


def read_condition(text: str) -> Condition | None:
    """`75 years if looked after` in a key of its own; None where it is free text."""
    found = re.fullmatch(r"(.{1,60}?) (if .{1,200})", " ".join(text[:_LONGEST].split()).rstrip("."), re.I)
    period = _period(found[1]) if found else None
    return Condition(period, found[2]) if found and period else None


def read_keep(text: str) -> Keep:
    """What a period or rule without its trigger says; `Unread` where the grammar does not know it."""
    plain = _plain(text)
    for standing, pattern in _STANDING.items():
        if pattern.fullmatch(plain):
            return standing
    return (
        _period(plain) or _current(plain) or _stages(plain) or _recurring(plain) or _until(text) or Unread(text.strip())
    )


def _period(text: str) -> Period | None:
    found = _PERIOD.fullmatch(_plain(text))
    low = _number(found["low"]) if found else None
    if not found or low is None:
        return None
    high = _number(found["high"]) if found["high"] else low
    if high is None or high < low or (found["bound"] == "between") != ("and" in _between(found)):
        return None
    bound = found["bound"] or found["late"] or ""
    kind = Bound.UP_TO if bound in _UP_TO else Bound.AT_LEAST if bound in _AT_LEAST else Bound.EXACTLY
    return Period(low, high, Unit(found["unit"].replace("yr", "year")), kind)


def _between(found: re.Match[str]) -> str:
    """The word between the two ends of a range."""
    return found.string[found.end("low") : found.start("high")] if found["high"] else ""


def _current(plain: str) -> Current | PlusCurrent | None:
    if found := _CURRENT_ONLY.fullmatch(plain):
        return Current(_SPANS[found["span"]])
    found = _PLUS_CURRENT.fullmatch(plain) or _CURRENT_PLUS.fullmatch(plain)
    period = _period(found["period"]) if found else None
    whole_years = period and period.unit is Unit.YEAR and period.bound is Bound.EXACTLY
    return PlusCurrent(period, _SPANS[found["span"]]) if found and period and whole_years else None


def _stages(plain: str) -> Stages | None:
    found = _STAGES.fullmatch(plain)
    if not found or "year" not in plain:
        return None
    stages = Stages(int(found[1]), int(found[2]))
    return stages if found[3] is None or stages.total == int(found[3]) else None


def _recurring(plain: str) -> Overwritten | Reviewed | None:
    if (found := _OVERWRITTEN.fullmatch(plain)) and (period := _period(found[1])):
        return Overwritten(period)
    if found := _REVIEWED.fullmatch(plain):
        often = {"yearly": "1 year", "annually": "1 year", "monthly": "1 month", "weekly": "1 week"}.get(
            found[1], found[1]
        )
        if period := _period(often) or _period(f"1 {often}"):
            return Reviewed(period)
    return None


def _until(text: str) -> Until | None:
    found = _UNTIL.fullmatch(_start_lower(text))
    return Until(found[1]) if found else None


def read_after(text: str) -> Trigger | Unread:
    """What `after` says; `Unread` where it is free text."""
    return _TRIGGERS.get(_undetermined(text), Unread(" ".join(text.split()).rstrip(".")))


def _number(word: str) -> int | None:
    """A count in digits or in words, up to ninety-nine."""
    if word.isascii() and word.isdigit():
        return int(word)
    if word in ("a", "an"):
        return 1
    if word in _SMALL:
        return _SMALL.index(word)
    tens, _, ones = word.replace("-", " ").partition(" ")
    if tens not in _TENS or (ones and ones not in _SMALL[1:10]):
        return None
    return 20 + 10 * _TENS.index(tens) + (_SMALL.index(ones) if ones else 0)


def _start_lower(text: str) -> str:
    text = " ".join(text.split()).rstrip(".")
    return text[:1].lower() + text[1:]


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.strip().rstrip(".").lower())


_TRIGGERS = {words: trigger for trigger, listed in _SYNONYMS.items() for words in listed.split("|")}
