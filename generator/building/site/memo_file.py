"""A memo on the disk: JSON with its digest and the release that wrote it. Nothing in it is ever run.

Of another release, another library, or with one bit astray it counts for nothing, as if it were not there.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from generator.building.site.memo import Key, Stored

MOST_BYTES = 64 * 1024 * 1024
"""How large the file may become. What does not fit is made again: what was used last is kept first."""
_DIGITS = 64


def read(path: Path, release: str) -> dict[Key, Stored]:
    """What the file holds for this release; nothing where it is missing, damaged or another release's."""
    try:
        if path.stat().st_size > MOST_BYTES + 2 * _DIGITS:
            return {}
        digest, _, rest = path.read_bytes().partition(b"\n")
        if hashlib.sha256(rest).hexdigest().encode() != digest:
            return {}
        written_by, _, body = rest.partition(b"\n")
        if written_by != release.encode():
            return {}
        return {tuple(key): _entry(*entry) for key, *entry in json.loads(body)}
    except (OSError, ValueError, TypeError, RecursionError):
        return {}


def _entry(mark: str, reads: Iterable[tuple[Iterable[str], str]], plain: Any) -> Stored:
    return Stored(mark, tuple((tuple(key), read_mark) for key, read_mark in reads), plain)


def write(path: Path, release: str, entries: Mapping[Key, Stored]) -> None:
    """Put the entries in the place of the file, in one step. A disk that refuses costs time at the next start, no more."""
    lines, room = [], MOST_BYTES
    for key, entry in entries.items():
        line = json.dumps([key, entry.mark, entry.reads, entry.plain], ensure_ascii=True, separators=(",", ":"))
        room -= len(line) + 2
        if room < 0:
            break
        lines.append(line)
    rest = f"{release}\n[{','.join(lines)}]".encode()
    new = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        ignored = path.parent / ".gitignore"
        if (
            not ignored.exists()
        ):  # what is remembered is nothing to keep under version control, whatever the folder above says
            ignored.write_text("*\n", "utf-8")
        try:
            new.write_bytes(hashlib.sha256(rest).hexdigest().encode() + b"\n" + rest)
            os.replace(new, path)  # noqa: PTH105 (two plain names)
        finally:
            new.unlink(missing_ok=True)
