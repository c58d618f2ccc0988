"""How far the site is that residents read, for the officer: one sentence's key, and a time. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desk.live.state import Last, Outcome


@dataclass(frozen=True)
class Standing:
    """The key of the sentence that says it, and when it was found so."""

    key: str
    at: datetime | None = None


KEYS = {
    Outcome.LIVE: "live.live",
    Outcome.HANDED_OVER: "live.handed_over",
    Outcome.NOT_LIVE: "live.not_live",
    Outcome.FAILED: "live.not_live",
}


def standing(asked: datetime | None, last: Last | None, *, is_on: bool) -> Standing | None:
    """How far the site is; None where nothing was published from this desk."""
    if not is_on:
        return Standing("live.by_hand")
    if asked is not None and (last is None or last.started < asked):
        return Standing("live.on_its_way", asked)
    return Standing(KEYS[last.outcome], last.ended) if last is not None else None
