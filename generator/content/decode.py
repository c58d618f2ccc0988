"""From a YAML tree to the typed values of the model: every key known, every mistake told with its place.

The classes of `model` and `site_file` say what is allowed; nothing about any one key is said here.
"""

from __future__ import annotations

import dataclasses
import difflib
import re
import types
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from enum import Enum
from functools import cache
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from generator.content import yaml_tree
from generator.content.faults import F01, F02, F03, F04, F05, F08, F09
from generator.content.model import Email, Ident, Localised, NoticeId, Url
from generator.content.yaml_tree import Node, Scalar
from generator.problems import Place, Problem
from generator.rule import Rule
from widget.manifest import IDENT, PUBLISHED_IDENT

T = TypeVar("T")
YES, NO = ("yes", "true", "on"), ("no", "false", "off")
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"(?:xn--)?[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*"
EMAIL = re.compile(rf"(?=[^@]{{1,64}}@){_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+(?!\d+$)(?=[^.]{{2}}){_LABEL}")
"""One address that a letter can be sent to: ASCII with single dots before the @, a domain as A-labels after it.

The endpoint can write to every address that is taken here (`widget.people.addresses`).
"""
_SCHEME = re.compile(r"^https?(?=://)", re.I)
URL = re.compile(r"(?i:https?)://[^\s<>\"]+|/(?!/)[^\s<>\"]*")


class _Failed(Exception):
    """The value cannot be used; why is already among the problems."""


