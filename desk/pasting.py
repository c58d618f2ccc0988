"""A copy from Word, Google Docs, Excel or a web page, as Markdown for a text area. In a process of its own.

Nothing is fetched and no picture is taken. `python -m desk.pasting` is that process: it reads JSON and writes JSON.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import dataclass
from typing import Any

from generator import own_process
from generator.importing.reading import READERS
from generator.importing.refusal import NotTaken
from generator.importing.to_markdown import markdown
from generator.importing.tree.blocks import Block, every
from generator.importing.tree.inert import Element, body_of, parse
from generator.importing.tree.reader import Reader
from generator.importing.tree.typed_lists import rebuilt

MODULE = "desk.pasting"
SECONDS, MEMORY, CLOCK = 5, 400_000_000, 30.0
MOST_BYTES = 1_500_000
NO_NOTE, MERGED = "footnote that was not copied", "merged cells"
NOTES_OF_WORD = ("#_ftn", "#_edn")
WRITTEN_ANEW = frozenset(
    {"mark of a footnote", "link back from a footnote", "marker of a list", "table without a header"}
)
"""Parts that the Markdown has in a form of its own: nothing of it was left behind."""
HIGHEST = 3
"""The highest level of a heading within a section: `##` begins another one."""


@dataclass(frozen=True)
class Pasted:
    """The Markdown, and how many parts of each kind were left behind."""

    markdown: str
    left: dict[str, int]


def pasted(html: str) -> Pasted | None:
    """HTML from a clipboard as Markdown; None where it cannot be taken, or takes too much time or memory."""
    data = json.dumps({"html": html}).encode("ascii")
    if len(data) > MOST_BYTES:
        return None
    try:
        answer: dict[str, Any] = own_process.answer(MODULE, data, str(SECONDS), str(MEMORY), clock=CLOCK)
    except own_process.TakesTooMuch:
        return None
    return None if "refused" in answer else Pasted(answer["markdown"], answer["left"])


def converted(html: str) -> Pasted:
    """The same in this process, without its limits. `NotTaken` where it cannot be taken."""
    document = READERS["html"](html)
    reader, body = Reader(), body_of(parse(document.html))
    left = Counter({NO_NOTE: _without_notes(body), MERGED: _merged(body)})
    blocks = rebuilt(reader.read(body), list[str]())
    _lower(blocks)
    left += Counter(loss.kind for loss in (*document.losses, *reader.losses) if loss.kind not in WRITTEN_ANEW)
    return Pasted(markdown(blocks), dict(left))


def _without_notes(body: Element) -> int:
    """Make plain text of Word's numbers whose footnotes are not on the clipboard: they would lead nowhere. How many."""
    names = {name for name in body.xpath("//@name | //@id") if isinstance(name, str)}
    found = 0
    for link in list(body.iter("a")):
        address = link.get("href") or ""
        if address.startswith(NOTES_OF_WORD) and address.removeprefix("#") not in names:
            del link.attrib["href"]
            found += 1
    return found


def _merged(body: Element) -> int:
    """How many cells of tables reach over others; Markdown repeats what is in them."""
    return sum(
        any(cell.get(name, "1").strip() not in ("", "0", "1") for name in ("colspan", "rowspan"))
        for cell in body.iter("td", "th")
    )


def _lower(blocks: list[Block]) -> None:
    headings = [block for block in every(blocks) if block.kind == "h"]
    by = HIGHEST - min((block.level for block in headings), default=HIGHEST)
    for block in headings:
        block.level = min(6, block.level + max(0, by))


def main() -> None:
    """Convert what standard input holds, within the limits."""
    own_process.limit(*map(int, sys.argv[1:]))
    try:
        found = converted(json.load(sys.stdin)["html"])
        answer: dict[str, Any] = {"markdown": found.markdown, "left": found.left}
    except (NotTaken, RecursionError, MemoryError):
        answer = {"refused": True}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
