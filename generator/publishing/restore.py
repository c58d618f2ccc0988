"""Bringing back the text that a version was made from, as its editor wrote it. Pure: what is on disk is passed in.

Work that was never published is not written over: it is refused, or kept beside the text that comes back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from generator.content.site_file import SiteSource
from generator.problems import ContentError, Place, Problem, error
from generator.publishing.reviewed import with_day
from generator.publishing.unknown import unknown
from generator.repository import CONTENT, localised
from generator.versions import timeline
from generator.versions.frozen_yaml import quoted
from generator.versions.version import Version

_REVIEW = re.compile(rb"(?m)^review_by:.*\n")
"""The one line that another command writes into a working text: see `reviewed`."""


@dataclass(frozen=True)
class Restoration:
    """What to write: files within content/ by name. `copies` keep what stood there, `wordy` are texts without facts,
    `left` are those of languages that the version lacks, which stay as they are.
    """

    version: int
    texts: Mapping[str, bytes]
    copies: Mapping[str, bytes]
    wordy: tuple[str, ...]
    left: tuple[str, ...]


def plan(
    site: SiteSource,
    ever: Iterable[Version],
    working: Mapping[str, bytes],
    notice: str,
    number: int | None,
    on: date,
    *,
    keep: bool = False,
    review_by: date | None = None,
) -> Restoration:
    """The texts of a version in all its languages, or of the one in force without a number.

    `working` has the notice's working texts by their names in content/. With `keep`, texts that no version has are copied
    beside. A day of review that was noted since, `review_by`, stays. Raises `ContentError` where there is no such version, or where such a text would be lost.
    """
    own = [version for version in ever if version.notice == notice]
    chosen = number or _in_force(own, on)
    group = [version for version in own if version.version == chosen and version.language in site.languages]
    if not group:
        raise ContentError([unknown(own, notice, chosen)])
    if group[0].retracted:
        message = f"Version {chosen} was taken down, and its text with it."
        raise ContentError([error("R02", Place(f"{CONTENT}/{group[0].file}"), message, "Restore another version.")])
    texts = {_file(version, site): version.source or _from_words(version) for version in group}
    if review_by is not None:
        texts = {name: with_day(text, review_by) for name, text in texts.items()}
    known = {_comparable(version.source) for version in own if version.source}
    unsaved = [
        name
        for name in texts
        if name in working and _comparable(working[name]) not in {*known, _comparable(texts[name])}
    ]
    if unsaved and not keep:
        raise ContentError([_would_be_lost(name) for name in unsaved])
    copies = {_copy(name, on): working[name] for name in unsaved}
    differing = {name: data for name, data in texts.items() if working.get(name) != data}
    wordy = tuple(_file(version, site) for version in group if not version.source and _file(version, site) in differing)
    return Restoration(chosen, differing, copies, wordy, tuple(sorted(working.keys() - texts.keys())))


def _in_force(own: Iterable[Version], on: date) -> int:
    """The number of the version that counts today; 0 where none does."""
    return next((history.number or 0 for history in timeline.histories(own, on).values()), 0)


def _file(version: Version, site: SiteSource) -> str:
    return f"{version.notice}/{localised('notice', version.language, site)}"


def _copy(name: str, on: date) -> str:
    return f"{name.removesuffix('.md')}.kept-{on}.md"


def _comparable(text: bytes) -> bytes:
    return _REVIEW.sub(b"", text.replace(b"\r\n", b"\n"), 1)


def _would_be_lost(name: str) -> Problem:
    message = "This text was never published as it is: restoring would write over it."
    remedy = "Publish it first, or add --keep: it is then kept beside the text that comes back."
    return error("P06", Place(f"{CONTENT}/{name}"), message, remedy)


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
