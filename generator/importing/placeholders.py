"""Gaps of a template in a document: the report lists each, and `check` refuses each in the notice until it is filled. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from generator.content import gaps
from generator.content.gaps import Gap
from generator.importing.document import Loss
from generator.importing.tree.blocks import Block, Span, all_spans, plain

KIND = "placeholder"
_SHOWN = 30
"""Characters of the text that the report shows before and after a gap."""


def mark_gaps(blocks: Sequence[Block]) -> list[Loss]:
    """Put marks in place of the gaps in some blocks; what the report says of all of them."""
    found: list[Loss] = []
    for spans in all_spans(blocks):
        text = plain(spans)
        places = [gap for gap in gaps.found_in(text) if not _is_marked(spans, gap)]
        found += in_report(text, places)
        if any(gap.mark for gap in places):
            spans[:] = _with_marks(spans, places)
    return found


def in_report(text: str, places: Iterable[Gap]) -> Iterator[Loss]:
    """Where each gap of a text is, and its words."""
    return (Loss(KIND, _around(text, gap), gap.text) for gap in places)


def _around(text: str, gap: Gap) -> str:
    """The words around a gap, by which an editor finds it."""
    before, after = text[max(0, gap.start - _SHOWN - 1) : gap.start], text[gap.end : gap.end + _SHOWN + 1]
    lead = before if len(before) <= _SHOWN else "... " + before[-_SHOWN:].partition(" ")[2]
    trail = after if len(after) <= _SHOWN else after[:_SHOWN].rpartition(" ")[0] + " ..."
    return " ".join(f"{lead}{gap.text}{trail}".split())


def _is_marked(spans: Sequence[Span], gap: Gap) -> bool:
    """Whether a gap is one that the reader of the document marked itself, such as an empty field of a form."""
    return any(mark[0] == "mark" for span in _cut(spans, gap.start, gap.end) for mark in span.marks)


def _with_marks(spans: Sequence[Span], places: Iterable[Gap]) -> list[Span]:
    """The text with marks for gaps; what a gap was in, such as bold text, is around its mark too."""
    result: list[Span] = []
    end = 0
    for gap in places:
        if gap.mark is None:
            continue
        inside = _cut(spans, gap.start, gap.end)
        around = tuple(mark for mark in next(span for span in inside if span.text).marks if mark[0] != "a")
        without_text = [span for span in inside if not span.text]
        result += [*_cut(spans, end, gap.start), Span(gap.mark, (*around, ("literal", ""))), *without_text]
        end = gap.end
    return [*result, *_cut(spans, end, len(plain(spans)) + 1)]


def _cut(spans: Sequence[Span], start: int, end: int) -> list[Span]:
    """The part of a text from one place to another."""
    result: list[Span] = []
    at = 0
    for span in spans:
        part = span.text[max(start - at, 0) : max(end - at, 0)]
        inside = start <= at < end  # what has no text, such as the sign of a footnote, belongs to where it stands
        if part or (not span.text and inside):
            result.append(Span(part, span.marks))
        at += len(span.text)
    return result