class Decoder:
    """Reads one file's tree. After use, `problems` and `places` (facet path -> place of its key) are complete.

    `unread` has the path of each facet that is written and gave no value, by its right name where that is clear.
    """

    def __init__(self, file: str, languages: Iterable[str] = ()) -> None:
        self.file = file
        self.languages = tuple(languages)
        self.problems: list[Problem] = []
        self.places: dict[str, Place] = {}
        self.unread: set[str] = set()

    def decode(self, kind: type[T], node: Node | None, place: Place) -> T | None:
        """The value of a dataclass, or None when a key it cannot do without is missing or wrong."""
        tree = node if node is not None else yaml_tree.Mapping((), place)
        try:
            value: T = self._object(kind, tree, "")
            return value
        except _Failed:
            return None

    def fail(self, rule: Rule, place: Place, message: str, remedy: str) -> _Failed:
        self.problems.append(rule.problem(place, message, remedy))
        return _Failed()

    def _value(self, kind: Any, node: Node, path: str) -> Any:
        origin = get_origin(kind)
        if origin in (Union, types.UnionType):
            return self._union(get_args(kind), node, path)
        if origin is tuple:
            return self._list(get_args(kind)[0], node, path)
        if origin is Mapping:
            return self._mapping(get_args(kind), node, path)
        if kind is Localised:
            return self._localised(node, path)
        if dataclasses.is_dataclass(kind):
            return self._object(kind, node, path)
        return self._scalar(kind, node, path)

    def _union(self, options: tuple[Any, ...], node: Node, path: str) -> Any:
        kinds = [option for option in options if option is not type(None)]
        for option in kinds:
            if get_origin(option) is Literal and isinstance(node, Scalar) and node.text in get_args(option):
                return node.text
        return self._value(next(option for option in kinds if get_origin(option) is not Literal), node, path)

    def _list(self, kind: Any, node: Node, path: str) -> tuple[Any, ...]:
        items = node.items if isinstance(node, yaml_tree.Sequence) else (node,)
        values, failed = [], False
        for index, item in enumerate(items):
            self.places[f"{path}.{index}"] = item.place
            try:
                values.append(self._value(kind, item, f"{path}.{index}"))
            except _Failed:
                failed = True
        if failed:
            raise _Failed
        return tuple(values)

    def _mapping(self, kinds: tuple[Any, ...], node: Node, path: str) -> dict[Any, Any]:
        """Names of a kind, each with a value of a kind: any name and a text, or a choice and a number."""
        of_name, of_value = kinds
        if not isinstance(node, yaml_tree.Mapping):
            what = "text" if of_value is str else "value"
            message = f"`{_name(path)}` needs names and {what}s."
            raise self.fail(F03, node.place, message, f"Write each as `name: {what}`.")
        found = {}
        for key, value in node.entries:
            self.places[f"{path}.{key.text}"] = key.place
            name = key.text if of_name is str else self._scalar(of_name, key, path)
            found[name] = self._scalar(of_value, value, f"{path}.{key.text}")
        return found

    def _localised(self, node: Node, path: str) -> Localised:
        if isinstance(node, Scalar):
            return Localised({"": str(self._scalar(str, node, path))})
        words = self._mapping((str, str), node, path)
        unknown = [word for word in words if self.languages and word not in self.languages]
        remedy = f"Use {_or(self.languages)}, or add it to `languages`."
        if unknown and len(unknown) == len(words):
            place = self.places[f"{path}.{unknown[0]}"]
            raise self.fail(F01, place, f"`{unknown[0]}` is not a language of this site.", remedy)
        for word in unknown:  # its language was taken out of the site, and may come back
            message = f"`{word}` is not a language of this site: nobody reads this text."
            self.problems.append(F08.problem(self.places[f"{path}.{word}"], message, remedy))
        return Localised({word: text for word, text in words.items() if word not in unknown})

    def _object(self, kind: Any, node: Node, path: str) -> Any:
        fields = fields_of(kind)
        if isinstance(node, Scalar) and path:
            node = self._shorthand(kind, node, path)
        if not isinstance(node, yaml_tree.Mapping):
            what = f"`{_name(path)}`" if path else "This"
            keys = ", ".join(f"`{key}`" for key in fields) if path else "`title: Library privacy notice`"
            raise self.fail(F03, node.place, f"{what} is not a group of keys.", f"Write its keys, one a line: {keys}.")
        if (
            path
            and (colon := _colon(node)) is not None
            and colon.text not in fields
            and not nearest(colon.text, fields)
        ):
            raise self._taken_colon(colon)
        values, failed = self._entries(kind, node, path)
        known = values.keys() | {key.text for key, _ in node.entries}
        known |= {name for name in fields if (f"{path}.{name}" if path else name) in self.unread}
        if missing := [name for name, field in fields.items() if is_required(field) and name not in known]:
            self._missing(kind, missing, node.place, path)
        if failed or any(is_required(field) and name not in values for name, field in fields.items()):
            if path:
                raise _Failed
            values |= {name: "" for name, field in fields.items() if name not in values and is_required(field)}
        return kind(**values)

    def _missing(self, kind: Any, names: list[str], place: Place, path: str) -> None:
        what = f"{_and(names)} of `{_name(path)}`" if path else _and(names)
        if len(names) == 1:
            self.fail(F02, place, f"{what} is missing.", f"Add it: {doc_of(kind, names[0])}")
            return
        meanings = " ".join(f"`{name}`: {doc_of(kind, name)}" for name in names)
        self.fail(F02, place, f"{what} are missing.", f"Add them. {meanings}")

    def _entries(self, kind: Any, node: yaml_tree.Mapping, path: str) -> tuple[dict[str, Any], bool]:
        hints, fields = hints_of(kind), fields_of(kind)
        values: dict[str, Any] = {}
        written = {key.text for key, _ in node.entries}
        failed = False
        for key, value in node.entries:
            name = key.text
            if name not in fields:
                self._unknown(key, value, fields, written, path)
                continue
            inner = f"{path}.{name}" if path else name
            self.places[inner] = key.place
            if isinstance(value, Scalar) and not value.text.strip():
                if value.cut is not None and is_text(bare(hints[name])):
                    self._cut(value, value.cut, inner)
                    self.unread.add(inner)
                    failed = failed or is_required(fields[name])
                    continue
                if is_required(fields[name]):
                    self.fail(F02, key.place, f"`{_name(inner)}` is empty.", f"Write it: {doc_of(kind, name)}")
                    failed = True
                continue
            try:
                values[name] = self._value(bare(hints[name]), value, inner)
            except _Failed:
                self.unread.add(inner)
                failed = failed or is_required(fields[name])
        return values, failed

    def _shorthand(self, kind: Any, node: Scalar, path: str) -> yaml_tree.Mapping:
        """The mapping that a plain text stands for, where the first key alone is required."""
        first, *others = fields_of(kind).values()
        if any(is_required(field) for field in others):
            needed = ", ".join(f"`{field.name}`" for field in fields_of(kind).values() if is_required(field))
            raise self.fail(F03, node.place, f"`{_name(path)}` needs more than a text.", f"Write its keys: {needed}.")
        return yaml_tree.Mapping(((Scalar(first.name, node.place), node),), node.place)

    def _unknown(
        self, key: Scalar, value: Node, fields: Mapping[str, Any], written: Collection[str], path: str
    ) -> None:
        tight = key.text.partition(":")[0]
        if ":" in key.text and tight in fields:
            self.unread.add(f"{path}.{tight}" if path else tight)
            self.fail(F01, key.place, f"There is no space after the colon of `{tight}`.", f"Write `{tight}: `.")
            return
        near = nearest(key.text, fields) or self._missed(key, fields, written)
        if near:
            self.unread.add(f"{path}.{near}" if path else near)
        elif isinstance(value, Scalar) and value.text == "" and " " in key.text.strip():
            message = f"The comma before “{key.text[:60]}” ends the text before it."
            self.fail(F09, key.place, message, "Put the whole text in quotes, the comma within them.")
            return
        elif path:
            self.unread.add(path)
        remedy = f"Did you mean `{near}`?" if near else f"The keys here are {_and(fields)}."
        self.fail(F01, key.place, f"`{key.text}` is not a key that is known here.", remedy)

    def _missed(self, key: Scalar, fields: Mapping[str, Any], written: Collection[str]) -> str | None:
        """The one key that is needed and not there, where an unknown one begins with the same letter."""
        missing = [name for name, field in fields.items() if is_required(field) and name not in written]
        return missing[0] if len(missing) == 1 and missing[0][:1] == key.text[:1] else None

    def _scalar(self, kind: Any, node: Node, path: str) -> Any:
        if isinstance(node, yaml_tree.Mapping) and kind not in _NO_TEXT and (colon := _colon(node)) is not None:
            raise self._taken_colon(colon)
        if not isinstance(node, Scalar):
            message = f"`{_name(path)}` is a text, not a list or a group of keys."
            raise self.fail(
                F03, node.place, message, "Write one text after the colon; put it in quotes if it has brackets."
            )
        text = node.text.strip()
        if node.cut is not None and is_text(kind):
            raise self._cut(node, node.cut, path)
        if kind is bool:
            return self._bool(text, node.place, path)
        if kind is int:
            return self._number(text, node.place, path)
        if kind is date:
            return self._date(text, node.place, path)
        if isinstance(kind, type) and issubclass(kind, Enum):
            return self._choice(kind, text, node.place, path)
        if kind in _PATTERNS:
            pattern, what = _PATTERNS[kind]
            if not pattern.fullmatch(text):
                raise self.fail(F04, node.place, f"`{text[:80]}` is not {what[0]}.", what[1])
        return _SCHEME.sub(lambda scheme: scheme[0].lower(), text) if kind is Url else text

    def _cut(self, node: Scalar, place: Place, path: str) -> _Failed:
        key = path.rpartition(".")[2]
        written = f'{key}: "{node.text}{" " if node.text else ""}#..."' if not key.isdigit() else f'"{node.text} #..."'
        message = "Everything from this `#` on is cut off: YAML takes it for a remark."
        return self.fail(F09, place, message, f"Put the text in quotes: {written}")

    def _taken_colon(self, key: Scalar) -> _Failed:
        message = f"The colon after “{key.text[:60]}” makes a key of it."
        return self.fail(F09, key.place, message, "Put the whole text in quotes, the colon within them.")

    def _bool(self, text: str, place: Place, path: str) -> bool:
        if text.lower() in YES or text.lower() in NO:
            return text.lower() in YES
        raise self.fail(F04, place, f"`{_name(path)}` is `{text[:40]}`.", "Write `yes` or `no`.")

    def _number(self, text: str, place: Place, path: str) -> int:
        if re.fullmatch(r"[0-9]{1,6}", text):
            return int(text)
        raise self.fail(F04, place, f"`{_name(path)}` is `{text[:40]}`, not a whole number.", "Write it in digits: 30.")

    def _date(self, text: str, place: Place, path: str) -> date:
        shape = re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text)
        try:
            return date.fromisoformat(text if shape else "")
        except ValueError:
            why = "is not a day of the calendar" if shape else "is not a date"
            remedy = "Write year, month and day, like 2026-12-01."
            raise self.fail(F05, place, f"`{_name(path)}` is `{text[:40]}`, which {why}.", remedy) from None

    def _choice(self, kind: type[Enum], text: str, place: Place, path: str) -> Enum:
        choices = [str(item.value) for item in kind]
        if text.lower() in choices:
            return kind(text.lower())
        near = nearest(text.lower(), choices)
        remedy = f"Did you mean `{near}`?" if near else f"Write one of {_or(choices)}."
        raise self.fail(F04, place, f"`{_name(path)}` is `{text[:40]}`.", remedy)


