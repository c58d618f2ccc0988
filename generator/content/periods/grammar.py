"""The grammar of retention rules, with the words of one language."""

from __future__ import annotations

import re
from dataclasses import replace

from generator.content.periods.rule import (
    Between,
    Bound,
    Condition,
    Current,
    During,
    Ending,
    Idle,
    Keep,
    Overwritten,
    Period,
    PlusCurrent,
    Reviewed,
    Rule,
    Span,
    Stages,
    Standing,
    Trigger,
    Unread,
    Until,
)
from generator.content.periods.vocabulary import Vocabulary, by_word
from widget.record_period import Unit

_COUNT = r"(?:\d{1,4}|[^\W\d]+(?:[ -][^\W\d]+)?)"
_LONGEST = 60
"""Signs of a period within a sentence."""
_JUST_AND = frozenset({"and", "a", "ac"})
"""Words that join an act to a period only where the record is gone after it: `until it is reviewed and closed` is one event."""


class Grammar:
    """The grammar with the words of one language. Every method takes one line without its full stop."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        pattern = vocabulary.pattern
        units = "|".join(sorted(vocabulary.units, key=len, reverse=True))
        unit = rf"(?P<unit>{units})(?:\(s\))?"
        opening, joining = vocabulary.between
        self.year_word = self._unit_word(Unit.YEAR)
        self.triggers = by_word(vocabulary.triggers, "|")
        self.determiner = re.compile(rf"\b(?:{vocabulary.determiner})\b\s*")
        self.standing = {one: re.compile(text, re.I) for one, text in vocabulary.standing.items()}
        self.opening, self.joining = re.compile(rf"(?:{opening}) ", re.I), re.compile(rf" ?(?:{joining}) ", re.I)
        self.shortest = pattern(r"(?:<at_least>)")
        self.longest = pattern(r"(?:<up_to>)")
        self.period_text = pattern(
            rf"(?P<open>(?:{opening}) )?(?P<before>(?:(?:<up_to>|<at_least>|<frame>) )*)(?P<low>{_COUNT})(?:\s*\(\d+\))?"
            rf"(?:\s*(?P<join><ranges>)\s*(?P<high>{_COUNT}))?\s*(?:<frame> )?{unit}(?:\s*\(?(?P<late><up_to>|<at_least>)\)?)?"
        )
        self.named = re.compile(rf"(?P<count>{_COUNT})\s+(?:{units})\b", re.I)
        self.two = pattern(r",?\s+(?:<both> )?(?=(?:an? |am )?(?:<up_to>) )")
        self.current_only = pattern(r"(?:<frame> )*<current>(?: only)?")
        self.plus_current = pattern(r"(?P<period>.{1,40}?)\s*<plus>\s*(?:<current>|<bare_current>)")
        self.current_plus = pattern(r"(?:for )?(?:<current>|<bare_current>)\s*<plus>\s*(?P<period>.{1,40})")
        self.stages = pattern(r"<stages>")
        self.overwritten = pattern(r"<overwritten> (.{1,40})")
        self.reviewed = pattern(r"<reviewed>(.{1,40})")
        self.idle = pattern(r"(?:<after>)?(.{1,60}?) (<idle>)")
        self.during = [(re.compile(text, re.I), before) for text, before in vocabulary.during]
        self.added = pattern(r"<added>")
        self.afterwards = pattern(r"(.{1,60}?) (?:<afterwards>)")
        self.until = pattern(r"<until> (.{1,200})")
        self.reaching = pattern(r"(?:for )?(?:<up_to>|<until>) ((?:the )?end of .{1,200}|d?diwedd .{1,200})")
        self.labelled = re.compile(r"([^:;,.\d]{2,60}): (\S.{0,300})")
        self.or_until = pattern(r"(.{1,200}?),? \(?<or_until> (.{1,200}?)\)?")
        self.unless = pattern(r"(.{1,250}?)[,;]?\s*\(?((?:<unless>)\b.{1,250}?)\)?")
        self.limits = pattern(r"(.{1,250}?),? \(?((?:<limits>).{1,250}?)\)?")
        self.cases = pattern(r"(.{1,200}?)(?:[,;(]\s*(?:or |but )?| or )([^,;]{1,60}?) (<cases>) (.{1,200}?)\)?")
        self.case = pattern(r"(.{1,60}?) ((?:<cases>) .{1,200})")
        self.after = pattern(r"(.{1,90}?) (?:<after>)(.{1,200})")
        self.sum = pattern(r"(.{1,200}?)\s*(?:\+|\bplus\b)\s*(.{1,60})")
        self.lasts = pattern(r"<lasting>")
        self.then = pattern(r"(?P<kept>.{1,300}?)(?P<join><then>)(?P<act><acts>.*)")
        self.acted = pattern(r"(?P<act><acts>) (?:(?P<within><within>) |(?P<when><when>) |<after>|)(?P<kept>.{1,300})")
        self.within = pattern(r"(.{1,60}?)(?: (?:of|from|<after>) ?(.{1,200}))?")
        self.fragment = pattern(r"<fragments>")
        self.kept = pattern(r"<sentences>")
        self.done = pattern(r"<acted>")
        self.starts = pattern(r"(?<= )(?:<starts>|<no_longer>)")
        self.doing = pattern(r"<doing>")
        self.ends = pattern(r"(?<= )(?:<after>|<within> |(?:<when>) |\d)")
        self.unit_word = re.compile(rf"(?<![^\W\d])(?:{units})\b", re.I)
        self.word = re.compile(r"\b\w")
        self.frame = pattern(r"(?:<frame>) ")
        self.for_ever = re.compile(rf"\b(?:{vocabulary.standing[Standing.PERMANENTLY]})\b", re.I)
        self.event = pattern(
            r"\b(?:<after>)(?:the )?(?P<event>[^.;,()]{3,60}?)(?=[.;,()]|$| (?:(?:<both>|<unless>|<or_until>)\b|or longer))"
        )
        self.negation = pattern(r"<negation>")
        self.no_longer = pattern(r"<no_longer>")

    def sentence(self, text: str) -> Rule | None:
        """A whole rule: a fragment such as `2 years after closure`, or a sentence, whose words the rule keeps."""
        fragment = self.fragment.match(text)
        rule = self.rule(text[fragment.end() :]) if fragment else None
        if rule is None and (rule := self._said(text)):
            rule = replace(rule, said=text)
        if rule is None and (rule := self._labelled(text)):
            rule = replace(rule, said=text)
        rule = rule or self.rule(text)
        return replace(rule, language=self.vocabulary.language) if rule else None

    def _said(self, text: str) -> Rule | None:
        """A sentence about keeping (`We keep your form for 2 years`) or about an act (`Films are deleted after 30 days`)."""
        if self.until.match(text):
            return None
        if (
            (done := self.done.match(text))
            and not self.negation.search(done[0])
            and (rule := self._acted(text[done.end() :]))
        ):
            return rule
        verb = self.kept.match(text)
        for start in self.starts.finditer(text, verb.end()) if verb else ():
            lead, rest = text[: start.start()], text[start.start() :]
            if self.names_a_period(lead):
                return None
            rule = self._denied(rest) if self.negation.search(lead) else self.rule(rest)
            if rule:
                return rule
        return self._done(text)

    def _done(self, text: str) -> Rule | None:
        """`We delete recordings after 30 days`."""
        verb = self.doing.match(text)
        for start in self.ends.finditer(text, verb.end()) if verb else ():
            lead = text[: start.start()]
            if self.names_a_period(lead) or self.negation.search(lead):
                return None
            if rule := self._acted(f"{self.vocabulary.deleted} {text[start.start() :]}"):
                return rule
        return None

    def _denied(self, rest: str) -> Rule | None:
        """`not kept for longer than 2 years`: the only denial that names a period."""
        found = self.no_longer.match(rest)
        rule = self.rule(rest[found.end() :]) if found else None
        if rule is None or not isinstance(rule.keep, Period) or rule.keep.bound is not Bound.EXACTLY:
            return None
        return replace(rule, keep=replace(rule.keep, bound=Bound.UP_TO))

    def rule(self, text: str) -> Rule | None:
        """A rule without the beginning of a sentence. The patterns that take any words for an event come last."""
        if fixed := self._fixed(text):
            return Rule(fixed)
        return (
            self._then(text)
            or self._acted(text)
            or self._unless(text, self.unless)
            or self._ended_sooner(text)
            or self._in_some_cases(text)
            or self._added(text)
            or self._unless(text, self.limits)
            or self._past_an_end(text)
            or self._from_trigger(text)
            or self._open(text)
        )

    def _fixed(self, text: str) -> Keep | None:
        """A rule of known words only, but for the use that is missing in `Idle`."""
        plain = text.lower()
        for standing, pattern in self.standing.items():
            if pattern.fullmatch(plain):
                return standing
        found = self.period(plain) or self._between(plain) or self._current(plain) or self._stages(plain)
        return found or self._recurring(plain) or self._idle(text)

    def period(self, text: str) -> Period | None:
        found = self.period_text.fullmatch(text.lower()) if len(text) < 100 else None
        low = self._number(found["low"]) if found else None
        if not found or low is None:
            return None
        high = self._number(found["high"]) if found["high"] else low
        ranged = (found["join"] in _JUST_AND) <= bool(found["open"]) <= bool(found["high"])
        if high is None or high < low or not ranged:
            return None
        bounds = self._bounds(f"{found['before']} {found['late'] or ''}")
        if len(bounds) > 1:
            return None
        return Period(low, high, self.vocabulary.units[found["unit"]], next(iter(bounds), Bound.EXACTLY))

    def named_in(self, text: str) -> tuple[int, int] | None:
        """Where the first period in a text is, as start and end, without words such as `for` before it."""
        found = [(start, end) for end in self._ends(text) if (start := self._start(text, end)) is not None]
        if always := self.for_ever.search(text):
            found.append(always.span())
        return min(found, key=lambda span: (span[0], -span[1]), default=None)

    def _ends(self, text: str) -> list[int]:
        return [unit.end() for unit in self.unit_word.finditer(text)]

    def _start(self, text: str, end: int) -> int | None:
        """Where the longest period starts that ends there; None where none does."""
        first = max(0, end - _LONGEST)
        starts = (word.start() for word in self.word.finditer(text, first, end))
        start = next((start for start in starts if self._is_named(text[start:end])), None)
        while (
            start is not None
            and (frame := self.frame.match(text, start, end))
            and self._is_named(text[frame.end() : end])
        ):
            start = frame.end()
        return start

    def _is_named(self, text: str) -> bool:
        """Whether a text is a length of time; in working days too, which no rule counts."""
        plain = text.lower().replace(" working ", " ")
        return bool(self.period(plain) or self._between(plain) or self._current(plain))

    def _unit_word(self, unit: Unit) -> str:
        return next(word for word, known in self.vocabulary.units.items() if known is unit)

    def _bounds(self, text: str) -> set[Bound]:
        said = {Bound.UP_TO: self.longest.search(text), Bound.AT_LEAST: self.shortest.search(text)}
        return {bound for bound, found in said.items() if found}

    def _number(self, word: str) -> int | None:
        return int(word) if word.isascii() and word.isdigit() else self.vocabulary.number(word)

    def names_a_period(self, text: str) -> bool:
        """Whether a length of time is named anywhere in a text."""
        return self.lengths_named(text) > 0

    def lengths_named(self, text: str) -> int:
        """How many lengths of time are named in a text."""
        counts = (found["count"].split() for found in self.named.finditer(text.lower()))
        return sum(self._number(" ".join(count)) is not None or self._number(count[-1]) is not None for count in counts)

    def _years(self, text: str) -> Period | None:
        """A period, in years where no unit is named: `current year plus 6`."""
        return self.period(text) or self.period(f"{text} {self.year_word}")

    def _between(self, plain: str) -> Between | None:
        """Two lengths: `minimum of 6 months and maximum of 2 years`, `between 6 months and 2 years`."""
        if opened := self.opening.match(plain):
            for joined in self.joining.finditer(plain, opened.end()):
                pair = self._pair(
                    plain[opened.end() : joined.start()], plain[joined.end() :], Bound.EXACTLY, Bound.EXACTLY
                )
                if pair:
                    return pair
        for joined in self.two.finditer(plain):
            if pair := self._pair(plain[: joined.start()], plain[joined.end() :], Bound.AT_LEAST, Bound.UP_TO):
                return pair
        return None

    def _pair(self, short: str, long: str, low: Bound, high: Bound) -> Between | None:
        """Two lengths with these bounds; the first takes the unit of the second where it has none: `3 and 7 years`."""
        most = self.period(long)
        if most is None or most.bound is not high:
            return None
        least = self.period(short) or self.period(f"{short} {self._unit_word(most.unit)}")
        if least is None or least.bound is not low:
            return None
        return Between(replace(least, bound=Bound.EXACTLY), replace(most, bound=Bound.EXACTLY))

    def _current(self, plain: str) -> Current | PlusCurrent | None:
        spans = self.vocabulary.spans
        if found := self.current_only.fullmatch(plain):
            return Current(spans[found["span"]])
        found = self.plus_current.fullmatch(plain) or self.current_plus.fullmatch(plain)
        period = self._years(found["period"]) if found else None
        if not found or period is None or period.unit is not Unit.YEAR or period.bound is not Bound.EXACTLY:
            return None
        return PlusCurrent(period, spans[found["span"]] if found["span"] else Span.YEAR)

    def _stages(self, plain: str) -> Stages | None:
        found = self.stages.fullmatch(plain)
        if not found or "year" not in plain:
            return None
        stages = Stages(int(found[1]), int(found[2]))
        return stages if found[3] is None or stages.total == int(found[3]) else None

    def _recurring(self, plain: str) -> Overwritten | Reviewed | None:
        if (found := self.overwritten.fullmatch(plain)) and (period := self.period(found[1])):
            return Overwritten(period)
        if found := self.reviewed.fullmatch(plain):
            often = self.vocabulary.often.get(found[1], found[1])
            if period := self.period(often) or self.period(f"1 {often}"):
                return Reviewed(period)
        return None

    def _idle(self, text: str) -> Idle | None:
        found = self.idle.fullmatch(text)
        period = self.period(found[1]) if found else None
        return Idle(period, found[2]) if found and period else None

    def _during(self, text: str) -> During | None:
        for pattern, before in self.during:
            if found := pattern.fullmatch(text):
                return During(before + _start_lower(found[1]))
        return None

    def _open(self, text: str) -> Rule | None:
        """`until` and `while`, before any words. `until 6 years after you leave` is a period."""
        if found := self.until.fullmatch(text):
            return self._from_trigger(found[1]) or Rule(Until(found[1]))
        during = self._during(text)
        return Rule(during) if during else None

    def _then(self, text: str) -> Rule | None:
        """`28 days and then deleted`: what happens after the period."""
        found = self.then.fullmatch(text)
        if not found or (found["join"].strip(" ,;.") in _JUST_AND and not found["gone"]):
            return None
        rule = self.rule(found["kept"])
        if rule is None or rule.then:
            return None
        return replace(rule, then=Ending(_start_lower(found["act"]), bool(found["gone"])))

    def _acted(self, text: str) -> Rule | None:
        """`deleted after 2 years`, `deleted within 30 days of the draw`, `deleted 6 months after the election`."""
        found = self.acted.fullmatch(text)
        rule = None
        if found and found["when"]:
            rule = Rule(Until(found["kept"]))
        elif found:
            rule = self._within(found["kept"]) if found["within"] else self.rule(found["kept"])
        if not found or not rule or rule.then or isinstance(rule.keep, (During, Standing)):
            return None
        return replace(rule, then=Ending(_start_lower(found["act"]), bool(found["gone"])))

    def _within(self, text: str) -> Rule | None:
        found = self.within.fullmatch(text)
        period = self.period(found[1]) if found else None
        if not found or not period or period.bound is not Bound.EXACTLY:
            return None
        return Rule(replace(period, bound=Bound.UP_TO), self.trigger(found[2]) if found[2] else None)

    def _unless(self, text: str, pattern: re.Pattern[str]) -> Rule | None:
        found = pattern.fullmatch(text)
        rule = self.rule(found[1]) if found else None
        return replace(rule, unless=found[2]) if found and rule and not rule.unless else None

    def _ended_sooner(self, text: str) -> Rule | None:
        found = self.or_until.fullmatch(text)
        rule = self.rule(found[1]) if found else None
        return replace(rule, until=found[2]) if found and rule and not rule.until else None

    def _in_some_cases(self, text: str) -> Rule | None:
        found = self.cases.fullmatch(text)
        rule = self.rule(found[1].strip()) if found else None
        if not found or not rule or not isinstance(rule.keep, Period):
            return None
        other = self.period(found[2]) or self.period(f"{found[2]} {rule.keep.unit}s")
        case = f"{found[3].lower()} {found[4]}"
        return replace(rule, otherwise=(Condition(other, case),)) if other else None

    def condition(self, text: str) -> Condition | None:
        """Another period and its case."""
        found = self.case.fullmatch(text)
        period = self.period(found[1]) if found else None
        return Condition(period, found[2]) if found and period else None

    def _added(self, text: str) -> Rule | None:
        """`for the duration of the contract and 6 years after`: the time that something lasts, then a period."""
        for joined in self.added.finditer(text):
            during = self._during(text[: joined.start()]) or self._lasting(text[: joined.start()], joined[0])
            rule = self._afterwards(text[joined.end() :]) if during else None
            if during and rule and isinstance(rule.keep, Period):
                return Rule(replace(during, then=rule.keep), rule.after)
        return None

    def _lasting(self, text: str, joined: str) -> During | None:
        """`employment + 6 years`: the time during a thing that lasts; what happens on one day is a trigger."""
        if joined.strip() not in ("+", "plus", "plws") or not self.lasts.fullmatch(text):
            return None
        return During(f"{self.vocabulary.while_it_lasts} {_start_lower(text)}")

    def _afterwards(self, text: str) -> Rule | None:
        if period := self.period(text):
            return Rule(period)
        if (found := self.afterwards.fullmatch(text)) and (period := self.period(found[1])):
            return Rule(period)
        return self._from_trigger(text)

    def _from_trigger(self, text: str) -> Rule | None:
        if (found := self.after.fullmatch(text)) and (
            length := self.period(found[1]) or self._between(found[1].lower())
        ):
            return Rule(length, self.trigger(found[2]))
        if (found := self.sum.fullmatch(text)) and (period := self.period(found[2])) and not self.period(found[1]):
            until = self.until.fullmatch(found[1])
            return Rule(period, self.trigger(until[1] if until else _start_lower(found[1])))
        return None

    def _past_an_end(self, text: str) -> Rule | None:
        """`up to the end of the financial year plus 6`: the period that follows an end, in years where no unit is named."""
        found = self.sum.fullmatch(text)
        reached = self.reaching.fullmatch(found[1]) if found else None
        period = self._years(found[2]) if found and reached else None
        return Rule(period, self.trigger(reached[1].replace("ddiwedd", "diwedd", 1))) if reached and period else None

    def _labelled(self, text: str) -> Rule | None:
        """`Recordings: 30 days`: the rule behind one label; a label that denies or names a period is none."""
        found = self.labelled.fullmatch(text)
        if not found or self.negation.search(found[1]) or self.lengths_named(text) > 1:
            return None
        return self.rule(found[2])

    def trigger(self, text: str) -> Trigger | Unread:
        plain = self.determiner.sub("", text.lower().replace("’", "'")).strip()
        return self.triggers.get(plain, Unread(text))


def _start_lower(text: str) -> str:
    """A text as it goes on within a sentence; an abbreviation such as `DBS` stays."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
