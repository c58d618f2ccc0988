"""Which line of a document is its title: a heading of the first level, or a bold first line; nothing else is taken for one. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from generator.content.heading_texts import proposed_section
from generator.importing import last_updated
from generator.importing.tree.blocks import Block

LONGEST = 80
"""Characters of a line that looks like a heading."""


def title_in(blocks: Sequence[Block], of_document: str, *, of_page: bool) -> Block | None:
    """The block with the title. None where what the document calls itself, or its file's name, is better than a line of it.

    A page's `<title>` is better than a bold line of it; what a Word file's properties say is often a template's.
    """
    heads = [block for block in blocks if block.kind == "h" and not block.made]
    highest = [head for head in heads if head.level == 1]
    first = next((block for block in blocks if not last_updated.LINE.fullmatch(block.text)), None)
    bold = first if first is not None and looks_bold(first) and not (of_page and of_document) else None
    one_title = len(highest) == 1 and (bold is None or proposed_section(highest[0].text) is None)
    if one_title or (highest and highest[0] is first):
        return highest[0]
    if bold is not None:
        return bold
    if highest:
        return highest[0]
    top = [head for head in heads if head.level == min(other.level for other in heads)]
    if len(top) == 1 and top[0] is heads[0]:
        return top[0]
    if not of_document and heads and heads[0] is first and proposed_section(first.text) is None:
        return first
    return None


def looks_bold(block: Block) -> bool:
    """Whether a line is short, bold throughout and no sentence, or was found to look like a heading."""
    text = block.text
    bold = all(any(mark[0] == "strong" for mark in span.marks) for span in block.spans if span.text.strip())
    short = 2 < len(text) <= LONGEST and not text.endswith((".", "!", "?", ":", ";", ","))
    return block.proposed or (block.kind == "p" and bold and short)
