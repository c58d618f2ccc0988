"""Everything that the parts of a Word file say about its text, read once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.importing.document import Loss
from generator.importing.refusal import NotTaken
from generator.importing.word.line import Paragraph
from generator.importing.word.numbering import Numbering
from generator.importing.word.package import Package, Relationship
from generator.importing.word.styles import Styles
from generator.importing.word.xml import Element, child, name, text_value

_SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")


@dataclass
class Source:
    """A Word file, opened."""

    package: Package
    body: Element
    styles: Styles
    numbering: Numbering
    notes: dict[tuple[str, str], Element]  # by (`footnote` or `endnote`, id)
    comments: dict[str, Element]
    links: dict[str, dict[str, Relationship]]  # of the body, and of each kind of note


def opened(data: bytes) -> Source:
    """Read the parts that the text needs. `NotTaken` where there is no text that can be trusted."""
    package = Package(data)
    root = package.part(package.main)
    body = child(root, "w:body")
    if root is None or root.tag != name("w:document") or body is None:
        raise NotTaken("This is not a Word file.", "Open the document in Word and save it as .docx.")
    styles = Styles(_first_part(package, "styles"))
    source = Source(package, body, styles, Numbering(_first_part(package, "numbering"), styles), {}, {}, {})
    source.links["body"] = package.relationships(package.main)
    for kind in ("footnote", "endnote"):
        for part in package.related(f"{kind}s"):
            source.links[kind] = package.relationships(part)
            source.notes.update({(kind, text_value(note, "w:id")): note for note in _notes(package.part(part), kind)})
    comments = _first_part(package, "comments")
    for comment in [] if comments is None else comments.iter(name("w:comment")):
        source.comments[text_value(comment, "w:id")] = comment
    return source


def _first_part(package: Package, kind: str) -> Element | None:
    return next((package.part(part) for part in package.related(kind)), None)


def _notes(root: Element | None, kind: str) -> Iterator[Element]:
    for note in [] if root is None else root.iter(name(f"w:{kind}")):
        if text_value(note, "w:type") not in _SEPARATORS:
            yield note


@dataclass
class Findings:
    """The notes of the cleaning pass."""

    losses: list[Loss] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    addresses: dict[str, str] = field(default_factory=dict)  # ids of relationships, by the address outside
    bookmarks: dict[str, int] = field(default_factory=dict)  # numbers of bookmarks, by name
    labels: dict[Element, str] = field(default_factory=dict)  # labels that are text now, by the paragraph of the file

    def lose(self, kind: str, where: str, text: str = "") -> None:
        """Note something for the report, once."""
        loss = Loss(kind, where, " ".join(text.split()))
        if loss not in self.losses[-20:]:
            self.losses.append(loss)

    def relationship(self, address: str) -> str:
        """The id under which the cleaned copy has an address."""
        return self.addresses.setdefault(address, f"rId{len(self.addresses) + 1}")

    def bookmark(self, bookmark_name: str) -> int:
        """The number of a bookmark."""
        return self.bookmarks.setdefault(bookmark_name, len(self.bookmarks))
