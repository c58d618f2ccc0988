"""Notes that small numbers lead to, in the one form that footnotes are written from."""

from __future__ import annotations

import re

from generator.importing.document import Loss
from generator.importing.tree.inert import Element, first_words, leave_out, make, remove, tag_of, where, words_in

_NOTE_MARK = re.compile(r"[\[(]?(?:\d{1,3}|[a-z]|[ivx]{1,4}|[*†‡§]{1,3})[\])]?", re.I)
_BACK = re.compile(r"[↩↑^⤴]|back to (?:text|content|reference)|return", re.I)


def mark_footnotes(body: Element, losses: list[Loss]) -> None:
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
