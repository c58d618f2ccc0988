"""The pages that tell a notice's history: all versions, what each changed, and whether a printed copy still counts. Pure."""

from __future__ import annotations

from typing import Any, Protocol

from generator import changes, contexts, estate
from generator.changes import How
from generator.contexts import Link, OtherVersion, PastVersion, Standing
from generator.estate import History
from generator.prose import Renderer
from generator.site import SiteSource
from generator.versions import Version
from generator.words import Words


class Frames(Protocol):
    """What these pages need of the planner of a language."""

    @property
    def site(self) -> SiteSource: ...
    @property
    def words(self) -> Words: ...
    @property
    def renderer(self) -> Renderer: ...
    def frame(self, path: str | None, title: str) -> dict[str, Any]: ...
    def notice_path(self, history: History) -> str: ...
    def other(self, version: Version, history: History) -> OtherVersion: ...
    def in_force(self, history: History) -> OtherVersion | None: ...
    def upcoming(self, history: History) -> OtherVersion | None: ...


def history_page(frames: Frames, history: History, path: str) -> contexts.HistoryPage:
    """Every version of a notice, the newest first."""
    title = (history.in_force or history.latest).title
    return contexts.HistoryPage(
        **frames.frame(path, frames.words("page.history.title", title=title)),
        feed=f"{frames.notice_path(history)}feed.xml",
        notice=Link(title, frames.notice_path(history)),
        versions=tuple(_past(frames, version, history) for version in reversed(history.versions)),
    )


def _past(frames: Frames, version: Version, history: History) -> PastVersion:
    here = frames.other(version, history)
    return PastVersion(
        number=version.version,
        href=here.href,
        standing=history.standing(version),
        published=version.published,
        effective=version.effective,
        kind=version.change.kind if version.previous else "first",
        change=version.change.summary,
        digest=version.digest,
        until=history.until(version),
        changes=here.changes,
    )


def changes_page(frames: Frames, before: Version, version: Version, history: History) -> contexts.ChangesPage:
    """What a version changed since the one before it."""
    path = estate.version_path(version, frames.site)
    title = frames.words("page.changes.title", title=version.title, number=version.version)
    return contexts.ChangesPage(
        **frames.frame(f"{path}changes/", title),
        feed=f"{frames.notice_path(history)}feed.xml",
        notice=Link(version.title, frames.notice_path(history)),
        version=numbered(frames, version),
        before=numbered(frames, before),
        effective=version.effective,
        kind=version.change.kind,
        change=version.change.summary,
        history=f"{frames.notice_path(history)}history/",
        **compared(frames, before, version),
    )


def numbered(frames: Frames, version: Version) -> Link:
    """A version by its number, at its permanent address."""
    number = frames.words("page.history.number", number=version.version)
    return Link(number, estate.version_path(version, frames.site))


def compared(frames: Frames, before: Version, version: Version) -> dict[str, Any]:
    """The comparing part of a page of changes."""
    found = changes.compare(before, version, frames.renderer, frames.words)

    def links(how: How) -> tuple[Link, ...]:
        return tuple(Link(section.heading, f"#part-{section.id}") for section in found.of(how))

    return {
        "sections": found.sections,
        "added": links(How.ADDED),
        "removed": links(How.REMOVED),
        "changed": links(How.CHANGED),
        "reordered": found.reordered,
        "words_added": found.words(How.ADDED),
        "words_removed": found.words(How.REMOVED),
    }


def check_page(frames: Frames, version: Version, history: History) -> contexts.CheckPage:
    """What somebody with a printed copy of a version needs to know. Search engines need not list it."""
    standing = history.standing(version)
    in_force = standing is Standing.IN_FORCE
    return contexts.CheckPage(
        **frames.frame(None, frames.words(f"page.check.{standing.replace('-', '_')}")),
        notice=Link(version.title, estate.version_path(version, frames.site)),
        standing=standing,
        version=version.version,
        effective=version.effective,
        until=history.until(version),
        replaced_by=tuple(frames.other(other, history) for other in history.replacements(version)),
        in_force=None if in_force else frames.in_force(history),
        upcoming=frames.upcoming(history) if in_force else None,
        history=f"{frames.notice_path(history)}history/",
    )
