"""Cleaning of every HTML document, wherever it comes from: hidden text, changes, controls and links put in order.

Nothing vanishes unseen: each part that is taken out is noted with its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urljoin, urlsplit

from generator.importing.document import Loss
from generator.importing.tree import footnotes, panels
from generator.importing.tree.inert import (
    Element,
    first_words,
    leave_out,
    remove,
    tag_of,
    unwrap,
    where,
    words_in,
)

SCHEMES = ("http", "https", "mailto", "tel")
"""Schemes that a link may lead to."""
_MEDIA = frozenset(
    {"svg", "iframe", "object", "embed", "video", "audio", "canvas", "map", "frameset", "applet"}
    | {"math", "noscript", "noframes", "xml"}
)
_FIELDS = frozenset({"input", "select", "textarea", "datalist", "output", "meter", "progress", "optgroup", "option"})
_KEPT = frozenset(
    {"id", "name", "href", "alt", "class", "start", "type", "value", "reversed", "colspan", "rowspan"}
    | {"role", "style", "lang", "title", "data-kind", "data-made", "data-indent"}
    | {"data-proposed-heading"}
)
_PILCROW = re.compile(r"[¶#§🔗]|(?:perma)?link(?: to (?:this )?(?:heading|section))?", re.I)


def clean(body: Element, losses: list[Loss]) -> None:
    """Everything below, in the order in which one step needs the other."""
    _media(body, losses)
    panels.show_panels(body)
    _hidden(body, losses)
    _changes(body, losses)
    _pilcrows(body, losses)
    _controls(body, losses)
    footnotes.mark_footnotes(body, losses)
    _passages(body, losses)
    _ruby(body)


def finish(body: Element, base: str, losses: list[Loss]) -> None:
    """Links by `<base>`, none but to where a link may lead; and no attribute that anything could act on."""
    for link in list(body.iter("a")):
        _link(link, base, losses)
    for element in body.iter():
        if not tag_of(element):
            continue
        for name in list(element.attrib):
            if str(name).lower() not in _KEPT:
                del element.attrib[name]


def _media(body: Element, losses: list[Loss]) -> None:
    for element in _every(body, _MEDIA):
        leave_out(
            element, "text for browsers without scripts" if tag_of(element) == "noscript" else tag_of(element), losses
        )


def _every(body: Element, names: Iterable[str]) -> list[Element]:
    """The elements of some names that are still there when their turn comes; the outermost first."""
    known = frozenset(names)
    found: list[Element] = []
    for element in body.iter():
        if tag_of(element) in known and not any(parent in found for parent in element.iterancestors()):
            found.append(element)
    return found


def _hidden(body: Element, losses: list[Loss]) -> None:
    """Leave out what no reader of the page could bring up."""
    for element in list(body.iter()):
        if not tag_of(element) or element is body or not panels.is_hidden(element):
            continue
        if any(tag_of(around) == "details" for around in element.iterancestors()):
            panels.show(element)
        elif words_in(element):
            leave_out(element, "hidden text", losses)
        elif element.get("id") is None:
            remove(element)


def _changes(body: Element, losses: list[Loss]) -> None:
    """Changes to a text: what was put in stays, what was taken out goes."""
    for element in _every(body, ("del",)):
        leave_out(element, "deletion", losses)
    for element in list(body.iter("ins")):
        if element.get("cite") is not None:
            losses.append(Loss("insertion", where(element), words_in(element)))
        unwrap(element)


def _pilcrows(body: Element, losses: list[Loss]) -> None:
    """The signs beside headings that link to the heading itself."""
    for heading in body.iter("h1", "h2", "h3", "h4", "h5", "h6"):
        for link in list(heading.iter("a")):
            text = words_in(link)
            if (link.get("href") or "").startswith("#") and _PILCROW.fullmatch(text):
                losses.append(Loss("sign beside a heading", first_words(words_in(heading)), text))
                remove(link)


def _controls(body: Element, losses: list[Loss]) -> None:
    """Buttons in headings are the heading; other buttons and fields do nothing in a notice."""
    for button in list(body.iter("button")):
        if panels.heading_around(button) is not None:
            unwrap(button)
        elif words_in(button):
            leave_out(button, "button", losses)
        else:
            remove(button)
    for element in _every(body, _FIELDS):
        ticked = tag_of(element) == "input" and element.get("type") in ("checkbox", "radio")
        if tag_of(element) == "input" and element.get("type") == "hidden":
            remove(element)
            continue
        losses.append(Loss("tick box" if ticked else "form field", where(element), _of_field(element)))
        remove(element)


def _of_field(element: Element) -> str:
    if tag_of(element) == "input":
        return (element.get("value") or "").strip() if element.get("type") in ("submit", "button") else ""
    return words_in(element)


def _passages(body: Element, losses: list[Loss]) -> None:
    """Passages in another language or direction: Markdown cannot say so, and the editor has to know."""
    for element in body.iter():
        if not tag_of(element) or element is body:
            continue
        language = (element.get("lang") or "").split("-")[0].lower()
        around = next((p.get("lang") for p in element.iterancestors() if p.get("lang")), "") or ""
        if language and language != around.split("-")[0].lower() and words_in(element) and around:
            losses.append(Loss("language of a passage", first_words(words_in(element)), f"The page says: {language}."))
        if (element.get("dir") or "").lower() == "rtl" and words_in(element):
            losses.append(
                Loss("direction of a passage", first_words(words_in(element)), "The page says: right to left.")
            )


def _ruby(body: Element) -> None:
    """The reading of a word beside it, in brackets."""
    for reading in list(body.iter("rt")):
        reading.text, text = None, words_in(reading)
        for child in list(reading):
            reading.remove(child)
        reading.text = f" ({text}) " if text else None
    for bracket in list(body.iter("rp")):
        remove(bracket)


def _link(link: Element, base: str, losses: list[Loss]) -> None:
    href = re.sub(r"[\t\n\r]", "", (link.get("href") or "").strip())
    if link.get("href") is None:
        return
    try:
        scheme = urlsplit(href).scheme.lower()
        full = href if href.startswith("#") or scheme or not base else urljoin(base, href)
    except ValueError:
        scheme, full = "broken", href
    if not href or (scheme and scheme not in SCHEMES):
        if href and words_in(link):
            losses.append(Loss("link", where(link), href[:200]))
        del link.attrib["href"]
    else:
        link.set("href", full)