_ID = "Use lower-case letters, digits and hyphens, like parking-permits: at most 100 signs."
_PATTERNS: dict[Any, tuple[re.Pattern[str], tuple[str, str]]] = {
    Ident: (IDENT, ("an id", _ID)),
    NoticeId: (PUBLISHED_IDENT, ("an id", _ID)),
    Email: (EMAIL, ("one mail address", "Write one address, like service@council.example.")),
    Url: (URL, ("an address", "Start it with https:// (or with / for a page of this site).")),
}


_NO_TEXT = frozenset({bool, int, date, Ident, NoticeId, Email, Url})


def is_text(kind: Any) -> bool:
    """Whether a value is words, which may hold a `#`: no date, number, choice, id or address."""
    if get_origin(kind) in (Union, types.UnionType):
        return any(is_text(option) for option in get_args(kind) if option is not type(None))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return False
    return kind not in _NO_TEXT and get_origin(kind) is not Literal and not dataclasses.is_dataclass(kind)


def _colon(node: yaml_tree.Mapping) -> Scalar | None:
    """The words before a colon that was meant as text: the only key, which has spaces or a capital as no key of ours
    has."""
    if len(node.entries) != 1 or not isinstance(node.entries[0][1], Scalar):
        return None
    key = node.entries[0][0]
    return key if " " in key.text.strip() or key.text[:1].isupper() else None


