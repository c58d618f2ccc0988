"""A release's recording on disk, and the hashes that it is compared by."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import shutil
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import brotli

RELEASES = Path(__file__).parent
EXPANDED = {".gz": gzip.decompress, ".br": brotli.decompress}
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")


@dataclass(frozen=True)
class Recording:
    """The folder of one release."""

    folder: Path

    @property
    def name(self) -> str:
        """The release's number."""
        return self.folder.name

    @property
    def site(self) -> Path:
        """The site's folder, for `noticeboard --root`."""
        return self.folder / "site"

    @property
    def manifest(self) -> Path:
        """The published.json that the release built; endpoint.json is beside it."""
        return self.folder / "built" / "published.json"

    @property
    def files(self) -> Path:
        """The SHA-256 of every file that the release built."""
        return self.folder / "built" / "files.sha256"

    @property
    def words(self) -> Path:
        """The SHA-256 of the words of every page that the release built."""
        return self.folder / "built" / "words.sha256"

    @property
    def leaves(self) -> Path:
        """The ledger's entries, one a line, as the tree hashes them."""
        return self.folder / "ledger" / "leaves.jsonl"

    @property
    def export(self) -> Path:
        """The output of `consents export --format jsonl`, personal details included."""
        return self.folder / "ledger" / "export.jsonl"

    def sql(self, kind: str) -> Path:
        """The ledger in one kind of database, as SQL."""
        return self.folder / "ledger" / f"{kind}.sql"

    def kept(self, name: str) -> Path:
        """The folder of the ledger's `keys`, of the `letters` that were mailed, or of the `receipts` that people saved."""
        return self.folder / "ledger" / name

    @cached_property
    def handed_out(self) -> dict[str, Any]:
        """Receipts, letters with their links and API keys, as people and systems hold them."""
        found: dict[str, Any] = json.loads((self.folder / "handed-out.json").read_text("utf-8"))
        return found

    @property
    def until(self) -> datetime:
        """The end of the recording, in UTC. Its links are opened at this time."""
        return datetime.fromisoformat(self.handed_out["until"])

    def entries(self) -> list[bytes]:
        """The ledger's entries as the tree hashes them."""
        return self.leaves.read_bytes().splitlines()

    def copy_keys(self, folder: Path) -> Path:
        """Copy the keys to a folder that the endpoint accepts: only this user can read it."""
        shutil.copytree(self.kept("keys"), folder)
        folder.chmod(0o700)
        return folder


def recordings() -> list[Recording]:
    """The recordings of all releases."""
    return [Recording(path) for path in sorted(RELEASES.iterdir()) if (path / "handed-out.json").is_file()]


def read_digests(file: Path) -> dict[str, str]:
    """File name to digest, from a list as `sha256sum` writes it; remarks are skipped."""
    lines = file.read_text("utf-8").splitlines()
    return {found[2]: found[1] for line in lines if (found := _LINE.fullmatch(line))}


def write_digests(digests: dict[str, str], file: Path) -> None:
    """Write a list as `sha256sum` does."""
    lines = [f"{digest}  {name}\n" for name, digest in sorted(digests.items())]
    file.write_text("".join(lines), "utf-8", newline="\n")


def digests(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file in a folder; of compressed files the SHA-256 of their content, since compressors differ."""
    return {name: _digest(_content(folder / name)) for name in _names(folder)}


def word_digests(folder: Path) -> dict[str, str]:
    """The SHA-256 of the words of every page in a folder."""
    pages = [name for name in _names(folder) if name.endswith(".html")]
    return {name: _digest(words((folder / name).read_text("utf-8")).encode()) for name in pages}


def words(page: str) -> str:
    """The words of a page without any space, so that other markup leaves them the same."""
    reader = _Words()
    reader.feed(page)
    reader.close()
    return "".join("".join(reader.texts).split())


def leaf(event: dict[str, Any]) -> bytes:
    """An entry as the tree hashes it: RFC 8785 JSON of texts, whole numbers and nulls."""
    return json.dumps(event, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def root(leaves: list[bytes]) -> bytes:
    """The Merkle tree hash of RFC 6962 section 2.1, from its definition."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + root(leaves[:half]) + root(leaves[half:])).digest()


def _names(folder: Path) -> list[str]:
    paths = (Path(at) / name for at, _, names in os.walk(folder) for name in names)
    return sorted(path.relative_to(folder).as_posix() for path in paths)


def _content(path: Path) -> bytes:
    data = path.read_bytes()
    return EXPANDED[path.suffix](data) if path.suffix in EXPANDED else data


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


class _Words(HTMLParser):
    """Collects the text of a page, without scripts and styles."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.texts.append(data)
