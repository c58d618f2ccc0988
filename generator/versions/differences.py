"""How a working text, or a later version, differs from a version. Pure.

A facet with a standard section is compared by the words of that section; `COMPARED` has the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.versions.version import Version, composed_digest, section_marks


@dataclass(frozen=True)
class Difference:
    """A part of a text that differs: a section's id and heading, and whether it was added, removed or changed."""

    id: str
    heading: str
    how: str
    through: tuple[str, ...] = ()
    """The shared wording in the section whose words are not those of the old version."""


@dataclass(frozen=True)
class Part:
    """A part of a version that is no section: the id of its difference, its name for editors, the key of its words."""

    id: str
    name: str
    words: str
    of: Callable[[Version], object]


COMPARED: Mapping[str, Part] = {
    "title": Part("title", "title", "page.changes.part_title", lambda version: version.title),
    "summary": Part("summary", "summary", "page.changes.part_summary", lambda version: version.summary),
    "glance": Part(
        "glance", "the words at a glance", "page.glance.title", lambda version: dict(version.facets.get("glance", {}))
    ),
    "retired": Part(
        "retired",
        "whether the notice is still used",
        "page.changes.part_retired",
        lambda version: version.facets.get("retired"),
    ),
    "consents": Part("consents", "the consents", "page.changes.part_consent", lambda version: version.consents),
    "owner": Part("service", "the service's contact", "page.changes.part_service", lambda version: version.service),
    "renewal": Part("renewal", "renewal", "page.changes.part_renewal", lambda version: version.renewal),
    "consent_records": Part(
        "consent_records",
        "how long records of consent are kept",
        "page.changes.part_records",
        lambda version: version.consent_records,
    ),
    "urgent_help": Part(
        "urgent_help",
        "where to turn in danger",
        "page.changes.part_urgent_help",
        lambda version: version.facets.get("urgent_help"),
    ),
    "discreet": Part(
        "discreet",
        "whether letters and titles name the notice",
        "page.changes.part_discreet",
        lambda version: bool(version.facets.get("discreet")),
    ),
    "translation": Part(
        "awaiting_review", "translation", "page.changes.part_translation", lambda version: version.awaiting_review
    ),
}
ORDER = Part(
    "order", "the order of the sections", "page.changes.part_order", lambda version: list(section_marks(version))
)
LISTED: tuple[Part, ...] = (
    Part(
        "aliases",
        "the old addresses",
        "page.changes.part_aliases",
        lambda version: list(map(str, version.facets.get("aliases", ()))),
    ),
    Part("category", "the category", "page.changes.part_category", lambda version: version.facets.get("category", "")),
    Part("review_by", "the day of review", "page.changes.part_review", lambda version: version.facets.get("review_by")),
)
"""Facts about the notice: publishing them needs no version (see `listing`)."""
NOT_COMPARED: Mapping[str, str] = {
    "service": "its name is part of each consent, which is compared",
    "category": "where the list shows a notice says nothing about data: see LISTED",
    "audience": "the layout says nothing about data",
    "review_by": "the council's own calendar: see LISTED",
    "aliases": "addresses of the page: see LISTED",
    "controller": "the sections that name it are compared",
    "processor_for": "the section on the controller is compared",
    "earlier": "what was before this site changes no version of it",
    "says": "no version keeps it: the sections show what follows from it",
    "complete": "no version keeps it",
    "silence": "no version keeps it",
    "change": "every version has its own",
}
"""Facets whose change alone makes no new version, each with the reason."""
_FIRST = ("title", "summary")
"""The parts that readers meet before the sections."""


def differences(old: Version, new: Version) -> list[Difference]:
    """The differences that a reader would find, in the new text's order; an empty list if the words are the same."""
    found: list[Difference] = []
    if composed_digest(old) != composed_digest(new):
        found = [*_parts(_FIRST, old, new), *_sections(old, new)] or [Difference(ORDER.id, ORDER.name, "changed")]
    return found + _parts([name for name in COMPARED if name not in _FIRST], old, new)


def listed(last: Version, text: Version) -> list[Difference]:
    """The facts about the notice in which a working text differs; one that names no day of review leaves it as it is."""
    found = []
    for part in LISTED:
        old, new = part.of(last), part.of(text)
        if str(old) != str(new) and not (part.id == "review_by" and new is None):
            found.append(Difference(part.id, part.name, "changed"))
    return found


def _parts(names: Iterable[str], old: Version, new: Version) -> list[Difference]:
    parts = [COMPARED[name] for name in names]
    return [Difference(part.id, part.name, "changed") for part in parts if part.of(old) != part.of(new)]


def _sections(old: Version, new: Version) -> Iterator[Difference]:
    """By the digests of the Markdown that they were made from: the HTML of another release is no difference."""
    before, after = section_marks(old), section_marks(new)
    for section_id, (heading, made_from) in after.items():
        if section_id not in before:
            yield Difference(section_id, heading, "added")
        elif before[section_id][1] != made_from:
            yield Difference(section_id, heading, "changed")
    for section_id, (heading, _) in before.items():
        if section_id not in after:
            yield Difference(section_id, heading, "removed")


def name_of(difference: Difference, words: Callable[[str], str]) -> str:
    """The readers' name for a part that differs: its heading, or the words that a language has for what is no section."""
    for part in (*COMPARED.values(), ORDER, *LISTED):
        if (part.id, part.name) == (difference.id, difference.heading):
            return words(part.words)
    return difference.heading
