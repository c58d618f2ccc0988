"""Plain text, as pasted from Word, a mail or a PDF: paragraphs, tables with tabs, and lists as they were typed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.content import gaps
from generator.importing.document import TEXT, Document, Loss
from generator.importing.tree.inert import CONTROL, Element, as_html, first_words, make
from generator.importing.words import words_of

_MARKED = re.compile(r"\s*(?:[•·●▪■□◦○‣∙\uf000-\uf0ff]|[-–—*o]\s|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]\s)")
_ENDS = (".", "!", "?", ":", ";")
_HEADING = 80
"""Characters that a heading has at most."""
_WRAPPED = range(50, 100)
"""How long the lines of a text are that a program broke."""
_MARK = re.compile(r"(#{1,6})[ \t]+(\S.*?)[ \t#]*$")
_TAG = re.compile(gaps.TAG, re.I)
_LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]'’]")


def read(text: str) -> Document:
    """A text as a document. Every line is a paragraph, but for lines that a program broke at one width."""
    body = make("body")
    text = CONTROL.sub("\n", text)
    text = re.sub(r"[\u2028\u2029\x0b\x0c\x85]", "\n", text.replace("\r\n", "\n").replace("\r", "\n"))
    blocks = [block.split("\n") for block in re.split(r"\n[^\S\n]*\n", text)]
    blocks = [[line for line in block if line.strip()] for block in blocks]
    blocks = [block for block in blocks if block]
    for index, lines in enumerate(blocks):
        following = blocks[index + 1] if index + 1 < len(blocks) else []
        _block(body, lines, following, first=index == 0)
    shown = (
        Loss("tag shown as text", first_words(line.strip()), tag[0])
        for line in text.split("\n")
        for tag in _TAG.finditer(line)
    )
    return Document(as_html(body), losses=tuple(shown), words=tuple(words_of(text)), read_as=TEXT)


def _block(body: Element, lines: Sequence[str], following: Sequence[str], *, first: bool) -> None:
    at = 0
    while at < len(lines):
        rows = _table(lines, at)
        if rows:
            body.append(_as_table(lines[at : at + rows]))
            at += rows
            continue
        line, taken = _whole_line(lines, at)
        after = lines[at + taken : at + taken + 1] or following[:1]
        body.append(_paragraph(line, after, first=first and at == 0))
        at += taken


def _whole_line(lines: Sequence[str], at: int) -> tuple[str, int]:
    """A paragraph that may be broken into several lines, and how many they are."""
    text, taken = lines[at].rstrip(), 1
    indent = len(lines[at]) - len(lines[at].lstrip())
    for line in lines[at + 1 :]:
        own_indent = len(line) - len(line.lstrip())
        continues = own_indent > indent and bool(_MARKED.match(lines[at]))
        broken = len(lines[at + taken - 1].rstrip()) in _WRAPPED and not text.endswith(_ENDS)
        if _MARKED.match(line) or "\t" in line.strip() or _MARK.match(line) or not (continues or broken):
            break
        text = f"{text} {line.strip()}"
        taken += 1
    return text, taken


def _paragraph(line: str, after: Sequence[str], *, first: bool) -> Element:
    """A line as a paragraph, or as a heading where it is the title or written as one."""
    text = line.strip()
    if found := _MARK.fullmatch(text):
        return make(f"h{len(found[1])}", found[2])
    short = len(text) <= _HEADING and not text.endswith((*_ENDS, ",")) and not _MARKED.match(line)
    if first and short and after:
        return make("h1", text)
    paragraph = make("p")
    _with_links(paragraph, text)
    indent = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
    if indent:
        paragraph.set("data-indent", str(indent))
    if short and after and text[:1].isupper() and len(text.split()) <= 10 and "\t" not in text:
        paragraph.set("data-proposed-heading", "2")
    return paragraph


def _with_links(paragraph: Element, text: str) -> None:
    """Addresses of pages in a text as links."""
    at, last = 0, None
    for found in _LINK.finditer(text):
        before = text[at : found.start()]
        link = make("a", found[0], href=found[0])
        if last is None:
            paragraph.text = before
        else:
            last.tail = before
        paragraph.append(link)
        last, at = link, found.end()
    if last is None:
        paragraph.text = text
    else:
        last.tail = text[at:]


def _table(lines: Sequence[str], at: int) -> int:
    """How many lines from here are rows of a table: at least two, with as many tabs each, and no items of a list."""
    tabs = lines[at].strip().count("\t")
    rows = 0
    for line in lines[at:]:
        if not tabs or line.strip().count("\t") != tabs or _MARKED.match(line):
            break
        rows += 1
    return rows if rows > 1 else 0


def _as_table(lines: Sequence[str]) -> Element:
    table = make("table")
    for number, line in enumerate(lines):
        row = make("tr")
        row.extend([make("td" if number else "th", cell.strip()) for cell in line.strip().split("\t")])
        table.append(row)
    return table
