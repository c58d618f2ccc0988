"""Reads the text of a frozen version: exactly the canonical YAML that `noticeboard publish` writes, and nothing else.

The generator writes frozen files and the endpoint takes the words that people agree to from them. This is the one reader
for both, so the endpoint needs no YAML library. Where a line is not in canonical form it gives up with `NotCanonical`: it
never reads a text in another way than a YAML reader would. Pure, standard library only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from typing import Any

MAX_BYTES = 8_000_000
_STRANGE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_LINE = re.compile(r"( *)(- )?(?:([a-z0-9_.-]*[a-z0-9_][a-z0-9_.-]*):(?: |$))?(.*)")
_BARE = re.compile(r"[0-9]+|[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SURROGATE = re.compile(r"(?<!\\)(?:\\\\)*\\u[dD][89a-fA-F]")
"""An escape of half a sign, which no text that is written here has; an escaped backslash before a `u` is none."""
_DEEPEST = 20
"""How far a line may be indented: as deep as the general reader goes."""


class NotCanonical(ValueError):
    """The text is not what `noticeboard publish` writes."""


def load(text: str) -> dict[str, Any]:
    """The nested mappings, lists and texts of a canonical document (numbers and dates as texts)."""
    if refuses(text):
        raise NotCanonical
    reader = _Reader(text.split("\n"))
    document = reader.mapping(0, *reader.line())
    if reader.at != len(reader.lines) - 1:
        raise NotCanonical
    return document


def load_without(text: str, unused: Collection[str]) -> dict[str, Any]:
    """The same without some of its top-level keys, whose lines are passed over."""
    lines = text.split("\n")
    kept: list[str] = []
    passing = False
    for line in lines:
        if line and line[0] != " ":
            passing = line.removesuffix(":") in unused
        if not passing:
            kept.append(line)
    return load("\n".join(kept if not passing else [*kept, ""]))


def refuses(text: str) -> bool:
    """Whether a document cannot be canonical as a whole: for its size, or for characters that are never written as they are."""
    return len(text) > MAX_BYTES or not text.endswith("\n") or _STRANGE.search(text) is not None


class _Reader:
    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.at = 0

    def line(self) -> tuple[int, str | None, str | None, str]:
        """The indent, dash, key and rest of the line at hand."""
        line = self.lines[self.at]
        found = _LINE.fullmatch(line)
        if found is None or "\t" in line:
            raise NotCanonical  # a tab stands only in blocks: everywhere else it is escaped
        spaces, dash, key, rest = found.groups()
        return len(spaces), dash, key, rest

    def mapping(self, indent: int, found: int, dash: str | None, key: str | None, rest: str) -> dict[str, Any]:
        """A mapping whose first line is given; its other lines stand at `indent`, without a dash."""
        if indent > _DEEPEST:
            raise NotCanonical
        values: dict[str, Any] = {}
        last = len(self.lines) - 1
        while True:
            if key is None or key in values:
                raise NotCanonical
            self.at += 1
            values[key] = self.scalar(rest, indent + 2) if rest else self.nested(indent + 2)
            if self.at == last:
                return values
            found, dash, key, rest = self.line()
            if found != indent or dash:
                if found > indent:
                    raise NotCanonical
                return values

    def nested(self, indent: int) -> Any:
        found, dash, key, rest = self.line()
        if found != indent:
            raise NotCanonical
        return self.sequence(indent, dash, key, rest) if dash else self.mapping(indent, found, dash, key, rest)

    def sequence(self, indent: int, dash: str | None, key: str | None, rest: str) -> list[Any]:
        if indent > _DEEPEST:
            raise NotCanonical
        values: list[Any] = []
        last = len(self.lines) - 1
        while True:
            if key is None:
                self.at += 1
                values.append(self.scalar(rest, indent + 2))
            else:
                values.append(self.mapping(indent + 2, indent, None, key, rest))
            if self.at == last:
                return values
            found, dash, key, rest = self.line()
            if found != indent or not dash:
                if found >= indent:
                    raise NotCanonical
                return values

    def scalar(self, text: str, indent: int) -> Any:
        if text[:1] == '"':
            inner = text[1:-1]
            if text[-1] == '"' and len(text) > 1 and '"' not in inner and "\\" not in inner:
                return inner
            return _quoted(text)
        if text == "|-":
            return self.literal(indent)
        if text == "{}":
            return {}
        if text == "[]":
            return []
        if _BARE.fullmatch(text):
            return text
        raise NotCanonical

    def literal(self, indent: int) -> str:
        """The lines of a block, up to the first that is less indented."""
        lines, start, margin = self.lines, self.at, " " * indent
        end, last = start, len(lines) - 1
        while end < last and (not lines[end] or lines[end].startswith(margin)):
            end += 1
        block = [line[indent:] for line in lines[start:end]]
        if len(block) < 2 or block[0][:1] in ("", " ") or not block[-1].strip():
            raise NotCanonical
        self.at = end
        return "\n".join(block)


def _quoted(text: str) -> str:
    if _SURROGATE.search(text):
        raise NotCanonical
    try:
        value = json.loads(text)
    except ValueError:
        raise NotCanonical from None
    if not isinstance(value, str):
        raise NotCanonical
    return value
