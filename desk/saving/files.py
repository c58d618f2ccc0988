"""The site's files as they are now, written whole or not at all. One save of a site at a time.

A new file takes the old one's place in one step and keeps its owner, group, mode and links. A stop at any moment leaves
the old bytes or the new.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import secrets
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator import site_folder
from generator.problems import ContentError, Place, Problem, error

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

RULE = "D03"
FOLDER, LOCK = ".noticeboard", "saving.lock"
PATIENCE = 30.0
"""Seconds to wait for another save."""
NEW_MODE = 0o644
_FILES = re.compile(r"site\.yml|content/(?:shared|pages)/[^/\\\0]+\.md|content/[^/\\\0]+/notice(?:\.[a-z]{2,3})?\.md")
_HIDDEN = re.compile(r"(?:^|/)\.")


class ChangedMeanwhileError(Exception):
    """Somebody else wrote the file between reading and writing it."""


def digest(data: bytes) -> str:
    """The SHA-256 of a file's bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


def is_ours(file: str) -> bool:
    """Whether the desk may save a file of that name within the site's folder: texts and settings, nothing else."""
    return _FILES.fullmatch(file) is not None and _HIDDEN.search(file) is None


@contextmanager
def turn(root: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Wait until no other save of this site is under way, in whatever process, and keep others waiting until the block ends.

    The system releases the lock however the process ends. `ContentError` after `patience` seconds, or where the folder
    takes no file.
    """
    path = root / FOLDER / LOCK
    with _told(root, path):
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a")
    with file:
        deadline = time.monotonic() + patience
        while not _taken(file.fileno()):
            if time.monotonic() > deadline:
                remedy = "Wait a moment and save again: your words are still in the form."
                raise ContentError([error(RULE, Place(LOCK), "Another save of this site has not ended.", remedy)])
            time.sleep(0.01)
        yield


def _taken(file: int) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # held by another save
        return False
    return True


def read(root: Path, file: str) -> bytes | None:
    """The bytes of a file as they are now; None where it is not there. `ContentError` where it cannot be read."""
    path = root / file
    return site_folder.read(root, path) if site_folder.exists(path) else None


def target(root: Path, file: str) -> Path:
    """The file that is written, behind links within the site's folder. `ContentError` where they lead out of it."""
    path = root / file
    if not site_folder.is_within(root, path):
        raise ContentError([site_folder.outside(root, path)])
    return Path(os.path.realpath(path))


def write(root: Path, file: str, data: bytes, expected: bytes | None) -> None:
    """Put new bytes in the place of those that were read (None: of no file), in one step. Only within `turn`.

    Raises `ChangedMeanwhileError` where the file has others by now, `ContentError` where the disk does not take it: nothing
    is written then.
    """
    path = target(root, file)
    new = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with _told(root, path):
        path.parent.mkdir(parents=True, exist_ok=True)
        _clear_away(path)
        try:
            _prepare(root, new, path, data)
            if (path.read_bytes() if path.exists() else None) != expected:
                raise ChangedMeanwhileError(file)
            new.replace(path)
        finally:
            new.unlink(missing_ok=True)
        _flush_folder(path.parent)


def remove(root: Path, file: str) -> None:
    """Take a file away. Only within `turn`; `ContentError` where the disk keeps it."""
    path = target(root, file)
    with _told(root, path):
        path.unlink(missing_ok=True)
        _flush_folder(path.parent)


def _clear_away(path: Path) -> None:
    """Remove what a save that was killed left: this one holds the lock, so no other is at work."""
    passing = re.compile(re.escape(f".{path.name}.") + "[0-9a-f]{8}")
    for left in path.parent.iterdir():
        if passing.fullmatch(left.name):
            left.unlink(missing_ok=True)


def _prepare(root: Path, new: Path, path: Path, data: bytes) -> None:
    """The new file under a passing name, on the disk, with the owner, group, mode and rights that the old one has."""
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, NEW_MODE)
    with os.fdopen(handle, "wb") as written:
        if path.exists():
            _like(root, written.fileno(), new, path)
        written.write(data)
        written.flush()
        os.fsync(written.fileno())


def _like(root: Path, handle: int, new: Path, path: Path) -> None:
    was, own = path.stat(), os.fstat(handle)
    if not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    if (was.st_uid, was.st_gid) != (own.st_uid, own.st_gid) and sys.platform != "win32":
        try:
            os.fchown(handle, was.st_uid, was.st_gid)
        except PermissionError as failure:
            raise ContentError([_foreign(root, path, was)]) from failure
    new.chmod(stat.S_IMODE(was.st_mode))
    if sys.platform == "linux":
        for name in os.listxattr(path):
            with contextlib.suppress(OSError):  # access lists are kept where the system lets this user set them
                os.setxattr(handle, name, os.getxattr(path, name))


def _foreign(root: Path, path: Path, was: os.stat_result) -> Problem:
    owner = f"user {was.st_uid} and group {was.st_gid}"
    message = f"This file belongs to {owner} of the machine, and the desk may not write it in their name."
    return error(
        RULE, _place(root, path), message, "Have IT make the desk's user its owner (chown). Nothing was saved."
    )


def _flush_folder(folder: Path) -> None:
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


_WHY = {
    errno.ENOSPC: ("The disk is full.", "Have IT make room on it"),
    errno.EDQUOT: ("The desk has used up its share of the disk.", "Have IT raise its quota"),
    errno.EACCES: (
        "The desk may not write this file.",
        "Have IT give the desk's user the right to write it and its folder",
    ),
    errno.EPERM: (
        "The desk may not write this file.",
        "Have IT give the desk's user the right to write it and its folder",
    ),
    errno.EROFS: ("The disk can only be read.", "Have IT mount it for writing"),
    errno.ENAMETOOLONG: ("The name of this file is too long for the disk.", "Choose a shorter one"),
}


@contextmanager
def _told(root: Path, path: Path) -> Iterator[None]:
    """What the disk refuses, as a problem with its place."""
    try:
        yield
    except OSError as failure:
        message, remedy = _WHY.get(
            failure.errno or 0, (f"This file cannot be written: {failure.strerror}.", "Have IT look at the disk")
        )
        remedy = f"{remedy}, then save again: nothing was written, and your words are still in the form."
        raise ContentError([error(RULE, _place(root, path), message, remedy)]) from failure


def _place(root: Path, path: Path) -> Place:
    return Place(Path(os.path.relpath(path, os.path.realpath(root))).as_posix())
