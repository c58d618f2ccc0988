"""Times as staff write them: 2026-11-24 or 2026-11-24T14:30, in British time."""

from __future__ import annotations

from datetime import UTC, date, datetime

from widget.errors import StartRefused
from widget.ledger.events import ConsentEvent
from widget.strings import LONDON


def moment(text: str) -> datetime:
    """The time that was written; a day alone is its beginning. `StartRefused` if it is none."""
    try:
        written = datetime.fromisoformat(text)
    except ValueError as error:
        raise StartRefused(f"{text} is not a time such as 2026-11-24 or 2026-11-24T14:30.") from error
    return (written if written.tzinfo else written.replace(tzinfo=LONDON)).astimezone(UTC)


def moment_after(text: str, event: ConsentEvent, now: datetime) -> datetime:
    """When something was done about an event: never before it, nor in the future; else `StartRefused`.

    A day alone, or a minute, in which the event itself happened means what was left of it.
    """
    done = moment(text)
    happened = datetime.fromisoformat(event.happened)
    there = happened.astimezone(LONDON)
    first = there.replace(hour=0, minute=0, second=0, microsecond=0) if _is_day(text) else there
    if done < first.replace(second=0, microsecond=0):
        raise StartRefused(
            f"Event {event.seq} happened at {there:%Y-%m-%dT%H:%M}; {text} is before that. When was something done about "
            f"it? Write --happened {there:%Y-%m-%dT%H:%M} or later, or the day alone: {there:%Y-%m-%d} or later."
        )
    if done > now:
        raise StartRefused(
            f"{text} lies in the future. Note it once it is done: --happened {now.astimezone(LONDON):%Y-%m-%dT%H:%M} is now."
        )
    return max(done, happened)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
