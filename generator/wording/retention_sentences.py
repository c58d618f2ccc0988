"""A retention rule in words, with its worked dates. The grammar itself is in `retention`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from generator.content import retention, retention_dates
from generator.content.model import Retention
from generator.content.retention import (
    Between,
    Bound,
    Condition,
    During,
    Period,
    Rule,
    Span,
    Standing,
    Trigger,
    Unit,
    Unread,
)
from generator.wording.context import Setting

_YEAR_OF = {
    Trigger.FINANCIAL_YEAR: "financial_year_ends",
    Trigger.ACADEMIC_YEAR: "academic_year_ends",
    Span.FINANCIAL_YEAR: "financial_year_ends",
    Span.ACADEMIC_YEAR: "academic_year_ends",
}


def row(item: Retention, setting: Setting, *, example: bool = True) -> str:
    """One line of the list: the record, who holds it, how long."""
    record = capitalised(item.record)
    key, text = ("record-held" if item.holder else "record"), rule(item, setting, example=example)
    return setting.words(f"section.retention.{key}", record=record.rstrip("."), holder=item.holder, rule=text).rstrip()


def rule(item: Retention, setting: Setting, *, example: bool = True) -> str:
    """How long a record is kept, in sentences, with a worked example where a day follows from the words."""
    parts = []
    if item.keep:
        meaning = retention.read(item.keep, item.after or "")
        parts += [_whole(meaning, item, setting)]
        if not _is_said(meaning, setting):
            parts += [_otherwise(case, setting) for case in meaning.otherwise]
        parts += [_example(meaning, setting)] if example else []
    for text in item.or_if:
        case = retention.read_condition(text)
        parts.append(_otherwise(case, setting) if case else _sentence(text))
    parts += [_sentence(item.note)] if item.note else []
    return " ".join(part for part in parts if part)


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return capitalised(text) + ("" if text[-1:] in ".!?" else ".")


def capitalised(text: str) -> str:
    """A text as a sentence starts with it."""
    return text[:1].upper() + text[1:]


def _whole(rule: Rule, item: Retention, setting: Setting) -> str:
    """The sentence on the period. One that the editor wrote in this language is shown as it is: no word of it is lost."""
    if _is_said(rule, setting):
        trigger = _trigger(rule.after, setting) if item.after and rule.after else ""
        said = capitalised(rule.said)
        return setting.words("section.retention.unread-after", keep=said, after=trigger) if trigger else f"{said}."
    kept = _kept(rule, item, setting)
    for key, text in (("or-until", rule.until), ("unless", rule.unless), ("then", rule.then and _act(rule, setting))):
        if text:
            kept = setting.words(f"section.retention.{key}", kept=kept.rstrip("."), event=text)
    return kept


def _is_said(rule: Rule, setting: Setting) -> bool:
    """Whether the editor's own sentence is shown, which names every case itself."""
    return bool(rule.said) and rule.language == setting.language


def _act(rule: Rule, setting: Setting) -> str:
    """The act after the period; nothing where the sentence already begins with it."""
    if rule.then is None or isinstance(rule.keep, retention.Idle):
        return ""
    return rule.then.act


def _kept(rule: Rule, item: Retention, setting: Setting) -> str:
    words, keep = setting.words, rule.keep
    match keep:
        case Unread():
            key = "unread-after" if rule.after else "unread"
            return words(f"section.retention.{key}", keep=capitalised(keep.text), after=item.after)
        case Standing():
            link = "-link" if keep is Standing.PER_SCHEDULE and item.url else ""
            return words(f"section.retention.{keep}{link}", url=item.url)
        case retention.Until():
            return words("section.retention.until", event=keep.event)
        case retention.Current():
            return words("section.retention.current", span=_span(keep.span, setting))
        case retention.PlusCurrent():
            period = _period(keep.period, setting)
            return words("section.retention.plus-current", span=_span(keep.span, setting), period=period)
        case retention.Overwritten():
            return words("section.retention.overwritten", period=_period(keep.period, setting))
        case retention.Reviewed():
            often = words.plural(f"section.retention.often.{keep.period.unit}", keep.period.high, str(keep.period.high))
            return words("section.retention.reviewed", often=often)
        case retention.Stages():
            return _stages(keep, rule, setting)
        case retention.During():
            return _during(keep, rule, setting)
        case retention.Idle():
            act = rule.then.act if rule.then else words("section.retention.deleted")
            period = _bounded(keep.period, setting)
            return words("section.retention.idle", act=capitalised(act), period=period, of=keep.of)
        case Between():
            least, most = _period(keep.least, setting), _period(keep.most, setting)
            length = words("section.retention.between", least=least, most=most)
            return _for_length(Bound.EXACTLY, length, rule, setting)
        case Period():
            return _for_length(keep.bound, _period(keep, setting), rule, setting)


