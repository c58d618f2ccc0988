"""A drawing (SVG) as it is published as a logo: shapes and colours from a list, and nothing that runs, links or
loads. Pure.

It is written anew from what is known to be harmless, so that what nobody thought of is not in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
MOST_ELEMENTS = 5_000
DEEPEST = 60
_ELEMENTS = """
    svg g path rect circle ellipse line polyline polygon text tspan defs symbol use clipPath mask linearGradient
    radialGradient stop pattern title desc style
"""
_ATTRIBUTES = """
    id class style transform d x y x1 y1 x2 y2 cx cy r rx ry fx fy width height points viewBox preserveAspectRatio version
    fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-miterlimit
    stroke-dasharray stroke-dashoffset opacity color display visibility overflow clip-path clip-rule clipPathUnits mask
    maskUnits maskContentUnits gradientUnits gradientTransform spreadMethod offset stop-color stop-opacity patternUnits
    patternContentUnits patternTransform font-family font-size font-weight font-style text-anchor letter-spacing dx dy
    paint-order vector-effect
"""
_GROUPS = {"a": "g", "switch": "g"}
"""An element that links, or shows one of several parts, stays as a plain group: programs for drawing write whole logos into them."""
_SHAPES = frozenset({"path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "use"})
_UNSHOWN = ("defs", "symbol", "clipPath", "mask", "pattern")
"""Their shapes are seen only where others use them."""
ELEMENTS, ATTRIBUTES = frozenset(_ELEMENTS.split()), frozenset(_ATTRIBUTES.split())
_LOADS = re.compile(
    r"@|\\|expression|javascript:|image\s*\(|image-set|src\s*\(|url\s*\((?!\s*[\"']?#[\w.-]+[\"']?\s*\))", re.I
)
"""Parts that styles could load or run: all but a part of the drawing itself, `url(#sky)`."""
_REMARK = re.compile(r"/\*.*?\*/", re.S)
_OWN_PART = re.compile(r"#[\w.-]+")
_START = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*(?:<\?xml|<!--|<!DOCTYPE\s+svg|<svg|<[a-z]+:svg)", re.I)


def is_drawing(data: bytes) -> bool:
    """Whether the bytes begin as XML that may be a drawing."""
    return _START.match(data) is not None or (data[:2] in (b"\xff\xfe", b"\xfe\xff") and b"s\0v\0g" in data[:2_000])


def cleaned(data: bytes, most_bytes: int) -> bytes | None:
    """The drawing anew; None where it is none, has too many parts or too many bytes, or its parts draw each other."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root.tag != f"{{{SVG}}}svg" or sum(1 for _ in root.iter()) > MOST_ELEMENTS:
        return None
    made = _copied(root, 0)
    if made is None or _multiplies(made):
        return None
    etree.cleanup_namespaces(made)
    out = etree.tostring(made, encoding="utf-8")
    return out if len(out) <= most_bytes else None


def is_blank(drawing: bytes) -> bool:
    """Whether nothing that could be seen is in a drawing."""
    root = etree.fromstring(drawing)
    unshown = {f"{{{SVG}}}{name}" for name in _UNSHOWN}
    shapes = (part for part in root.iter() if etree.QName(part).localname in _SHAPES)
    return all(any(above.tag in unshown for above in shape.iterancestors()) for shape in shapes)


def _copied(element: etree._Element, depth: int) -> etree._Element | None:
    """An element with what is allowed of it; None where it is not allowed itself."""
    name = etree.QName(element) if isinstance(element.tag, str) else None
    if name is None or name.namespace != SVG or depth > DEEPEST:
        return None
    kind = _GROUPS.get(name.localname, name.localname)
    if kind not in ELEMENTS:
        return None
    if kind == "style" and not _is_harmless(element.text or ""):
        return None
    made = etree.Element(f"{{{SVG}}}{kind}", nsmap={None: SVG, "xlink": XLINK} if depth == 0 else None)
    for key, value in _attributes(element):
        made.set(key, value)
    made.text, made.tail = element.text, element.tail
    for child in element:
        if (inner := _copied(child, depth + 1)) is not None:
            made.append(inner)
    return made


def _attributes(element: etree._Element) -> Iterator[tuple[str, str]]:
    for key, value in element.attrib.items():
        name = str(key)
        if name in ("href", f"{{{XLINK}}}href"):
            if _OWN_PART.fullmatch(str(value)):
                yield f"{{{XLINK}}}href", str(value)
        elif name in ATTRIBUTES and _is_harmless(str(value)):
            yield name, str(value)


def _is_harmless(style: str) -> bool:
    return _LOADS.search(_REMARK.sub("", style)) is None and "<" not in style


def _multiplies(root: etree._Element) -> bool:
    """Whether a part draws a part that draws others again: a few lines could keep every reader's browser busy for
    ever."""
    parts = {part.get("id"): part for part in root.iter() if part.get("id")}
    drawn = (parts.get((use.get(f"{{{XLINK}}}href") or "").removeprefix("#")) for use in root.iter(f"{{{SVG}}}use"))
    loops = any(part is not None and next(part.iter(f"{{{SVG}}}use"), None) is not None for part in drawn)
    patterns = any(_is_in_pattern(part) for part in root.iter() if "url(" in " ".join(map(str, part.attrib.values())))
    return loops or patterns


def _is_in_pattern(part: etree._Element) -> bool:
    kinds = (f"{{{SVG}}}pattern", f"{{{SVG}}}mask", f"{{{SVG}}}clipPath")
    return any(above.tag in kinds for above in part.iterancestors()) and "url(" in " ".join(
        map(str, part.attrib.values())
    )
