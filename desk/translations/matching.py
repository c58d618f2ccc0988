"""A document that was read beside a notice's texts: its sections are matched in order. Pure.

Sections that both name alike (`{#rights}`) belong together; those between them follow one another. The facts stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desk.translations import typed as typing
from desk.translations.sheet import Sheet
from desk.translations.typed import Typed
from generator.content.model import BodySection, Notice
from generator.translation.texts import HEADING, OPENING, TEXT

Pair = tuple[int | None, int | None]
"""The places of two sections that belong together; None where one has none to match."""


@dataclass(frozen=True)
class Met:
    """Two headings beside each other, the main language's and the document's; empty where there is none."""

    main: str
    document: str


@dataclass(frozen=True)
class Matched:
    """The form with the document's words in it, the headings that met, and words of the document that have no place in it."""

    typed: Typed
    met: tuple[Met, ...]
    left: tuple[str, ...]


def matched(sheet: Sheet, document: Notice) -> Matched:
    """The texts of a document in the places of a notice's texts; what the document does not have stays as it is."""
    texts = dict(typing.of_sheet(sheet).texts)
    sources = {entry.name: entry.source for entry in sheet.entries}
    names = [name.removesuffix(f".{HEADING}") for name in sources if name.endswith(f".{HEADING}")]
    names = [name for name in names if name.startswith("body.")]
    met, left = list[Met](), list[str]()
    if document.facets.title:
        texts["title"] = document.facets.title
    if document.opening is not None and document.opening.markdown.strip():
        _put(texts, f"body.{OPENING}", document.opening.markdown, left)
    for own, other in pairs([name.removeprefix("body.") for name in names], document.sections):
        section = document.sections[other] if other is not None else None
        name = names[own] if own is not None else ""
        met.append(Met(sources.get(f"{name}.{HEADING}", ""), section.heading if section else ""))
        if section is None:
            continue
        if own is None:
            left.append(f"## {section.heading}\n\n{section.markdown.strip()}".strip())
            continue
        texts[f"{name}.{HEADING}"] = section.heading
        if section.markdown.strip():
            _put(texts, f"{name}.{TEXT}", section.markdown, left)
    return Matched(replace(typing.of_sheet(sheet), texts=texts), tuple(met), tuple(left))


def pairs(names: Sequence[str], sections: Sequence[BodySection]) -> list[Pair]:
    """Which section of a document belongs to which of a notice, in order: both by id where they have one, else by place."""
    found, own, other = list[Pair](), 0, 0
    for at, name in enumerate(names):
        same = next((place for place in range(other, len(sections)) if sections[place].id == name), None)
        if same is not None:
            found += [*_in_order(range(own, at), range(other, same)), (at, same)]
            own, other = at + 1, same + 1
    return [*found, *_in_order(range(own, len(names)), range(other, len(sections)))]


def _in_order(own: range, other: range) -> list[Pair]:
    shared = min(len(own), len(other))
    both = list[Pair](zip(own, other, strict=False))
    return [*both, *((at, None) for at in own[shared:]), *((None, at) for at in other[shared:])]


def _put(texts: dict[str, str], name: str, text: str, left: list[str]) -> None:
    """Put a text in its place; where the notice has no such place, its words are kept apart."""
    if name in texts:
        texts[name] = text.strip()
    else:
        left.append(text.strip())
