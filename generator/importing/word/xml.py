"""The XML of a Word file (ISO/IEC 29500): its names, and how it says yes, no and how much."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from lxml import etree

Element = etree._Element

SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "dc": "http://purl.org/dc/elements/1.1/",
    "rel": "http://schemas.openxmlformats.org/package/2006/relationships",
}
STRICT = "http://purl.oclc.org/ooxml/"
"""How the names of the strict form of the standard begin."""
_TRANSITIONAL = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": SPACES["w"].encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/math": SPACES["m"].encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/": b"http://schemas.openxmlformats.org/officeDocument/2006/",
    b"http://purl.oclc.org/ooxml/drawingml/main": SPACES["a"].encode(),
    b"http://purl.oclc.org/ooxml/drawingml/": b"http://schemas.openxmlformats.org/drawingml/2006/",
}
_NO = frozenset({"0", "false", "off", "none"})


@cache
def name(short: str) -> str:
    """`w:p` as lxml writes it."""
    space, _, local = short.partition(":")
    return f"{{{SPACES[space]}}}{local}"


def transitional(data: bytes) -> bytes:
    """XML of the strict form with the names that every other Word file has."""
    for strict, usual in _TRANSITIONAL.items():
        data = data.replace(strict, usual)
    return data


def child(element: Element | None, *path: str) -> Element | None:
    """The first child of that name, and of it the next, or nothing."""
    for step in path:
        if element is None:
            return None
        element = element.find(name(step))
    return element


def text_value(element: Element | None, attribute: str = "w:val") -> str:
    """An attribute, empty where it or its element is missing."""
    return "" if element is None else element.get(name(attribute), "")


def number_value(element: Element | None, attribute: str = "w:val") -> int | None:
    """An attribute that is a whole number of a size that Word can mean."""
    try:
        number = int(text_value(element, attribute))
    except ValueError:
        return None
    return number if abs(number) < 10**6 else None


def is_on(element: Element) -> bool:
    """Whether a switch such as `<w:b/>` is on: without a value it is (ISO/IEC 29500-1, 17.17.4)."""
    return element.get(name("w:val"), "1") not in _NO


def elements(parent: Element) -> Iterator[Element]:
    """The children that are elements: no entity, which lxml keeps unresolved."""
    return (node for node in parent if isinstance(node.tag, str))


def branch(alternatives: Element) -> Element | None:
    """The one form of `mc:AlternateContent` that has something to read; both say the same.

    Word writes a drawing as its first choice, with an old VML picture of it to fall back on.
    """
    forms = [form for form in elements(alternatives) if form.tag in (name("mc:Choice"), name("mc:Fallback"))]
    for form in forms:
        if next(form.iter(name("w:t"), name("wp:docPr"), name("m:t")), None) is not None:
            return form
    return forms[0] if forms else None
