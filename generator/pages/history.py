"""The pages that tell a notice's history: all versions, what each changed, and whether a printed copy still counts.
Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from generator.pages import contexts
from generator.pages.contexts import Link, PastVersion
from generator.pages.following import behind, following_texts
from generator.pages.language_site import Frames
from generator.versions import changes, timeline
from generator.versions.changes import How
from generator.versions.differences import differences
from generator.versions.timeline import History, Standing
from generator.versions.version import Version

SAME, FIRST = "same", "first"


def history_page(frames: Frames, history: History, path: str) -> contexts.HistoryPage:
    """Every version of a notice, the newest first, those that were taken down among them."""
    title = (history.shown or history.latest).title
    retracted = frames.tombstones.get((history.notice, history.language), ())
    entries = [_past(frames, version, history) for version in history.versions]
    entries += [_lacking(frames, history, number) for number in history.following]
    return contexts.HistoryPage(
        **frames.frame(path, frames.words("page.history.title", title=title)),
        feed=f"{frames.notice_path(history.notice)}feed.xml",
        notice=Link(title, home(frames, history)),
        versions=_newest_first([*entries, *(_taken_down(frames, version) for version in retracted)]),
        earlier=_earlier(history.latest),
    )


def _earlier(version: Version) -> tuple[contexts.EarlierText, ...]:
    """The history from before the site, as the newest version tells it; frozen files hold dates as text."""
    texts = [
        contexts.EarlierText(date.fromisoformat(str(item["date"])), item["summary"], item.get("url"))
        for item in version.facets.get("earlier", ())
    ]
    return tuple(sorted(texts, key=lambda text: text.effective, reverse=True))


def home(frames: Frames, history: History) -> str:
    """The notice's address, or its newest version's where none counts yet in this language."""
    return frames.notice_path(history.notice) if history.shown else timeline.version_path(history.latest, frames.site)


def _newest_first(entries: Iterable[PastVersion]) -> tuple[PastVersion, ...]:
    return tuple(sorted(entries, key=lambda entry: -entry.number))


def _past(frames: Frames, version: Version, history: History) -> PastVersion:
    here = frames.other(version)
    return PastVersion(
        number=version.version,
        href=here.href,
        standing=history.standing(version),
        published=version.published,
        effective=version.effective,
        kind=_kind(history.before(version), version),
        change=version.change.summary,
        digest=version.digest,
        until=history.until(version),
        approved_role=version.approved_role or None,
        called_off=version.called_off.on if version.called_off else None,
        changes=here.changes,
        change_language=here.change_language,
        following=following_texts(frames, version),
        frozen=timeline.frozen_path(version, frames.site),
    )


def _lacking(frames: Frames, history: History, number: int) -> PastVersion:
    """A version that this language lacks: it is read in another one."""
    version = frames.best(history.notice, number)
    assert version is not None  # noqa: S101 (the version that names the language is in another)
    other = frames.histories[history.notice, version.language]
    return replace(
        _past(frames, version, other),
        language=frames.foreign(version.language),
        language_name=frames.words.name_of(version.language),
    )


def _kind(before: Version | None, version: Version) -> str:
    """How much changed in this language; a correction of another one leaves the words as they were."""
    if before is not None and not differences(before, version):
        return SAME
    return version.change.kind if version.previous else FIRST


def _taken_down(frames: Frames, version: Version) -> PastVersion:
    on, reason, language = _retraction(frames, version)
    return PastVersion(
        number=version.version,
        href=timeline.version_path(version, frames.site),
        standing=Standing.RETRACTED,
        published=version.published,
        effective=version.effective,
        kind=version.change.kind,
        change="",
        digest=version.digest,
        retracted=on,
        reason=reason,
        reason_language=language,
        frozen=timeline.frozen_path(version, frames.site),
    )


def lost_history_page(frames: Frames, notice: str, retracted: Iterable[Version], path: str) -> contexts.HistoryPage:
    """The history of a notice of which every version was taken down."""
    title = frames.words("page.retracted.notice")
    return contexts.HistoryPage(
        **frames.frame(path, frames.words("page.history.title", title=title)),
        feed=f"{frames.notice_path(notice)}feed.xml",
        notice=Link(title, ""),
        versions=_newest_first(_taken_down(frames, version) for version in retracted),
    )


def retracted_page(frames: Frames, version: Version, path: str) -> contexts.RetractedPage:
    """The page in place of a version that was taken down."""
    on, reason, language = _retraction(frames, version)
    heading = frames.words("page.retracted.title", title=_lost_title(frames, version), number=version.version)
    return contexts.RetractedPage(
        **frames.frame(None, heading, path),
        feed=f"{frames.notice_path(version.notice)}feed.xml",
        version=version.version,
        published=version.published,
        retracted=on,
        reason=reason,
        reason_language=language,
        digest=version.digest,
        history=f"{frames.notice_path(version.notice)}history/",
        frozen=timeline.frozen_path(version, frames.site),
        in_force=frames.in_force(version.notice),
    )


def _retraction(frames: Frames, version: Version) -> tuple[date, str, str | None]:
    """When and why a version was taken down, and the language of the reason, which is given once for all languages."""
    assert version.retracted is not None  # noqa: S101 (only tombstones are planned so)
    return version.retracted.on, version.retracted.reason, frames.foreign(frames.site.language)


def _lost_title(frames: Frames, version: Version) -> str:
    """The title of a notice of which a version was taken down."""
    history = frames.histories.get((version.notice, version.language))
    current = history.in_force if history else None
    return (current.title if current else version.title) or frames.words("page.retracted.notice")


def changes_page(frames: Frames, before: Version, version: Version, history: History) -> contexts.ChangesPage:
    """The page of a version's changes since the one before it."""
    path = timeline.version_path(version, frames.site)
    title = frames.words("page.changes.title", title=version.title, number=version.version)
    return contexts.ChangesPage(
        **frames.frame(f"{path}changes/", title),
        feed=f"{frames.notice_path(history.notice)}feed.xml",
        notice=Link(version.title, home(frames, history)),
        version=numbered(frames, version),
        before=numbered(frames, before),
        effective=version.effective,
        kind=_kind(before, version),
        change=version.change.summary,
        change_language=frames.change_language(version),
        history=f"{frames.notice_path(history.notice)}history/",
        **compared(frames, before, version),
    )


