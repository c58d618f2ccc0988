"""The manifest in parts, one for each notice: each is made once and carried from build to build by its digest.

A build that edits one notice takes the parts of all others from the manifest that is published, as bytes. No part is
taken from anywhere without a look at its digest.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from generator.content.site_file import SiteSource
from generator.versions import timeline
from generator.versions.version import Version
from widget.manifest import AFTER, BETWEEN, version_json

Part = tuple[int, str]
"""How many bytes a part has, and their SHA-256: what a build remembers of it."""


def made(versions: Iterable[Version], site: SiteSource) -> bytes:
    """The versions of one notice as they stand within `published.json`."""
    return BETWEEN.join(version_json(timeline.published(version, site)) for version in versions)


def measured(data: bytes) -> Part:
    """The facts to remember of a part."""
    return len(data), hashlib.sha256(data).hexdigest()


def starts(manifest: Path, parts: Mapping[str, Part]) -> dict[str, int]:
    """Where in a manifest the part of each notice starts, by what is remembered of them, in their order there.

    They are counted from the end: what comes before them differs in length from site to site. In a file that is not the
    one remembered they are wrong, and so is each digest.
    """
    found: dict[str, int] = {}
    end = manifest.stat().st_size - len(AFTER) if parts else 0
    for notice, (length, _) in reversed(list(parts.items())):
        if length:
            found[notice] = end - length
            end -= length + len(BETWEEN)
    return found


def read(manifest: Path | str, start: int, part: Part) -> bytes | None:
    """A part out of a manifest; None where the bytes there are not those of its digest."""
    if start < 0:
        return None
    with open(manifest, "rb", buffering=0) as file:  # noqa: PTH123 (once for each notice of a site)
        file.seek(start)
        data = file.read(part[0])
    return data if measured(data) == part else None


class Parts:
    """The parts of a manifest to come, each in a file that is open: those that are made wait there, not in memory."""

    def __init__(self, new: IO[bytes], places: dict[str, tuple[IO[bytes], int]]) -> None:
        self._new = new
        self._places = places

    def add(self, notice: str, data: bytes) -> None:
        """Keep a part that was made."""
        self._places[notice] = self._new, self._new.tell()
        self._new.write(data)
        self._new.flush()  # or a worker that is forked next would have these bytes to write too

    def in_order(self, wanted: Mapping[str, Part]) -> Iterator[bytes]:
        """The parts of these notices; a notice without a version has none."""
        for notice, (length, _) in wanted.items():
            if length:
                file, start = self._places[notice]
                file.seek(start)
                yield file.read(length)


@contextmanager
def gathered(beside: Path, published: Path, places: Mapping[str, int]) -> Iterator[Parts]:
    """The parts that a build has at its start: those at their places in the manifest that is published.

    The others go into a file without a name in a folder, which is gone when the block, or the build, ends.
    """
    beside.mkdir(parents=True, exist_ok=True)
    with ExitStack() as opened:
        new = opened.enter_context(tempfile.TemporaryFile(dir=beside))
        old = opened.enter_context(published.open("rb")) if places else new
        yield Parts(new, {notice: (old, start) for notice, start in places.items()})
