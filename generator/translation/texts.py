"""The texts of a notice that a translator translates, each with a name that stays when others come and go. Pure.

What the system reads itself (ids, articles, periods, addresses, dates) is no text: it is the same in every language.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from generator.content.decode import doc_of, hints_of
from generator.content.model import (
    Change,
    ConsentRecords,
    Contact,
    Facets,
    LawfulBasis,
    Notice,
    Retention,
    SpecialCategory,
    WithdrawRoutes,
)

NOT_TEXTS: frozenset[tuple[type, str]] = frozenset(
    {
        (LawfulBasis, "article"),
        (SpecialCategory, "condition"),
        (Retention, "keep"),
        (Retention, "after"),
        (ConsentRecords, "keep"),
        (ConsentRecords, "after"),
        (Contact, "phone"),
        (WithdrawRoutes, "phone"),
        (Change, "approved_by"),
        (Facets, "translation"),
        (Facets, "silence"),
    }
)
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
    return [*_facet_units(Facets, notice.facets, "", ""), *body_units(notice)]


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


def _facet_units(kind: Any, value: Any, path: str, name: str) -> Iterator[Unit]:
    for field in dataclasses.fields(kind):
        if (kind, field.name) in NOT_TEXTS:
            continue
        hint, inner = hints_of(kind)[field.name], getattr(value, field.name)
        where = (f"{path}.{field.name}".lstrip("."), f"{name}.{field.name}".lstrip("."))
        yield from _value_units(hint, inner, *where, help_text=doc_of(kind, field.name))


def _value_units(hint: Any, value: Any, path: str, name: str, help_text: str) -> Iterator[Unit]:
    if value is None:
        return
    if get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    if get_origin(hint) in (Union, types.UnionType):
        kinds = [option for option in get_args(hint) if option is not type(None)]
        if isinstance(value, str) and any(get_origin(kind) is Literal for kind in kinds):
            return
        hint = next(kind for kind in kinds if get_origin(kind) is not Literal)
    if get_origin(hint) is tuple:
        for index, item in enumerate(value):
            own = getattr(item, "id", None) or str(index + 1)
            yield from _value_units(get_args(hint)[0], item, f"{path}.{index}", f"{name}.{own}", help_text)
    elif dataclasses.is_dataclass(hint):
        yield from _facet_units(hint, value, path, name)
    elif hint is str:
        yield Unit(name, value, path, help_text)
