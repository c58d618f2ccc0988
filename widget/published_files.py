"""The site's published files, as they are on disk now: read again when they change, and never believed blindly.

A file that cannot be read, or a manifest that has lost or altered a version, is refused and logged; the last good one
stays. Where there is none, at the start, the part that the ledger agrees with is used for receipts and withdrawals,
and nobody can answer. `public` is often a link that is swapped, so the files are followed through it each time.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Generic, TypeVar

from widget.errors import StartRefused, Unavailable
from widget.manifest import (
    FrozenText,
    Layout,
    Manifest,
    ManifestError,
    from_json,
    layout_from_json,
    missing_from,
    salvaged,
)

log = logging.getLogger("consents")
T = TypeVar("T")


@dataclass(frozen=True)
class Published:
    """One good manifest and one good layout."""

    manifest: Manifest
    layout: Layout


class PublishedFiles:
    """The manifest and the layout on disk. Safe to use from many threads."""

    def __init__(self, manifest: Path, layout: Path) -> None:
        self._record: Callable[[Manifest], None] = lambda manifest: None
        self._agreeing: Callable[[Manifest], Manifest] = lambda manifest: manifest
        self._lock = threading.Lock()
        self._texts: dict[str, FrozenText] = {}
        self._manifest = _Watched(manifest, self._read, self._stopgap)
        self._layout = _Watched(layout, layout_from_json)
        self._now: Published | None = None

    def now(self) -> Published:
        """The publications when the files were last looked at."""
        return self._now or self.look()

    def look(self) -> Published:
        """Look at the files: what is published; `StartRefused` where there has never been a good file."""
        known = self._now
        if known is not None and not (self._manifest.changed() or self._layout.changed()):
            return known
        with self._lock:
            manifest = self._manifest.read(self._check_history)
            in_use = {version.frozen_digest for version in manifest.versions}
            self._texts = {digest: text for digest, text in self._texts.items() if digest in in_use}
            self._now = Published(manifest, self._layout.read(lambda old, new: None))
            return self._now

    def wrong(self) -> str | None:
        """Why a file on disk is not the one in use, if it is not."""
        self.now()
        return self._manifest.refused or self._layout.refused

    def record_with(
        self, record: Callable[[Manifest], None], agreeing: Callable[[Manifest], Manifest] = lambda manifest: manifest
    ) -> None:
        """Have `record` called with the manifest that is read now, and with each new one before anybody sees it.

        It may refuse one with a `ManifestError`, or fail as `Unavailable`: then it is asked again. `agreeing` takes what
        may be used of the first one where it is refused.
        """
        with self._lock:
            self._record = record
            self._agreeing = agreeing
            self._manifest.forget()
            self._now = None
        self.look()

    def _read(self, data: bytes) -> Manifest:
        return from_json(data, self._texts)

    def _stopgap(self, data: bytes) -> Manifest:
        sound = self._agreeing(salvaged(data))
        return replace(sound, versions=tuple(replace(version, text="") for version in sound.versions))

    def _check_history(self, old: Manifest | None, new: Manifest) -> None:
        if old is not None and (lost := missing_from(old, new)):
            raise ManifestError(f"it has lost or altered {', '.join(lost)}")
        self._record(new)


class _Watched(Generic[T]):
    """One file, and the last good value that was read from it."""

    def __init__(self, path: Path, parse: Callable[[bytes], T], stopgap: Callable[[bytes], T] | None = None) -> None:
        self._path = path
        self._parse = parse
        self._stopgap = stopgap
        self._seen: tuple[int, int, int] | None = None
        self._good: list[T] = []
        self.refused: str | None = None

    def changed(self) -> bool:
        """Whether the file on disk is another one than was last looked at."""
        try:
            return _mark(self._path.stat()) != self._seen
        except OSError:
            return self._seen is not None

    def forget(self) -> None:
        """Look at the file again, as if for the first time."""
        self._seen, self._good = None, []

    def read(self, check: Callable[[T | None, T], None]) -> T:
        """The value of the file now, or the last good one where the file is not."""
        if not self.changed() and self._good:
            return self._good[0]
        data = b""
        try:
            with self._path.open("rb") as file:
                self._seen = _mark(os.fstat(file.fileno()))
                data = file.read()
            value = self._parse(data)
            check(self._good[0] if self._good else None, value)
        except (OSError, ManifestError) as error:
            if isinstance(error, OSError):
                self._seen = None
            self.refused = f"{self._path.name} is refused"
            if not self._good:
                return self._without_a_good_one(data, error)
            log.error("%s is refused, the last good one stays: %s", self._path, error)
            return self._good[0]
        except Unavailable:
            self._seen = None
            raise
        self._good = [value]
        self.refused = None
        return value

    def _without_a_good_one(self, data: bytes, error: Exception) -> T:
        """The usable part of a file that is refused while there is no good one; `StartRefused` where nothing can."""
        try:
            if self._stopgap is None or not data:
                raise ManifestError(str(error))
            value = self._stopgap(data)
        except ManifestError:
            raise StartRefused(f"{self._path} cannot be used: {error}. Build the site: noticeboard build") from error
        log.error("%s is refused, and there is no good one: nobody can answer until there is: %s", self._path, error)
        return value


def _mark(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_mtime_ns, status.st_size, status.st_ino