def _during(keep: During, rule: Rule, setting: Setting) -> str:
    key, words = "section.retention.during", setting.words
    if keep.then is None:
        return words(key, during=keep.what)
    period = _bounded(keep.then, setting)
    if rule.after is None:
        return words(f"{key}-then", during=keep.what, period=period)
    return words(f"{key}-after", during=keep.what, period=period, trigger=_trigger(rule.after, setting))


def _stages(keep: retention.Stages, rule: Rule, setting: Setting) -> str:
    key = "section.retention.stages-after" if rule.after else "section.retention.stages"
    total, first, second = (_years(count, setting) for count in (keep.total, keep.first, keep.second))
    trigger = _trigger(rule.after, setting) if rule.after else ""
    return setting.words(key, total=total, first=first, second=second, trigger=trigger)


def _for_length(bound: Bound, length: str, rule: Rule, setting: Setting) -> str:
    if rule.after is None:
        return setting.words(f"section.retention.{bound}-bare", period=length)
    return setting.words(f"section.retention.{bound}", period=length, trigger=_trigger(rule.after, setting))


def _bounded(period: Period, setting: Setting) -> str:
    """A period with `up to` or `at least` before it."""
    return setting.words(f"section.retention.bounds.{period.bound}", period=_period(period, setting))


def _period(period: Period, setting: Setting) -> str:
    words, shown = setting.words, str(period.low)
    if period.low != period.high:
        shown = words("section.retention.range", low=period.low, high=period.high)
    return words.plural(f"section.retention.periods.{period.unit}", period.high, shown)


def _years(count: int, setting: Setting) -> str:
    return _period(Period(count, count, Unit.YEAR), setting)


def _otherwise(case: Condition, setting: Setting) -> str:
    bare = setting.words(f"section.retention.{case.period.bound}-bare", period=_period(case.period, setting))
    return setting.words("section.retention.otherwise", kept=bare.rstrip("."), case=case.case)


def _trigger(after: Trigger | Unread, setting: Setting) -> str:
    if isinstance(after, Unread):
        return after.text
    return setting.words(f"section.retention.triggers.{after}", day=_year_end(after, setting))


def _span(span: Span, setting: Setting) -> str:
    return setting.words(f"section.retention.spans.{span}", day=_year_end(span, setting))


def _year_end(year: Trigger | Span, setting: Setting) -> str:
    """The last day of the financial or academic year, such as 31 March; nothing for what is no such year."""
    if year not in _YEAR_OF:
        return ""
    month, number = setting.site.day(getattr(setting.site, _YEAR_OF[year]))
    return setting.words.day_and_month(date(2000, month, number))


def _example(rule: Rule, setting: Setting) -> str:
    """The worked example, where the day that a period starts is known and nothing else decides when the record goes."""
    keep, after = rule.keep, rule.after
    if isinstance(keep, Between):
        keep = replace(keep.most, bound=Bound.UP_TO)
    if isinstance(keep, retention.PlusCurrent):
        years = {Span.FINANCIAL_YEAR: Trigger.FINANCIAL_YEAR, Span.ACADEMIC_YEAR: Trigger.ACADEMIC_YEAR}
        after = years.get(keep.span)
        keep = keep.period
    if not isinstance(keep, Period) or not isinstance(after, Trigger) or not rule.has_one_end:
        return ""
    site = setting.site
    ends = site.day(site.financial_year_ends), site.day(site.academic_year_ends)
    start = retention_dates.trigger_day(after, setting.on, *ends)
    if start is None or keep.bound is Bound.AT_LEAST or keep.unit is Unit.HOUR:
        return ""
    latest = "-latest" if keep.bound is Bound.UP_TO or keep.low != keep.high else ""
    last = setting.words.full_date(retention_dates.last_day(start, keep))
    return setting.words(f"section.retention.example{latest}", made=setting.words.full_date(setting.on), last=last)
