"""Taking a version down that should never have been published, such as one that names somebody by mistake.

The frozen file gives way to a tombstone; the lock keeps the digest it had. Pictures that no other version shows go with
it. A version in force is never taken down: a corrected one must count first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from generator.markdown import pictures
from generator.problems import ContentError, Place, Problem
from generator.publishing.faults import R01
from generator.publishing.storing import Publication
from generator.publishing.unknown import unknown
from generator.repository import CONTENT
from generator.versions import lock as lockfile
from generator.versions import version as versions
from generator.versions.version import Version
from widget import manifest


@dataclass(frozen=True)
class Asked:
    """Which version, in all its languages, and why."""

    notice: str
    number: int
    reason: str
    all_words: bool = False


def plan(lock: str, ever: tuple[Version, ...], asked: Asked, main_language: str, on: date) -> Publication:
    """The tombstones of a version in each of its languages; none where all of them stand already.

    `ever` is everything published. Raises `ContentError` where the version was never published or is in force.
    """
    group = [v for v in ever if (v.notice, v.version) == (asked.notice, asked.number)]
    if not group:
        raise ContentError([unknown(ever, asked.notice, asked.number)])
    standing = [v for v in ever if v.notice == asked.notice and v.retracted is None and v.called_off is None]
    begun = next((v.retracted for v in group if v.retracted), None)
    in_force = manifest.number_in_force(((v.version, v.effective) for v in standing), on)
    if in_force == asked.number and begun is None:
        raise ContentError([_in_force(group[0], asked)])
    reason = begun or versions.Retraction(on, asked.reason, "")
    stones = [
        v if v.retracted else versions.tombstone(v, reason.on, reason.reason, all_words=asked.all_words) for v in group
    ]
    names = [versions.file_name(v.notice, v.version, v.language, main_language) for v in stones]
    files = {name: versions.freeze(stone) for name, stone in zip(names, stones, strict=True)}
    locked, _ = lockfile.read(lock, "")
    if all(locked.get(name) == versions.digest(data) for name, data in files.items()):
        return Publication({}, lock, ())
    digests = {name: (s, versions.digest(files[name])) for name, s in zip(names, stones, strict=True)}
    gone = _shown_nowhere(locked, [v for v in ever if v.retracted is None and v not in group])
    gone += tuple(name for version in names for name in lockfile.beside(version) if name in locked)
    text = lockfile.with_tombstones(lock, digests, gone, str(reason.on))
    return Publication(files, text, tuple(stones), removed=gone)


def _shown_nowhere(locked: Mapping[str, str], standing: Iterable[Version]) -> tuple[str, ...]:
    """The published pictures that none of these versions shows; also found where taking down was stopped halfway."""
    shown = pictures.named_in(map(versions.shown_text, standing))
    return tuple(name for name in locked if lockfile.is_picture(name) and name not in shown)


def _in_force(version: Version, asked: Asked) -> Problem:
    message = f"Version {asked.number} is in force: without it, residents would have no notice."
    remedy = (
        f"Correct the text first and publish it from today: noticeboard publish {asked.notice} --kind clarification "
        f'--summary "...". Then take version {asked.number} down.'
    )
    return R01.problem(Place(f"{CONTENT}/{version.file}"), message, remedy)
