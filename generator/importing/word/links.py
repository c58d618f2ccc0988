"""Links inside a Word file: to the headings, as only those have an address on a page."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from generator.importing.word.line import Paragraph
from generator.importing.word.source import Findings
from generator.importing.word.words import first_words
from generator.importing.word.xml import Element

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_NO_ID = re.compile(r"[^\w.-]+")
_PREFIX = "#bookmark-"


def redirect_links(body: Element, described: Mapping[Element, Paragraph], findings: Findings) -> None:
    """Give headings the names of their bookmarks as ids, and lead each link to the heading that its bookmark is under."""
    names = {number: bookmark for bookmark, number in findings.bookmarks.items()}
    links = [link for link in body.iter("a") if link.get("href", "").startswith(_PREFIX)]
    used = {int(link.get("href", "")[len(_PREFIX) :]) for link in links}
    headings: dict[int, Element] = {}
    heading: Element | None = None
    for element in body.iter():
        paragraph = described.get(element)
        if element.tag in _HEADINGS:
            heading = element
        for number in () if paragraph is None else paragraph.bookmarks:
            if heading is None:
                continue
            headings.setdefault(number, heading)
            its_own = heading is element and not names[number].startswith("_")
            if (its_own or number in used) and not heading.get("id"):
                heading.set("id", _NO_ID.sub("-", names[number]))
    for link in links:
        number = int(link.get("href", "")[len(_PREFIX) :])
        if number in headings:
            link.set("href", f"#{headings[number].get('id', '')}")
        else:
            findings.lose("link", _place(link, described), f"#{names[number]}")
            link.tag = "span"
    etree.strip_tags(body, "span")


def _place(link: Element, described: Mapping[Element, Paragraph]) -> str:
    for parent in link.iterancestors():
        if parent in described:
            return first_words(described[parent].text)
    return ""
