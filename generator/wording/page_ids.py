"""The ids of a page, which links lead to: the page's own, those of the consent form, and those of the sections. Pure.

No id is ever there twice. A section keeps the id that it has as long as nothing that comes first needs it: old links
count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Protocol

from generator.content.model import Notice, Section
from generator.content.reserved_ids import CHOICE, CONSENT_IDS, MAIN, PAGE_IDS
from widget import manifest

ABOUT = "about"
"""The text before the first heading."""
BLOCKED = re.compile(
    "ad|ads|advert.*|banner|newsletter|popup|social|sponsor.*|tracking|"
    "(?:consents?|cookies?|gdpr|privacy)(?:banner|consents?|cookies?|notice|policy|settings|statement)?"
)
"""Words of an id that lists of blockers hide elements by: the whole section would be gone (`#cookies-policy`,
`#privacypolicy`)."""
SHOWN = "part-"
FOOTNOTE = re.compile(r"fn(?:ref\d*)?[:-]")
"""How ids of footnotes start: `fn-<section>-<mark>` on the page, `fn:<mark>` in Markdown's HTML."""
NOTE = re.compile(r"^ {0,3}\[\^([^\]\n]+)\]:", re.M)

_INNER = re.compile(r"^[ \t>*+.)\d-]*#{1,6}[ \t].*\{#([^\s{}]+)\}[ \t]*$|<h[3-6] id=\"([^\"]+)\"", re.M)
"""A heading with an id, also in a list or a quotation."""


def with_ids(sections: Iterable[Section], consents: Iterable[str] = ()) -> list[Section]:
    """Every section with an id of its own: the author's, else one made from the heading that nothing else has.

    `consents` are the ids of the consents that the page asks for.
    """
    listed = list(sections)
    written = {section.id for section in listed if section.id}
    noted = any(NOTE.search(section.markdown) for section in listed)
    taken = {*PAGE_IDS, *_of_form(consents)}
    counts: dict[str, int] = {}
    result = []
    for section in listed:
        base = section.id or slug(section.heading)
        if noted and FOOTNOTE.match(base):
            base = f"section-{base}"
        name = base
        while name in taken or (not section.id and name in written):
            counts[base] = counts.get(base, 1) + 1
            name = f"{base}-{counts[base]}"
        taken.add(name)
        result.append(section if name == section.id else replace(section, id=name))
    ids = {section.id for section in result} | taken
    return [_with_free_anchors(section, ids) if section.anchors else section for section in result]


def _with_free_anchors(section: Section, ids: Collection[str]) -> Section:
    return replace(section, anchors=tuple(one for one in section.anchors if one not in ids))


def shown_id(name: str) -> str:
    """The id that a section bears on its page: its own, behind `part-` where blockers may hide it for its name.

    No two sections get one id: what has a prefix here had a blocked word, and keeps it.
    """
    blocked = any(BLOCKED.fullmatch(word) for word in name.split("-"))
    return f"{SHOWN}{name}" if blocked else name


def of_page(page: Notice) -> list[Section]:
    """The sections of an ordinary page, with their ids."""
    return with_ids(Section(part.id or "", part.heading, part.markdown, part.anchors) for part in page.sections)


class Linked(Protocol):
    """A section as far as links need it, in a working text and in a version."""

    @property
    def id(self) -> str: ...
    @property
    def anchors(self) -> tuple[str, ...]: ...
    @property
    def text(self) -> str: ...


def anchors(sections: Iterable[Linked], consents: Iterable[manifest.Consent]) -> frozenset[str]:
    """The anchors on the page of a notice with these sections and consents."""
    asked = [consent.id for consent in consents]
    choice = {CHOICE, *(f"consent-{name}" for name in asked)} if asked else set()
    names = (name for section in sections for name in (section.id, *section.anchors, *within(section)))
    return frozenset({MAIN, *choice, *names})


def within(section: Linked) -> list[str]:
    """The ids of the headings in a section's text, in Markdown or in HTML."""
    return [marked or written for marked, written in _INNER.findall(section.text)]


def shared_footnotes(sections: Iterable[Section]) -> Iterator[str]:
    """The mark of every footnote whose id another footnote has: `subjects-1` in `data`, and `1` in `data-subjects`."""
    taken: set[str] = set()
    for section in sections:
        for mark in dict.fromkeys(NOTE.findall(section.markdown)):
            name = f"{section.id}-{mark}".lower()
            if name in taken:
                yield mark
            taken.add(name)


def _of_form(consents: Iterable[str]) -> Iterator[str]:
    for consent in consents:
        yield from (f"{start}{consent}" for start in CONSENT_IDS)


def slug(text: str) -> str:
    """An id made from a heading: its letters and digits in lower case, joined by hyphens."""
    plain = re.sub(r"\]\([^)]*\)|[`*_\[\]]", "", text).lower()
    words = "-".join(re.findall(r"[^\W_]+", plain))[:60].rstrip("-")
    return words if words and words.isascii() and words[0].isalpha() else f"section-{words}".rstrip("-")


def address(title: str, otherwise: str) -> str:
    """The id that a title suggests for a notice or a page: `Ein tŷ` is `ein-ty`.

    Letters without accents, since an address has none; `otherwise` where no letter or digit is left.
    """
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode("ascii").lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:60].rstrip("-") or otherwise
