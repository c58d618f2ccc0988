"""Headings within a section that carry an id which another part of the page has: a link to it would lead to the other.

Ids that the page has of its own are no matter: the cleaner takes them out.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.content.faults import B02
from generator.content.model import Section
from generator.problems import Place, Problem
from generator.rules.case import Case
from generator.wording import page_ids


def check(case: Case) -> Iterator[Problem]:
    """B02 for the text of one notice."""
    named = [(place, name) for place, line in _lines(case) for name in page_ids.within(Section("", "", line))]
    if not named:
        return  # as in nearly every notice: the sections that facts make are not needed
    taken = {section.id for section in case.outline(case.notice).sections}
    for place, name in named:
        if name in taken:
            message = f"Two parts of the page carry the id `{name}`."
            yield B02.problem(place, message, f"Give this heading another id than `{{#{name}}}`.")
        taken.add(name)


def _lines(case: Case) -> Iterator[tuple[Place, str]]:
    """The lines that may carry an id, each with its place."""
    for part in case.notice.parts:
        if "{#" in part.markdown or "id=" in part.markdown:
            for index, line in enumerate(part.markdown.split("\n")):
                yield Place(part.place.file, part.first_line + index), line
