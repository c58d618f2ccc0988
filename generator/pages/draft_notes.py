"""Problems of a working text, for its editor: each at the section that it is about. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from itertools import chain

from generator.content.facets import FACETS
from generator.content.model import Notice
from generator.content.reserved_ids import CHOICE
from generator.pages.contexts import Note
from generator.problems import Level, Place, Problem
from generator.publishing.drafts import Draft
from generator.versions.version import Version

TOP = ""
FORM = (CHOICE, "consent")
SECTIONS: Mapping[str, tuple[str, ...]] = {
    **{name: row.sections for name, row in FACETS.items() if row.sections},
    **dict.fromkeys(("controller", "processor_for"), ("controller",)),
    **dict.fromkeys(("consents", "renewal", "consent_records", "urgent_help", "discreet"), FORM),
}
"""Where a reader finds a facet: the first of these that is on the page. All others are above the sections."""
FROM_SITE: Mapping[str, tuple[str, ...]] = {
    "N01": ("controller",),
    "N03": ("dpo",),
    "N11": ("rights",),
    "N13": ("complaint",),
    "N13b": ("complaint",),
}
"""Where a reader looks for what the law has a notice say and no facet says by itself."""


def notes(problems: Iterable[Problem]) -> tuple[Note, ...]:
    """Problems as they are shown on a page."""
    return tuple(
        Note(str(item.level), f"{item.place.file}, {item.place.line}", item.message, item.remedy) for item in problems
    )


def notes_by_section(draft: Draft, version: Version) -> dict[str, tuple[Note, ...]]:
    """Each problem under the id of the section that it belongs to; those of no section, or of none shown, on top.

    `version` is the draft's final wording.
    """
    shown = {section.id for section in version.sections} | ({CHOICE} if version.consents else set())
    written = _written(draft)
    found: dict[str, list[Problem]] = {}
    for problem in sorted(draft.problems, key=lambda item: (item.level is not Level.ERROR, item.place)):
        candidates = [*_at(problem.place, written), *_of_facet(problem, draft.notice), *_required(problem.rule)]
        section = next((name for name in candidates if name in shown), TOP)
        found.setdefault(section, []).append(problem)
    return {section: notes(items) for section, items in found.items()}


def _written(draft: Draft) -> dict[str, list[tuple[int, str]]]:
    """For each file, the lines from which on a section is written there.

    A text that is inserted twice belongs to the first.
    """
    lines: dict[str, dict[int, str]] = {}
    for origin in draft.origins:
        lines.setdefault(origin.place.file, {}).setdefault(origin.place.line, origin.section)
    return {file: sorted(sections.items()) for file, sections in lines.items()}


def _at(place: Place, written: Mapping[str, list[tuple[int, str]]]) -> list[str]:
    """The section that the author wrote at a place, if one is there."""
    starts = written.get(place.file, [])
    above = bisect_right(starts, place.line, key=_line)
    return [starts[above - 1][1]] if above else []


def _line(start: tuple[int, str]) -> int:
    return start[0]


def _required(rule: str) -> tuple[str, ...]:
    """Where a reader looks for what a requirement of the law asks for, of which no facet says anything."""
    meeting = (SECTIONS.get(name, ()) for name, row in FACETS.items() if rule in row.meets)
    return FROM_SITE.get(rule) or tuple(chain.from_iterable(meeting))


def _of_facet(problem: Problem, notice: Notice) -> tuple[str, ...]:
    """The sections made from the facet that is at a place of the front matter."""
    place = problem.place
    paths = {at: path for path, at in notice.places.items() if at.file == place.file}
    if place not in paths and place.column == 1:
        return ()  # a key that is not known, which belongs to none of its neighbours
    above = max((at for at in paths if at <= place), default=None)
    return SECTIONS.get(paths[above].partition(".")[0], ()) if above else ()
