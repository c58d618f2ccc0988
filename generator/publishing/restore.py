"""Bringing back the text that a version was made from, as its editor wrote it. Pure: what is on disk is passed in.

Work that was never published is not written over: it is refused, or kept beside the text that comes back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from generator.content.site_file import SiteSource
from generator.problems import ContentError, Place, Problem
from generator.publishing.faults import P06, R02
from generator.publishing.reviewed import with_day
from generator.publishing.unknown import unknown
from generator.repository import CONTENT, localised
from generator.versions import timeline
from generator.versions.frozen_yaml import quoted
from generator.versions.version import Version, digests

_REVIEW = re.compile(rb"(?m)^review_by:.*\n")
"""The one line that another command writes into a working text: see `reviewed`."""


@dataclass(frozen=True)
class Restoration:
    """The files to write within content/, by name. `copies` keep what stood there, `wordy` are texts without facts.

    `left` are the texts of languages that the version lacks, and `reworded` the shared wording that it had with other
    words: both stay as they are.
    """

    version: int
    texts: Mapping[str, bytes]
    pictures: Mapping[str, bytes]
    copies: Mapping[str, bytes]
    wordy: tuple[str, ...]
    left: tuple[str, ...]
    reworded: tuple[str, ...]


@dataclass(frozen=True)
class Present:
    """The files on disk today: the notice's working texts by their names in content/; any file of content/ by its
    name, None where it is not there; and the shared wording that a version would insert, by name.
    """

    texts: Mapping[str, bytes]
    file: Callable[[str], bytes | None]
    shared: Callable[[Version], Mapping[str, str]]


def plan(
    site: SiteSource,
    ever: Iterable[Version],
    present: Present,
    notice: str,
    number: int | None,
    on: date,
    *,
    keep: bool = False,
    review_by: date | None = None,
) -> Restoration:
    """The texts of a version in all its languages, with their pictures, or of the one in force without a number.

    With `keep`, texts and pictures that no version has are copied beside. A day of review that was noted since,
    `review_by`, stays. Raises `ContentError` where there is no such version, or where such a text or picture would be
    lost.
    """
    own = [version for version in ever if version.notice == notice]
    chosen = number or _in_force(own, on)
    group = [version for version in own if version.version == chosen and version.language in site.languages]
    if not group:
        raise ContentError([unknown(own, notice, chosen)])
    if group[0].retracted:
        message = f"Version {chosen} was taken down, and its text with it."
        raise ContentError([R02.problem(Place(f"{CONTENT}/{group[0].file}"), message, "Restore another version.")])
    texts = {_file(version, site): version.source or _from_words(version) for version in group}
    if review_by is not None:
        texts = {name: with_day(text, review_by) for name, text in texts.items()}
    known = {_comparable(version.source) for version in own if version.source}
    working = present.texts
    unsaved = {
        name: working[name]
        for name in texts
        if name in working and _comparable(working[name]) not in {*known, _comparable(texts[name])}
    }
    shown = _pictures(group, present)
    unsaved |= _unpublished(shown, own, present)
    if unsaved and not keep:
        raise ContentError([_would_be_lost(name) for name in unsaved])
    differing = {name: data for name, data in texts.items() if working.get(name) != data}
    return Restoration(
        version=chosen,
        texts=differing,
        pictures=shown,
        copies={_copy(name, on): data for name, data in unsaved.items()},
        wordy=tuple(name for version in group if not version.source and (name := _file(version, site)) in differing),
        left=tuple(sorted(working.keys() - texts.keys())),
        reworded=_reworded(site, group, present),
    )


def _pictures(group: Iterable[Version], present: Present) -> dict[str, bytes]:
    """The published pictures to put beside the texts, by their names in content/, without those that are there."""
    found: dict[str, bytes] = {}
    for version in group:
        for name, published in version.pictures.items():
            data = present.file(published)
            if data is not None and present.file(f"{version.notice}/{name}") != data:
                found[f"{version.notice}/{name}"] = data
    return found


def _unpublished(names: Iterable[str], own: Iterable[Version], present: Present) -> dict[str, bytes]:
    """Of these files, those that are there and that no version of the notice shows."""
    published = {present.file(file) for version in own for file in version.pictures.values()}
    there = ((name, present.file(name)) for name in names)
    return {name: data for name, data in there if data is not None and data not in published}


def _reworded(site: SiteSource, group: Iterable[Version], present: Present) -> tuple[str, ...]:
    """The files of shared wording that say something else today than the versions do, or are gone."""
    found = set()
    for version in group:
        today = digests(present.shared(version))
        changed = (name for name, words in version.shared.items() if today.get(name) != words)
        found |= {f"shared/{localised(name, version.language, site)}" for name in changed}
    return tuple(sorted(found))


def _in_force(own: Iterable[Version], on: date) -> int:
    """The number of the version that counts today; 0 where none does."""
    return next((history.number or 0 for history in timeline.histories(own, on).values()), 0)


def _file(version: Version, site: SiteSource) -> str:
    return f"{version.notice}/{localised('notice', version.language, site)}"


def _copy(name: str, on: date) -> str:
    stem, _, kind = name.rpartition(".")
    return f"{stem}.kept-{on}.{kind}"


def _comparable(text: bytes) -> bytes:
    return _REVIEW.sub(b"", text.replace(b"\r\n", b"\n"), 1)


def _would_be_lost(name: str) -> Problem:
    message = "This file was never published as it is: restoring would write over it."
    remedy = "Publish it first, or add --keep: it is then kept beside the file that comes back."
    return P06.problem(Place(f"{CONTENT}/{name}"), message, remedy)


def _from_words(version: Version) -> bytes:
    """The frozen words of a version from before as a text: title, summary and sections, and no facts."""
    lines = ["---", f"title: {quoted(version.title)}"]
    lines += [f"summary: {quoted(version.summary)}"] if version.summary else []
    lines += ["---"]
    for section in version.sections:
        if section.heading:
            lines += [f"## {section.heading} {{#{section.id}}}", ""]
        lines += [section.markdown, ""]
    return "\n".join(lines).encode()
