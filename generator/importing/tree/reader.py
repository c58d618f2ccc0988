"""A document's HTML to blocks: every word of it, in order, whatever the markup around it was.

Wrappers such as `<div>` mean nothing in a notice, so their content is in their place; text beside blocks becomes
paragraphs; lists, tables and definitions are put right first, since Markdown has one form for each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.importing.document import Loss
from generator.importing.tree import tables
from generator.importing.tree.blocks import LINE_END, Block, Mark, Span, every, plain, tidy
from generator.importing.tree.flow import HEADINGS, Flow, anchors_of
from generator.importing.tree.inert import DEAD, Element, classes_of, tag_of, where
from generator.importing.tree.list_labels import label, lettered, number_in
from generator.importing.words import clean


class Reader:
    """Reads one document. `losses` is what had to be left behind, `added` words that the import wrote itself."""

    def __init__(self) -> None:
        self.losses: list[Loss] = []
        self.added: list[str] = []
        self._level = 1
        self._lowered = 0  # levels that the headings inside a panel are lower than their elements say
        self._anchors: list[str] = []
        self._names: set[str] = set()

    def read(self, body: Element) -> list[Block]:
        """The blocks of a document's body."""
        found = self.blocks(body)
        if self._anchors and found:
            found[-1].anchors += self._anchors
        return found

    def blocks(self, element: Element, marks: tuple[Mark, ...] = ()) -> list[Block]:
        """The blocks inside an element; text that is in none of them becomes paragraphs."""
        flow = Flow(self)
        flow.walk(element, marks)
        flow.flush()
        return _without_empty(flow.blocks)

    def block(self, element: Element, marks: tuple[Mark, ...]) -> list[Block]:
        """The blocks that one block element becomes."""
        tag = tag_of(element)
        if tag in HEADINGS:
            return self._heading(element, HEADINGS[tag] + self._lowered)
        if tag in ("ul", "ol", "menu", "dir"):
            return self._footnotes(element) if "footnotes" in classes_of(element) else self._list(element)
        if tag == "dl":
            return self._definitions(element)
        if tag == "table":
            return tables.blocks(self, element)
        if tag == "blockquote":
            inside = self.blocks(element, marks)
            return [Block("quote", items=[inside])] if inside else []
        if tag == "pre":
            return self._preformatted(element)
        if tag == "hr":
            return [Block("hr")]
        if tag == "summary":
            return self._label(element)
        if any(tag_of(child) == "summary" for child in element):
            return self._panel(element, marks)
        found = self.blocks(element, marks)
        if tag == "p" and (proposed := element.get("data-proposed-heading")):
            for block in found:
                block.proposed, block.level = True, int(proposed) if proposed.isdigit() else 2
        if tag == "p" and (indent := number_in(element.get("data-indent"))):
            for block in found:
                block.indent = indent
        return found

    def _panel(self, element: Element, marks: tuple[Mark, ...]) -> list[Block]:
        """The panel that a label opens: the label is a heading below those around it, and the headings inside are
        below the label."""
        level, lowered = self._level, self._lowered
        inside = [HEADINGS[tag_of(part)] for part in element.iter(*HEADINGS) if not _is_in_label(part)]
        if inside:
            self._lowered += max(0, level + 2 - (min(inside) + lowered))
        found = self.blocks(element, marks)
        self._level, self._lowered = level, lowered
        return found

    def _label(self, summary: Element) -> list[Block]:
        level = self._level + 1
        found = self._heading(summary, level, made=True)
        self._level = level  # what the panel holds is below its label
        return found

    def _heading(self, element: Element, level: int, *, made: bool = False) -> list[Block]:
        around = self.take_anchors()
        ids = [name for name in around if name == element.get("id") or name in self._names]
        spans = _without(tidy(self.line(element)), "strong")
        if not plain(spans).strip():
            self._anchors = [*around, *self.take_anchors()]
            return []
        made = made or element.get("data-made") is not None
        if not made:
            self._level = level
        inside = self.take_anchors()
        return [Block("h", spans, level=level, anchors=[*around, *inside], ids=[*ids, *inside], made=made)]

    def line(self, element: Element, marks: tuple[Mark, ...] = ()) -> list[Span]:
        """All that an element holds on one line: what were blocks are parted by spaces."""
        spans: list[Span] = []
        for block in self.blocks(element, marks):
            spans += [Span(" ")] if spans else []
            spans += self.flat(block, " ")
        return [Span(" ", span.marks) if span.text == LINE_END else span for span in spans]

    def flat(self, block: Block, end: str = LINE_END) -> list[Span]:
        """A block as a run of text, for where no block can be: `end` parts the items of a list."""
        spans = list(block.spans)
        for number, item in enumerate(block.items):
            lead = {"ul": "• ", "ol": f"{block.start + number}. "}.get(block.kind, "")
            spans += [*([Span(end)] if spans else []), *([Span(lead)] if lead else [])]
            if block.kind == "ol":
                self.added.append(str(block.start + number))
            for index, inner in enumerate(item):
                spans += [*([Span(end)] if index else []), *self.flat(inner, end)]
        for number, row in enumerate(block.rows):
            filled = [cell for cell in row if plain(cell).strip()]
            spans += [Span(end)] if number and spans else []
            for index, cell in enumerate(filled):
                spans += [*([Span("; ")] if index else []), *cell]
        return spans

    def take_anchors(self) -> list[str]:
        """The ids met since the last block, which belong to the next."""
        anchors, self._anchors = self._anchors, []
        return anchors

    def note_anchor(self, element: Element) -> None:
        """Remember an element's id, or the name of an `<a>`."""
        self.wait_for_block(anchors_of(element))

    def wait_for_block(self, names: Iterable[str], *, of_heading: bool = False) -> None:
        """Have ids belong to the next block; `of_heading` says that a heading can take them for its own."""
        for name in names:
            self._anchors += [name] if name not in self._anchors else []
            if of_heading:
                self._names.add(name)

    def lose(self, kind: str, element: Element, text: str = "") -> None:
        """Note something that does not come along."""
        self.losses.append(Loss(kind, where(element), text))

    def _preformatted(self, element: Element) -> list[Block]:
        text = "".join(str(part) for part in element.itertext()).strip("\n")
        return [Block("pre", [Span(text)], anchors=self.take_anchors())] if text.strip() else []

    def _list(self, element: Element) -> list[Block]:
        """A list, cut into several where its numbers jump; what is between items belongs to the one before."""
        ordered = tag_of(element) == "ol"
        letters = lettered(element) if ordered else ""
        number = number_in(element.get("start")) or 1
        lists = [Block("ol" if ordered and not letters else "ul", start=number, anchors=self.take_anchors())]
        if letters:
            self.lose("letters of a list", element, "They are text now, so that what cites them finds them.")
        if element.get("reversed") is not None:
            self.lose("order of a list", element, "The list counts backwards in the document.")
        for child, inside in self._items(element):
            value = number_in(child.get("value")) if child is not None else None
            if child is None and lists[-1].items:
                lists[-1].items[-1] += inside
                continue
            if ordered and value is not None and value != number:
                number = value
                if not letters:
                    lists.append(Block("ol", start=number))
            if letters:
                inside = self._labelled(inside, label(letters, number))
            lists[-1].items.append(inside)
            number += 1
        return [found for found in lists if any(found.items)]

    def _items(self, element: Element) -> Iterator[tuple[Element | None, list[Block]]]:
        """The blocks of each item with its element; None for what is directly in the list."""
        if element.text and element.text.strip():
            yield None, [Block("p", [Span(clean(element.text).strip())])]
        for child in list(element):
            tag, tail = tag_of(child), child.tail
            if tag == "li":
                self.note_anchor(child)
                inside = self.blocks(child)
                if inside or self._anchors:
                    inside = inside or [Block("p")]
                    inside[0].anchors += self.take_anchors()
                    yield child, inside
            elif tag and tag not in DEAD:
                holder = _held(child)
                inside = self.blocks(holder)
                if inside:
                    yield None, inside
            if tail and tail.strip():
                yield None, [Block("p", [Span(clean(tail).strip())])]

    def _labelled(self, inside: list[Block], text: str) -> list[Block]:
        """An item with its letter written out: Markdown has no lists with letters."""
        self.added += [text.strip("()")]
        if not inside or inside[0].kind != "p":
            inside = [Block("p"), *inside]
        inside[0].spans = [Span(f"{text} "), *inside[0].spans]
        return inside

    def _footnotes(self, element: Element) -> list[Block]:
        items = [child for child in element if tag_of(child) == "li"]
        names = [(child.get("id") or "").removeprefix("fn-") or str(number) for number, child in enumerate(items, 1)]
        return [Block("notes", items=[self.blocks(child) for child in items], anchors=names)] if items else []

    def _definitions(self, element: Element) -> list[Block]:
        """Terms and what they mean; where a meaning holds more than text and lists, plain paragraphs instead."""
        parts: list[tuple[str, list[Block]]] = []
        for child in _of_definitions(element):
            parts.append((tag_of(child), self.blocks(child)))
        parts = [(kind, inside) for kind, inside in parts if inside]
        if not parts:
            return []
        simple = all(block.kind in ("p", "ul", "ol") for kind, inside in parts for block in inside if kind != "dt")
        simple = simple and parts[0][0] == "dt" and all(len(inside) == 1 for kind, inside in parts if kind == "dt")
        simple = simple and all(block.kind == "p" for kind, inside in parts if kind == "dt" for block in inside)
        meanings = [
            after for (before, _), (after, _) in zip(parts, [*parts[1:], ("", [])], strict=True) if before == "dt"
        ]
        if simple and "dd" in meanings and "" not in meanings:
            found = Block("dl", items=[inside for _, inside in parts])
            found.anchors = [kind for kind, _ in parts]
            return [found]
        return [block for _, inside in parts for block in inside]


