"""Times as people write them, in British time: 24/11/2026, 24 November 2026, 24 Nov 2026 2.30pm, 2026-11-24T14:30."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from widget.errors import StartRefused
from widget.ledger.events import ConsentEvent
from widget.strings import LONDON

MONTHS = [name.lower() for name in calendar.month_name]
WEEKDAYS = [name.lower() for name in calendar.day_name]
WEEKDAY = re.compile(r"(mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+", re.I)
NUMBERS = re.compile(r"(?P<day>\d{1,2})([/.-])(?P<month>\d{1,2})\2(?P<year>\d{4})")
NAMED = re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<name>[a-z]{3,9})\.?,?\s+(?P<year>\d{4})", re.I)
ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})")
CLOCK = re.compile(r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?(?::\d{2}(?:\.\d+)?)?\s*(?P<half>[ap]\.?m\.?)?", re.I)
WRITE = (
    "Write 24/11/2026, 24 November 2026 or 2026-11-24, with a time such as 2.30pm or 14:30 after it where you know it."
)


@dataclass(frozen=True)
class When:
    """A time in UTC; where only a day was written, midnight in London, and `is_day`."""

    at: datetime
    is_day: bool

    @property
    def day(self) -> date:
        """The council's day."""
        return self.at.astimezone(LONDON).date()


def read_moment(text: str) -> When:
    """The time that was written. `StartRefused` says what is wrong with it and what to write."""
    said = " ".join(text.split())
    if re.match(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}", said) and (exact := _exact(said)) is not None:
        return When(exact.astimezone(UTC), False)
    weekday = WEEKDAY.match(said)
    rest = said[weekday.end() :] if weekday else said
    for pattern in (NUMBERS, NAMED, ISO):
        if found := pattern.match(rest):
            day = _day(found, text)
            break
    else:
        raise StartRefused(f"{text or 'nothing'} is not a time. {WRITE}")
    if weekday and not WEEKDAYS[day.weekday()].startswith(weekday[1].lower()):
        raise StartRefused(f"“{text}”: that day was a {calendar.day_name[day.weekday()]}. Which is right?")
    after = rest[found.end() :].strip(" ,").removeprefix("T")
    after = re.sub(r"^at\s+", "", after, flags=re.I)
    clock = _clock(after, text) if after else None
    return When(_in_london(day, clock or time.min, text).astimezone(UTC), clock is None)


def moment_after(text: str, event: ConsentEvent, now: datetime) -> datetime:
    """When something was done about an event: never before it, nor in the future; else `StartRefused`.

    A day alone, or a minute, in which the event itself happened means what was left of it.
    """
    when = read_moment(text)
    happened = datetime.fromisoformat(event.happened)
    there = happened.astimezone(LONDON)
    first = there.replace(hour=0, minute=0, second=0, microsecond=0) if when.is_day else there
    if when.at < first.replace(second=0, microsecond=0):
        raise StartRefused(
            f"Event {event.seq} happened at {there:%Y-%m-%dT%H:%M}; {text} is before that. When was something done about "
            f"it? Write --happened {there:%Y-%m-%dT%H:%M} or later, or the day alone: {there:%Y-%m-%d} or later."
        )
    if when.at > now:
        raise StartRefused(
            f"{text} lies in the future. Note it once it is done: --happened {now.astimezone(LONDON):%Y-%m-%dT%H:%M} is now."
        )
    return max(when.at, happened)


def _exact(text: str) -> datetime | None:
    """A time in ISO 8601, with or without an offset."""
    try:
        written = datetime.fromisoformat(text)
    except ValueError:
        return None
    return written if written.tzinfo else _in_london(written.date(), written.time(), text)


def _day(found: re.Match[str], text: str) -> date:
    parts = found.groupdict()
    name = (parts.get("name") or "").lower()
    months = [number for number, month in enumerate(MONTHS) if name and month.startswith(name)]
    if name and not months and name != "sept":
        raise StartRefused(f"“{text}”: {parts['name']} is not a month. {WRITE}")
    month = (months or [9])[0] if name else int(parts["month"])
    year, day = int(parts["year"]), int(parts["day"])
    if not 1 <= month <= 12:
        raise StartRefused(f"“{text}”: there is no month {month}. The day comes first. {WRITE}")
    if year < 1900:
        raise StartRefused(f"“{text}”: {year} is too long ago. {WRITE}")
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise StartRefused(f"“{text}”: {calendar.month_name[month]} {year} has {last} days. {WRITE}")
    return date(year, month, day)


def _clock(text: str, whole: str) -> time:
    found = CLOCK.fullmatch(text)
    if found is None or not (found["minute"] or found["half"]):
        raise StartRefused(f"“{whole}”: {text} is not a time. Write 2.30pm or 14:30.")
    hour, minute, half = int(found["hour"]), int(found["minute"] or 0), (found["half"] or "").lower()
    if minute > 59 or hour > 23 or (half and not 1 <= hour <= 12):
        raise StartRefused(f"“{whole}”: there is no time {text}. Write 2.30pm or 14:30.")
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return time(hour, minute)


def _in_london(day: date, clock: time, text: str) -> datetime:
    """That time in London; `StartRefused` for the hour that the clocks leave out in spring."""
    there = datetime.combine(day, clock, LONDON)
    if there.astimezone(UTC).astimezone(LONDON).time() != clock:
        raise StartRefused(f"“{text}”: the clocks went forward over that hour. Write the time that they showed then.")
    return there
