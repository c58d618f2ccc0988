"""What every HTML document goes through, wherever it comes from: hidden text, changes, controls and links put in order.

Nothing vanishes unseen: each part that is taken out is noted with its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urljoin, urlsplit

from generator.importing.document import Loss
from generator.importing.inert import (
    Element,
    first_words,
    leave_out,
    make,
    remove,
    style,
    tag_of,
    unwrap,
    where,
    words_in,
)

SCHEMES = ("http", "https", "mailto", "tel")
"""What a link may lead to."""
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
_NAMES_A_PANEL = re.compile(r"tab|panel|accordion|collapse|toggle|expand|details", re.I)
_OPENS = ("aria-controls", "data-target", "data-bs-target", "href")
_NOTE_MARK = re.compile(r"[\[(]?(?:\d{1,3}|[a-z]|[ivx]{1,4}|[*†‡§]{1,3})[\])]?", re.I)
_BACK = re.compile(r"[↩↑^⤴]|back to (?:text|content|reference)|return", re.I)
_PILCROW = re.compile(r"[¶#§🔗]|(?:perma)?link(?: to (?:this )?(?:heading|section))?", re.I)


def clean(body: Element, losses: list[Loss]) -> None:
    """Everything below, in the order in which one step needs the other."""
    _media(body, losses)
    _panels(body)
    _hidden(body, losses)
    _changes(body, losses)
    _pilcrows(body, losses)
    _controls(body, losses)
    _footnotes(body, losses)
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


def _panels(body: Element) -> None:
    """Tabs and panels that a control opens: shown, each below its label as a heading."""
    by_id = {element.get("id"): element for element in body.iter() if tag_of(element) and element.get("id")}
    named: dict[Element, Element] = {}
    for control in list(body.iter("a", "button", "summary", "span", "div", "li")):
        panel = _opened(control, by_id)
        if panel is None or panel in named or panel in list(control.iterancestors()):
            continue
        named[panel] = control
        _show(panel)
        heading = _heading_around(control)
        if heading is not None:
            control.attrib.pop("href", None)
            continue
        label = words_in(control)
        first = words_in(panel)
        before = next(panel.iter("h1", "h2", "h3", "h4", "h5", "h6", "summary"), None)
        has_label = before is not None and words_in(before) == label and first.startswith(label)
        if label and not has_label:
            title = make("summary", label)
            title.tail, panel.text = panel.text, None
            panel.insert(0, title)
        _take_label(control)
    for panel in body.iter():
        if tag_of(panel) and panel.get("role") == "tabpanel":
            _show(panel)


def _opened(control: Element, by_id: dict[str | None, Element]) -> Element | None:
    """The panel that a control names: a part of the page with that id that can be shown and hidden."""
    of_tab = control.get("role") in ("tab", "button") or tag_of(control) in ("button", "summary")
    marks = " ".join(
        [control.get("class") or "", *(str(name) for name in control.attrib if str(name).startswith("data-"))]
    )
    for name in _OPENS:
        target = by_id.get((control.get(name) or "").removeprefix("#"))
        if target is None or (name == "href" and not (control.get("href") or "").startswith("#")):
            continue
        is_panel = target.get("role") == "tabpanel" or _is_hidden(target)
        is_panel = is_panel or bool(_NAMES_A_PANEL.search(target.get("class") or ""))
        if is_panel and (of_tab or name != "href" or _NAMES_A_PANEL.search(marks) or _in_tabs(control)):
            return target
        if of_tab and name == "aria-controls":
            return target
    return None


def _in_tabs(control: Element) -> bool:
    return any(
        around.get("role") == "tablist" or re.search(r"\btabs?\b|tabs__", around.get("class") or "")
        for around in control.iterancestors()
    )


def _heading_around(control: Element) -> Element | None:
    for around in (control, *control.iterancestors()):
        if tag_of(around) in ("h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt") or around.get("role") == "heading":
            return around
    return None


def _take_label(control: Element) -> None:
    """Take a control out, with the item of a list of tabs that it fills."""
    parent = control.getparent()
    remove(control)
    while parent is not None and tag_of(parent) in ("li", "ul", "ol") and not words_in(parent):
        outer = parent.getparent()
        remove(parent)
        parent = outer


def _show(panel: Element) -> None:
    """Take away what hides a panel, and what hides it together with the ones around it."""
    for name in ("hidden", "aria-hidden"):
        if name in panel.attrib:
            del panel.attrib[name]
    if "display:none" in style(panel) or "visibility:hidden" in style(panel):
        del panel.attrib["style"]


def _is_hidden(element: Element) -> bool:
    css = style(element)
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or "display:none" in css
        or "visibility:hidden" in css
        or "mso-hide:all" in css
    )


def _hidden(body: Element, losses: list[Loss]) -> None:
    """Leave out what no reader of the page could bring up."""
    for element in list(body.iter()):
        if not tag_of(element) or element is body or not _is_hidden(element):
            continue
        if any(tag_of(around) == "details" for around in element.iterancestors()):
            _show(element)
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
        if _heading_around(button) is not None:
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


def _footnotes(body: Element, losses: list[Loss]) -> None:
    """Notes that small numbers lead to, in the form that the Markdown is written from."""
    by_id = {element.get("id") or element.get("name"): element for element in body.iter() if tag_of(element)}
    items: list[Element] = []
    for link in list(body.iter("a")):
        href, text = link.get("href") or "", words_in(link)
        small = link if "noteref" in (link.get("role") or "") else _small(link)
        note = _note(by_id.get(href.removeprefix("#"))) if href.startswith("#") and len(href) > 1 else None
        if small is None or note is None or not _NOTE_MARK.fullmatch(text) or small in list(note.iter()):
            continue
        known = next((item for item in items if item.get("data-note") == href), None)
        if known is None:
            known = _as_item(note, href, text, len(items) + 1, losses)
            items.append(known)
        number = (known.get("id") or "").removeprefix("fn-")
        mark = make("sup")
        mark.set("class", "footnote-ref")
        mark.append(make("a", number, href=f"#fn-{number}"))
        if text != number:
            losses.append(Loss("mark of a footnote", where(small), text))
        mark.tail, small.tail = small.tail, None
        parent = small.getparent()
        if parent is not None:
            parent.replace(small, mark)
    if items:
        notes = make("ol")
        notes.set("class", "footnotes")
        notes.extend(items)
        body.append(notes)


def _small(link: Element) -> Element | None:
    """The `<sup>` around a link, or the link where it is that of a Word file or has one inside."""
    around = link.getparent()
    if around is not None and tag_of(around) == "sup" and words_in(around) == words_in(link):
        return around
    of_word = (link.get("href") or "").startswith(("#_ftn", "#_edn"))
    return link if of_word or next(link.iter("sup"), None) is not None else None


def _note(target: Element | None) -> Element | None:
    """The block that holds a note: an item, a paragraph, or the `<div>` in which Word puts it."""
    if target is None:
        return None
    blocks = [target, *target.iterancestors()]
    of_word = next((block for block in blocks if re.fullmatch(r"(?:f|e)tn\d+|edn\d+", block.get("id") or "")), None)
    if of_word is not None:
        return of_word
    return next((block for block in blocks[:3] if tag_of(block) in ("li", "p", "aside", "div", "dd")), None)


def _as_item(note: Element, href: str, text: str, number: int, losses: list[Loss]) -> Element:
    """A note as an item without its own number and the link back."""
    item = make("li", id=f"fn-{number}")
    item.set("data-note", href)
    for link in list(note.iter("a")):
        own = words_in(link)
        to_text = (link.get("href") or "").startswith("#") and (own == text or _BACK.search(own) or not own)
        if to_text or (link.get("name") or "").startswith(("_ftn", "_edn")):
            leave_out(link, "link back from a footnote", losses)
    remove_from = note.getparent()
    remove(note)
    while remove_from is not None and tag_of(remove_from) in ("ol", "ul") and not words_in(remove_from):
        outer = remove_from.getparent()
        remove(remove_from)
        remove_from = outer
    item.text = note.text
    item.extend(list(note))
    label = re.compile(rf"\s*{re.escape(text)}[.):]?\s+")
    first = item if (item.text or "").strip() else next(item.iter("p"), item)
    if first.text and (found := label.match(first.text)):
        losses.append(Loss("number of a footnote", first_words(words_in(item)), found[0].strip()))
        first.text = first.text[found.end() :]
    return item


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
