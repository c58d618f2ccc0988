"""One notice's part of a build: verify its frozen files, and write its pages where they are not there already.

Runs in worker processes; a notice is rendered knowing its own versions and of other notices only which were published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from generator.building import as_the_endpoint, folders, manifest_parts, memory
from generator.repository import CONTENT, Repository, version_in
from generator.site_plan import MANIFEST
from generator.versions import chain, lock, version
from generator.versions.version import Version

if TYPE_CHECKING:
    from generator.building.rendering import Rendering

UNREADABLE = "nobody can read "
"""Begins what is remembered beside the digests of a notice whose parent was never published: its pages do not lead
there."""
Sources = tuple[tuple[str, str], ...]


class Answer(NamedTuple):
    """The outcome for a notice. Its files are `as_locked` or not; without a `record` the one that is known still holds.

    `part` is its part of the manifest where that was made anew; `part_read` where the consent service can read it.
    """

    notice: str
    as_locked: bool
    record: tuple[Any, ...] | None = None
    part: bytes = b""
    part_read: bool = False


@dataclass
class Setting:
    """The settings that the work on every notice needs. `known` are the records of the published build `live`,
    `places` where in its manifest the part of each notice starts, `held` the records of the build in `folder`, the
    one to write to; `same` says that its pages have the same frame. Without a folder: verify.
    """

    source: Repository
    on: date
    compiled: Path | None
    folder: str
    live: str
    known: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    places: Mapping[str, int] = field(default_factory=dict)
    held: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    same: bool = False
    compress: bool = False
    published: frozenset[str] = frozenset()
    """The notices that have ever been published."""

    @cached_property
    def rendering(self) -> Rendering:
        from generator.building.rendering import (
            Rendering,  # Jinja2: work that finds nothing to render starts without it
        )

        return Rendering(self.source, self.on, self.compiled)

    @cached_property
    def before_versions(self) -> bytes:
        return as_the_endpoint.before_versions(self.source.site, self.on)

    def __getstate__(self) -> dict[str, Any]:
        """A worker that is started afresh makes its own rendering; one that is forked has it."""
        return {name: value for name, value in vars(self).items() if name != "rendering"}


def start(setting: Setting) -> Callable[[Sequence[tuple[str, Sources]]], list[Answer]]:
    """The function that does a piece of work in these settings."""

    def answer(piece: Sequence[tuple[str, Sources]]) -> list[Answer]:
        return [_notice(setting, notice, sources) for notice, sources in piece]

    return answer


def _notice(setting: Setting, notice: str, sources: Sources) -> Answer:
    texts = _verified(str(setting.source.root / CONTENT), sources)
    if texts is None or not setting.folder:
        return Answer(notice, texts is not None)
    digests = tuple(own_digest for _, own_digest in sources)
    if (known := setting.known.get(notice)) is not None:
        record = memory.Record(*known)
        if record.holds((*digests, *_still_unreadable(setting, record)), setting.on) and _has_part(
            setting, notice, record.part
        ):
            _keep(setting, notice, record)
            return Answer(notice, as_locked=True)
    found = _read(texts)
    if found is None:
        return Answer(notice, as_locked=False)
    part = manifest_parts.made(found, setting.source.site)
    parents = {one.facets["parent"] for one in found if one.facets.get("parent")}
    unreadable = sorted(parents - setting.published)
    digests += tuple(f"{UNREADABLE}{parent}" for parent in unreadable)
    record = _write(setting, notice, found, digests, unreadable, manifest_parts.measured(part))
    part_read = as_the_endpoint.can_read(part, notice, setting.before_versions)
    return Answer(notice, True, record.plain(), part, part_read)


def _still_unreadable(setting: Setting, record: memory.Record) -> tuple[str, ...]:
    """Of the parents that nobody could read when the pages were written, those that nobody can read now."""
    marks = (source for source in record.sources if source.startswith(UNREADABLE))
    return tuple(mark for mark in marks if mark.removeprefix(UNREADABLE) not in setting.published)


def _has_part(setting: Setting, notice: str, part: manifest_parts.Part) -> bool:
    """Whether the manifest that is published has what is remembered of a notice."""
    if not part[0]:
        return True
    return manifest_parts.read(f"{setting.live}/{MANIFEST}", setting.places[notice], part) is not None


def _verified(content: str, sources: Sources) -> list[tuple[str, bytes]] | None:
    """The files by name, or None if one is not what the lock says."""
    texts = []
    for name, expected in sources:
        data = as_locked(content, name, expected)
        if data is None:
            return None
        texts.append((name, data))
    return texts


def as_locked(content: str, name: str, expected: str) -> bytes | None:
    """The bytes of a frozen file, or None if it is not there or is not what the lock says."""
    try:
        with open(f"{content}/{name}", "rb", buffering=0) as file:  # noqa: PTH123 (a build opens tens of thousands)
            data = file.read()
    except OSError:
        return None
    return data if version.digest(data) == expected else None


def _read(texts: Iterable[tuple[str, bytes]]) -> tuple[Version, ...] | None:
    """The versions, or None if one cannot be read or their chain is broken."""
    files = dict(texts)
    try:
        found = version.in_order(version_in(name, files) for name in files if lock.is_version(name))
    except ValueError:
        return None
    return None if chain.problems(found, CONTENT) else tuple(found)


def _keep(setting: Setting, notice: str, known: memory.Record) -> None:
    """Let the build have what the published one has of a notice, if it has not already."""
    held = setting.held.get(notice)
    if setting.same and held is not None and memory.Record(*held) == known:
        return
    for name in known.files:
        folders.link(f"{setting.live}/{name}", setting.folder, name)
    _drop(setting, notice, known.files)


def _write(
    setting: Setting,
    notice: str,
    found: tuple[Version, ...],
    digests: tuple[str, ...],
    unreadable: Sequence[str],
    part: manifest_parts.Part,
) -> memory.Record:
    files: list[str] = []
    suffixes = ("", folders.COMPRESSED) if setting.compress else ("",)
    for name, data in setting.rendering.notice(found, unreadable):
        if isinstance(data, str):
            for suffix in suffixes:
                folders.link(f"{setting.folder}/{data}{suffix}", setting.folder, name + suffix)
        else:
            folders.write(setting.folder, name, [data])
            if setting.compress:
                folders.write(setting.folder, name + folders.COMPRESSED, [folders.compressed(data)])
        files += (name + suffix for suffix in suffixes)
    _drop(setting, notice, files)
    pages = sum(name.endswith(".html") for name in files)
    return memory.record(found, digests, tuple(files), pages, part, setting.on)


def _drop(setting: Setting, notice: str, files: Sequence[str]) -> None:
    """Take out what the build had of a notice and has no more."""
    if (held := setting.held.get(notice)) is not None:
        for name in set(memory.Record(*held).files) - set(files):
            folders.remove(setting.folder, name)
