"""Where a reader who changes the language goes: the same page, else the nearest that there is. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.content.site_file import SiteSource
from generator.pages.contexts import Alternate
from generator.site_plan import CHECKS, DRAFTS, SitePlan
from generator.versions import timeline
from generator.wording.strings import Words, language_name


@dataclass(frozen=True)
class Addresses:
    """The ways between the languages of a site."""

    plan: SitePlan

    @property
    def site(self) -> SiteSource:
        return self.plan.site

    def nearest(self, path: str, language: str) -> str:
        """The address in a language, else of the page above it; the list of notices is above them all."""
        while path and not self.plan.has(language, path):
            path = _above(path)
        return path

    def alternates(self, path: str, words: Words, canonical: str | None) -> tuple[Alternate, ...]:
        """The page in every other language. `canonical` is the address search engines know it by; None if they do not."""
        others = (language for language in self.site.languages if language != words.language)
        return tuple(self._alternate(path, language, words, canonical) for language in others)

    def in_place(self, words: Words) -> tuple[Alternate, ...]:
        """The other languages for a page of the endpoint, which puts its own address before `?language=`."""
        others = (language for language in self.site.languages if language != words.language)
        return tuple(
            Alternate(language, language_name(language), f"?language={language}", None, words.name_of(language))
            for language in others
        )

    def _alternate(self, path: str, language: str, words: Words, canonical: str | None) -> Alternate:
        prefix = timeline.prefix(language, self.site)
        same = canonical is not None and self.nearest(canonical, language) == canonical
        return Alternate(
            language=language,
            label=language_name(language),
            href=f"{prefix}/{self.nearest(path, language)}",
            url=f"{self.site.base_url}{prefix}/{canonical}" if same else None,
            name=words.name_of(language),
        )

    def x_default(self, language: str, canonical: str, alternates: Iterable[Alternate]) -> str | None:
        """The page in the main language, where it is the same and there are others."""
        same = {other.language: other.url for other in alternates if other.url}
        own = f"{self.site.base_url}{timeline.prefix(language, self.site)}/{canonical}"
        return ({language: own} | same).get(self.site.language) if same else None


def _above(path: str) -> str:
    """`library/v/2/` to `library/v/` to `library/` to the top; a draft's or a check's is the notice itself."""
    start, slash, rest = path.partition("/")
    if start in (DRAFTS, CHECKS) and not rest.endswith("/changes/"):
        return rest
    above, slash, _ = path.rstrip("/").rpartition("/")
    return above + slash
