"""How many letters one address gets: whoever types a stranger's address again and again fills nobody's mailbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from widget.config import Config
from widget.store.outbox import AGREED_KIND, LINK_KIND

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Allowance:
    """So many letters to one address in any hour, and in any day."""

    hourly: int
    daily: int

    def free_at(self, handed: list[datetime], now: datetime) -> datetime | None:
        """When the next letter may go, after those that were handed over at those times; None for now."""
        newest_first = sorted(handed, reverse=True)
        limits = ((self.hourly, HOUR), (self.daily, DAY))
        ends = [newest_first[most - 1] + span for most, span in limits if len(newest_first) >= most]
        return max((end for end in ends if end > now), default=None)


def allowance_for(kind: str, config: Config, *, confirmed: bool) -> Allowance | None:
    """The allowance of a kind of letter; None where there is no limit.

    Anybody can have a link for withdrawing sent to an address, so it is counted for confirmed ones too, and apart from
    all else: nothing that a stranger does uses it up for good, since it waits and is never dropped. The same holds for links
    to what was agreed to, counted apart again; of several that wait, one goes.
    """
    if kind.partition(" ")[0] in (LINK_KIND, AGREED_KIND):
        return Allowance(config.links_hourly, config.links_daily)
    if confirmed:
        return None
    return Allowance(config.mail_hourly, config.mail_daily)
