"""Facts changed in YAML, one smallest step after another; each is read again before the next. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

import yaml

from desk.saving.editing import plain as values
from desk.saving.editing import rendering, spans
from desk.saving.editing.plain import Path, Plain, is_list, meaning, short_key, within
from desk.saving.editing.scalars import Spot
from desk.saving.editing.spans import Group, Items, Node, Text, plain_of
from desk.saving.editing.splices import Cutter, Holder, Splice, Way
from generator.content import yaml_tree
from generator.content.unseen_signs import seen

MOST_STEPS = 2_000
"""A longer way than any form's is given up."""


class NotWritableError(Exception):
    """No way to write a value was read as it was meant; the message is the fact's path."""


@dataclass(frozen=True)
class _Step:
    """One difference less: the whole as it then is, and ways to write it."""

    wanted: Plain
    ways: Iterator[Way]


def read(text: str) -> Plain | None:
    """The facts that the generator reads in a text; None where it finds a fault in it."""
    tree, problems = yaml_tree.parse(seen(values.one_line_end(text)), "")
    return None if problems else values.of_node(tree)


def written(text: str, wanted: Plain, kind: Any, newline: str) -> str:
    """The text in which the facts are as they are wanted, and all else is as it was. Raises `NotWritableError`."""
    rewritten: set[str] = set()
    root: Plain | None = None
    for _ in range(MOST_STEPS):
        if root is not None and meaning(kind, root) == meaning(kind, wanted):
            return text
        finder = _Finder(Cutter(text, newline), *_tree(text))
        step = finder.step(wanted, kind)
        if step is None:
            return text
        new = _taken(finder.cutter, step)
        if new is None:
            key = _first_different(finder.root, wanted, kind)
            if key in rewritten:
                raise NotWritableError(key)
            rewritten.add(key)
            step = finder.afresh(key, wanted, kind)
            new = _taken(finder.cutter, step)
        if new is None:
            raise NotWritableError(key)
        text, root = new, step.wanted
    raise NotWritableError("")


def _tree(text: str) -> tuple[Node | None, Plain]:
    try:
        node = spans.parse(text)
    except yaml.YAMLError as failure:
        raise NotWritableError("") from failure
    return node, plain_of(node)


def _taken(cutter: Cutter, step: _Step) -> str | None:
    """The first way's text that is read as it was meant."""
    for way in step.ways:
        text = cutter.applied(way)
        if read(text) == step.wanted:
            return text
    return None


def _first_different(root: Plain, wanted: Plain, kind: Any) -> str:
    old, new = meaning(kind, root), meaning(kind, wanted)
    assert isinstance(old, dict) and isinstance(new, dict)  # noqa: S101 (front matter is a group of keys)
    return next(key for key in [*new, *old] if old.get(key) != new.get(key))


@dataclass(frozen=True)
class _Finder:
    cutter: Cutter
    tree: Node | None
    root: Plain

    def step(self, wanted: Plain, kind: Any) -> _Step | None:
        """The first difference; None where there is none."""
        if meaning(kind, self.root) == meaning(kind, wanted):
            return None
        assert isinstance(wanted, dict)  # noqa: S101 (front matter is a group of keys)
        if isinstance(self.tree, Group):
            return self._group(self.tree, wanted, kind, ())
        key, value = next(iter(wanted.items()))
        return _Step({key: value}, iter([self._at_the_end(key, value, kind)]))

    def _at_the_end(self, key: str, value: Plain, kind: Any) -> Way:
        text, newline = self.cutter.text, self.cutter.newline
        lines = rendering.entry(key, value, Spot(False, 0, newline, within(kind, key)))
        before = "" if not text or text[-1] in "\r\n" else newline
        return (Splice(len(text), len(text), before + newline.join(lines) + newline),)

    def afresh(self, key: str, wanted: Plain, kind: Any) -> _Step:
        """A whole fact written anew."""
        assert isinstance(self.tree, Group) and isinstance(wanted, dict)  # noqa: S101 (only such a tree has steps)
        if key not in self.tree.keys or key not in wanted:
            return _Step({}, iter(()))
        holder = Holder(self.tree, self.tree.keys.index(key))
        ways = self.cutter.whole(wanted[key], holder, within(kind, key))
        words = str(plain_of(holder.value))
        kept = (self.cutter.with_remarks(way, words) for way in ways)
        return _Step(values.replaced(self.root, (key,), wanted[key]), kept)

    def _difference(self, wanted: Plain, kind: Any, path: Path, holder: Holder) -> _Step | None:
        node = holder.value
        if meaning(kind, plain_of(node)) == meaning(kind, wanted):
            return None
        wanted = _shaped(node, wanted, kind)
        if isinstance(node, Group) and isinstance(wanted, dict) and wanted:
            return self._group(node, wanted, kind, path)
        if isinstance(node, Items) and isinstance(wanted, list) and wanted and node.items:
            return self._items(node, wanted, kind, path)
        new = values.replaced(self.root, path, wanted)
        if isinstance(node, Text) and isinstance(wanted, str):
            return _Step(new, self.cutter.rewritten(node, wanted, holder, kind))
        return _Step(new, self.cutter.whole(wanted, holder, kind))

    def _group(self, node: Group, wanted: dict[str, Plain], kind: Any, path: Path) -> _Step | None:
        for index, key in enumerate(node.keys):
            if key in wanted:
                inner = self._difference(wanted[key], within(kind, key), (*path, key), Holder(node, index))
                if inner is not None:
                    return inner
        for key in wanted:
            if key not in node.keys and not _is_nothing(kind, key, wanted[key]):
                new = values.replaced(self.root, (*path, key), wanted[key])
                after = _predecessor(node.keys, key, values.order(kind))
                return _Step(new, self.cutter.new_entry(node, after, key, wanted[key], within(kind, key)))
        for index, key in enumerate(node.keys):
            if key not in wanted and not _is_nothing(kind, key, plain_of(node.value(key))):
                new = values.removed(self.root, (*path, key))
                return _Step(new, self._without(node, index))
        return None

    def _without(self, node: Group, index: int) -> Iterator[Way]:
        if node is self.tree and len(node.entries) == 1:
            key, value = node.entries[0]
            start = spans.line_start(self.cutter.text, key.start)
            yield (Splice(start, spans.line_end(self.cutter.text, max(key.end, value.end)), ""),)
        yield from self.cutter.without_entry(node, index)

    def _items(self, node: Items, wanted: list[Plain], kind: Any, path: Path) -> _Step | None:
        of_item = within(kind, "0")
        old = [plain_of(item) for item in node.items]
        came_from = _paired(old, wanted, of_item)
        kept = [index for index in came_from if index is not None]
        if kept != sorted(kept):
            order = _order(len(old), kept)
            new = values.replaced(self.root, path, [old[index] for index in order])
            return _Step(new, self.cutter.reordered(node, order))
        for index in range(len(old)):
            if index not in kept and len(old) > 1:
                return _Step(values.removed(self.root, (*path, str(index))), self.cutter.without_item(node, index))
        for index, before in enumerate(came_from):
            if before is None:
                item = _like_its_neighbours(node, wanted[index], of_item)
                items: list[Plain] = [*old[:index], item, *old[index:]]
                ways = self.cutter.new_item(node, index, item, kind)
                return _Step(values.replaced(self.root, path, items), ways)
        steps = (
            self._difference(value, of_item, (*path, str(index)), Holder(node, index))
            for index, value in enumerate(wanted)
        )
        return next((step for step in steps if step is not None), None)