@cache
def hints_of(kind: Any) -> dict[str, Any]:
    """The types of a class's fields, their `Doc` included."""
    return get_type_hints(kind, include_extras=True)


@cache
def fields_of(kind: Any) -> dict[str, dataclasses.Field[Any]]:
    return {field.name: field for field in dataclasses.fields(kind)}


def doc_of(kind: Any, name: str) -> str:
    """The help text of a key."""
    hint = hints_of(kind)[name]
    return str(get_args(hint)[1].text) if get_origin(hint) is Annotated else ""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant."""
    plain = {name.replace("_", "").replace("-", ""): name for name in known}
    found = difflib.get_close_matches(re.sub(r"[\s_-]", "", word.lower()), plain, n=1, cutoff=0.7)
    return plain[found[0]] if found else None


def bare(hint: Any) -> Any:
    """A type without its `Doc`."""
    return get_args(hint)[0] if get_origin(hint) is Annotated else hint


def is_required(field: dataclasses.Field[Any]) -> bool:
    """Whether a key cannot be left out."""
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _name(path: str) -> str:
    """A facet path as an editor counts: `purposes.0.text` is `purposes 1 text`."""
    return " ".join(str(int(part) + 1) if part.isdigit() else part for part in path.split("."))


def _and(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _or(words: Iterable[str]) -> str:
    return " or ".join(f"`{word}`" for word in words)
