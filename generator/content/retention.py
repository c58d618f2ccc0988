"""The retention grammar: how long a record is kept, read from an editor's words in English or Welsh.

`read` takes a whole rule, whether its trigger and its conditions stand in keys of their own or in one sentence:
`25 years from birth, 75 if looked after`. One grammar reads all languages, each with the words of its `Vocabulary`.
The words that it does not know stay as written (`Unread`). UK GDPR articles 5(1)(e), 13(2)(a) and 14(2)(a).
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache, lru_cache

from generator.content.periods.english import ENGLISH
from generator.content.periods.grammar import Grammar
from generator.content.periods.rule import Between as Between
from generator.content.periods.rule import Bound as Bound
from generator.content.periods.rule import Condition as Condition
from generator.content.periods.rule import Current as Current
from generator.content.periods.rule import During as During
from generator.content.periods.rule import Ending as Ending
from generator.content.periods.rule import Idle as Idle
from generator.content.periods.rule import Keep as Keep
from generator.content.periods.rule import Overwritten as Overwritten
from generator.content.periods.rule import Period as Period
from generator.content.periods.rule import PlusCurrent as PlusCurrent
from generator.content.periods.rule import Reviewed as Reviewed
from generator.content.periods.rule import Rule as Rule
from generator.content.periods.rule import Span as Span
from generator.content.periods.rule import Stages as Stages
from generator.content.periods.rule import Standing as Standing
from generator.content.periods.rule import Trigger as Trigger
from generator.content.periods.rule import Unread as Unread
from generator.content.periods.rule import Until as Until
from generator.content.periods.welsh import WELSH
from widget.record_period import Unit as Unit

_LONGEST = 400


@lru_cache(4096)  # the notices of a site say the same few periods, and several rules ask about each
def read(keep: str, after: str = "") -> Rule:
    """The meaning of `keep` and `after` together. Two triggers that compete, one in each, are not understood."""
    text = _line(keep)
    rule = Rule(Unread(keep.strip()))
    if len(keep) <= _LONGEST:
        rule = next((read for one in _grammars() if (read := one.sentence(text))), Rule(Unread(text)))
    if not after.strip():
        return rule
    trigger, until = _ended_trigger(after) if len(after) <= _LONGEST else (read_after(after), "")
    appended = not (rule.said and not rule.has_one_end) and not rule.then
    if rule.after or not appended or not isinstance(rule.keep, (Period, Between, Stages)):
        return Rule(Unread(keep.strip().rstrip(".")), read_after(after))
    return replace(rule, after=trigger, until=until or rule.until)


def read_after(text: str) -> Trigger | Unread:
    """The meaning of `after`; `Unread` where it is free text."""
    line = _line(text)
    triggers = (one.trigger(line) for one in _grammars())
    return next((trigger for trigger in triggers if isinstance(trigger, Trigger)), Unread(line))


def read_condition(text: str) -> Condition | None:
    """`75 years if looked after` in a key of its own; None where it is free text."""
    conditions = (one.condition(_line(text[:_LONGEST])) for one in _grammars())
    return next((condition for condition in conditions if condition), None)


def proposed_in(sentence: str) -> tuple[str, str] | None:
    """The `keep` and `after` of a sentence of prose, in its own words: the first period, and the event behind it."""
    found = [(span, grammar) for grammar in _grammars() if (span := grammar.named_in(sentence))]
    if not found:
        return None
    (start, end), grammar = min(found, key=lambda one: one[0])
    event = grammar.event.search(sentence, end)
    return sentence[start:end], event["event"] if event else ""


def names_a_period(text: str) -> bool:
    """Whether any words name a length of time: `2 years` within an event, so that the event is not the whole rule."""
    return any(one.names_a_period(text) for one in _grammars())


def lengths_named(text: str) -> int:
    """How many lengths of time any words name, in the language that finds the most."""
    return max(one.lengths_named(text) for one in _grammars())


def _ended_trigger(after: str) -> tuple[Trigger | Unread, str]:
    """The trigger of a key of its own, and what ends the period sooner: `the service ends or until you say stop`."""
    for one in _grammars():
        if ended := one.or_until.fullmatch(_line(after)):
            return read_after(ended[1]), ended[2]
    return read_after(after), ""


def _line(text: str) -> str:
    return " ".join(text.split()).rstrip(".")


@cache  # compiled when first asked, which `--help` never does
def _grammars() -> tuple[Grammar, ...]:
    return Grammar(ENGLISH), Grammar(WELSH)
