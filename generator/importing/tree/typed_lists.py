"""Lists that somebody typed, as paragraphs that start with `•`, `–`, `o`, `1)` or `(a)`: made lists again. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from generator.importing.tree.blocks import LINE_END, Block, Span, plain, tidy

_NUMBER, _LETTER, _ROMAN, _BULLET, _CIRCLE, _SQUARE, _DASH = range(7)
"""Kinds of markers, from the ones that stand outside to those that stand within them."""
_SURE = frozenset((_BULLET, _SQUARE))
"""Signs that nothing but an item starts with, so that one alone is a list."""
_MARKERS = (
    (_BULLET, re.compile("[•·●‣∙\uf0b7\uf0a8\uf0d8\uf0fc\uf076\uf0e0➢➤❖][ ]?")),
    (_SQUARE, re.compile("[▪■□◼▫\uf0a7][ ]?")),
    (_CIRCLE, re.compile(r"(?:[◦○⁃]|o(?=[ ]))[ ]?")),
    (_DASH, re.compile(r"[-–—−*](?=[ ])[ ]")),
    (_NUMBER, re.compile(r"\(?(\d{1,3})[.)][ ]")),
    (_ROMAN, re.compile(r"\(?([ivx]{1,5})[.)][ ]")),
    (_LETTER, re.compile(r"\(?([a-z])[.)][ ]")),
)
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi")


@dataclass(frozen=True)
class _Item:
    """A paragraph with its marker: which place in its list it says it has, and how long the marker is."""

    kind: int
    place: int
    length: int
    block: Block


def rebuilt(blocks: Sequence[Block], markers: list[str]) -> list[Block]:
    """The same blocks with every typed list as a list, also inside items and quotations; `markers` gets what is gone."""
    result: list[Block] = []
    lines = [line for block in blocks for line in _lines(block)]
    at = 0
    while at < len(lines):
        run = _run(lines, at)
        if run:
            markers += [plain(item.block.spans)[: item.length] for item in run if item.kind not in (_LETTER, _ROMAN)]
            result += _nested(run)
            at += len(run)
        else:
            block = lines[at]
            if block.kind not in ("dl", "notes"):
                block.items = [rebuilt(item, markers) for item in block.items]
            result.append(block)
            at += 1
    return result


def _lines(block: Block) -> Iterator[Block]:
    """A paragraph cut into its lines, where one of them starts with a marker; else the block as it is."""
    if block.kind != "p" or LINE_END not in plain(block.spans):
        yield block
        return
    parts: list[list[Span]] = [[]]
    for span in block.spans:
        first, *rest = span.text.split(LINE_END)
        parts[-1].append(replace(span, text=first))
        for text in rest:
            parts.append([replace(span, text=text)])
    lines = [Block("p", tidy(part), indent=block.indent) for part in parts]
    lines = [line for line in lines if line.spans]
    marked = [bool(_read(line)) for line in lines]
    if not any(marked[1:]) and not (marked and marked[0] and _sure(lines[0])):
        yield block
        return
    lines[0].anchors = block.anchors
    whole: list[Block] = []
    for line, is_item in zip(lines, marked, strict=True):
        if not is_item and whole and not _read(whole[-1]):
            whole[-1].spans = [*whole[-1].spans, Span(LINE_END), *line.spans]
        else:
            whole.append(line)
    yield from whole


def _read(block: Block) -> list[_Item]:
    """The readings of a paragraph's marker: none, one, or two for letters that are Roman numbers too."""
    if block.kind != "p" or block.proposed:
        return []
    text = plain(block.spans)
    found = []
    for kind, pattern in _MARKERS:
        marker = pattern.match(text)
        if not marker or not text[marker.end() :].strip():
            continue
        place = 0
        if kind == _NUMBER:
            place = int(marker[1])
        elif kind == _LETTER:
            place = ord(marker[1]) - ord("a") + 1
        elif kind == _ROMAN:
            place = _ROMANS.index(marker[1]) + 1 if marker[1] in _ROMANS else 0
        if place or kind not in (_NUMBER, _LETTER, _ROMAN):
            found.append(_Item(kind, place, marker.end(), block))
    return found


def _sure(block: Block) -> bool:
    return any(item.kind in _SURE for item in _read(block))


def _run(lines: Sequence[Block], at: int) -> list[_Item]:
    """The items that start at a paragraph, one after another; none where it only looks like an item."""
    run: list[_Item] = []
    last: dict[int, int] = {}
    for line in lines[at:]:
        item = _continuing(_read(line), last)
        if item is None or (run and item.kind not in last and item.kind < min(earlier.kind for earlier in run)):
            break
        run.append(item)
        last[item.kind] = item.place
        last = {kind: place for kind, place in last.items() if kind <= item.kind or kind > _ROMAN}
    return run if _is_list(run) else []


def _continuing(readings: Sequence[_Item], last: dict[int, int]) -> _Item | None:
    """The reading that goes on with a list already begun, else one that begins one."""
    for item in readings:
        if item.kind in last and (not item.place or item.place == last[item.kind] + 1):
            return item
    for item in readings:
        if not item.place or item.kind not in last:
            begins = item.place in (0, 1) or item.kind == _NUMBER
            if begins:
                return item
    return None


def _is_list(run: Sequence[_Item]) -> bool:
    return len(run) > 1 or any(item.kind in _SURE for item in run)


def _nested(run: Sequence[_Item]) -> list[Block]:
    """The lists that a run of items is."""
    lists: list[Block] = []
    open_lists: list[tuple[int, int, Block]] = []
    for item in run:
        indent = item.block.indent
        while open_lists and not _belongs(item, indent, open_lists[-1]) and not _inside(item, indent, open_lists[-1]):
            open_lists.pop()
        if not open_lists or not _belongs(item, indent, open_lists[-1]):
            new = Block("ol" if item.kind == _NUMBER else "ul", start=item.place or 1)
            (open_lists[-1][2].items[-1] if open_lists else lists).append(new)
            open_lists.append((item.kind, indent, new))
        open_lists[-1][2].items.append([_unmarked(item)])
    return lists


def _belongs(item: _Item, indent: int, opened: tuple[int, int, Block]) -> bool:
    kind, own_indent, _ = opened
    return kind == item.kind and abs(indent - own_indent) < 2


def _inside(item: _Item, indent: int, opened: tuple[int, int, Block]) -> bool:
    kind, own_indent, _ = opened
    return indent >= own_indent + 2 or (indent > own_indent - 2 and item.kind > kind)


def _unmarked(item: _Item) -> Block:
    """The paragraph without its marker; letters stay, since Markdown has no lists with letters."""
    block = item.block
    if item.kind in (_LETTER, _ROMAN):
        return Block("p", block.spans, anchors=block.anchors)
    spans, cut = list(block.spans), item.length
    while cut:
        taken = min(cut, len(spans[0].text))
        spans[0] = replace(spans[0], text=spans[0].text[taken:])
        cut -= taken
        spans = spans if spans[0].text else spans[1:]
    return Block("p", tidy(spans), anchors=block.anchors)
