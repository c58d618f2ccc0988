"""The endpoint's words in one language, from the layout file; and times as residents read them. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from widget.manifest import Layout, Shell

LONDON = ZoneInfo("Europe/London")
PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Words:
    """Sentences by their keys. Calling it gives the sentence with its places filled in."""

    language: str
    sentences: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """The sentence of a key; `KeyError` for one that is not there, or a place that nothing fills."""
        return PLACE.sub(lambda place: str(values[place[1]]), self.sentences[key])

    def either(self, key: str, instead: str = "", **values: object) -> str:
        """The sentence of a key that layouts built by earlier releases lack; there, that of another key, or nothing."""
        found = next((name for name in (key, instead) if name in self.sentences), None)
        return self(found, **values) if found else ""

    def time(self, at: str) -> str:
        """An event's time (UTC) as a date and time in Britain."""
        local = datetime.fromisoformat(at).astimezone(LONDON)
        month = self(f"endpoint.month.m{local.month}")
        return self("endpoint.date", day=local.day, month=month, year=local.year, time=f"{local:%H:%M}")

    def day(self, day: date) -> str:
        """A day as residents read it."""
        month = self(f"endpoint.month.m{day.month}")
        return self("endpoint.day", day=day.day, month=month, year=day.year)

    def starting(self, prefix: str) -> dict[str, str]:
        """The sentences whose keys start so, as they stand."""
        return {key: sentence for key, sentence in self.sentences.items() if key.startswith(prefix)}


def shell_and_words(layout: Layout, languages: tuple[str, ...], language: str) -> tuple[Shell, Words]:
    """The page layout and the words of a language, or of the first that the layout has."""
    wanted = next(name for name in (language, *languages, *layout.shells) if name in layout.shells)
    return layout.shells[wanted], Words(wanted, layout.shells[wanted].words)
