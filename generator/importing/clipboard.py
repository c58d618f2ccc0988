"""HTML as Word, Word online and Google Docs put it on the clipboard or save it: their lists, notes and comments.

Word writes lists as paragraphs. Their level and marker are in `mso-list` and in the span that it says to ignore; classes
and indents say nothing reliable.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.importing.document import CLIPBOARD, Document, Loss
from generator.importing.tree import cleaning
from generator.importing.tree.inert import (
    Element,
    body_of,
    inner_html,
    leave_out,
    make,
    parse,
    remove,
    style,
    tag_of,
    unwrap,
    words_in,
)
from generator.importing.tree.list_labels import label
from generator.importing.words import clean, seen_in

_OF_OFFICE = re.compile(
    r"class=[\"']?Mso|mso-[a-z]+:|urn:schemas-microsoft-com:office|docs-internal-guid|ListContainerWrapper|"
    r"data-aria-level|content=[\"']?(?:Microsoft )?Word",
    re.I,
)
_FRAGMENT = re.compile(r"<!--\s*StartFragment\s*-->(.*?)<!--\s*EndFragment\s*-->", re.S | re.I)
_HEADER = re.compile(r"\AVersion:\d[^<]*", re.I)
"""The lines that Windows puts before HTML on its clipboard: `StartHTML:0000000105` and the like."""
_LEVEL = re.compile(r"mso-list:\w+level(\d+)")
_NUMBER = re.compile(r"(\d{1,4})[.)]?$")


@dataclass(frozen=True)
class _Item:
    """A paragraph that is an item: its level from 1, and its marker, empty where there is none."""

    element: Element
    level: int
    marker: str
    kind: str = ""
    """`ol` or `ul` where the source says so itself."""


def looks_like(text: str) -> bool:
    """Whether HTML comes from an office program."""
    return _OF_OFFICE.search(text) is not None or _HEADER.match(text) is not None


def read(text: str) -> Document:
    """The HTML that was copied, or saved as a page. `NotTaken` where it cannot be read whole."""
    text = _HEADER.sub("", text)
    fragment = _FRAGMENT.search(text)
    text = fragment[1] if fragment else text
    root = parse(text)
    body, losses = body_of(root), list[Loss]()
    _comments(body, losses)
    _contents(body, losses)
    _headings(body)
    for element in list(body.iter()):
        if (
            ":" in tag_of(element)
            or "EOP" in (element.get("class") or "").split()
            or (tag_of(element) == "b" and "font-weight:normal" in style(element))
        ):
            unwrap(element)
    _word_lists(body, losses)
    _online_lists(body)
    cleaning.clean(body, losses)
    cleaning.finish(body, "", losses)
    title = clean(root.findtext(".//title") or "").strip()
    language = root.get("lang") or next((part.get("lang") or "" for part in body.iter("body") if part.get("lang")), "")
    return Document(inner_html(body), title, language, "", tuple(losses), seen_in(text), CLIPBOARD)


def _comments(body: Element, losses: list[Loss]) -> None:
    """Comments with the marks that lead to them."""
    for element in list(body.iter()):
        classes, css = (element.get("class") or "").lower(), style(element)
        is_comment = "mso-element:comment-list" in css or "mso-element:comment;" in f"{css};" or "msocomtxt" in classes
        is_mark = "msocomanchor" in classes
        if (is_comment or is_mark) and body in element.iterancestors():
            leave_out(element, "comment" if is_comment else "mark of a comment", losses)
    for element in list(body.iter("hr")):
        parent = element.getparent()
        of_notes = parent is not None and re.search("mso-element:(?:foot|end)note-list", style(parent)) is not None
        if of_notes or "msocomoff" in (element.get("class") or "").lower():
            remove(element)


def _contents(body: Element, losses: list[Loss]) -> None:
    """A table of contents: the page makes its own."""
    for element in list(body.iter("p")):
        if re.match(r"MsoToc\d|MsoTocHeading", element.get("class") or ""):
            leave_out(element, "table of contents", losses)


def _headings(body: Element) -> None:
    """Titles and headings that only a class or a role names."""
    for element in list(body.iter("p", "div")):
        if element.get("role") == "heading":
            level = element.get("aria-level") or "2"
            element.tag = f"h{level if level in '123456' else 6}"
        elif re.match(r"MsoTitle\b", element.get("class") or "") and tag_of(element) == "p":
            element.tag = "h1"


def _word_lists(body: Element, losses: list[Loss]) -> None:
    """Paragraphs with `mso-list` as lists; numbered headings keep their number as text."""
    items: dict[Element, _Item] = {}
    for element in list(body.iter("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "div")):
        level = _LEVEL.search(style(element))
        if level is None:
            continue
        marker = _take_marker(element)
        if tag_of(element) == "p":
            items[element] = _Item(element, int(level[1]), marker)
            losses += [Loss("marker of a list", "", marker)] if marker else []
        elif marker and tag_of(element) != "li":
            element.text = f"{marker} {element.text or ''}"
    for run in _runs(items):
        _build(run)


def _take_marker(element: Element) -> str:
    """The marker that Word wrote for programs without lists."""
    marker = ""
    for span in list(element.iter("span")):
        if "mso-list:ignore" in style(span):
            marker = marker or words_in(span).strip()
            remove(span)
    return marker


def _runs(items: dict[Element, _Item]) -> Iterator[list[_Item]]:
    """Items that follow each other, with nothing but blanks between."""
    done: set[Element] = set()
    for element, item in items.items():
        if element in done:
            continue
        run = [item]
        following = element.getnext()
        while following is not None and not (run[-1].element.tail or "").strip():
            if following in items:
                run.append(items[following])
            elif words_in(following) or tag_of(following) != "p":
                break
            following = following.getnext()
        done |= {one.element for one in run}
        yield run


def _build(run: Sequence[_Item]) -> None:
    """Put nested lists in the place of a run of items."""
    place = run[0].element
    holder = make("div")
    place.addprevious(holder)
    opened: list[tuple[int, str, Element]] = []
    for item in run:
        kind, start, label = _kind(item)
        while opened and (opened[-1][0] > item.level or (opened[-1][0] == item.level and opened[-1][1] != kind)):
            opened.pop()
        if not opened or opened[-1][0] < item.level:
            new = make(kind)
            if kind == "ol" and start != 1:
                new.set("start", str(start))
            (opened[-1][2][-1] if opened else holder).append(new)
            opened.append((item.level, kind, new))
        entry = make("li")
        entry.text = f"{label}{item.element.text or ''}" or None
        entry.extend(list(item.element))
        if kind == "ol":
            entry.set("value", str(start))
        opened[-1][2].append(entry)
    for item in run:
        remove(item.element)
    unwrap(holder)


def _kind(item: _Item) -> tuple[str, int, str]:
    """Which list an item belongs to, its number there, and what of its marker has to stay as text."""
    marker = item.marker
    if found := _NUMBER.match(marker):
        return "ol", int(found[1]), ""
    if item.kind:
        return item.kind, 1, ""
    return (
        "ul",
        1,
        f"{marker} " if re.search(r"[A-Za-z0-9]", marker) and marker not in ("o", "§", "v", "Ø", "ü") else "",
    )


def _online_lists(body: Element) -> None:
    """Word online makes a list of each item: one list again, nested by `data-aria-level`."""
    found: dict[Element, _Item] = {}
    for element in list(body.iter("li")):
        level = element.get("data-aria-level") or ""
        holder = element.getparent()
        if not level.isdecimal() or holder is None or tag_of(holder) not in ("ul", "ol"):
            continue
        start = holder.get("start") or ""
        place = sum(1 for _ in element.itersiblings("li", preceding=True))
        number = (int(start) if start.isdecimal() else 1) + place
        ordered = tag_of(holder) == "ol"
        marker = f"{number}." if ordered else ""
        if ordered and (lettered := re.search(r"list-style-type:(lower|upper)-(alpha|roman)", style(holder))):
            marker = label(f"{lettered[1]}-{lettered[2]}", number)
        found[element] = _Item(element, int(level), marker, tag_of(holder))
    places: dict[Element, _Item] = {}
    for element, item in found.items():
        paragraph = make("p")
        paragraph.text = element.text
        paragraph.extend(list(element))
        holder = element.getparent()
        if holder is None:
            continue
        outer = _outermost(holder, body)
        outer.addprevious(paragraph)
        for inner in list(paragraph.iter("p")):
            if inner is not paragraph:
                unwrap(inner)
        remove(element)
        if not words_in(outer):
            remove(outer)
        places[paragraph] = _Item(paragraph, item.level, item.marker, item.kind)
    for run in _runs(places):
        _build(run)


def _outermost(holder: Element, body: Element) -> Element:
    """The wrapper of a list, where Word online put one around it."""
    for around in holder.iterancestors():
        if around is body:
            break
        if "ListContainerWrapper" in (around.get("class") or ""):
            return around
    return holder
