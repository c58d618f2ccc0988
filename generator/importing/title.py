"""Which line of a document is its title: a heading of the first level, or a bold line at its top; nothing else is taken for one. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.content.heading_texts import proposed_section
from generator.importing import last_updated
from generator.importing.tree.blocks import Block

_NUMBERED = re.compile(r"\d{1,2}[.)]")
_LETTERHEAD = 4
"""Lines at the top of a document among which its title may be: the council's name and the like can be above it."""
LONGEST = 80
"""Characters of a line that looks like a heading."""


def title_in(blocks: Sequence[Block], of_document: str, *, of_page: bool) -> Block | None:
    """The block with the title. None where what the document calls itself, or its file's name, is better than a line of it.

    A page's `<title>` is better than a bold line of it; what a Word file's properties say is often a template's. A heading
    that names a section, such as `Your rights` or `1. Bins`, is the title only where it stands over all others.
    """
    lines = [block for block in blocks if not last_updated.LINE.fullmatch(block.text)]
    first = lines[0] if lines else None
    heads = [block for block in blocks if block.kind == "h" and not block.made]
    highest = [head for head in heads if head.level == 1]
    bold = None if of_page and of_document else _bold_line(lines)
    if len(highest) == 1:
        (only,) = highest
        stands_over_all = only is first and len(heads) > 1
        if not _names_a_section(only) or (bold is None and stands_over_all):
            return only
    elif highest and highest[0] is first and not _names_a_section(first):
        return first
    if bold is not None:
        return bold
    if highest:
        return None if _names_a_section(highest[0]) else highest[0]
    top = [head for head in heads if head.level == min(other.level for other in heads)]
    stands_over_all = len(top) == 1 and top[0] is heads[0]
    if stands_over_all or (not of_document and heads and heads[0] is first):
        return None if _names_a_section(heads[0]) else heads[0]
    return None


def _bold_line(lines: Sequence[Block]) -> Block | None:
    """A bold line at the top, below no more than a letterhead."""
    for line in lines[:_LETTERHEAD]:
        if looks_bold(line, with_colon=True):
            return None if _names_a_section(line) else line
        if line.kind != "p" or not _is_short(line.text):
            return None
    return None


def _names_a_section(line: Block) -> bool:
    return proposed_section(line.text) is not None or _NUMBERED.match(line.text) is not None


def looks_bold(block: Block, *, with_colon: bool = False) -> bool:
    """Whether a line is short, bold throughout and no sentence, or was found to look like a heading."""
    text = block.text.removesuffix(":") if with_colon else block.text
    bold = all(any(mark[0] == "strong" for mark in span.marks) for span in block.spans if span.text.strip())
    return block.proposed or (block.kind == "p" and bold and _is_short(text))


def _is_short(text: str) -> bool:
    return 2 < len(text) <= LONGEST and not text.endswith((".", "!", "?", ":", ";", ","))
