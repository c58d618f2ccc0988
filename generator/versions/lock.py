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
    rf"(?P<notice>{PUBLISHED_IDENT.pattern})/versions/(?P<number>[1-9][0-9]{{0,5}})(?:\.(?P<language>[a-z]{{2,3}}))?"
    r"\.(?P<kind>yml|html|source\.md|called-off)"
)
"""A file of a version: what is frozen, the HTML of one from before, the text that it was made from, or that it was called off."""
_LOCK_LINE = re.compile(r"([0-9a-f]{64})  ([^\n]+)")
_RETRACTED_LINE = re.compile(r"# retracted \d{4}-\d{2}-\d{2}: [0-9a-f]{64}  ([^\n]+)")


def line(digest: str, file: str) -> str:
    """A line of versions.lock, as `sha256sum` writes it."""
    return f"{digest}  {file}\n"


def is_picture(name: str) -> bool:
    """Whether a frozen file is a picture rather than a version."""
    return name.startswith(f"{pictures.FOLDER}/")


def is_version(name: str) -> bool:
    """Whether a file is a version itself, not something that is kept beside one."""
    return name.endswith(".yml") and "/versions/" in name


def beside(name: str) -> tuple[str, str]:
    """What may be kept beside a version: the HTML of one from before, and the working text of a later one."""
    stem = name.removesuffix(".yml")
    return f"{stem}.html", f"{stem}.source.md"


def called_off(name: str) -> str:
    """The file beside a version that says that it was called off before it started."""
    return f"{name.removesuffix('.yml')}.called-off"


def not_upgraded(text: str) -> list[str]:
    """The versions from before whose HTML is not kept yet: those with nothing beside them that were not taken down."""
    names = {found[2] for written in text.splitlines() if (found := _LOCK_LINE.fullmatch(written))}
    gone = {found[1] for written in text.splitlines() if (found := _RETRACTED_LINE.fullmatch(written))}
    old = (name for name in names - gone if is_version(name) and not is_picture(name))
    return sorted(name for name in old if names.isdisjoint(beside(name)))


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
    `sha256sum` skips. `tombstones`: file name to (the tombstone, the digest of its file). Of pictures and of what was
    kept beside the version, which are `gone` with it on a day, only the remark stays.
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
        what = _what(name)
        if name not in files and begun and not is_version(name) and name not in begun:
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
            remedy = (
                f"If it was published, restore {folder}/{LOCK} as it was with it: version control and backups have it. "
                f"If it never was, move it out of {folder}/."
            )
            problems.append(error("V03", place, message, remedy))
        else:
            message = f"A {what} was changed."
            problems.append(error("V01", place, message, f"What people read never changes: {restore}."))
    return problems


def _what(name: str) -> str:
    if is_picture(name):
        return "picture of a published version"
    if name.endswith(".html"):
        return "page of a published version"
    if name.endswith(".called-off"):
        return "note that a version was called off"
    return "published version" if is_version(name) else "source of a published version"


def _interrupted(name: str, place: Place, *, published: bool) -> Problem:
    if not published:
        commands = {".html": "upgrade", ".called-off": "call-off"}
        command = next((run for suffix, run in commands.items() if name.endswith(suffix)), "publish")
        what = "version" if is_version(name) else _what(name).partition(" ")[0]
        message = f"Publishing was stopped halfway. This {what} was written, and it does not count yet."
        remedy = f"Run `noticeboard {command}` again: it clears this away and starts afresh."
        return error("V05", place, message, remedy)
    found = FILE.fullmatch(name)
    what = f"{found['notice']} {found['number']}" if found else ""
    if not is_version(name):
        this = _what(name).partition(" ")[0]
        message = f"Taking down the version of this {this} was stopped halfway."
        remedy = f"Finish it: run the `noticeboard retract` that was stopped again, and this {this} is gone too."
        return error("V06", place, message, remedy)
    message = "Taking this version down was stopped halfway."
    return error("V06", place, message, f'Finish it: run `noticeboard retract {what} --reason "..."` again.')
