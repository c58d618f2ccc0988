"""A Word file (.docx) as a `Document`. Read it through `confined`, in a process that is ended when it takes too much.

The file is hostile until shown otherwise: see `word.package`. Nothing it refers to is opened.
"""

from __future__ import annotations

from lxml import etree

from generator.importing.document import WORD_FILE, Document
from generator.importing.refusal import NotTaken
from generator.importing.word.html import html_of
from generator.importing.word.properties import language, remaining_comments, title, updated
from generator.importing.word.source import Findings, opened
from generator.importing.word.story import Story
from generator.importing.word.words import Words
from generator.importing.word.xml import Element, name


def converted(data: bytes) -> Document:
    """The text of a Word file. `NotTaken` where it cannot be read."""
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
        read_as=WORD_FILE,
    )


def _too_hard() -> NotTaken:
    remedy = "Save it again as .docx, or import it in smaller pieces."
    return NotTaken("This Word file takes too much time or memory to read.", remedy)
