"""Whether residents read an ordinary page as it is saved. A page has no versions: what is saved comes with the next build."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from desk.drafting import Checked
from desk.live import page_marks
from desk.texts import tried
from generator import site_folder
from generator.building.site.open_site import OpenSite
from generator.problems import ContentError, Problem
from generator.repository import page_files


class Live(StrEnum):
    """Where the saved words of a page are."""

    LIVE = "live"
    """The last build that went to the website had them."""
    WAITING = "waiting"
    """They come with the next build."""
    UNKNOWN = "unknown"
    """This desk has put no build on the website: IT does."""


@dataclass(frozen=True)
class Standing:
    """Where the words of each page are, by name; and what keeps the site from being built."""

    by_name: Mapping[str, Live]
    in_the_way: tuple[Problem, ...] = ()

    @property
    def waits(self) -> bool:
        """Whether a build would bring other words."""
        return any(one is Live.WAITING for one in self.by_name.values())


def standing(site: OpenSite, live: Mapping[str, str] | None, *, is_on: bool) -> Standing:
    """Where every page is. `live` are the marks of the last build that went to the website; within a question."""
    files = page_files(site.root, site.repository.site)
    now = page_marks.of_all(site.repository, files)
    states: dict[str, Live] = {}
    for (name, _), file in files.items():
        states[name] = max(states.get(name, Live.LIVE), _of_file(file, now, live, is_on=is_on), key=list(Live).index)
    return Standing(states, tuple(_in_the_way(site, files.items())) if is_on else ())


def _of_file(file: str, now: Mapping[str, str], live: Mapping[str, str] | None, *, is_on: bool) -> Live:
    if not is_on:
        return Live.UNKNOWN
    return Live.LIVE if live is not None and file in now and live.get(file) == now[file] else Live.WAITING


def _in_the_way(site: OpenSite, files: Iterable[tuple[tuple[str, str], str]]) -> Iterable[Problem]:
    for (name, language), file in files:
        page = site.repository.pages.get((name, language))
        if page is None:
            yield from site.repository.problems_in(file)
            continue
        try:
            data = site_folder.read(site.root, site.root / file)
        except ContentError as refused:
            yield from refused.problems
            continue
        problems = tuple(site.read("page problems", name, language))
        yield from tried.stopping(Checked(page, problems), file, data)
