"""versions.lock: the digest of every frozen file, in the format of `sha256sum`, and whether the files still have it.

The order of its lines means nothing, and a line twice counts once: git may join the lines of two clones (merge=union).
Pure: texts in, texts and problems out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from generator.content import merge_marks
from generator.markdown import pictures
from generator.problems import Place, Problem
from generator.versions.faults import V04
from generator.versions.version import Version
from widget.manifest import PUBLISHED_IDENT

LOCK = "versions.lock"
PREPARED = f".{LOCK}.new"
"""The lock as it will be, while versions are being written; one rename makes it the lock."""
FILE = re.compile(
    rf"(?P<notice>{PUBLISHED_IDENT.pattern})/versions/(?P<number>[1-9][0-9]{{0,5}})(?:\.(?P<language>[a-z]{{2,3}}))?"
    r"\.(?P<kind>yml|html|source\.md|called-off)"
)
"""A file of a version: what is frozen, the HTML of one from before, the text that it was made from, or that it was
called off."""
_LOCK_LINE = re.compile(r"([0-9a-f]{64})  ([^\n]+)")
_RETRACTED_LINE = re.compile(r"# retracted \d{4}-\d{2}-\d{2}: ([0-9a-f]{64})  ([^\n]+)")


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
    """The files that may be kept beside a version: the HTML of one from before, and the working text of a later one."""
    stem = name.removesuffix(".yml")
    return f"{stem}.html", f"{stem}.source.md"


def called_off(name: str) -> str:
    """The file beside a version that says that it was called off before it started."""
    return f"{name.removesuffix('.yml')}.called-off"


def not_upgraded(text: str) -> list[str]:
    """The versions from before whose HTML is not kept yet: those with nothing beside them that were not taken down."""
    names = {found[2] for written in text.splitlines() if (found := _LOCK_LINE.fullmatch(written))}
    gone = {found[2] for written in text.splitlines() if (found := _RETRACTED_LINE.fullmatch(written))}
    old = (name for name in names - gone if is_version(name) and not is_picture(name))
    return sorted(name for name in old if names.isdisjoint(beside(name)))


def _kept(name: str) -> bool:
    return FILE.fullmatch(name) is not None or pictures.FROZEN.fullmatch(name) is not None


def read(text: str, file: str) -> tuple[dict[str, str], list[Problem]]:
    """File name to digest, and a problem for each line that `publish` did not write or that contradicts another.

    Where the text as a whole is not the one that `publish` wrote, that is the only problem.
    """
    if damage := _damage(text, file):
        return {}, [damage]
    problems = merge_marks.problems(text, file)
    lines: dict[str, dict[str, int]] = {}
    replaced: set[tuple[str, str]] = set()
    for number, written in enumerate(text.splitlines(), 1):
        if remark := _RETRACTED_LINE.fullmatch(written):
            replaced.add((remark[2], remark[1]))
            continue
        found = _LOCK_LINE.fullmatch(written)
        if found and _kept(found[2]):
            lines.setdefault(found[2], {}).setdefault(found[1], number)
        elif not (problems and merge_marks.is_mark(written)):
            message = "This line of the lock was not written by publish."
            problems.append(V04.problem(Place(file, number), message, f"Restore {file}: {_FROM}."))
    lock: dict[str, str] = {}
    for name, digests in lines.items():
        standing = [digest for digest in digests if (name, digest) not in replaced]
        if not standing and not is_picture(name):
            continue  # a merge brought back the line of what another clone took down
        standing = standing or list(digests)  # the same picture was published again
        lock[name] = standing[0]
        if len(standing) > 1:
            problems.append(_contradiction(name, Place(file, digests[standing[1]])))
    return lock, problems


_FROM = "version control and backups have it as it was"


def _damage(text: str, file: str) -> Problem | None:
    """The damage by which the whole lock differs from what `publish` wrote."""
    if "\0" in text or "\ufffd" in text:
        message = "This file is no longer UTF-8 text: a program saved it in another encoding."
        return V04.problem(Place(file), message, f"Restore it: {_FROM}.")
    if text.startswith("\ufeff"):
        message = "This file begins with a byte order mark, which cannot be seen: a program added it."
        remedy = f"Save it as UTF-8 without a byte order mark, or restore it: {_FROM}."
        return V04.problem(Place(file), message, remedy)
    return None


def _contradiction(name: str, place: Place) -> Problem:
    message = f"Two lines of the lock give {name} different digests: it was published twice at the same time."
    remedy = (
        "Keep the one that residents read (noticeboard verify --live ADDRESS compares): its line and its file. "
        "Publish the other text as the next version."
    )
    return V04.problem(place, message, remedy)


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
