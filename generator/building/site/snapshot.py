"""The files of a site as they were at one moment: the digest of each, taken anew only where its times or size say so.

A file that was written just before it was read may be written again within the same tick of the disk's clock, and nobody
could tell: such a file is read again at the next look. Nothing outside the site's folder is read, as in `site_folder`.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from generator import site_folder
from generator.markdown import pictures

TICK = 100_000_000
"""Nanoseconds within which a disk may give two writings the same time."""
LARGEST = 64 * 1024 * 1024
"""Bytes of the largest file whose content is looked at: nothing of a site is nearly as large."""
Signature = tuple[int, ...]


@dataclass
class _Seen:
    """A file or folder as it was when it was read; `settled` is False where it must be read again in any case.

    Two are equal where nothing was written or moved between them.
    """

    signature: Signature
    settled: bool = field(compare=False)
    digest: str = ""
    entries: tuple[tuple[str, str], ...] | None = None
    """The entries of a folder; None of a file."""

    def holds(self, found: os.stat_result) -> bool:
        """Whether what was read is what is there now."""
        return self.settled and self.signature == _signature(found)


@dataclass
class Snapshot:
    """All files below some folders of a site, and some files by name, all absolute, by their plain names."""

    root: Path
    folders: tuple[Path, ...]
    files: tuple[Path, ...] = ()
    digests: dict[str, str] = field(default_factory=dict)
    """Of each file or folder that there is: SHA-256, or why it has none."""
    names: tuple[tuple[str, str], ...] = ()
    """Every entry with what it is, in order."""
    changed: tuple[str, ...] | None = None
    """The files whose bytes are others than at the look before; None where there may be other files or folders."""
    touched: tuple[str, ...] = ()
    """The files that were written or moved since the look before, in order, even if all is as it was then."""
    _root: Signature = ()
    """Of the site's own folder: what came into it and went between two looks, such as site.yml, left its trace here
    alone."""
    _seen: dict[str, _Seen] = field(default_factory=dict)
    _top: tuple[tuple[Path, ...], tuple[Path, ...]] | None = None
    """The folders and files of the look before where each entry can be looked at by itself: nothing is missing or a link.

    Missing is also what went between the listing of its folder and the look at it: a later look at the folder may
    find the same names in it, and would never come to that file.
    """

    def look(self) -> bool:
        """Look at the disk. Returns whether anything is another than at the look before."""
        again = self._top == (self.folders, self.files) and self._look_again()
        changed = bool(self.changed) if again else self._look_at_all()
        before, self._root = self._root, _signature(os.stat(self.root))  # noqa: PTH116
        if before != self._root:
            self.touched = (str(self.root), *self.touched)
        return changed

    def _look_again(self) -> bool:
        """Look at each file and folder of the look before. Returns whether the same are there."""
        anew: dict[str, _Seen] = {}
        for path, known in self._seen.items():
            try:
                found = os.stat(path)  # noqa: PTH116 (thousands of plain names)
                if known.holds(found):
                    continue
                one = _seen_file(path, found) if known.entries is None else _seen_folder(path, found)
            except OSError:
                return False
            if one.entries != known.entries:
                return False
            anew[path] = one
        self.touched = tuple(sorted(path for path, one in anew.items() if one != self._seen[path]))
        self.changed = tuple(path for path, one in anew.items() if one.digest != self._seen[path].digest)
        self._seen |= anew
        self.digests |= {path: anew[path].digest for path in self.changed}
        return True

    def _look_at_all(self) -> bool:
        digests: dict[str, str] = {}
        names: list[tuple[str, str]] = []
        seen: dict[str, _Seen] = {}
        for path in self.files:
            self._file(str(path), digests, names, seen)
        for folder in self.folders:
            self._folder(str(folder), digests, names, seen, ())
        found = tuple(names)
        changed = digests != self.digests or found != self.names
        self.touched = tuple(sorted(_differing(self._seen, seen) | _differing(self.digests, digests)))
        self.digests, self.names, self._seen, self.changed = digests, found, seen, None
        missing = any(str(path) not in seen for path in (*self.files, *self.folders))
        missing = missing or any(
            f"{path}/{name}" not in seen for path, one in seen.items() for name, _ in one.entries or ()
        )
        plain = all(kind in ("file", "folder") for _, kind in found)
        self._top = None if missing or not plain else (self.folders, self.files)
        return changed

    def below(self, folder: str) -> Iterator[tuple[str, str]]:
        """The files in a folder and below, with their digests, by what follows the folder in their names."""
        start = f"{folder}/"
        return ((name[len(start) :], found) for name, found in self.digests.items() if name.startswith(start))

    def _folder(
        self,
        path: str,
        digests: dict[str, str],
        names: list[tuple[str, str]],
        seen: dict[str, _Seen],
        within: tuple[str, ...],
    ) -> None:
        try:
            found = os.stat(path)  # noqa: PTH116 (thousands of plain names)
            known = self._seen.get(path)
            if known is None or known.entries is None or not known.holds(found):
                known = _seen_folder(path, found)
        except OSError:
            return
        seen[path] = known
        for name, kind in known.entries or ():
            inner = f"{path}/{name}"
            if kind == "folder":
                names.append((inner, kind))
                digests[inner] = kind
                self._folder(inner, digests, names, seen, within)
            elif kind == "link":
                self._link(inner, digests, names, seen, within)
            else:
                self._file(inner, digests, names, seen)

    def _link(
        self,
        path: str,
        digests: dict[str, str],
        names: list[tuple[str, str]],
        seen: dict[str, _Seen],
        within: tuple[str, ...],
    ) -> None:
        """A link: what it leads to is looked at where that lies within the site's folder and not around in a circle."""
        try:
            real = os.path.realpath(path)
        except OSError:  # no link any more: it is not seen, so that everything is listed again
            return
        names.append((path, f"link to {real}"))
        leads_astray = not site_folder.is_within(self.root, Path(path)) or not os.path.exists(real)  # noqa: PTH110
        if leads_astray or real in within or path.startswith(f"{real}/"):
            digests[path] = f"link to {real}"
            return
        if os.path.isdir(real):  # noqa: PTH112
            self._folder(path, digests, names, seen, (*within, real))
        else:
            self._file(path, digests, names, seen)

    def _file(self, path: str, digests: dict[str, str], names: list[tuple[str, str]], seen: dict[str, _Seen]) -> None:
        try:
            found = os.stat(path)  # noqa: PTH116
        except OSError:
            return
        known = self._seen.get(path)
        if known is None or known.entries is not None or not known.holds(found):
            known = _seen_file(path, found)
        seen[path] = known
        digests[path] = known.digest
        names.append((path, "file"))


