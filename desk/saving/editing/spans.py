"""A YAML text as a tree of values that know where each starts and ends, for edits that touch nothing else. Pure.

The text has been read by `yaml_tree` before: it has no aliases, no tags and each key once.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from desk.saving.editing.plain import Plain
from generator.content.unseen_signs import seen

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_LINE_END = re.compile("\r\n|[\n\r]")


@dataclass(frozen=True)
class Span:
    """A value from `start` to `end` in characters; a block without the line end of its last line.

    `style` is that of a text: `'`, `"`, `|`, `>` or empty. `flow` says that a list or group is in brackets or braces.
    """

    start: int
    end: int


@dataclass(frozen=True)
class Text(Span):
    text: str
    style: str


@dataclass(frozen=True)
class Items(Span):
    items: tuple[Node, ...]
    flow: bool
    dashes: tuple[int, ...] = ()
    """Where the hyphen of each item is, in a block."""


@dataclass(frozen=True)
class Group(Span):
    entries: tuple[tuple[Text, Node], ...]
    flow: bool

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys in the order written."""
        return tuple(key.text for key, _ in self.entries)

    def value(self, key: str) -> Node:
        """The value of a key that is there."""
        return next(value for name, value in self.entries if name.text == key)


Node = Text | Items | Group


def parse(text: str) -> Node | None:
    """The tree of a text; None where it is empty. Raises `yaml.YAMLError`."""
    tokens: Iterator[Any] = yaml.scan(text, Loader=_LOADER)
    dashes = [token.start_mark.index for token in tokens if isinstance(token, yaml.BlockEntryToken)]
    events: Iterator[Any] = iter(list(yaml.parse(text, Loader=_LOADER)))
    next(events)
    if not isinstance(next(events), yaml.DocumentStartEvent):
        return None
    return _Reader(text, dashes, events).node(next(events))


@dataclass(frozen=True)
class _Reader:
    text: str
    dashes: list[int]
    events: Iterator[Any]

    def node(self, event: Any) -> Node:
        start, end = event.start_mark.index, event.end_mark.index
        if isinstance(event, yaml.ScalarEvent):
            written = self.text[start:end]
            return Text(start, start + len(written.rstrip()), seen(event.value), event.style or "")
        if isinstance(event, yaml.SequenceStartEvent):
            return self._items(start, bool(event.flow_style))
        return self._group(start, bool(event.flow_style))

    def _items(self, start: int, flow: bool) -> Items:
        items = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self.node(event))
        if flow:
            return Items(start, _end(event), tuple(items), True)
        dashes = tuple(self.dashes[bisect_left(self.dashes, item.start) - 1] for item in items)
        return Items(dashes[0], items[-1].end, tuple(items), False, dashes)

    def _group(self, start: int, flow: bool) -> Group:
        entries = []
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.node(event)
            assert isinstance(key, Text)  # noqa: S101 (`yaml_tree` refuses other keys)
            entries.append((key, self.node(next(self.events))))
        if flow:
            return Group(start, _end(event), tuple(entries), True)
        return Group(start, max(entries[-1][0].end, entries[-1][1].end), tuple(entries), False)


def _end(event: Any) -> int:
    return int(event.end_mark.index)


def plain_of(node: Node | None) -> Plain:
    """The value of a tree, as the generator reads it."""
    if isinstance(node, Text):
        return node.text.strip()
    if isinstance(node, Items):
        return [plain_of(item) for item in node.items]
    return {key.text: plain_of(value) for key, value in node.entries} if node else {}


def line_start(text: str, at: int) -> int:
    """Where the line begins in which a character is."""
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def line_end(text: str, at: int) -> int:
    """Where the next line begins, or the end of the text."""
    found = _LINE_END.search(text, at)
    return found.end() if found else len(text)


def column(text: str, at: int) -> int:
    """How many characters stand before one in its line."""
    return at - line_start(text, at)


def is_first(text: str, at: int) -> bool:
    """Whether nothing but spaces is before a character in its line."""
    return not text[line_start(text, at) : at].strip(" ")
