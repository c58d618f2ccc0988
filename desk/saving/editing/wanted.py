"""The facts as they are to be once one of them is changed, in the shape that the file gives them. Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from desk.saving.editing.changes import AddItem, FactChange, MoveItem, RemoveFact, SetFact
from desk.saving.editing.plain import Plain, is_list, is_literal, plain, short_key, within

_Do = Callable[["Plain | None", Any], "Plain | None"]


class NoSuchPlaceError(Exception):
    """A path leads to nothing that could be changed."""


def after(root: Plain, change: FactChange, kind: Any) -> Plain:
    """The whole after a change. Raises `NoSuchPlaceError`."""
    done = _changed(root, kind, tuple(change.path.split(".")), _do(change))
    return {} if done is None else done


def _do(change: FactChange) -> _Do:
    if isinstance(change, SetFact):
        value = None if change.value is None else plain(change.value) or None
        return lambda old, kind: value
    if isinstance(change, RemoveFact):
        return lambda old, kind: None
    if isinstance(change, AddItem):
        return lambda old, kind: _with_item(_items(old, kind), change)
    return lambda old, kind: _moved(_items(old, kind), change)


def _items(value: Plain | None, kind: Any) -> list[Plain]:
    if isinstance(value, list):
        return value
    if not value or (isinstance(value, str) and is_literal(kind, value)):
        return []
    return [value]


def _with_item(items: list[Plain], change: AddItem) -> Plain:
    at = len(items) if change.at is None else change.at
    if not 0 <= at <= len(items):
        raise NoSuchPlaceError(f"{change.path}.{at}")
    return [*items[:at], plain(change.value), *items[at:]]


def _moved(items: list[Plain], change: MoveItem) -> Plain:
    if not (0 <= change.start < len(items) and 0 <= change.to < len(items)):
        raise NoSuchPlaceError(f"{change.path}.{max(change.start, change.to)}")
    rest = [item for index, item in enumerate(items) if index != change.start]
    return [*rest[: change.to], items[change.start], *rest[change.to :]]


def _changed(value: Plain | None, kind: Any, path: tuple[str, ...], do: _Do) -> Plain | None:
    if not path:
        return do(value, kind)
    key, rest = path[0], path[1:]
    value = _longer(value, kind, key)
    inner = within(kind, key)
    if isinstance(value, list):
        index = int(key) if key.isdigit() else len(value) + 1
        if index > len(value):
            raise NoSuchPlaceError(key)
        new = _changed(value[index] if index < len(value) else None, inner, rest, do)
        items = [*value[:index], *([] if new is None else [new]), *value[index + 1 :]]
        return items or None
    new = _changed(value.get(key), inner, rest, do)
    if new is None:
        return {name: own for name, own in value.items() if name != key} or None
    return value | {key: new}


def _longer(value: Plain | None, kind: Any, key: str) -> list[Plain] | dict[str, Plain]:
    """A list or a group that a key can be looked up in, where a short form of it is there."""
    if value is None or value == "":
        return [] if key.isdigit() and (kind is None or is_list(kind)) else {}
    if not isinstance(value, str):
        return value
    if key.isdigit() and is_list(kind):
        return _items(value, kind)
    if (short := short_key(kind)) is not None:
        return {short: value}
    raise NoSuchPlaceError(key)
