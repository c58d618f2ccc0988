"""Tabs and panels that a control opens: part of the text, with their labels as headings."""

from __future__ import annotations

import re

from generator.importing.tree.inert import Element, make, remove, style, tag_of, words_in

_NAMES_A_PANEL = re.compile(r"tab|panel|accordion|collapse|toggle|expand|details", re.I)
_OPENS = ("aria-controls", "data-target", "data-bs-target", "href")


def show_panels(body: Element) -> None:
    """Tabs and panels that a control opens: shown, each below its label as a heading."""
    by_id = {element.get("id"): element for element in body.iter() if tag_of(element) and element.get("id")}
    named: dict[Element, Element] = {}
    for control in list(body.iter("a", "button", "summary", "span", "div", "li")):
        panel = _opened(control, by_id)
        if panel is None or panel in named or panel in list(control.iterancestors()):
            continue
        named[panel] = control
        show(panel)
        heading = heading_around(control)
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
            show(panel)


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
        is_panel = target.get("role") == "tabpanel" or is_hidden(target)
        is_panel = is_panel or bool(_NAMES_A_PANEL.search(target.get("class") or ""))
        if is_panel and (of_tab or name != "href" or _NAMES_A_PANEL.search(marks) or _in_tabs(control)):
            return target
        if of_tab and name == "aria-controls":
            return target
    heading = heading_around(control) if tag_of(control) == "button" else None
    below = heading.getnext() if heading is not None else None
    return below if below is not None and is_hidden(below) else None


def _in_tabs(control: Element) -> bool:
    return any(
        around.get("role") == "tablist" or re.search(r"\btabs?\b|tabs__", around.get("class") or "")
        for around in control.iterancestors()
    )


def heading_around(control: Element) -> Element | None:
    """The heading or term that an element is in, or is."""
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


def show(panel: Element) -> None:
    """Take away what hides a panel, and what hides it together with the ones around it."""
    for name in ("hidden", "aria-hidden"):
        if name in panel.attrib:
            del panel.attrib[name]
    if "display:none" in style(panel) or "visibility:hidden" in style(panel):
        del panel.attrib["style"]


def is_hidden(element: Element) -> bool:
    """Whether a page does not show an element at first."""
    css = style(element)
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or "display:none" in css
        or "visibility:hidden" in css
        or "mso-hide:all" in css
    )
