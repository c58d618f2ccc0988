"""HTML that cannot harm: only elements and attributes on the lists below reach a page. The cleaner (nh3) is the last
to write.

Changes after its reading of a text (boxes around tables, alignment, the size of pictures) are made in a tree, and
the tree goes through the cleaner again: so no text that somebody wrote is ever taken for a tag. Pure.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, SubElement, tostring

import nh3

from generator.content.notice_file import ANCHOR
from generator.content.reserved_ids import is_reserved
from generator.content.web_address import SCHEMES
from generator.markdown.pictures import size_of

INLINE = frozenset(
    {"a", "abbr", "b", "br", "cite", "code", "em", "i", "kbd", "q", "s", "small", "strong", "sub", "sup"}
)
BLOCKS = frozenset(
    {"p", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "hr", "h3", "h4", "h5", "h6", "img"}
    | {"table", "thead", "tbody", "tfoot", "tr", "th", "td", "caption", "details", "summary", "div"}
)
ATTRIBUTES = {
    "a": {"href", "title", "hreflang", "lang", "id"},
    "abbr": {"title"},
    "details": {"open"},
    **{heading: {"id"} for heading in ("h3", "h4", "h5", "h6")},
    "img": {"src", "alt", "width", "height"},
    "li": {"id", "value"},
    "ol": {"start", "reversed", "type"},
    "sup": {"id"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
}
_HEADINGS = frozenset({"h3", "h4", "h5", "h6"})
_OUR_OWN = {"div": {"class", "tabindex"}, "td": {"class"}, "th": {"class"}}
"""The attributes that this module adds, and in `_VALUES` the only values that they may have."""
_FINAL = {tag: ATTRIBUTES.get(tag, set()) | _OUR_OWN.get(tag, set()) for tag in ATTRIBUTES.keys() | _OUR_OWN.keys()}
_ALIGNS = ("left", "center", "right")
_VALUES = {
    ("div", "class"): {"table"},
    ("div", "tabindex"): {"0"},
    **{(tag, "class"): {f"align-{align}" for align in _ALIGNS} for tag in ("td", "th")},
}
_CHANGED = re.compile(r"<(?:table|img)[\s>]")
_FOOTNOTE = re.compile(r"(#?)(fn|fnref\d*):(.+)")
_EMPTY = frozenset({"br", "hr", "img"})


def clean(html: str, section_id: str, *, heading_ids: bool = True) -> str:
    """A section's HTML that cannot harm, with its tables in boxes that scroll. Its footnotes carry the section's id.

    Headings keep the ids that the author gave them, unless `heading_ids` is off, as for release 0.1. Others are
    dropped, and so are the page's own: they would be shadowed.
    """
    cleaned: str = nh3.clean(
        html,
        tags=set(INLINE | BLOCKS),
        attributes=ATTRIBUTES,
        attribute_filter=lambda tag, name, value: _kept(tag, name, value, section_id, heading_ids),
        url_schemes=SCHEMES,
        link_rel=None,
    )
    if not _CHANGED.search(cleaned):
        return cleaned
    tree = _tree(cleaned)
    _change(tree)
    written = "".join([tree.text or "", *(tostring(child, encoding="unicode", method="html") for child in tree)])
    again: str = nh3.clean(
        written,
        tags=set(INLINE | BLOCKS),
        attributes=_FINAL,
        attribute_filter=lambda tag, name, value: value if value in _VALUES.get((tag, name), {value}) else None,
        url_schemes=SCHEMES,
        link_rel=None,
    )
    return again


def clean_inline(html: str, *, empty_links: bool = False) -> str:
    """The HTML of a heading: inline text without links, whose tags stay without an address for release 0.1."""
    tags = set(INLINE if empty_links else INLINE - {"a"})
    cleaned: str = nh3.clean(html, tags=tags, attributes={"abbr": {"title"}}, link_rel=None)
    return cleaned.strip()


def _kept(tag: str, name: str, value: str, section_id: str, heading_ids: bool) -> str | None:
    """An attribute's value, and None where it has to go."""
    if name == "id" and tag in _HEADINGS:
        return (
            value
            if heading_ids and ANCHOR.fullmatch(value) and not is_reserved(value) and not _FOOTNOTE.fullmatch(value)
            else None
        )
    return _footnote(name, value, section_id)


def _footnote(name: str, value: str, section_id: str) -> str | None:
    found = _FOOTNOTE.fullmatch(value)
    if name == "id":
        return f"{found[2]}-{section_id}-{found[3]}" if found and not found[1] else None
    if name == "href" and found and found[1]:
        return f"#{found[2]}-{section_id}-{found[3]}"
    return value


class _Tree(HTMLParser):
    """The cleaner's output as a tree. It closes each tag that it opens, so nothing is guessed here."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Element("div")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag opens."""
        element = SubElement(self.open[-1], tag, {name: value or "" for name, value in attrs})
        if tag not in _EMPTY:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        """A tag closes."""
        if len(self.open) > 1 and self.open[-1].tag == tag:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        """Text between two tags."""
        parent = self.open[-1]
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + data
        else:
            parent.text = (parent.text or "") + data


def _tree(html: str) -> Element:
    reader = _Tree()
    reader.feed(html)
    reader.close()
    return reader.root


def _change(parent: Element) -> None:
    """Each table in a box that scrolls on a narrow screen and is reached by keyboard; its alignment as classes; the
    width and height of each published picture, so that nothing moves while it loads."""
    for index, child in enumerate(parent):
        _change(child)
        if child.tag == "table":
            box = Element("div", {"class": "table", "tabindex": "0"})
            box.tail, child.tail = child.tail, None
            box.append(child)
            parent[index] = box
        elif child.tag in ("td", "th") and child.get("align") in _ALIGNS:
            given = list(child.items())
            child.attrib.clear()
            for name, value in given:
                child.set(*(("class", f"align-{value}") if name == "align" else (name, value)))
        elif (
            child.tag == "img"
            and (size := size_of(child.get("src", "")))
            and not {"width", "height"} & set(child.keys())
        ):
            child.set("width", size[0])
            child.set("height", size[1])
