"""The package of a Word file (ECMA-376 part 2): its parts as XML, within limits that are counted while reading.

Nothing outside the package is followed, no entity is resolved, and only the parts that are asked for are unpacked.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from urllib.parse import unquote

from lxml import etree

from generator.importing.refusal import NotTaken
from generator.importing.word.xml import STRICT, Element, name, transitional

MAX_FILE = 50_000_000
MAX_ENTRIES = 1_000
MAX_DOCUMENT = 10_000_000
MAX_UNPACKED = 50_000_000
MAX_DEPTH = 150
"""Levels of elements: real files have 30, and each level costs the reader a few calls."""
_CHUNK = 65_536
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError)
_AGAIN = "Open it in Word and save it again as .docx."


@dataclass(frozen=True)
class Relationship:
    """A reference from a part: to another part, or to an address outside, which is never opened."""

    kind: str  # the last word of its type, such as `hyperlink`
    target: str  # the name of a part, or the address as it was written
    external: bool


class Package:
    """The parts of one Word file."""

    def __init__(self, data: bytes) -> None:
        _look_at_first_bytes(data)
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
        except _BROKEN as failure:
            raise _damaged() from failure
        entries = self._archive.infolist()
        if len(entries) > MAX_ENTRIES:
            raise NotTaken(f"This file has more than {MAX_ENTRIES:,} parts.", _AGAIN)
        self._entries = {entry.filename.lstrip("/").casefold(): entry for entry in entries}
        if len(self._entries) < len(entries):
            raise NotTaken(
                "This file holds two parts of one name, so that programs would read different texts.", _AGAIN
            )
        self._left = MAX_UNPACKED

    @cached_property
    def main(self) -> str:
        """The name of the part with the text."""
        if "mimetype" in self._entries:
            raise NotTaken("This is not a Word file but an OpenDocument text.", "Save it as .docx.")
        listed = [link.target for link in self.relationships("").values() if link.kind == "officeDocument"]
        for target in (*listed, "word/document.xml"):
            if target.casefold() in self._entries:
                return target
        raise NotTaken("This is not a Word file.", "Open the document in Word and save it as .docx.")

    def part(self, part_name: str) -> Element | None:
        """The root of a part, or nothing where there is no such part."""
        entry = self._entries.get(part_name.casefold())
        if entry is None:
            return None
        return parsed(self._unpacked(entry, MAX_DOCUMENT if part_name == self.main else MAX_UNPACKED))

    def relationships(self, part_name: str) -> dict[str, Relationship]:
        """The references of a part by id, or of the package itself for an empty name."""
        folder, own_name = posixpath.split(part_name)
        entry = self._entries.get(posixpath.join(folder, "_rels", f"{own_name}.rels").casefold())
        if entry is None:
            return {}
        links: dict[str, Relationship] = {}
        for link in parsed(self._unpacked(entry, MAX_UNPACKED)).iter(name("rel:Relationship")):
            target, external = link.get("Target", ""), link.get("TargetMode") == "External"
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
            links[link.get("Id", "")] = Relationship(link.get("Type", "").rpartition("/")[2], target, external)
        return links

    def related(self, kind: str) -> list[str]:
        """The parts of a kind that the text refers to, in order of their names."""
        links = self.relationships(self.main).values()
        return sorted({link.target for link in links if link.kind == kind and not link.external})

    def _unpacked(self, entry: zipfile.ZipInfo, most: int) -> bytes:
        """The bytes of an entry. How large it says it is does not count."""
        if entry.flag_bits & 1:
            raise NotTaken("This file has a password.", "Take the password off in Word, and save it as .docx.")
        most = min(most, self._left)
        data = bytearray()
        try:
            with self._archive.open(entry) as stream:
                while chunk := stream.read(_CHUNK):
                    data += chunk
                    if len(data) > most:
                        raise NotTaken(
                            "This file unpacks to more text than a notice can have.", "Import it in smaller pieces."
                        )
        except _BROKEN as failure:
            raise _damaged() from failure
        self._left -= len(data)
        return bytes(data)


def parsed(data: bytes) -> Element:
    """XML as a tree, without a DTD and without what one could bring in."""
    if STRICT.encode() in data:
        data = transitional(data)
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    if b"<!DOCTYPE" in data:
        raise _with_doctype()
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as failure:
        if "depth" in str(failure):
            raise _too_deep() from failure
        raise _damaged() from failure
    if root.getroottree().docinfo.doctype:  # as it is found in UTF-16
        raise _with_doctype()
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            raise _too_deep()
    return root


def _look_at_first_bytes(data: bytes) -> None:
    """Refuse what Word would open under this name and what is no package."""
    if len(data) > MAX_FILE:
        raise NotTaken(f"This file is larger than {MAX_FILE // 1_000_000} MB.", "Take large pictures out first.")
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise NotTaken("This file has a password.", "Take the password off in Word, and save it as .docx.")
        raise NotTaken("This is a file of an old Word (.doc).", "Open it in Word and save it as .docx.")
    if data.startswith(b"{\\rtf"):
        raise NotTaken("This is rich text (.rtf), not a Word file.", "Open it in Word and save it as .docx.")
    if data.startswith(b"%PDF"):
        raise NotTaken("This is a PDF, not a Word file.", "Import the document that it was made from.")
    if not data.startswith(b"PK"):
        raise NotTaken("This is not a Word file.", "Open the document in Word and save it as .docx.")


def _damaged() -> NotTaken:
    return NotTaken("This Word file is damaged.", _AGAIN)


def _with_doctype() -> NotTaken:
    return NotTaken("This file defines a document type, as no Word file does.", _AGAIN)


def _too_deep() -> NotTaken:
    return NotTaken("This file is nested too deeply.", "Copy its text into a new document, and save that as .docx.")
