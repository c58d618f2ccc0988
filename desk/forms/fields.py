"""The fields of the form, one for each value that a notice's facts can have: made from the model. Pure."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin

from generator.content.decode import bare, fields_of, hints_of, is_required
from generator.content.facets import FACETS
from generator.content.model import Facets, Ident
from generator.content.rights import Article
from generator.content.section_order import ORDER


class Shape(StrEnum):
    """How a value is typed."""

    LINE = "line"
    TEXT = "text"
    LINES = "lines"
    DATE = "date"
    NUMBER = "number"
    CHOICE = "choice"
    YES_NO = "yes-no"
    REFERENCES = "references"
    PAIRS = "pairs"
    GROUP = "group"
    ROWS = "rows"


@dataclass(frozen=True)
class Field:
    """A value's place in the form. `words` is the key of its label.

    `choices` are those of a choice. `refers` is the facet whose ids a reference names. `fields` are those of a group or of
    each row. `none` says that the word `none` can stand for the whole list.
    """

    name: str
    shape: Shape
    words: str
    required: bool = False
    choices: tuple[str, ...] = ()
    refers: str = ""
    fields: tuple[Field, ...] = ()
    none: bool = False

    @property
    def as_shown(self) -> tuple[Field, ...]:
        """The fields as the form has them: a short name last, since it only links facts and residents never see it."""
        return tuple(sorted(self.fields, key=lambda field: field.name == "id"))


GROUPS: Mapping[str, tuple[str, ...]] = {
    "about": ("title", "summary", "service", "category", "owner", "audience", "parent", "review_by"),
    "why": ("data_subjects", "purposes", "lawful_bases", "special_category", "criminal_data"),
    "data": ("data", "sources", "must_provide"),
    "who": ("sharing", "joint_controllers", "transfers"),
    "long": ("retention",),
    "decides": ("automated_decisions", "algorithmic_records"),
    "choice": (
        "consents",
        "opt_outs",
        "direct_marketing",
        "renewal",
        "consent_records",
        "urgent_help",
        "discreet",
    ),
    "responsible": ("controller", "processor_for", "representative"),
    "glance": ("glance",),
    "history": ("aliases", "earlier", "retired"),
    "checks": ("complete", "says", "silence"),
}
"""The facets of the form in the order in which a notice has its sections, in groups. A test finds one that is in none."""
ELSEWHERE = frozenset({"change", "translation"})
"""Facets that other pages of the desk ask for: publishing, and translating."""
REFERS = {"basis": "lawful_bases", "purposes": "purposes", "direct_marketing": "purposes"}
SECTIONS = "sections"
POINTS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("LawfulBasis", "article"): tuple(map(str, Article)),
    ("SpecialCategory", "condition"): tuple(f"9(2)({letter})" for letter in "abcdefghij"),
}
"""The points of the law that a fact can name, by its class and key: the form asks for them in words."""


@cache
def fields() -> Mapping[str, Field]:
    """The field of each facet of the form, by its name."""
    found = {field.name: field for field in _of_class(Facets)}
    return {name: found[name] for names in GROUPS.values() for name in names}


def _of_class(kind: Any) -> tuple[Field, ...]:
    own = fields_of(kind)
    return tuple(_field(kind, name, bare(hint), is_required(own[name])) for name, hint in hints_of(kind).items())


def _field(owner: Any, name: str, kind: Any, required: bool) -> Field:
    whole = kind
    kind = _chosen(kind)
    area = "" if owner is Facets else f"{_snake(owner.__name__)}."
    about = Field(name, Shape.LINE, f"field.{area}{name}", required)
    if (points := POINTS.get((owner.__name__, name))) is not None:
        return dataclasses.replace(about, shape=Shape.CHOICE, choices=points)
    if get_origin(kind) is tuple:
        return _list(about, get_args(kind)[0], _may_be_none(whole))
    if get_origin(kind) is not None and issubclass(get_origin(kind), Mapping):
        return dataclasses.replace(about, shape=Shape.PAIRS)
    if dataclasses.is_dataclass(kind):
        return dataclasses.replace(about, shape=Shape.GROUP, fields=_of_class(kind))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return dataclasses.replace(about, shape=Shape.CHOICE, choices=tuple(str(one.value) for one in kind))
    shapes: dict[Any, Shape] = {date: Shape.DATE, int: Shape.NUMBER, bool: Shape.YES_NO, str: Shape.TEXT}
    return dataclasses.replace(about, shape=shapes.get(kind, Shape.LINE))


def _list(about: Field, kind: Any, none: bool) -> Field:
    if dataclasses.is_dataclass(kind):
        return dataclasses.replace(about, shape=Shape.ROWS, fields=_of_class(kind), none=none)
    if isinstance(kind, type) and issubclass(kind, Enum):
        choices = tuple(str(one.value) for one in kind)
        return dataclasses.replace(about, shape=Shape.REFERENCES, choices=choices)
    if about.name == "says":
        return dataclasses.replace(about, shape=Shape.REFERENCES, choices=ORDER, refers=SECTIONS)
    if kind is Ident:
        return dataclasses.replace(about, shape=Shape.REFERENCES, refers=REFERS[about.name])
    return dataclasses.replace(about, shape=Shape.LINES)


def _chosen(kind: Any) -> Any:
    """The type of a value that may be left out, or that a word can stand for."""
    if get_origin(kind) not in (Union, types.UnionType):
        return kind
    options = (one for one in get_args(kind) if one is not type(None) and get_origin(one) is not Literal)
    return next(options)


def _may_be_none(kind: Any) -> bool:
    return get_origin(kind) in (Union, types.UnionType) and any(get_origin(one) is Literal for one in get_args(kind))


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")


def every(among: tuple[Field, ...] | None = None) -> Iterator[Field]:
    """Each field with those within it."""
    for field in tuple(fields().values()) if among is None else among:
        yield field
        yield from every(field.fields)


def unplaced() -> set[str]:
    """The facets that neither this form nor another page asks for."""
    return set(FACETS) - set(fields()) - ELSEWHERE
