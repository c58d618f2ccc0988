"""Writing versions to the disk so that a stop at any moment leaves nothing that counts by halves.

The lock as it will be is written first, under another name, and takes its name last: until then nothing counts, and what a
stop leaves behind is known for what it is. `clear_away` removes it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from generator.repository import CONTENT, read_lock
from generator.versions import lock as lockfile
from generator.versions import version as versions
from generator.versions.differences import Difference
from generator.versions.version import Version

AT_ONCE = 8
"""How many files are being flushed at a time: the disk takes as long for eight as for three."""


@dataclass(frozen=True)
class Publication:
    """Versions to write: file name within content/ to bytes, and the lock as it will be. `differences` is for people:
    what differs from the version before, by file name. `removed` are pictures that are shown nowhere any more, and what
    was kept beside a version that is taken down.
    """

    files: Mapping[str, bytes]
    lock: str
    versions: tuple[Version, ...]
    differences: Mapping[str, tuple[Difference, ...]] = field(default_factory=dict)
    removed: tuple[str, ...] = ()
    listings: Mapping[str, bytes] = field(default_factory=dict)
    """Facts about notices to write beside their versions: file name within content/ to bytes."""
    left_out: tuple[str, ...] = ()
    """Notices that differ and were not named, each with why it is not among the versions."""


def write(root: Path, publication: Publication) -> None:
    """Store pictures and versions and then the lock that vouches for them; the files are read-only from then on."""
    content = root / CONTENT
    prepared = content / lockfile.PREPARED
    _write(prepared, publication.lock.encode())
    with ThreadPoolExecutor(AT_ONCE) as threads:
        for _ in threads.map(_store, map(content.joinpath, publication.files), publication.files.values()):
            pass  # what went wrong with one is raised here, when none is at work any more
    for name in publication.removed:
        if (path := content / name).is_file():
            path.chmod(0o644)
            path.unlink()
    prepared.replace(content / lockfile.LOCK)
    for name, data in publication.listings.items():
        write_text(content / name, data)


def _store(path: Path, data: bytes) -> None:
    """Put a file that never changes in its place, once it is on the disk."""
    new = path.with_name(f".{path.name}.new")
    _write(new, data)
    new.chmod(0o444)
    if path.is_file():
        path.chmod(0o644)  # Windows replaces no file that is read-only
    new.replace(path)


def _write(path: Path, data: bytes) -> None:
    """Write a file and flush it to the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def write_text(path: Path, data: bytes) -> None:
    """Write a text for its editor, in one step: a stop leaves the one before."""
    new = path.with_name(f".{path.name}.new")
    _write(new, data)
    new.replace(path)


def write_new(path: Path, data: bytes) -> Path:
    """Write a file under a name that nothing has yet: `notice.kept-2026-11-30-2.md` where the first is taken."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_stem(f"{path.stem}-{number}")
    _write(free, data)
    return free


def clear_away(root: Path) -> int:
    """Remove what an interrupted publication left, which never counted; how many files that were.

    Only files that the prepared lock names with their very digest are removed. A retraction that was interrupted is
    left alone: `retract` goes on with it.
    """
    content = root / CONTENT
    lock, _ = lockfile.read(read_lock(root), "")
    begun, _ = lockfile.read(read_lock(root, prepared=True), "")
    if any(name in lock and lock[name] != new for name, new in begun.items()):
        return 0
    names = {content / name: digest for name, digest in begun.items() if name not in lock}
    left = list(names)
    written = [path for path in left if path.is_file() and versions.digest(path.read_bytes()) == names[path]]
    for path in [*written, *(path.with_name(f".{path.name}.new") for path in left), content / lockfile.PREPARED]:
        if path.is_file():
            path.chmod(0o644)
            path.unlink()
    return len(written)
