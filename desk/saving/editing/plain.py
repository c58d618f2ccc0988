"""Values of facts as nested texts, lists and mappings, and where in the model they are. Pure.

Two plain values can mean the same: `data: postcode`, `data: [postcode]` and `data: [{label: postcode}]`. `meaning` gives
each its longest form, by the types of the model.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Mapping, Sequence
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin

from generator.content import yaml_tree
from generator.content.decode import NO, YES, bare, fields_of, hints_of
from generator.content.model import Localised
from generator.content.unseen_signs import seen

Plain = str | list["Plain"] | dict[str, "Plain"]
Path = tuple[str, ...]
"""The keys and item numbers that lead to a value."""


def plain(value: object) -> Plain:
    """A value of a form or of the model, without what nobody sees; `TypeError` for anything else.

    Empty fields and rows are left out, and what a value of the model has by default.
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, str):
        return words(value)
    if isinstance(value, (int, date)):
        return str(value)
    if isinstance(value, Localised):
        return _localised(value)
    if isinstance(value, Mapping):
        return {str(key): found for key, inner in value.items() if (found := _filled(inner)) is not None}
    if isinstance(value, Sequence):
        return [found for item in value if (found := _filled(item)) is not None]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _of_model(value)
    raise TypeError(f"a {type(value).__name__} is no value of a fact")


def _filled(value: object) -> Plain | None:
    """A value that says something; None for an empty field."""
    return None if value is None else plain(value) or None


def words(text: str) -> str:
    """A typed text as it is read again: one sign a line end, NFC, without signs that nobody sees or space around it."""
    return seen(one_line_end(text)).strip()


def one_line_end(text: str) -> str:
    """A text whose lines end with LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def of_node(node: yaml_tree.Node | None) -> Plain:
    """The value that the generator read."""
    if isinstance(node, yaml_tree.Scalar):
        return node.text.strip()
    if isinstance(node, yaml_tree.Sequence):
        return [of_node(item) for item in node.items]
    return {key.text: of_node(value) for key, value in node.entries} if node else {}


def _localised(value: Localised) -> Plain:
    if set(value.words) == {""}:
        return words(value.words[""])
    return {language: words(text) for language, text in value.words.items()}


def _of_model(value: Any) -> Plain:
    found: dict[str, Plain] = {}
    for field in dataclasses.fields(value):
        inner = getattr(value, field.name)
        factory = field.default_factory
        default = field.default if factory is dataclasses.MISSING else factory()
        if inner is not None and inner != default:
            found[field.name] = plain(inner)
    return found


def within(kind: Any, key: str) -> Any:
    """The type of a part of a value; None where the model does not say."""
    kind = chosen(kind)
    if kind is Localised:
        return str
    if get_origin(kind) is tuple:
        return get_args(kind)[0]
    if get_origin(kind) is Mapping:
        return get_args(kind)[1]
    if is_group(kind):
        hints = hints_of(kind)
        return bare(hints[key]) if key in hints else None
    return None


def is_group(kind: Any) -> bool:
    """Whether a type of the model is a group of keys."""
    return isinstance(kind, type) and dataclasses.is_dataclass(kind) and kind is not Localised


def is_list(kind: Any) -> bool:
    """Whether a type of the model is a list."""
    return get_origin(chosen(kind)) is tuple


def short_key(kind: Any) -> str | None:
    """The key that a plain text stands for in a group, where the group's first key alone is required."""
    kind = chosen(kind)
    return next(iter(fields_of(kind))) if is_group(kind) else None


def order(kind: Any) -> tuple[str, ...]:
    """The keys of a group in the model's order."""
    kind = chosen(kind)
    return tuple(fields_of(kind)) if is_group(kind) else ()


def chosen(kind: Any) -> Any:
    """The type of a value that may be left out or may be a word that stands for a whole list."""
    if get_origin(kind) not in (Union, types.UnionType):
        return kind
    return next((one for one in get_args(kind) if one is not type(None) and get_origin(one) is not Literal), None)


def is_literal(kind: Any, value: Plain) -> bool:
    """Whether a value is a word that stands for a whole list, such as `none`."""
    if get_origin(kind) not in (Union, types.UnionType):
        return False
    return any(get_origin(one) is Literal and value in get_args(one) for one in get_args(kind))


def meaning(kind: Any, value: Plain) -> Plain:
    """A value in its longest form: what is equal so means the same."""
    if isinstance(value, str) and is_literal(kind, value):
        return value
    kind = chosen(kind)
    if get_origin(kind) is tuple:
        items = value if isinstance(value, list) else [value]
        return [meaning(within(kind, "0"), item) for item in items]
    if isinstance(value, str):
        short = short_key(kind)
        return _word(kind, value) if short is None else {short: meaning(within(kind, short), value)}
    if isinstance(value, list):
        return [meaning(None, item) for item in value]
    found = {key: meaning(within(kind, key), inner) for key, inner in value.items()}
    return {key: inner for key, inner in found.items() if not says_nothing(kind, key, inner)}


def says_nothing(kind: Any, key: str, value: Plain) -> bool:
    """Whether a group means the same without a key: its value is empty, or what the model has by default."""
    return not value or value == _defaults(chosen(kind)).get(key)


@cache
def _defaults(kind: Any) -> Mapping[str, Plain]:
    """The meaning of each key of a group that is left out, where it has one."""
    found = {}
    for field in dataclasses.fields(kind) if is_group(kind) else ():
        default = field.default if field.default_factory is dataclasses.MISSING else field.default_factory()
        if default is not None and default is not dataclasses.MISSING:
            found[field.name] = meaning(within(kind, field.name), plain(default))
    return found


def _word(kind: Any, text: str) -> str:
    text = text.strip()
    if kind is bool and text.lower() in YES + NO:
        return "yes" if text.lower() in YES else "no"
    if isinstance(kind, type) and issubclass(kind, Enum):
        return text.lower()
    return text


def at(root: Plain, path: Path) -> Plain | None:
    """The value that a path leads to; None where there is none."""
    for key in path:
        if isinstance(root, list) and key.isdigit() and int(key) < len(root):
            root = root[int(key)]
        elif isinstance(root, dict) and key in root:
            root = root[key]
        else:
            return None
    return root


def replaced(root: Plain, path: Path, value: Plain) -> Plain:
    """The whole with another value at a path; a key may be new, an item may not."""
    if not path:
        return value
    key, *rest = path
    if isinstance(root, list):
        return [replaced(item, tuple(rest), value) if str(n) == key else item for n, item in enumerate(root)]
    entries = root if isinstance(root, dict) else {}
    return entries | {key: replaced(entries.get(key, {}), tuple(rest), value)}


def removed(root: Plain, path: Path) -> Plain:
    """The whole without a key or an item."""
    *above, key = path
    parent = at(root, tuple(above))
    if isinstance(parent, list):
        rest: Plain = [item for n, item in enumerate(parent) if str(n) != key]
    elif isinstance(parent, dict):
        rest = {name: value for name, value in parent.items() if name != key}
    else:
        return root
    return replaced(root, tuple(above), rest)
