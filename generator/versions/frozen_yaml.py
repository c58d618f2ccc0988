"""The text of a frozen version: a small, canonical part of YAML, so that the same version is always the same bytes.

Mappings and lists are blocks indented by two spaces. Texts are double-quoted as in JSON, or literal blocks (`|-`) where
they have several lines. Numbers and dates stand bare. Any YAML reader understands it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from generator.content import yaml_tree
from widget import frozen_text

_IN_QUOTES = json.JSONEncoder(ensure_ascii=False).encode
"""As `json.dumps` would, which makes an encoder for each text."""
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_NOT_LITERAL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def dump(document: Mapping[str, Any]) -> str:
    """The canonical text of nested mappings, lists, texts, numbers and dates; keys keep their order.

    `TypeError` for anything else, a list directly inside a list included: no part of a version is one.
    """
    return "\n".join(_mapping(document, 0)) + "\n"


def load(text: str, file: str) -> Any:
    """The nested mappings, lists and texts of a frozen file (numbers and dates as texts).

    Raises `ValueError` where the text is not YAML that content may use.
    """
    try:
        return frozen_text.load(text)
    except frozen_text.NotCanonical:
        return load_any(text, file)


def load_any(text: str, file: str) -> Any:
    """The same by the general reader, for a file that some other hand wrote."""
    tree, problems = yaml_tree.parse(text, file, any_text=True)
    if problems:
        raise ValueError("\n".join(map(str, problems)))
    return _plain(tree)


def _plain(node: yaml_tree.Node | None) -> Any:
    if isinstance(node, yaml_tree.Scalar):
        return node.text
    if isinstance(node, yaml_tree.Sequence):
        return [_plain(item) for item in node.items]
    return {key.text: _plain(value) for key, value in node.entries} if node else {}


def _mapping(value: Mapping[str, Any], depth: int) -> list[str]:
    indent = "  " * depth
    lines: list[str] = []
    for key, item in value.items():
        lines += _entry(f"{indent}{key}:", item, depth)
    return lines


def _entry(start: str, value: Any, depth: int) -> list[str]:
    """The lines of one value after `key:`."""
    if isinstance(value, str):
        first, *rest = _text(value, depth + 1)
        return [f"{start} {first}", *rest]
    if isinstance(value, Mapping) and value:
        return [start, *_mapping(value, depth + 1)]
    if isinstance(value, Sequence) and value:
        return [start, *(line for item in value for line in _item(item, depth + 1))]
    first, *rest = _scalar(value, depth + 1)
    return [f"{start} {first}", *rest]


def _item(value: Any, depth: int) -> list[str]:
    indent = "  " * depth
    if isinstance(value, Mapping) and value:
        first, *rest = _mapping(value, depth + 1)
        return [f"{indent}- {first.removeprefix(indent + '  ')}", *rest]
    first, *rest = _scalar(value, depth + 1)
    return [f"{indent}- {first}", *rest]


def _scalar(value: Any, depth: int) -> list[str]:
    if isinstance(value, str):
        return _text(value, depth)
    if isinstance(value, bool):
        return ['"yes"' if value else '"no"']
    if isinstance(value, (int, date)):
        return [str(value)]
    if isinstance(value, (Mapping, Sequence)) and not value:
        return ["{}" if isinstance(value, Mapping) else "[]"]
    raise TypeError(f"a {type(value).__name__} cannot be frozen")


def _text(text: str, depth: int) -> list[str]:
    lines = text.split("\n")
    literal = len(lines) > 1 and lines[0][:1] not in ("", " ", "\t") and bool(lines[-1].strip())
    if literal and not _NOT_LITERAL.search(text):
        return ["|-", *(f"{'  ' * depth}{line}" if line else "" for line in lines)]
    return [quoted(text)]


def quoted(text: str) -> str:
    """A text in double quotes, as any YAML reader reads it."""
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", _IN_QUOTES(text))
