"""Whether the frozen files are those that the lock vouches for, and how to get back what is not. Pure.

No remedy here ever destroys anything: a file that cannot be explained may have been published.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from generator.problems import Place, Problem
from generator.versions.faults import V01, V02, V03, V04, V05, V06
from generator.versions.lock import FILE, LOCK, is_picture, is_version

_COMPARE = "`noticeboard verify --live ADDRESS` says which of them the site shows."


@dataclass(frozen=True)
class Found:
    """The frozen files within the folder `content`, by their digests.

    `prepared` is a lock that was being written when publishing or retracting was interrupted: it tells what was begun.
    `line_ends` are the files that the lock would know with LF for CRLF, `merged` those that have the marks of a merge.
    """

    digests: Mapping[str, str]
    folder: str
    prepared: Mapping[str, str] = field(default_factory=dict)
    line_ends: Collection[str] = ()
    merged: Collection[str] = ()


def verify(lock: Mapping[str, str], found: Found) -> list[Problem]:
    """A problem for what changed, vanished or was never published; one for a folder that was renamed as a whole."""
    unknown = [name for name, own in found.digests.items() if name not in lock and found.prepared.get(name) != own]
    if unknown and not lock:
        return [_lost_lock(len(unknown), found.folder)]
    moved = _moved(lock, found, unknown)
    problems = list(_renamed(moved, found))
    explained = {*moved, *moved.values()}
    turned = [name for name in sorted(found.line_ends) if lock.get(name) != found.digests[name]]
    if turned:
        problems.append(_line_ends(turned, found.folder))
    for name in sorted({*lock, *found.digests} - explained - set(turned)):
        if (problem := _problem(name, lock, found)) is not None:
            problems.append(problem)
    return problems


def _problem(name: str, lock: Mapping[str, str], found: Found) -> Problem | None:
    place = Place(f"{found.folder}/{name}")
    begun = found.prepared
    own = found.digests.get(name)
    if own is None and begun and not is_version(name) and name not in begun:
        return _interrupted(name, place, published=True)
    if own is None:
        remedy = f"Restore it: {_sources(name)}."
        return V02.problem(place, f"A {_what(name)} has vanished.", remedy)
    if lock.get(name) == own:
        return None
    if begun.get(name) == own:
        return _interrupted(name, place, published=name in lock)
    if name not in lock:
        message = "This file was not written by publish: it is not in versions.lock."
        remedy = (
            f"If it was published, restore {found.folder}/{LOCK} as it was with it: version control and backups have it. "
            f"{_COMPARE} If it never was, move it out of {found.folder}/."
        )
        return V03.problem(place, message, remedy)
    message = f"A {_what(name)} was changed."
    if name in found.merged:
        message = f"A merge left its marks in a {_what(name)}."
    remedy = (
        f"A published text never changes. Restore it: {_sources(name)}. Publish a new version if something must change."
    )
    return V01.problem(place, message, remedy)


def _sources(name: str) -> str:
    """Where a frozen file can be had from, as it was."""
    version = FILE.fullmatch(name)
    if version is None or not is_version(name):
        return "from version control (git restore) or a backup"
    address = f"/{version['notice']}/v/{version['number']}/notice.yml"
    if version["language"]:
        address = f"/{version['language']}{address}"
    return f"from version control (git restore), a backup or the site, which has it at {address}"


def _lost_lock(count: int, folder: str) -> Problem:
    message = f"The lock is gone or empty, and {count} files here look like published ones."
    remedy = (
        f"Restore {folder}/{LOCK} from version control (git restore {folder}/{LOCK}) or a backup, and leave the files "
        f"where they are. {_COMPARE} If a .gitignore has `*.lock`, add `!{LOCK}` below it."
    )
    return V04.problem(Place(f"{folder}/{LOCK}"), message, remedy)


def _moved(lock: Mapping[str, str], found: Found, unknown: list[str]) -> dict[str, str]:
    """The files of notices under another name, each with the name that the lock has for the same bytes."""
    by_digest: dict[tuple[str, str], str] = {}
    for name, digest in lock.items():
        by_digest.setdefault((digest, name.rpartition("/")[2]), name)
    moved = {}
    for name in unknown:
        was = by_digest.get((found.digests[name], name.rpartition("/")[2]))
        if was is not None and not is_picture(name):
            moved[name] = was
    return moved


def _renamed(moved: Mapping[str, str], found: Found) -> Iterator[Problem]:
    """A problem for each folder whose published files are under another name, as a whole or as a copy."""
    folders: dict[tuple[str, str], list[str]] = {}
    for name, was in moved.items():
        folders.setdefault((was.partition("/")[0], name.partition("/")[0]), []).append(was)
    for (old, new), files in sorted(folders.items()):
        place = Place(f"{found.folder}/{new}")
        if any(was in found.digests for was in files):
            message = f"`{new}` holds copies of what was published as `{old}`."
            remedy = (
                f"Move {found.folder}/{new}/versions out of {found.folder}/: a notice of its own starts with version 1."
            )
            yield V03.problem(place, message, remedy)
            continue
        message = f"The folder `{old}`, with {len(files)} published files, is called `{new}` now."
        remedy = (
            f"Give it its name back: git mv {found.folder}/{new} {found.folder}/{old}. Its address is printed and kept in "
            f"receipts. For another address, write a notice with that name, and say `retired` in `{old}`."
        )
        yield V02.problem(place, message, remedy)


def _line_ends(names: list[str], folder: str) -> Problem:
    """Git on Windows writes CRLF unless .gitattributes says otherwise."""
    count = "this published file" if len(names) == 1 else f"{len(names)} published files"
    message = f"Only the line ends of {count} changed: they are CRLF now, as git on Windows makes them."
    remedy = f"Put `{folder}/** text eol=lf` into .gitattributes, and clone the repository anew."
    return V01.problem(Place(f"{folder}/{names[0]}"), message, remedy)


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
        return V05.problem(place, message, remedy)
    version = FILE.fullmatch(name)
    what = f"{version['notice']} {version['number']}" if version else ""
    if not is_version(name):
        this = _what(name).partition(" ")[0]
        message = f"Taking down the version of this {this} was stopped halfway."
        remedy = f"Finish it: run the `noticeboard retract` that was stopped again, and this {this} is gone too."
        return V06.problem(place, message, remedy)
    message = "Taking this version down was stopped halfway."
    return V06.problem(place, message, f'Finish it: run `noticeboard retract {what} --reason "..."` again.')
