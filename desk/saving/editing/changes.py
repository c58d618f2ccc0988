"""A person's changes in a file, one value each. A list of them is applied in order, each to what the one before left."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SetFact:
    """A fact has this value. `path` is dotted, items by number from 0: `retention.0.keep`, `owner`, `data`.

    `value` is a text, a number, a date, a bool, an enum, a mapping, a list, or a value of the model such as `Retention`.
    The unchanged part of a nested value stays to the byte. None and empty values remove the fact, as an emptied
    field means; a value that the model has by default is not written where nothing is.
    """

    path: str
    value: object


@dataclass(frozen=True)
class RemoveFact:
    """A fact, or an item of a list, is gone. The last item of a list takes the whole fact along."""

    path: str


@dataclass(frozen=True)
class AddItem:
    """A list has one more item, at a place or (None) at its end. A list that is not there begins."""

    path: str
    value: object
    at: int | None = None


@dataclass(frozen=True)
class MoveItem:
    """The item at `start` of a list is at `to`, counted without it; the remark above it goes with it."""

    path: str
    start: int
    to: int


@dataclass(frozen=True)
class SetLead:
    """The text before the first section."""

    markdown: str


@dataclass(frozen=True)
class SetSection:
    """The text below a section's heading. `name` is its id, or `section-3` for the third (see `sections.names`).

    Names are those of the file before the first change, however many sections come or go.
    """

    name: str
    markdown: str


@dataclass(frozen=True)
class SetHeading:
    """The words of a section's heading; its ids stay."""

    name: str
    heading: str


@dataclass(frozen=True)
class AddSection:
    """A new section below another, first of all (empty `after`) or last of all (None)."""

    heading: str
    markdown: str
    id: str | None = None
    after: str | None = None


@dataclass(frozen=True)
class RemoveSection:
    """A section is gone, heading and all."""

    name: str


@dataclass(frozen=True)
class MoveSection:
    """A section is below another, or first of all where `after` is empty."""

    name: str
    after: str


@dataclass(frozen=True)
class SetText:
    """The whole file as somebody typed it; lines that are the same stay to the byte."""

    text: str


@dataclass(frozen=True)
class Restore:
    """The bytes of an earlier save, as they were."""

    data: bytes


FactChange = SetFact | RemoveFact | AddItem | MoveItem
BodyChange = SetLead | SetSection | SetHeading | AddSection | RemoveSection | MoveSection
Change = FactChange | BodyChange | SetText | Restore
