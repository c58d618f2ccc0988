"""versions.lock: the digest of every frozen file, in the format of `sha256sum`, and whether the files still have it.

Pure: texts and bytes in, texts and problems out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from generator.markdown import pictures
from generator.problems import Place, Problem, error
from generator.versions.version import Version
from widget.manifest import PUBLISHED_IDENT

LOCK = "versions.lock"
PREPARED = f".{LOCK}.new"
"""The lock as it will be, while versions are being written; one rename makes it the lock."""
FILE = re.compile(
    rf"(?P<notice>{PUBLISHED_IDENT.pattern})/versions/(?P<number>[1-9][0-9]{{0,5}})(?:\.(?P<language>[a-z]{{2,3}}))?\.yml"
)
_LOCK_LINE = re.compile(r"([0-9a-f]{64})  ([^\n]+)")
_RETRACTED_LINE = re.compile(r"# retracted \d{4}-\d{2}-\d{2}: [0-9a-f]{64}  [^\n]+")


def line(digest: str, file: str) -> str:
    """A line of versions.lock, as `sha256sum` writes it."""
    return f"{digest}  {file}\n"


def is_picture(name: str) -> bool:
    """Whether a frozen file is a picture rather than a version."""
    return name.startswith(f"{pictures.FOLDER}/")


def _kept(name: str) -> bool:
    return FILE.fullmatch(name) is not None or pictures.FROZEN.fullmatch(name) is not None


def read(text: str, file: str) -> tuple[dict[str, str], list[Problem]]:
    """File name to digest, and a problem for each line that is not one of `sha256sum`."""
    lock: dict[str, str] = {}
    problems = []
    for number, written in enumerate(text.splitlines(), 1):
        if _RETRACTED_LINE.fullmatch(written):
            continue
        found = _LOCK_LINE.fullmatch(written)
        if found and _kept(found[2]) and found[2] not in lock:
            lock[found[2]] = found[1]
        else:
            message = "This line of the lock was not written by publish."
            remedy = "Restore the file from your backup or version control."
            problems.append(error("V04", Place(file, number), message, remedy))
    return lock, problems


def with_tombstones(
    text: str, tombstones: Mapping[str, tuple[Version, str]], gone: Collection[str] = (), on: str = ""
) -> str:
    """The lock with the digest of each tombstone in place of the version's, which stays as a remark that
    `sha256sum` skips. `tombstones`: file name to (the tombstone, the digest of its file). Of the pictures `gone` with
    the version on a day, only the remark stays.
    """
    lines = []
    for written in text.splitlines(keepends=True):
        found = _LOCK_LINE.fullmatch(written.rstrip("\n"))
        if found and found[2] in tombstones:
            version, new = tombstones[found[2]]
            if version.retracted:
                lines.append(f"# retracted {version.retracted.on}: {version.retracted.digest}  {found[2]}\n")
            written = line(new, found[2])
        elif found and found[2] in gone:
            written = f"# retracted {on}: {found[1]}  {found[2]}\n"
        lines.append(written)
    return "".join(lines)


def verify(
    lock: Mapping[str, str], files: Mapping[str, str], folder: str, prepared: Mapping[str, str] | None = None
) -> list[Problem]:
    """A problem for every frozen file that changed, vanished or was never published.

    `files`: name, relative to content/, to the digest that the file has.

    `prepared` is a lock that was being written when publishing or retracting was interrupted: it tells what was begun.
    """
    begun = prepared or {}
    problems = []
    restore = "restore it and publish a new version"
    for name in sorted({*lock, *files}):
        place = Place(f"{folder}/{name}")
        what = "picture of a published version" if is_picture(name) else "published version"
        if name not in files and begun and is_picture(name) and name not in begun:
            problems.append(_interrupted(name, place, published=True))
        elif name not in files:
            message = f"A {what} has vanished."
            problems.append(error("V02", place, message, f"To put it right, {restore} if something must change."))
        elif lock.get(name) == files[name]:
            continue
        elif begun.get(name) == files[name]:
            problems.append(_interrupted(name, place, published=name in lock))
        elif name not in lock:
            message = "This file was not written by publish: it is not in versions.lock."
            remedy = "Delete it and publish: if publishing was interrupted, it never reached the site."
            problems.append(error("V03", place, message, remedy))
        else:
            message = f"A {what} was changed."
            problems.append(error("V01", place, message, f"What people read never changes: {restore}."))
    return problems


def _interrupted(name: str, place: Place, *, published: bool) -> Problem:
    if not published:
        what = "picture" if is_picture(name) else "version"
        message = f"Publishing was stopped halfway. This {what} was written, and it does not count yet."
        return error("V05", place, message, "Run `noticeboard publish` again: it clears this away and starts afresh.")
    found = FILE.fullmatch(name)
    what = f"{found['notice']} {found['number']}" if found else ""
    if is_picture(name):
        message = "Taking down the version that showed this picture was stopped halfway."
        remedy = "Finish it: run the `noticeboard retract` that was stopped again, and this picture is gone too."
        return error("V06", place, message, remedy)
    message = "Taking this version down was stopped halfway."
    return error("V06", place, message, f'Finish it: run `noticeboard retract {what} --reason "..."` again.')
