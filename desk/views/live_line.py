"""The line on how far the live site is, for the templates of every page: "Live, checked 10:42"."""

from __future__ import annotations

from desk.afterwards import afterwards
from desk.guard import words
from desk.live.standing import standing
from desk.workplace import LONDON, workplace


def live_line() -> str:
    """One sentence; empty where nothing was published from this desk. The time is that of the United Kingdom."""
    publisher = afterwards().publisher
    found = standing(publisher.folder.asked(), publisher.folder.last(), is_on=publisher.is_on)
    if found is None:
        return ""
    if found.at is None:
        return words()(found.key)
    own, work = words(), workplace()
    at = found.at.astimezone(LONDON)
    when = f"{at:%H:%M}"
    if at.date() != work.today():
        when = own("live.day", time=when, day=work.dates[own.language].full_date(at.date()))
    return own(found.key, when=when)
