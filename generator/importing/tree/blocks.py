"""The text of a document, block by block: headings, paragraphs, lists, tables. The Markdown is written from these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

Mark = tuple[str, str]
"""Marks on a piece of text: ("strong", ""), ("a", address), ("footnote", its number), ("mark", kind)."""
LINE_END = "\n"


@dataclass(frozen=True)
class Span:
    """Some text with the marks around it, the outermost first. A line end within a block is the text `\\n`."""

    text: str
    marks: tuple[Mark, ...] = ()


@dataclass(eq=False)
class Block:
    """One block. `kind` is `p`, `h`, `ul`, `ol`, `dl`, `table`, `quote`, `pre`, `hr` or `notes`."""

    kind: str
    spans: list[Span] = field(default_factory=list)
    """The text of a paragraph, a heading or a `pre`."""
    items: list[list[Block]] = field(default_factory=list)
    """The items of a list or of footnotes; the one item of a quotation. A `dl` has a term and what it means in turn."""
    rows: list[list[list[Span]]] = field(default_factory=list)
    """The cells of a table, row by row; the first row is the header, with empty cells where there is none."""
    level: int = 0
    """Of a heading: 1 to 6."""
    start: int = 1
    anchors: list[str] = field(default_factory=list)
    """The ids that stood at or in it; of `notes`, one for each item."""
    ids: list[str] = field(default_factory=list)
    """Of a heading: those of its own, not of a part of the page that starts with it."""
    indent: int = 0
    """How many columns a paragraph of plain text is set in."""
    proposed: bool = False
    """A paragraph that looks like a heading; the editor decides."""
    made: bool = False
    """A heading that was the label of a tab or of a panel."""

    @property
    def text(self) -> str:
        """The words of its own."""
        return " ".join("".join(span.text for span in self.spans).split())


def every(blocks: Iterable[Block]) -> Iterator[Block]:
    """All blocks, with those inside them, in order."""
    for block in blocks:
        yield block
        for item in block.items:
            yield from every(item)


def all_spans(blocks: Iterable[Block]) -> Iterator[list[Span]]:
    """Every list of spans, so that it can be changed in place."""
    for block in every(blocks):
        yield block.spans
        for row in block.rows:
            yield from row


def plain(spans: Iterable[Span]) -> str:
    """The text alone."""
    return "".join(span.text for span in spans)


def tidy(spans: Iterable[Span]) -> list[Span]:
    """The same text with no second space in a row, and none at the ends of lines."""
    result: list[Span] = []
    for span in spans:
        text = span.text
        before = result[-1].text[-1:] if result else LINE_END
        if before in (" ", LINE_END):
            text = text.lstrip(" ")
        if text.startswith(LINE_END) and before == " ":
            result[-1] = replace(result[-1], text=result[-1].text[:-1])
        result += [Span(text, span.marks)] if text or _is_note(span) else []
    while result and not result[0].text.strip() and not _is_note(result[0]):
        result.pop(0)
    while result and not result[-1].text.strip() and not _is_note(result[-1]):
        result.pop()
    if result:
        result[0] = replace(result[0], text=result[0].text.lstrip(" \n"))
        result[-1] = replace(result[-1], text=result[-1].text.rstrip(" \n"))
    return _joined(result)


def _is_note(span: Span) -> bool:
    return any(mark[0] == "footnote" for mark in span.marks)


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Neighbours with the same marks as one."""
    result: list[Span] = []
    for span in spans:
        if result and result[-1].marks == span.marks and not _is_note(span):
            result[-1] = Span(result[-1].text + span.text, span.marks)
        else:
            result.append(span)
    return result
