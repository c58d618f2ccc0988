"""A memo on the disk: JSON with its digest and the release that wrote it. Nothing in it is ever run.

The keys stand in one line, then each entry in one of its own, which is parsed when somebody asks for it.

Of another release, another library, or with one bit astray it counts for nothing, as if it were not there.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from generator.building.site.memo import Key, Stored

MOST_BYTES = 64 * 1024 * 1024
"""How large the file may become. Values that do not fit are made again; those used last are kept first."""
_DIGITS = 64


class _Lines(Mapping[Key, Stored]):
    """The entries by their keys, each parsed when it is asked for."""

    def __init__(self, lines: Mapping[Key, str]) -> None:
        self._lines = lines

    def __getitem__(self, key: Key) -> Stored:
        mark, reads, plain = json.loads(self._lines[key])
        return Stored(mark, tuple((tuple(read), read_mark) for read, read_mark in reads), plain)

    def __iter__(self) -> Iterator[Key]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)


def read(path: Path, release: str) -> Mapping[Key, Stored]:
    """The file's values for this release; nothing where it is missing, damaged or another release's."""
    try:
        if path.stat().st_size > MOST_BYTES + 2 * _DIGITS:
            return {}
        digest, _, rest = path.read_bytes().partition(b"\n")
        if hashlib.sha256(rest).hexdigest().encode() != digest:
            return {}
        written_by, _, body = rest.partition(b"\n")
        if written_by != release.encode():
            return {}
        keys, *lines = body.decode("ascii").split("\n")
        return _Lines(dict(zip(map(tuple, json.loads(keys)), lines, strict=True)))
    except (OSError, ValueError, TypeError, RecursionError):
        return {}


def write(path: Path, release: str, entries: Mapping[Key, Stored]) -> None:
    """Put the entries in the place of the file, in one step.

    A disk that refuses costs time at the next start, no more.
    """
    keys: list[str] = []
    lines: list[str] = []
    room = MOST_BYTES
    for key, entry in entries.items():
        name, line = _in_a_line(key), _in_a_line([entry.mark, entry.reads, entry.plain])
        room -= len(name) + len(line) + 2
        if room < 0:
            break
        keys.append(name)
        lines.append(line)
    rest = "\n".join([release, f"[{','.join(keys)}]", *lines]).encode()
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


def _in_a_line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))
