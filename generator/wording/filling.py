"""The body of a notice with shared wording and values in it, and where each of its sections is written. Pure.

A heading inside shared wording starts a section as any other does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from generator.content.model import BodySection, Notice
from generator.content.notice_file import cut
from generator.content.site_file import SiteSource
from generator.problems import Place
from generator.wording.inserts import Wording, shared_file


@dataclass(frozen=True)
class Part:
    """A section with everything filled in. From each place of `starts` on, its words are written in that file."""

    section: BodySection
    starts: tuple[Place, ...]


@dataclass(frozen=True)
class _Line:
    """A line of the filled-in text: where it is written, and the line of the notice that brings it."""

    place: Place
    text: str
    brought_by: int


def filled(notice: Notice, wording: Wording, site: SiteSource) -> tuple[Part | None, list[Part]]:
    """The text before the first heading, if it says anything, and the sections."""
    opening, more = _filled(notice.opening, notice, wording, site) if notice.opening else (None, [])
    parts = list(more)
    for section in notice.sections:
        first, more = _filled(section, notice, wording, site)
        parts += [first, *more]
    return (opening if opening and opening.section.markdown.strip() else None), parts


def _filled(section: BodySection, notice: Notice, wording: Wording, site: SiteSource) -> tuple[Part, list[Part]]:
    """A section, and the sections that the shared wording in it starts."""
    text = wording.text(section.markdown)
    if text == section.markdown:
        heading = wording.text(section.heading)
        return Part(replace(section, heading=heading), (section.place,)), []
    lines = _lines(section, notice, wording, site)
    first, more = cut((line.place, line.text) for line in lines)
    kept = first.markdown if first else "" if more else text
    own = replace(section, heading=wording.text(section.heading), markdown=kept)
    starts = _starts(section, lines, [part.place for part in more])
    own_part, *others = (Part(part, tuple(found)) for part, found in zip([own, *more], starts, strict=True))
    return own_part, others


def _lines(section: BodySection, notice: Notice, wording: Wording, site: SiteSource) -> list[_Line]:
    """The filled-in text of a section. A line that inserts shared wording is a line of that wording's file."""
    lines: list[_Line] = []
    for offset, name, words in wording.pieces(section.markdown):
        number = section.first_line + section.markdown.count("\n", 0, offset)
        for index, text in enumerate(words.split("\n")):
            if name:
                line = _Line(Place(shared_file(name, notice.language, site), index + 1), text, number)
            else:
                line = _Line(Place(section.place.file, number + index), text, number + index)
            if index == 0 and lines:  # a piece goes on in the line in which the one before it ends
                before = lines.pop()
                line = replace(before, text=before.text + text) if before.text else line
            lines.append(line)
    return lines


def _starts(section: BodySection, lines: list[_Line], headings: list[Place]) -> list[list[Place]]:
    """From which places on the section's own words are written, and those of each heading in it."""
    starts: dict[Place, int] = {section.place: 0}
    current, last = 0, _Line(section.place, "", 0)
    for line in lines:
        begins = current < len(headings) and line.place == headings[current]
        current += begins
        if begins:  # the line that brings several headings counts as the first one's, the next line as the last one's
            more = line.brought_by == last.brought_by
            starts[Place(section.place.file, line.brought_by + more)] = current
        if line.place.file != section.place.file and (begins or line.place.file != last.place.file):
            starts.setdefault(line.place, current)
        last = line
    return [[place for place, part in starts.items() if part == index] for index in range(len(headings) + 1)]