def numbered(frames: Frames, version: Version) -> Link:
    """A version by its number, at its permanent address."""
    number = frames.words("page.history.number", number=version.version)
    return Link(number, timeline.version_path(version, frames.site))


def compared(frames: Frames, before: Version, version: Version) -> dict[str, Any]:
    """The comparing part of a page of changes."""
    found = changes.compare(before, version, frames.renderer, frames.words)

    def links(how: How) -> tuple[Link, ...]:
        return tuple(Link(section.heading, f"#part-{section.id}") for section in found.of(how))

    return {
        "sections": tuple(
            contexts.ComparedSection(section.id, section.heading, section.how, frames.marker.text(section.passages))
            for section in found.sections
        ),
        "added": links(How.ADDED),
        "removed": links(How.REMOVED),
        "changed": links(How.CHANGED),
        "reordered": found.reordered,
        "words_added": found.words(How.ADDED),
        "words_removed": found.words(How.REMOVED),
    }


def check_page(frames: Frames, version: Version, history: History) -> contexts.CheckPage:
    """The page for somebody with a printed copy of a version. Search engines need not list it."""
    standing = history.standing(version)
    counts = standing is Standing.IN_FORCE
    return contexts.CheckPage(
        **_check_frame(frames, version, standing),
        notice=Link(version.title, timeline.version_path(version, frames.site)),
        standing=standing,
        version=version.version,
        effective=version.effective,
        until=history.until(version),
        called_off=version.called_off.on if version.called_off else None,
        replaced_by=frames.since(version, history),
        in_force=None if counts else frames.in_force(version.notice),
        upcoming=frames.upcoming(history) if counts else None,
        behind=behind(frames, version, history),
        history=f"{frames.notice_path(version.notice)}history/",
    )


def lost_check_page(frames: Frames, version: Version) -> contexts.CheckPage:
    """The page for somebody with a printed copy of a version that was taken down."""
    on, reason, language = _retraction(frames, version)
    return contexts.CheckPage(
        **_check_frame(frames, version, Standing.RETRACTED),
        notice=Link(_lost_title(frames, version), timeline.version_path(version, frames.site)),
        standing=Standing.RETRACTED,
        version=version.version,
        effective=version.effective,
        in_force=frames.in_force(version.notice),
        history=f"{frames.notice_path(version.notice)}history/",
        retracted=on,
        reason=reason,
        reason_language=language,
    )


def _check_frame(frames: Frames, version: Version, standing: Standing) -> dict[str, Any]:
    title = frames.words(f"page.check.{standing.replace('-', '_')}")
    return frames.frame(None, title, timeline.check_path(version, frames.site))