def _is_nothing(kind: Any, key: str, value: Plain) -> bool:
    """Whether a key may be there or not, as the file has it."""
    return values.says_nothing(kind, key, meaning(within(kind, key), value))


def _shaped(node: Node, wanted: Plain, kind: Any) -> Plain:
    """A value in the short or the long form that is in the file."""
    if isinstance(node, Text):
        return _short(wanted, kind)
    if isinstance(node, Items) and not isinstance(wanted, list) and is_list(kind) and not _word_for_all(kind, wanted):
        return [wanted]
    if isinstance(node, Group) and isinstance(wanted, str) and (short := short_key(kind)) is not None:
        return {short: wanted}
    return wanted


def _word_for_all(kind: Any, wanted: Plain) -> bool:
    return isinstance(wanted, str) and values.is_literal(kind, wanted)


def _short(wanted: Plain, kind: Any) -> Plain:
    """The plain text that means the same, if there is one."""
    if isinstance(wanted, list) and is_list(kind) and len(wanted) == 1:
        inner = _short(wanted[0], within(kind, "0"))
        return inner if isinstance(inner, str) else wanted
    if isinstance(wanted, dict) and wanted.keys() == {short_key(kind)}:
        (inner,) = wanted.values()
        return inner if isinstance(inner, str) else wanted
    return wanted


def _like_its_neighbours(node: Items, wanted: Plain, kind: Any) -> Plain:
    return _short(wanted, kind) if all(isinstance(item, Text) for item in node.items) else wanted


def _predecessor(keys: Sequence[str], key: str, order: Sequence[str]) -> int:
    """The index of the entry below which a new key goes: that before it in the model's order, else the last."""
    before = order[: order.index(key)] if key in order else ()
    found = [index for index, name in enumerate(keys) if name in before]
    return max(found, key=lambda index: before.index(keys[index])) if found else len(keys) - 1


def _paired(old: Sequence[Plain], new: Sequence[Plain], kind: Any) -> list[int | None]:
    """For each new item the index of the old one that it is, perhaps with changes; None for one that is new."""
    before, after = [_canonical(item, kind) for item in old], [_canonical(item, kind) for item in new]
    pairs: list[int | None] = [None] * len(new)
    for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
        pairs[block.b : block.b + block.size] = range(block.a, block.a + block.size)
    free = [index for index in range(len(old)) if index not in pairs]
    _pair_same(pairs, free, before, after)
    _pair_same(pairs, free, [_id(item) for item in old], [_id(item) for item in new])
    _pair_the_rest(pairs, free)
    return pairs


def _pair_same(pairs: list[int | None], free: list[int], before: Sequence[str], after: Sequence[str]) -> None:
    for index in [index for index, one in enumerate(pairs) if one is None]:
        found = next((o for o in free if before[o] == after[index] != ""), None)
        if found is not None:
            pairs[index] = found
            free.remove(found)


def _pair_the_rest(pairs: list[int | None], free: list[int]) -> None:
    """Items between the same neighbours are the old ones there, rewritten."""
    for index, one in enumerate(pairs):
        if one is None:
            lowest = max((o for o in pairs[:index] if o is not None), default=-1)
            highest = min((o for o in pairs[index:] if o is not None), default=None)
            fits = [o for o in free if o > lowest and (highest is None or o < highest)]
            if fits:
                pairs[index] = fits[0]
                free.remove(fits[0])


def _canonical(value: Plain, kind: Any) -> str:
    return json.dumps(meaning(kind, value), sort_keys=True)


def _id(value: Plain) -> str:
    found = value.get("id", "") if isinstance(value, dict) else ""
    return found if isinstance(found, str) else ""


def _order(count: int, kept: Sequence[int]) -> list[int]:
    """All old items with those that are kept in their new order, in the places that these have."""
    following = iter(kept)
    return [next(following) if index in kept else index for index in range(count)]
