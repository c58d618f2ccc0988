"""A JSON Schema (2020-12) of front matter and of site.yml, made from the classes that `decode` reads them by.

It says what the decoder says: plain texts where a key has several, single items where a list may stand, `yes` and
`no`, empty keys that count as left out. Rules between keys are for `check`.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any, Literal, Union, get_args, get_origin

from generator.content.decode import EMAIL, NO, URL, YES, bare, doc_of, fields_of, hints_of, is_required
from generator.content.model import Email, Facets, Ident, Localised, NoticeId, Url
from generator.content.site_file import SiteSource
from widget.manifest import IDENT, PUBLISHED_IDENT

DIALECT = "https://json-schema.org/draft/2020-12/schema"
OF: Mapping[str, tuple[type[Any], str]] = {
    "notice": (Facets, "The front matter of a privacy notice"),
    "site": (SiteSource, "site.yml: the council and what is the same for all its notices"),
}
_SCALAR = ["string", "number", "boolean"]
_EMPTY = {"type": ["string", "null"], "pattern": r"^\s*$", "description": "Empty: as if the key were not there."}
_TEXT = {"type": [*_SCALAR, "null"]}
_PATTERNS: dict[Any, str] = {
    Ident: IDENT.pattern,
    NoticeId: PUBLISHED_IDENT.pattern,
    Email: EMAIL.pattern,
    Url: URL.pattern,
}


def schema(what: str) -> dict[str, Any]:
    """The schema of `notice` (front matter) or `site` (site.yml)."""
    kind, title = OF[what]
    definitions: dict[str, Any] = {}
    root = _object(kind, definitions)
    return {"$schema": DIALECT, "title": title, **root, "$defs": dict(sorted(definitions.items()))}


def _object(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    hints = hints_of(kind)
    properties = {}
    for name, field in fields_of(kind).items():
        value = _value(bare(hints[name]), definitions)
        required = is_required(field)
        value = {"allOf": [_not_blank(value)]} if required else _any(value, _EMPTY)
        properties[name] = {"description": doc_of(kind, name), **value}
    needed = [name for name, field in fields_of(kind).items() if is_required(field)]
    return {
        "type": "object",
        "properties": properties,
        **({"required": needed} if needed else {}),
        "additionalProperties": False,
    }


def _not_blank(value: dict[str, Any]) -> dict[str, Any]:
    """A value that is not an empty text: the decoder takes that for a key with nothing in it."""
    return {**value, "not": {"type": ["string", "null"], "pattern": r"^\s*$"}}


def _value(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _any(*(_value(option, definitions) for option in get_args(kind) if option is not type(None)))
    if origin is Literal:
        return {"enum": list(get_args(kind))}
    if origin is tuple:
        item = _value(get_args(kind)[0], definitions)
        return _any({"type": "array", "items": item}, item)
    if origin is Mapping:
        return _mapping(*get_args(kind))
    if kind is Localised:
        return _any(_TEXT, {"type": "object", "additionalProperties": _TEXT})
    if dataclasses.is_dataclass(kind):
        return _group(kind, definitions)
    return _scalar(kind)


def _mapping(name: Any, value: Any) -> dict[str, Any]:
    """Any names, or those of a choice, each with its value."""
    if name is str:
        return {"type": "object", "additionalProperties": _TEXT}
    named = {str(item.value): _scalar(value) for item in name}
    return {"type": "object", "properties": named, "additionalProperties": False}


def _group(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    """A reference to a class's definition, which takes the plain text that may stand for it."""
    name = kind.__name__
    if name not in definitions:
        definitions[name] = {}  # holds the place while the class's own keys are described
        found = _object(kind, definitions)
        first, *others = fields_of(kind).values()
        if not any(is_required(field) for field in others):
            short = _not_blank(_value(bare(hints_of(kind)[first.name]), definitions))
            found = _any(found, {"type": _SCALAR, "allOf": [short]})
        definitions[name] = found
    return {"$ref": f"#/$defs/{name}"}


def _scalar(kind: Any) -> dict[str, Any]:
    if kind is bool:
        words = "|".join(_either_case(word) for word in (*YES, *NO))
        return _any({"enum": ["yes", "no"]}, {"type": "boolean"}, {"type": "string", "pattern": rf"^\s*({words})\s*$"})
    if kind is int:
        return _any({"type": "integer", "minimum": 0, "maximum": 999_999}, _matching("[0-9]{1,6}"))
    if kind is date:
        return _matching("[0-9]{4}-[0-9]{2}-[0-9]{2}")
    if isinstance(kind, type) and issubclass(kind, Enum):
        values = [str(item.value) for item in kind]
        return _any({"enum": values}, _matching("|".join(map(_either_case, values))))
    if kind in _PATTERNS:
        pattern = _matching(_PATTERNS[kind])
        return _any(pattern, {"type": ["number", "boolean"]}) if kind in (Ident, NoticeId) else pattern
    return dict(_TEXT)


def _matching(pattern: str) -> dict[str, Any]:
    """A text that is wholly so; the decoder takes off the space around it."""
    return {"type": "string", "pattern": rf"^\s*(?:{pattern})\s*$"}


def _either_case(word: str) -> str:
    return "".join(f"[{sign.upper()}{sign}]" if sign.isalpha() else sign for sign in word)


def _any(*options: dict[str, Any]) -> dict[str, Any]:
    """Any of them, nested choices made flat."""
    flat: list[dict[str, Any]] = []
    for option in options:
        found = option["anyOf"] if set(option) == {"anyOf"} else [option]
        flat += [item for item in found if item not in flat]
    return {"anyOf": flat} if len(flat) > 1 else flat[0]
