"""Everything that generated wording draws on besides the facets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from generator.content.site_file import SiteSource
from generator.law.statute_book import LawOfDay, newest
from generator.wording.strings import Words


@dataclass(frozen=True)
class Setting:
    """`on` is the day whose dates the examples use, `law` what holds on the day from which the words count.

    `titles` are those of the notices that it names; `prefix` starts their addresses.
    """

    site: SiteSource
    words: Words
    on: date
    titles: Mapping[str, str]
    prefix: str = ""
    only_main: frozenset[str] = frozenset()  # notices that this language lacks: their titles are the main language's
    law: LawOfDay = field(default_factory=newest)
    notice: str = ""  # the id of the notice that the words are for

    @property
    def language(self) -> str:
        return self.words.language
