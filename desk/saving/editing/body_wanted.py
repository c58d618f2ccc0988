"""A body as it is to be read after changes, worked out on what is read rather than on lines. Pure.

A text that has `##` headings of its own becomes sections below the one it was typed into.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from desk.saving.editing.changes import (
    AddSection,
    BodyChange,
    MoveSection,
    RemoveSection,
    SetHeading,
    SetLead,
    SetSection,
)
from desk.saving.editing.sections import Reading, Section, read, typed
from generator.content.unseen_signs import seen


def after(before: Reading, changes: Iterable[BodyChange]) -> Reading:
    """The text that is read after the changes."""
    lead, sections = before.lead, list(before.sections)
    for change in changes:
        if isinstance(change, SetLead):
            lead, more = _cut(change.markdown)
            sections = [*more, *sections]
        else:
            sections = _changed(sections, change)
    return Reading(lead, tuple(sections))


def same_words(one: Reading, other: Reading) -> bool:
    """Whether two bodies are read alike, by whatever names their sections go."""
    return one.lead == other.lead and _nameless(one) == _nameless(other)


def _nameless(reading: Reading) -> list[Section]:
    return [dataclasses.replace(section, name="") for section in reading.sections]


def _changed(sections: Sequence[Section], change: BodyChange) -> list[Section]:
    if isinstance(change, AddSection):
        text, more = _cut(change.markdown)
        new = Section(change.id or f"new {len(sections) + 1}", _words(change.heading), change.id, (), text)
        at = len(sections) if change.after is None else _below(sections, change.after)
        return [*sections[:at], new, *more, *sections[at:]]
    assert isinstance(change, SetSection | SetHeading | RemoveSection | MoveSection)  # noqa: S101 (`SetLead` is done)
    index = next(index for index, section in enumerate(sections) if section.name == change.name)
    own = sections[index]
    if isinstance(change, SetSection):
        text, more = _cut(change.markdown)
        return [*sections[:index], dataclasses.replace(own, markdown=text), *more, *sections[index + 1 :]]
    if isinstance(change, SetHeading):
        return [*sections[:index], dataclasses.replace(own, heading=_words(change.heading)), *sections[index + 1 :]]
    rest = [*sections[:index], *sections[index + 1 :]]
    if isinstance(change, RemoveSection):
        return rest
    if change.after == change.name:
        return list(sections)
    at = _below(rest, change.after)
    return [*rest[:at], own, *rest[at:]]


def _below(sections: Sequence[Section], name: str) -> int:
    if not name:
        return 0
    return next(index for index, section in enumerate(sections) if section.name == name) + 1


def _words(heading: str) -> str:
    return " ".join(seen(heading).split())


def _cut(markdown: str) -> tuple[str, list[Section]]:
    """A typed text and the sections that it makes below itself, which no change can name."""
    found = read([f"{line}\n" for line in typed(markdown).split("\n")], has_title=True)
    return found.lead, [dataclasses.replace(section, name=f" {section.name}") for section in found.sections]
