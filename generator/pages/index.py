"""The list of notices: every notice in force that is still used, by topic, in the reader's language where it has it.
Pure."""

from __future__ import annotations

from collections.abc import Iterator

from generator.pages import contexts
from generator.pages.language_site import Frames
from generator.versions import timeline
from generator.versions.version import Version
from widget.alphabet import place_in_order

MOST_OPEN = 40
"""How many notices a list shows at once. A longer one shows its topics, each closed: a phone has 12 screens, not 90."""
FEW = 12
"""A list of so many is seen whole: it needs no index of topics."""


def index_page(frames: Frames) -> contexts.IndexPage:
    """The groups by name and their notices by title; a notice that this language lacks is in another."""
    primary = frames.site.primary_notice
    categories = _categories(frames)
    groups: dict[tuple[str, str | None], list[contexts.ListedNotice]] = {}
    names = set()
    for version in sorted(_current(frames), key=lambda version: place_in_order(version.title, frames.language)):
        language = frames.foreign(version.language)
        category = version.facets.get("category")
        if not category or (language and category in categories):
            category, language = categories.get(category or "", frames.words("page.index.other")), None
        groups.setdefault((category, language), []).append(_listed(frames, version))
        names |= {version.notice} if version.language == frames.language else set()
    ordered = sorted(groups, key=lambda group: (place_in_order(group[0], frames.language), group[1] or ""))
    count = sum(map(len, groups.values()))
    return contexts.IndexPage(
        **frames.frame(f"{frames.prefix}/", frames.words("page.index.title")),
        description=frames.words("page.index.lead", council=frames.site.short_name(frames.language)),
        first_view=True,
        categories=tuple(contexts.Category(name, tuple(groups[name, lang]), lang) for name, lang in ordered),
        open=count <= MOST_OPEN,
        indexed=FEW < count <= MOST_OPEN and len(ordered) > 1,
        primary=frames.notice_path(primary) if primary and primary in names else None,
    )


def _current(frames: Frames) -> Iterator[Version]:
    """Every notice in force that is still used: in this language, else in the first that has it.

    Where the language follows later, its earlier text is at the notice's address.
    """
    for notice in sorted({notice for notice, _ in frames.histories}):
        if (found := frames.best(notice)) and not found.facets.get("retired"):
            own = frames.histories.get((notice, frames.language))
            yield (own.behind if own else None) or found


def _categories(frames: Frames) -> dict[str, str]:
    """This language's names for the categories of another, learned from the notices that exist in both."""
    names: dict[str, str] = {}
    for (notice, language), history in frames.histories.items():
        own = frames.histories.get((notice, frames.language))
        if language != frames.language and own and own.shown and history.shown:
            here, there = (version.facets.get("category") for version in (own.shown, history.shown))
            if here and there:
                names[there] = here
    return names


def _listed(frames: Frames, version: Version) -> contexts.ListedNotice:
    language = frames.foreign(version.language)
    return contexts.ListedNotice(
        title=version.title,
        href=f"{timeline.prefix(version.language, frames.site)}/{version.notice}/",
        summary=version.summary or None,
        language=language,
        language_name=frames.words.name_of(language) if language else None,
    )
