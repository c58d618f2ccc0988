"""Single sentences with what a reader takes them to say, for rules of which whole notices show too few."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

SETS = ("measured", "reworded", "second_reader", "third_author", "written")
_HEAD = re.compile(r"== (\w+)")
_LINE = re.compile(r"(yes|no): (.+)")


@dataclass(frozen=True)
class Sentence:
    """A text in Markdown, and whether it says what the rule asks for."""

    rule: str
    text: str
    says: bool


def sentences(name: str) -> list[Sentence]:
    """The annotated sentences of a set; those about which readers may differ (`perhaps`) are left out."""
    found, rule = [], ""
    for line in (Path(__file__).parent / f"sentences_{name}.txt").read_text("utf-8").splitlines():
        if head := _HEAD.fullmatch(line):
            rule = head[1]
        elif sentence := _LINE.fullmatch(line):
            found.append(Sentence(rule, _paragraphs(sentence[2]), says=sentence[1] == "yes"))
    return found


def _paragraphs(text: str) -> str:
    """The text with its paragraphs; a short one without an end before another is a heading, and a table or list stays together."""
    parts = text.split(" // ")
    if len(parts) == 1:
        return text
    if parts[0].startswith("|"):
        return "\n".join(parts)
    head = f"## {parts[0]}" if not parts[0].endswith(".") else parts[0]
    return "\n\n".join([head, "\n".join(parts[1:])])
