"""The smallest pieces of YAML text to cut and put in for one change of a list, a group or a text. Pure.

Each function gives ways to do it, the best first; the caller takes the first that is read as it was meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from desk.saving.editing import rendering, scalars, spans
from desk.saving.editing.plain import Plain, within
from desk.saving.editing.scalars import Spot
from desk.saving.editing.spans import Group, Items, Node, Text


@dataclass(frozen=True)
class Splice:
    """Characters `start` to `end` become `text`."""

    start: int
    end: int
    text: str


Way = tuple[Splice, ...]
"""Splices that do not overlap."""


@dataclass(frozen=True)
class Holder:
    """The container of a value: a group under a key, or a list at an index."""

    node: Group | Items
    at: int

    @property
    def value(self) -> Node:
        """The value itself."""
        return self.node.items[self.at] if isinstance(self.node, Items) else self.node.entries[self.at][1]

    @property
    def mark(self) -> int:
        """Where its key or its hyphen is, in a block."""
        return self.node.dashes[self.at] if isinstance(self.node, Items) else self.node.entries[self.at][0].start


@dataclass(frozen=True)
class Cutter:
    """Makes splices for one text."""

    text: str
    newline: str

    def applied(self, way: Way) -> str:
        """The text after a way."""
        text = self.text
        for splice in sorted(way, key=lambda one: one.start, reverse=True):
            text = text[: splice.start] + splice.text + text[splice.end :]
        return text

    def _joined(self, lines: Sequence[str]) -> str:
        return self.newline.join(lines) + self.newline

    def _inserted(self, at: int, lines: Sequence[str]) -> Splice:
        """Whole lines at the start of a line, or at the end of a text whose last line may have no end."""
        block = self._joined(lines)
        if at and self.text[at - 1] not in "\r\n":
            block = self.newline + block.removesuffix(self.newline)
        return Splice(at, at, block)

    def _lines(self, start: int, end: int) -> Splice:
        """The lines from one place to another, cut."""
        first, last = spans.line_start(self.text, start), spans.line_end(self.text, end)
        if last == len(self.text) and first and self.text[last - 1] not in "\r\n":
            first -= 2 if self.text[first - 2 : first] == "\r\n" else 1  # the text goes on without a last line end
        return Splice(first, last, "")

    def _without_lines(self, start: int, end: int) -> Iterator[Way]:
        """The lines cut; then so that remarks below, which are set in, do not become words of a block above."""
        cut = self._lines(start, end)
        yield (cut,)
        at, moved = cut.end, []
        while at < len(self.text) and self._is_remark(at):
            line = self.text[at : spans.line_end(self.text, at)]
            moved.append(Splice(at, at + len(line) - len(line.lstrip(" ")), ""))
            at += len(line)
        yield (cut, *moved)

    def with_remarks(self, way: Way, words: str) -> Way:
        """A way that writes a top-level fact anew, with the remarks of the lines that it cuts below it, at the left
        edge: set in, they could become words of a block above. A line that is in `words` is no remark."""
        cut = (line.strip() for one in way for line in self.text[one.start : one.end].splitlines())
        remarks = [line for line in cut if line.startswith("#") and line not in words]
        end = max(one.end for one in way)
        at = end if self.text[end - 1 : end] in ("\r", "\n") else spans.line_end(self.text, end)
        return (self._inserted(at, remarks), *way) if remarks else way

    def rewritten(self, old: Text, text: str, holder: Holder, kind: Any) -> Iterator[Way]:
        """Another text in the place of one."""
        spot = Spot(holder.node.flow, self._column(holder) + 2, self.newline, kind)
        written = self.text[old.start : old.end]
        space = " " if old.start == old.end and self.text[old.start - 1 : old.start] not in ("", " ") else ""
        for new in scalars.again(text, old, written, spot):
            yield (Splice(old.start, old.end, space + new),)

    def _column(self, holder: Holder) -> int:
        return 0 if holder.node.flow else spans.column(self.text, holder.mark)

    def whole(self, value: Plain, holder: Holder, kind: Any) -> Iterator[Way]:
        """A value of another kind in the place of one."""
        old = holder.value
        if holder.node.flow:
            space = " " if old.start == old.end else ""
            yield (Splice(old.start, old.end, space + rendering.in_flow(value, kind)),)
            return
        spot = Spot(False, self._column(holder) + 2, self.newline, kind)
        sign = self._after_sign(holder)
        below = isinstance(old, Items | Group) and not old.flow
        if isinstance(holder.node, Items):
            item = rendering.item(value, Spot(False, spot.indent - 2, self.newline, kind))
            yield (Splice(holder.mark, max(old.end, holder.mark + 1), self._joined(item).strip(" \r\n")),)
        elif below and spans.line_start(self.text, old.start) > sign:
            where = self._lines(old.start, old.end)
            if rendering.is_block(value):
                yield (where, self._inserted(where.start, rendering.lines(value, spot)))
            else:
                yield (Splice(sign, sign, " " + rendering.inline(value, spot)), where)
        elif rendering.is_block(value):
            cut = Splice(sign, max(old.end, sign), "")
            yield (cut, self._inserted(spans.line_end(self.text, cut.end), rendering.lines(value, spot)))
        else:
            yield (Splice(sign, max(old.end, sign), " " + rendering.inline(value, spot)),)

    def _after_sign(self, holder: Holder) -> int:
        """Where the colon or the hyphen before a value ends."""
        if isinstance(holder.node, Items):
            return holder.mark + 1
        return self.text.index(":", holder.node.entries[holder.at][0].end) + 1

    def new_entry(self, group: Group, after: int, key: str, value: Plain, kind: Any) -> Iterator[Way]:
        """A key with its value below the entry `after`, by its index."""
        if group.flow:
            piece = f"{rendering.key_text(key)}: {rendering.in_flow(value, kind)}"
            yield from self._into_flow(group, [inner.end for _, inner in group.entries], after, piece)
            return
        name, inner = group.entries[after]
        indent = spans.column(self.text, group.entries[0][0].start)
        at = spans.line_end(self.text, max(name.end, inner.end))
        yield (self._inserted(at, rendering.entry(key, value, Spot(False, indent, self.newline, kind))),)

    def _into_flow(self, node: Group | Items, ends: Sequence[int], after: int, piece: str) -> Iterator[Way]:
        if not ends:
            yield (Splice(node.start, node.end, self.text[node.start] + piece + self.text[node.end - 1]),)
        elif after < 0:
            yield (Splice(node.start + 1, node.start + 1, f"{piece}, "),)
        else:
            yield (Splice(ends[after], ends[after], f", {piece}"),)

    def without_entry(self, group: Group, at: int) -> Iterator[Way]:
        """One entry less, of several."""
        key, value = group.entries[at]
        end = max(key.end, value.end)
        if group.flow:
            yield from self._out_of_flow([name.start for name, _ in group.entries], group, at)
        elif spans.is_first(self.text, key.start):
            yield from self._without_lines(key.start, end)
        elif at + 1 < len(group.entries):  # beside a hyphen: the next key takes its place
            following = group.entries[at + 1][0].start
            if not self.text[end:following].strip():
                yield (Splice(key.start, following, ""),)
            yield (Splice(key.start, end, ""),)

    def _out_of_flow(self, starts: Sequence[int], node: Group | Items, at: int) -> Iterator[Way]:
        ends = [item.end for item in node.items] if isinstance(node, Items) else [v.end for _, v in node.entries]
        if at + 1 < len(starts):
            yield (Splice(starts[at], starts[at + 1], ""),)
        elif at:
            yield (Splice(ends[at - 1], ends[at], ""),)

    def new_item(self, items: Items, at: int, value: Plain, kind: Any) -> Iterator[Way]:
        """An item at a place among the others, in their way."""
        of_item = within(kind, "0")
        if items.flow:
            piece = rendering.in_flow(value, of_item)
            yield from self._into_flow(items, [item.end for item in items.items], at - 1, piece)
            return
        indent, gap = spans.column(self.text, items.dashes[0]), self._gap(items)
        spot = Spot(False, indent, self.newline, of_item)
        if isinstance(value, dict) and all(isinstance(item, Group) and item.flow for item in items.items):
            lines = [" " * indent + "-".ljust(gap) + rendering.in_flow(value, of_item)]
        else:
            lines = rendering.item(value, spot, gap)
        if at:
            yield (self._inserted(spans.line_end(self.text, items.items[at - 1].end), lines),)
        elif spans.is_first(self.text, items.dashes[0]):
            yield (self._inserted(spans.line_start(self.text, items.dashes[0]), lines),)

    def _gap(self, items: Items) -> int:
        """How far behind its hyphen an item begins."""
        gaps = [item.start - dash for dash, item in zip(items.dashes, items.items, strict=True)]
        same_line = "\n" not in self.text[items.dashes[0] : items.items[0].start]
        return gaps[0] if same_line and 2 <= gaps[0] <= 8 else 2

    def without_item(self, items: Items, at: int) -> Iterator[Way]:
        """One item less, of several."""
        if items.flow:
            yield from self._out_of_flow([item.start for item in items.items], items, at)
        elif spans.is_first(self.text, items.dashes[at]):
            yield from self._without_lines(items.dashes[at], max(items.items[at].end, items.dashes[at]))

    def reordered(self, items: Items, order: Sequence[int]) -> Iterator[Way]:
        """The items in another order, each with the remark above it; blank lines stay where they are."""
        if items.flow:
            pieces = [self.text[item.start : item.end] for item in items.items]
            yield tuple(Splice(item.start, item.end, pieces[old]) for item, old in zip(items.items, order, strict=True))
        elif all(spans.is_first(self.text, dash) for dash in items.dashes):
            chunks = self._chunks(items)
            pieces = [self.text[start:end] for start, end in chunks]
            last = chunks[-1][1]
            moved = []
            for (start, end), old in zip(chunks, order, strict=True):
                bare = pieces[old].rstrip("\r\n") if end == last else pieces[old]
                close = pieces[-1][len(pieces[-1].rstrip("\r\n")) :] if end == last else ""
                if end != last and old == len(order) - 1 and not bare.endswith(("\n", "\r")):
                    close = self.newline
                moved.append(Splice(start, end, bare + close))
            yield tuple(moved)

    def _chunks(self, items: Items) -> list[tuple[int, int]]:
        """Where each item begins, with the remarks right above it, and ends."""
        found: list[tuple[int, int]] = []
        for dash, item in zip(items.dashes, items.items, strict=True):
            start = spans.line_start(self.text, dash)
            top = found[-1][1] if found else 0
            while start > top and self._is_remark(above := spans.line_start(self.text, start - 1 - self._crlf(start))):
                start = above
            found.append((start, spans.line_end(self.text, max(item.end, dash))))
        return found

    def _crlf(self, at: int) -> int:
        return int(self.text[at - 2 : at] == "\r\n")

    def _is_remark(self, start: int) -> bool:
        return self.text[start : spans.line_end(self.text, start)].lstrip(" ").startswith("#")
