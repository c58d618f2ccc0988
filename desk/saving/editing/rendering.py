"""A value as YAML where none was, in the way of its neighbours: as a block, or in brackets and braces. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from desk.saving.editing import scalars
from desk.saving.editing.plain import Plain, within
from desk.saving.editing.scalars import Spot


def is_block(value: Plain) -> bool:
    """Whether a value is written on lines of its own: a list or a group with something in it."""
    return not isinstance(value, str) and bool(value)


def in_flow(value: Plain, kind: Any = None) -> str:
    """A value on one line, in brackets or braces where it is a list or a group."""
    if isinstance(value, str):
        return next(scalars.fresh(value, Spot(True, 0, "\n", kind)))
    if isinstance(value, list):
        return "[" + ", ".join(in_flow(item, within(kind, "0")) for item in value) + "]"
    entries = (f"{key_text(key)}: {in_flow(inner, within(kind, key))}" for key, inner in value.items())
    return "{" + ", ".join(entries) + "}"


def inline(value: Plain, spot: Spot) -> str:
    """A text, or an empty list or group, after a colon or a hyphen."""
    if isinstance(value, str):
        return next(scalars.fresh(value, spot))
    return "[]" if isinstance(value, list) else "{}"


def lines(value: Plain, spot: Spot) -> list[str]:
    """The lines of a list or a group that has something in it, set in by `spot.indent`. A text of several lines is one."""
    return list(_group(value, spot) if isinstance(value, dict) else _list(value, spot))


def entry(key: str, value: Plain, spot: Spot) -> list[str]:
    """The lines of a key with its value; `spot.indent` is that of the key."""
    start = f"{' ' * spot.indent}{key_text(key)}:"
    below = Spot(False, spot.indent + 2, spot.newline, spot.kind)
    if is_block(value):
        return [start, *lines(value, below)]
    return [f"{start} {inline(value, below)}"]


def item(value: Plain, spot: Spot, gap: int = 2) -> list[str]:
    """The lines of an item with its hyphen, whose text begins `gap` characters after the hyphen."""
    below = Spot(False, spot.indent + gap, spot.newline, spot.kind)
    start = " " * spot.indent + "-".ljust(gap)
    if not is_block(value):
        return [start + inline(value, below)]
    first, *rest = lines(value, below)
    return [start + first[below.indent :], *rest]


def key_text(key: str) -> str:
    """A key as it is written."""
    return key if scalars.is_plain(key, flow=True) and ":" not in key else next(scalars.fresh(key, Spot(True, 0, "\n")))


def _group(value: dict[str, Plain], spot: Spot) -> Iterator[str]:
    for key, inner in value.items():
        yield from entry(key, inner, Spot(False, spot.indent, spot.newline, within(spot.kind, key)))


def _list(value: Plain, spot: Spot) -> Iterator[str]:
    for inner in value if isinstance(value, list) else [value]:
        yield from item(inner, Spot(False, spot.indent, spot.newline, within(spot.kind, "0")))
