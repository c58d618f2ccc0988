"""Calling off a version that has not started: it stays readable as one that never applied, and the one in force can
be corrected.

The frozen file keeps its bytes. A file beside it says when the version was called off.
"""

from __future__ import annotations

from datetime import date

from generator.problems import ContentError, Place, Problem
from generator.publishing.faults import R03
from generator.publishing.storing import Publication
from generator.publishing.unknown import unknown
from generator.repository import CONTENT
from generator.versions import called_off
from generator.versions import lock as lockfile
from generator.versions import version as versions
from generator.versions.version import Version


def plan(lock: str, ever: tuple[Version, ...], notice: str, number: int, on: date) -> Publication:
    """The files that call off a version in all its languages; nothing where that was done before.

    `ever` is everything published. Raises `ContentError` where the version was never published, was taken down, or has
    started.
    """
    group = [v for v in ever if (v.notice, v.version) == (notice, number)]
    if not group:
        raise ContentError([unknown(ever, notice, number)])
    newest = max(v.published for v in ever if v.notice == notice)
    if problem := _refused(group[0], on, newest):
        raise ContentError([problem])
    standing = [version for version in group if version.called_off is None]
    files = {lockfile.called_off(version.file): called_off.freeze(version, on) for version in standing}
    lines = [lockfile.line(versions.digest(data), name) for name, data in files.items()]
    return Publication(files, lock + "".join(lines), tuple(standing))


def _refused(version: Version, on: date, newest: date) -> Problem | None:
    place = Place(f"{CONTENT}/{version.file}")
    if version.retracted:
        return R03.problem(place, f"Version {version.version} was taken down.", "There is nothing to call off.")
    if version.effective <= on and version.called_off is None:
        message = (
            f"Version {version.version} started on {version.effective}: residents have read it as the one that counts."
        )
        remedy = (
            "Correct the text and publish the correction; or, if it should never have been published, take it down: "
            f'`noticeboard retract {version.notice} {version.version} --reason "..."`.'
        )
        return R03.problem(place, message, remedy)
    if on < newest:  # the next version names what was called off before its day: see `chain`
        message = f"A version of this notice was published on {newest}, after the day that --date gives."
        return R03.problem(place, message, "Leave --date out.")
    return None
