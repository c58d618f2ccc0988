"""Drawings in a Word file: text boxes to be lifted out, and pictures, charts and objects that stay behind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.importing.refusal import NotTaken
from generator.importing.word.package import Package, Relationship
from generator.importing.word.xml import Element, branch, name, text_value


@dataclass(frozen=True)
class Drawing:
    """The facts about a drawing."""

    boxes: tuple[Element, ...]  # paragraphs of its text boxes
    losses: tuple[tuple[str, str], ...]  # what the report calls it, and its words
    alt: str | None  # text that stands for a picture, empty where it has none


def drawing(element: Element, relationships: Mapping[str, Relationship], package: Package) -> Drawing:
    """Look into a `w:drawing`, a `w:pict` (the older form), or a `w:object`."""
    boxes = tuple(_boxes(element))
    alt = " ".join(dict.fromkeys(filter(None, map(_alternative, element.iter(name("wp:docPr"), name("v:shape"))))))
    losses: list[tuple[str, str]] = []
    if _has(element, "c:chart"):
        losses.append(("chart", alt))
    for diagram in element.iter(name("dgm:relIds")):
        losses.append(("diagram", _words_of_diagram(relationships.get(text_value(diagram, "r:dm")), package) or alt))
    for path in element.iter(name("v:textpath")):
        losses.append(("decorative text", path.get("string", "")))
    if element.tag == name("w:object"):
        losses.append(("embedded file", alt))
    is_picture = not losses and (_has(element, "pic:pic") or _has(element, "v:imagedata"))
    return Drawing(boxes, tuple(losses), alt if is_picture else None)


def _boxes(element: Element) -> Iterator[Element]:
    """The outermost text boxes, each once: a group of shapes can hold both forms of each of its boxes."""
    for box in element.iter(name("w:txbxContent")):
        kept = True
        for parent in box.iterancestors():
            if parent is element:
                break
            outer = parent.getparent()
            other_form = outer is not None and outer.tag == name("mc:AlternateContent") and branch(outer) is not parent
            if parent.tag == name("w:txbxContent") or other_form:
                kept = False
        if kept:
            yield box


def _alternative(properties: Element) -> str:
    """The text that its author gave a picture for those who do not see it."""
    return " ".join((properties.get("descr") or properties.get("alt") or properties.get("title") or "").split())


def _has(element: Element, tag: str) -> bool:
    return next(element.iter(name(tag)), None) is not None


def _words_of_diagram(relationship: Relationship | None, package: Package) -> str:
    """The words of a diagram, which are in a part of their own."""
    if relationship is None or relationship.external:
        return ""
    try:
        root = package.part(relationship.target)
    except NotTaken:
        return ""
    return "" if root is None else " ".join(text.text or "" for text in root.iter(name("a:t")))
