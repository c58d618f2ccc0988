"""XLIFF 1.2, the file that translators' programs read: written for them, and read back with suspicion.

A document type, an entity, too much text or too deep a nest is refused. OASIS XLIFF 1.2, sections 2 and 3.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from xml.etree import ElementTree
from xml.parsers import expat

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"
MAX_BYTES = 4_000_000
MAX_DEPTH = 40
CHANGED_NOTE = "The source changed since the last exchange. The translation is that of the earlier source: check it."
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


class State(StrEnum):
    """How far a translation is; the values are XLIFF's own."""

    MISSING = "needs-translation"
    CHANGED = "needs-review-translation"
    DONE = "translated"


@dataclass(frozen=True)
class Entry:
    """One text and its translation, empty where there is none. `earlier` is the source at the last exchange."""

    name: str
    source: str
    target: str = ""
    state: State = State.MISSING
    help: str = ""
    earlier: str = ""
    line: int = 1


@dataclass(frozen=True)
class Exchange:
    """The exchange with a translator: the file it is about, two languages and the texts."""

    original: str
    source_language: str
    target_language: str
    entries: tuple[Entry, ...] = field(default_factory=tuple)


class NotXliff(ValueError):
    """The file is not one that can be taken; the message says why, `line` where."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


def write(exchange: Exchange) -> bytes:
    """The file. Characters that XML cannot hold are left out: no reader could see them."""
    ElementTree.register_namespace("", NAMESPACE)
    root = ElementTree.Element(_tag("xliff"), {"version": "1.2"})
    about = {
        "original": exchange.original,
        "source-language": exchange.source_language,
        "target-language": exchange.target_language,
        "datatype": "plaintext",
    }
    body = ElementTree.SubElement(ElementTree.SubElement(root, _tag("file"), about), _tag("body"))
    for entry in exchange.entries:
        _write_entry(body, entry, exchange)
    ElementTree.indent(root, "  ")
    return bytes(ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)) + b"\n"


def _write_entry(body: ElementTree.Element, entry: Entry, exchange: Exchange) -> None:
    unit = ElementTree.SubElement(body, _tag("trans-unit"), {"id": entry.name, f"{{{XML_NAMESPACE}}}space": "preserve"})
    _text(unit, "source", entry.source, {f"{{{XML_NAMESPACE}}}lang": exchange.source_language})
    _text(
        unit,
        "target",
        entry.target,
        {f"{{{XML_NAMESPACE}}}lang": exchange.target_language, "state": str(entry.state)},
    )
    if entry.state is State.CHANGED:
        _text(unit, "note", CHANGED_NOTE, {"priority": "1"})
    if entry.help:
        _text(unit, "note", entry.help, {})
    if entry.earlier:
        earlier = ElementTree.SubElement(unit, _tag("alt-trans"), {"alttranstype": "previous-version"})
        _text(earlier, "source", entry.earlier, {f"{{{XML_NAMESPACE}}}lang": exchange.source_language})
        _text(earlier, "target", entry.target, {f"{{{XML_NAMESPACE}}}lang": exchange.target_language})


def _text(parent: ElementTree.Element, name: str, text: str, attributes: dict[str, str]) -> None:
    ElementTree.SubElement(parent, _tag(name), attributes).text = _NOT_XML.sub("", text)


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def read(data: bytes) -> Exchange:
    """Read the file that a translator sent back; `NotXliff` where it cannot be taken.

    Marks that programs put into texts are ignored.
    """
    reader = _Reader()
    root = reader.document(data)
    if root.tag != _tag("xliff") or not root.get("version", "").startswith("1."):
        raise NotXliff("This is not an XLIFF 1.2 file.")
    files = root.findall(_tag("file"))
    if len(files) != 1:
        raise NotXliff(f"The file is about {len(files)} texts; it must be about one.")
    (file,) = files
    entries = tuple(_read_entry(unit, reader) for unit in file.iter(_tag("trans-unit")))
    return Exchange(file.get("original", ""), file.get("source-language", ""), file.get("target-language", ""), entries)


def _read_entry(unit: ElementTree.Element, reader: _Reader) -> Entry:
    source, target = unit.find(_tag("source")), unit.find(_tag("target"))
    state = target.get("state", "") if target is not None else ""
    return Entry(
        name=unit.get("id", ""),
        source="".join(source.itertext()) if source is not None else "",
        target="".join(target.itertext()) if target is not None else "",
        state=State(state) if state in list(State) else State.DONE,
        line=reader.lines.get(id(unit), 1),
    )


class _Reader:
    """Builds the tree with expat, which follows nothing outside the file; `lines` says where an element starts."""

    def __init__(self) -> None:
        self.lines: dict[int, int] = {}
        self.depth = 0
        self.builder = ElementTree.TreeBuilder()
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self.builder.data
        self.parser.StartDoctypeDeclHandler = self._refuse

    def document(self, data: bytes) -> ElementTree.Element:
        if len(data) > MAX_BYTES:
            raise NotXliff("This file is too large to read.")
        try:
            self.parser.Parse(data, True)
        except expat.ExpatError as failure:
            message = expat.errors.messages.get(failure.code, "unknown").strip()
            raise NotXliff(f"This is not well-formed XML ({message}).", failure.lineno) from None
        except (ValueError, LookupError) as failure:
            if isinstance(failure, NotXliff):
                raise
            raise NotXliff("This is not XML in UTF-8.") from None
        return self.builder.close()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise NotXliff("The file is nested too deeply.", self.parser.CurrentLineNumber)
        element = self.builder.start(_qualified(name), {_qualified(key): value for key, value in attributes.items()})
        self.lines[id(element)] = self.parser.CurrentLineNumber

    def _end(self, name: str) -> None:
        self.depth -= 1
        self.builder.end(_qualified(name))

    def _refuse(self, *_: object) -> None:
        raise NotXliff("The file declares a document type, which is refused.", self.parser.CurrentLineNumber)


def _qualified(name: str) -> str:
    """expat's `namespace name` as ElementTree's `{namespace}name`."""
    namespace, space, local = name.rpartition(" ")
    return f"{{{namespace}}}{local}" if space else name


def entries_by_name(entries: Iterable[Entry]) -> dict[str, Entry]:
    """The first entry of each name."""
    found: dict[str, Entry] = {}
    for entry in entries:
        found.setdefault(entry.name, entry)
    return found