def _without(spans: Iterable[Span], kind: str) -> list[Span]:
    return tidy(Span(span.text, tuple(mark for mark in span.marks if mark[0] != kind)) for span in spans)


def _is_in_label(heading: Element) -> bool:
    return any(tag_of(around) == "summary" for around in heading.iterancestors())


def _held(child: Element) -> Element:
    """An element in a holder of its own, so that it is read as a child."""
    holder = child.makeelement("div", {})
    parent, tail = child.getparent(), child.tail
    if parent is not None:
        copy = child.makeelement("span", {})
        copy.tail = tail
        parent.replace(child, copy)
        child.tail = None
        holder.append(child)
    return holder


def _of_definitions(element: Element) -> Iterator[Element]:
    """The terms and meanings of a `<dl>`, also those in `<div>`s."""
    for child in element:
        tag = tag_of(child)
        if tag == "div" and any(tag_of(inner) in ("dt", "dd") for inner in child):
            yield from _of_definitions(child)
        elif tag and tag not in DEAD:
            yield child


def _without_empty(blocks: list[Block]) -> list[Block]:
    """Only blocks with something in them; the anchors of the others go to the next."""
    return [block for block in blocks if block.kind == "hr" or any(_filled(inner) for inner in every([block]))]


def _filled(block: Block) -> bool:
    if block.kind == "notes" or any(mark[0] == "footnote" for span in block.spans for mark in span.marks):
        return True
    return bool(block.text) or any(plain(cell).strip() for row in block.rows for cell in row)
