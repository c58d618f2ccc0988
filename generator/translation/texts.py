"""The texts of a notice that a translator translates, each with a name that stays when others come and go. Pure.

Values that the system reads itself (ids, articles, periods, addresses, dates) are no texts: they are the same in
every language.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from generator.content.decode import doc_of
from generator.content.facets import FACETS, kind_of
from generator.content.model import Facets, Label, Name, Notice

TEXTS = (str, Name, Label)
"""The types of what is translated."""
OPENING, HEADING, TEXT = "opening", "heading", "text"


@dataclass(frozen=True)
class Unit:
    """One text. `path` is where it stands: a facet's (`purposes.0.text`), or empty for a part of the body."""

    name: str
    text: str
    path: str = ""
    help: str = ""


def units(notice: Notice) -> list[Unit]:
    """Every text of a notice, in reading order."""
    texts = (name for name, row in FACETS.items() if row.text)
    found = (_facet_units(getattr(notice.facets, name), name, name, doc_of(Facets, name)) for name in texts)
    return [*chain.from_iterable(found), *body_units(notice)]


def body_units(notice: Notice) -> Iterator[Unit]:
    """The texts of the body: `body.opening`, `body.rights.heading`, `body.rights.text`."""
    if notice.opening:
        yield Unit(f"body.{OPENING}", notice.opening.markdown, help="Markdown: the text before the first heading.")
    for index, section in enumerate(notice.sections):
        name = f"body.{section_name(notice, index)}"
        yield Unit(f"{name}.{HEADING}", section.heading, help="The heading of a section.")
        if section.markdown.strip():
            yield Unit(f"{name}.{TEXT}", section.markdown, help="Markdown: the text of that section.")


def section_name(notice: Notice, index: int) -> str:
    """A section's id if it has one that no section before it has, else its place."""
    own = notice.sections[index].id
    return own if own and own not in [s.id for s in notice.sections[:index]] else f"section-{index + 1}"


def _facet_units(value: Any, path: str, name: str, help_text: str) -> Iterator[Unit]:
    """The texts inside a facet's value. An item of a list is named by its id, if it has one, else by its place."""
    if isinstance(value, tuple):
        for index, item in enumerate(value):
            own = getattr(item, "id", None) or index + 1
            yield from _facet_units(item, f"{path}.{index}", f"{name}.{own}", help_text)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            inner, where = getattr(value, field.name), (f"{path}.{field.name}", f"{name}.{field.name}")
            yield from _facet_units(inner, *where, doc_of(type(value), field.name))
    elif value is not None and kind_of(path) in TEXTS:
        yield Unit(name, value, path, help_text)
