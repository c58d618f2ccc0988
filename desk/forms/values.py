"""The content of the form: the values of a file, or those that somebody sent, by the names of the form's fields. Pure.

A name is the path of a fact, such as `retention.0.keep`. The hidden `retention.0.was` is the row's number in the
file, empty for a new row. The text has rows too: `sections.0.was` is the section's name for `desk.saving`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desk.forms.fields import SECTIONS, Field, Shape, fields
from desk.saving.editing.edit import Content
from desk.saving.editing.plain import Plain
from generator.content.decode import NO, YES

Values = dict[str, tuple[str, ...]]
"""The texts of each name, one for most, several for references."""
WAS = "was"
NONE = "none"
LEAD = "lead"
TEXT = "text"
"""The whole of a text that has no facts: shared wording."""
MOST_ROWS = 3_000
_ROW = re.compile(r"\d{1,4}")


@dataclass(frozen=True)
class Row:
    """A row of a list: its place in the form, and its number (or a section's name) in the file, empty for a new
    one."""

    number: int
    was: str


def of_file(content: Content) -> Values:
    """The values of a file as the form shows them."""
    found: Values = {}
    facts = content.facts if isinstance(content.facts, dict) else {}
    for name, field in fields().items():
        _put(found, field, name, facts.get(name))
    found[LEAD] = (content.body.lead,)
    for number, section in enumerate(content.body.sections):
        found[f"{SECTIONS}.{number}.{WAS}"] = (section.name,)
        found[f"{SECTIONS}.{number}.heading"] = (section.heading,)
        found[f"{SECTIONS}.{number}.text"] = (section.markdown,)
    return found


def of_form(sent: Iterable[tuple[str, str]]) -> Values:
    """The values that somebody sent, with line ends as LF: browsers send CRLF."""
    found: dict[str, list[str]] = {}
    for name, value in sent:
        found.setdefault(name, []).append(value.replace("\r\n", "\n").replace("\r", "\n"))
    return {name: tuple(values) for name, values in found.items()}


def _put(found: Values, field: Field, path: str, value: Plain | None) -> None:
    if field.shape is Shape.ROWS:
        _put_rows(found, field, path, value)
    elif field.shape is Shape.GROUP:
        inner = _group(field, value)
        for own in field.fields:
            _put(found, own, f"{path}.{own.name}", inner.get(own.name))
    elif field.shape is Shape.REFERENCES:
        found[path] = tuple(_texts(value))
    elif field.shape is Shape.LINES:
        found[path] = ("\n".join(_texts(value)),)
    elif field.shape is Shape.PAIRS:
        pairs = value.items() if isinstance(value, dict) else ()
        found[path] = ("\n".join(f"{rule}: {reason}" for rule, reason in pairs),)
    else:
        found[path] = (_word(field, value if isinstance(value, str) else ""),)


def _put_rows(found: Values, field: Field, path: str, value: Plain | None) -> None:
    if field.none and value == NONE:
        found[f"{path}.{NONE}"] = (NONE,)
        return
    for number, item in enumerate(_items(value)):
        found[f"{path}.{number}.{WAS}"] = (str(number),)
        inner = _group(field, item)
        for own in field.fields:
            _put(found, own, f"{path}.{number}.{own.name}", inner.get(own.name))


def _items(value: Plain | None) -> list[Plain]:
    if value is None or value == "":
        return []
    return value if isinstance(value, list) else [value]


def _group(field: Field, value: Plain | None) -> dict[str, Plain]:
    """A group; a text stands for its first key."""
    if isinstance(value, str) and value:
        return {field.fields[0].name: value}
    return value if isinstance(value, dict) else {}


def _texts(value: Plain | None) -> list[str]:
    return [item for item in _items(value) if isinstance(item, str)]


def _word(field: Field, text: str) -> str:
    """A word of YAML as the form's choices have it."""
    if field.shape is Shape.YES_NO and text.lower() in YES + NO:
        return "yes" if text.lower() in YES else "no"
    return text.lower() if field.shape is Shape.CHOICE and text.lower() in field.choices else text


def one(values: Mapping[str, tuple[str, ...]], name: str) -> str:
    """The text of a name; empty where there is none."""
    return next(iter(values.get(name, ())), "")


def same(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Whether two values say the same: blanks at the end of a text and empty texts are no difference."""
    return _bare(first) == _bare(second)


def _bare(texts: tuple[str, ...]) -> list[str]:
    return [bare for text in texts if (bare := text.strip())]


def is_number(text: str) -> bool:
    """Whether a part of a field's name is a row's number; Python reads none of thousands of digits."""
    return _ROW.fullmatch(text) is not None


def rows(values: Mapping[str, tuple[str, ...]], path: str) -> list[Row]:
    """The rows of a list, in the order of their numbers in the form."""
    start, end = f"{path}.", f".{WAS}"
    numbers = (name[len(start) : -len(end)] for name in values if name.startswith(start) and name.endswith(end))
    found = sorted(int(number) for number in numbers if is_number(number))
    known: set[str] = set()
    shown = []
    for number in found[:MOST_ROWS]:
        was = one(values, f"{path}.{number}.{WAS}")
        shown.append(Row(number, "" if was in known else was))  # a row that was copied is a new one
        known.add(was)
    return shown


def is_empty(field: Field, values: Mapping[str, tuple[str, ...]], path: str) -> bool:
    """Whether nothing is written in a field or in any within it."""
    if field.shape is Shape.ROWS:
        return not rows(values, path) and not one(values, f"{path}.{NONE}")
    if field.fields:
        return all(is_empty(own, values, f"{path}.{own.name}") for own in field.fields)
    return not _bare(values.get(path, ()))
