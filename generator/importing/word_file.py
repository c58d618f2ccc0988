"""A Word file (.docx) as a `Document`. It is read by a process of its own, which is ended when it takes too much.

The file is hostile until shown otherwise: see `word.package`. Nothing it refers to is opened.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Any

from lxml import etree

from generator import own_process
from generator.importing.document import Document, Loss
from generator.importing.refusal import NotTaken
from generator.importing.word.html import html_of
from generator.importing.word.properties import language, remaining_comments, title, updated
from generator.importing.word.source import Findings, opened
from generator.importing.word.story import Story
from generator.importing.word.words import Words
from generator.importing.word.xml import Element, name

SECONDS = 20
"""How much of the processor's time one file may take."""
MEMORY = 512_000_000
"""How many bytes of memory."""
WAITING = 10 if own_process.LIMITED else 1
"""How many times as long the clock may run: a busy machine must not fail an import."""


def read_word_file(data: bytes, seconds: int = SECONDS, memory: int = MEMORY) -> Document:
    """The text of a Word file. `NotTaken` where it cannot be read, or not within seconds and bytes."""
    try:
        answer: dict[str, Any] = own_process.answer(
            "generator.importing.word_file", data, str(seconds), str(memory), clock=seconds * WAITING
        )
    except own_process.TakesTooMuch as failure:
        raise _too_hard() from failure
    if "refused" in answer:
        raise NotTaken(*answer["refused"])
    losses = tuple(Loss(**loss) for loss in answer.pop("losses"))
    words = tuple(answer.pop("words"))
    return Document(**answer, losses=losses, words=words)


def converted(data: bytes) -> Document:
    """The same in this process, without its limits. `NotTaken` where the file cannot be read."""
    try:
        return _converted(data)
    except (RecursionError, MemoryError) as failure:
        raise _too_hard() from failure


def _converted(data: bytes) -> Document:
    source = opened(data)
    findings = Findings()
    document = etree.Element(name("w:document"), nsmap={"w": name("w:")[1:-1], "r": name("r:")[1:-1]})
    Story(source, findings, source.body).write(source.body, etree.SubElement(document, name("w:body")))
    notes: dict[str, list[Element]] = {"footnote": [], "endnote": []}
    for (kind, number), note in source.notes.items():
        copy = etree.Element(name(f"w:{kind}"), {name("w:id"): number})
        Story(source, findings, note, kind).write(note, copy)
        notes[kind].append(copy)
    line_updated = updated(source, findings)
    remaining_comments(source, findings)
    body = html_of(document, notes, findings)
    return Document(
        html=etree.tostring(body, encoding="unicode", method="html"),
        title=title(source),
        language=language(source),
        updated=line_updated,
        losses=tuple(findings.losses),
        words=Words(source.styles, source.notes, findings.labels).all_of(source.body),
    )


def _too_hard() -> NotTaken:
    remedy = "Save it again as .docx, or import it in smaller pieces."
    return NotTaken("This Word file takes too much time or memory to read.", remedy)


def main() -> None:
    """Read a file from standard input, within the limits, and write its `Document` as JSON."""
    own_process.limit(*map(int, sys.argv[1:]))
    try:
        answer = asdict(converted(sys.stdin.buffer.read()))
    except NotTaken as refused:
        answer = {"refused": [refused.message, refused.remedy]}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