def _entries(path: str) -> Iterator[tuple[str, str]]:
    """The entries of a folder, in order, without those that programs keep for themselves."""
    with os.scandir(path) as entries:
        listed = sorted(entries, key=lambda entry: entry.name)
    for entry in listed:
        if entry.name.startswith(".") and not pictures.suffix_of(entry.name):
            continue
        if entry.is_symlink():
            yield entry.name, "link"
        else:
            yield entry.name, "folder" if entry.is_dir(follow_symlinks=False) else "file"


def _signature(found: os.stat_result) -> Signature:
    return (found.st_mode, found.st_ino, found.st_dev, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def _is_settled(found: os.stat_result) -> bool:
    """Whether nothing changed for a moment: what did may change again and look the same."""
    return time.time_ns() - max(found.st_mtime_ns, found.st_ctime_ns) > TICK


def _seen_folder(path: str, found: os.stat_result) -> _Seen:
    """A folder of which `found` was said just before. `OSError` where it is gone."""
    settled = _is_settled(found)  # before the reading: what is written after that has another time
    return _Seen(_signature(found), settled, entries=tuple(_entries(path)))


def _seen_file(path: str, found: os.stat_result) -> _Seen:
    """A file of which `found` was said just before.

    The digest and the signature are of the same file, the one that was opened: by its name there may have been
    another for a moment, or none while a folder above was away, and the times of the file that comes back with it say
    nothing of that.
    """
    if not stat.S_ISREG(found.st_mode):
        return _Seen(_signature(found), _is_settled(found), "no file")
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123
            found = os.fstat(file.fileno())
            settled = _is_settled(found)
            return _Seen(_signature(found), settled, _digest(file, found))
    except OSError as failure:
        return _Seen(_signature(found), settled=False, digest=f"not to be read: {failure.errno}")


def _digest(file: IO[bytes], found: os.stat_result) -> str:
    if found.st_size > LARGEST:
        return f"large: {found.st_size} {found.st_mtime_ns}"
    return hashlib.sha256(file.read()).hexdigest()


def _differing(before: Mapping[str, object], after: Mapping[str, object]) -> set[str]:
    """The keys whose values differ in two tables, or that only one of them has."""
    if before == after:
        return set()
    gone = before.keys() - after.keys()
    return gone | {path for path, one in after.items() if (was := before.get(path)) is not one and was != one}


_OF_BYTES = re.compile(r"[0-9a-f]{64}")


def of_bytes(digest: str) -> bool:
    """Whether a digest is that of bytes which could be read, and no word on why there are none."""
    return _OF_BYTES.fullmatch(digest) is not None


def digest_of(entries: Iterable[tuple[str, str]]) -> str:
    """One digest of names and what each is."""
    found = hashlib.sha256()
    for name, what in entries:
        found.update(f"{name}\0{what}\n".encode("utf-8", "surrogateescape"))
    return found.hexdigest()[:32]
