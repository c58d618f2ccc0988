"""Lines such as "Last updated: 3 May 2024": Noticeboard keeps the dates itself, so they are taken out and reported. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.importing.tree.blocks import Block

_MONTH = (
    "January|February|March|April|May|June|July|August|September|October|November|December|Ionawr|Chwefror|Mawrth|Ebrill"
    "|Mai|Mehefin|Gorffennaf|Awst|Medi|Hydref|Tachwedd|Rhagfyr|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
)
_DATE = (
    rf"(?:(?:\w+day,? )?\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTH}),? \d{{4}}|(?:{_MONTH}) (?:\d{{1,2}},? )?\d{{4}}"
    r"|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2})(?: at \d{1,2}[:.]\d{2} ?(?:am|pm)?|,? \d{1,2}:\d{2})?"
)
_CHANGED = "updated|reviewed|modified|changed|revised|amended|published|edited"
_WELSH = r"dd?iweddarwyd(?: ddiwethaf)?(?: ar)?|dd?iweddariad diwethaf|adolygwyd(?: ar)?|wedi(?:'|’)i diweddaru(?: ar)?"
_SAYS = (
    r"(?:(?:this |the )?(?:page|notice|policy|document|information|content|privacy notice)(?: was| is)? )?"
    rf"(?:(?:last|most recently) )?(?:{_CHANGED})(?: on)?"
    r"|(?:date|day) (?:of )?(?:last |latest )?(?:update|review|revision|change|publication|published|updated|reviewed)"
    rf"|(?:last|latest) (?:update|review|revision|change)|{_WELSH}"
    r"|version(?: number)? ?v?\d[\d.]*[,:;–-]?(?: dated)?"
)
LINE = re.compile(rf"(?:{_SAYS})\s*[:–-]?\s*{_DATE}\.?(?:[,;.|]? (?:{_SAYS})\s*[:–-]?\s*{_DATE}\.?)*", re.I)
"""The whole of a line that only says when a page was last changed."""
MENTION = re.compile(
    rf"\b(?:(?:last|most recently) (?:{_CHANGED})|(?:{_CHANGED}) (?:on|in)|date of (?:last )?(?:review|update|issue)"
    rf"|(?:review|version) date|{_WELSH}|diweddaru)\b",
    re.I,
)
"""Words in a line of a page's header or footer, among others, that say when a text was last changed."""
_HEADING = re.compile(rf"(?:{_SAYS}):?", re.I)
_ONLY_DATE = re.compile(rf"{_DATE}\.?", re.I)


def taken_out(blocks: Sequence[Block]) -> tuple[list[Block], list[str]]:
    """The blocks without such lines, and the lines. A heading that has only the date below it goes with it."""
    kept: list[Block] = []
    lines: list[str] = []
    for index, block in enumerate(blocks):
        before = kept[-1] if kept else None
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        ends = following is None or following.kind == "h"
        if block.kind == "p" and LINE.fullmatch(block.text):
            lines.append(block.text)
        elif (
            block.kind == "p"
            and before is not None
            and before.kind == "h"
            and ends
            and _HEADING.fullmatch(before.text)
            and _ONLY_DATE.fullmatch(block.text)
        ):
            kept.pop()
            lines.append(f"{before.text}: {block.text}")
        else:
            kept.append(block)
    return kept, lines
