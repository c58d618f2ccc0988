"""The open parts of the desk: the operator's options, the site, the clock, and the words of its languages."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TypeVar, cast
from zoneinfo import ZoneInfo

from flask import current_app

from desk.config import Config
from generator.building.site.open_site import OpenSite
from generator.content.model import Url
from generator.content.site_file import SiteSource
from generator.pages import theme
from generator.problems import ContentError
from generator.versions.marked_changes import Marker
from generator.wording.strings import Words

NAME = "desk"
PREVIEW = "/desk/preview"
"""Where the pages of the site are shown within the desk."""
A_MOMENT = 0.05
"""Seconds between two texts that are looked at while nobody waits, in which a page can be made."""
LONDON = ZoneInfo("Europe/London")
T = TypeVar("T")


@dataclass(frozen=True)
class Shown(SiteSource):
    """A site at the desk's address.

    Texts name the address in site.yml: in the preview's words each would look changed.
    """

    written_url: str = ""

    @property
    def lasting_url(self) -> str:
        return self.written_url


def open_site(root: Path, address: str, today: Callable[[], date], *, keep: bool = True) -> OpenSite:
    """The site as previews show it: below the desk's own address, so that their links stay there."""

    def as_shown(source: SiteSource) -> SiteSource:
        return Shown(**(vars(source) | {"base_url": Url(address + PREVIEW)}), written_url=source.base_url)

    return OpenSite(root, today, as_shown, keep=keep)


class Workplace:
    """The desk's folder and site, for as long as the app runs. Safe to use from many threads."""

    def __init__(
        self, root: Path, config: Config, clock: Callable[[], datetime], today: Callable[[], date] | None = None
    ) -> None:
        self.root = root
        self.config = config
        self.clock = clock
        self._today = today
        self.site = open_site(root, config.address, self.today)

    def today(self) -> date:
        """The day in the United Kingdom, or the one that the command takes for today."""
        return self._today() if self._today else self.clock().astimezone(LONDON).date()

    def ask(self, question: Callable[[OpenSite], T], *, now: bool = True) -> T:
        """The answer to a question about the site, as its files are now; `ContentError` where it cannot be read."""
        return self.site.asked(lambda: question(self.site), now=now)

    @cached_property
    def dates(self) -> dict[str, Words]:
        """The product's own words by language, which say days and names of languages."""
        return theme.read_words([theme.OWN_TEMPLATES], ("en", "cy"))

    def marker(self, language: str) -> Marker:
        """Marks what differs between two texts, in the words of a language."""
        return Marker(self.dates[language])

    def moment(self, at: datetime, language: str) -> str:
        """A moment as people in the United Kingdom write it."""
        local = at.astimezone(LONDON)
        return f"{self.dates[language].full_date(local.date())}, {local:%H:%M}"

    def look_ahead(self, stop: threading.Event) -> None:
        """Look at every working text while nobody asks for anything, so that lists know all of them."""
        with suppress(ContentError):
            for text in self.ask(lambda site: site.texts_of(site.repository.ids)):
                self.site.asked(partial(self._look_at, text), now=False)
                if stop.wait(A_MOMENT):
                    return
        self.site.save()

    def _look_at(self, text: tuple[str, str]) -> None:
        if text in self.site.repository.notices:
            self.site.outcome(*text)
            self.site.read("inserted", "notice", *text)

    def close(self) -> None:
        """Keep what is known of the site for the next start."""
        self.site.save()


def workplace() -> Workplace:
    """The open parts of this request's app."""
    return cast(Workplace, current_app.extensions[NAME])
