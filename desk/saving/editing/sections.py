"""The body of a file as lines under headings, changed section by section; lines that stay the same stay to the byte. Pure.

A section begins where `notice_file` says it does, so that what an editor sees as one is one here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from desk.saving.editing.changes import (
    AddSection,
    BodyChange,
    MoveSection,
    RemoveSection,
    SetHeading,
    SetLead,
    SetSection,
)
from desk.saving.editing.plain import one_line_end
from generator.content import notice_file
from generator.content.model import BodySection
from generator.content.unseen_signs import seen
from generator.problems import Place

_ENDS = re.compile("(?:\r\n|[\n\r])?$")
_HEADING_WORDS = re.compile(r"(?P<before> {0,3}##[ \t]*)(?P<words>.*?)(?P<after>(?:\s*\{#[^}]*\})*[ \t]*#*[ \t]*)")


class NoSuchSectionError(Exception):
    """There is no section of that name."""


@dataclass(frozen=True)
class Section:
    """A section as it is read: its name for changes, heading, ids and Markdown."""

    name: str
    heading: str
    id: str | None
    anchors: tuple[str, ...]
    markdown: str

    @property
    def key(self) -> str:
        """By what it is known again in another version of the file: its id, else its heading."""
        return self.id or " ".join(self.heading.casefold().split())


@dataclass(frozen=True)
class Reading:
    """A body as it is read."""

    lead: str
    sections: tuple[Section, ...]


@dataclass
class _Chunk:
    """The lines of the lead (which has no heading) or of a section."""

    name: str
    heading: list[str]
    lines: list[str]


def typed(markdown: str) -> str:
    """A text of a form as it is read again."""
    return seen(one_line_end(markdown)).strip("\n")


def read(lines: Sequence[str], has_title: bool) -> Reading:
    """A body's text before the first heading, and its sections, by name. `has_title` says that the facts have one."""
    start = _below_title(_bare(lines), has_title)
    lead, found = _cut(_bare(lines)[start:])
    names = _names(found)
    sections = tuple(
        Section(name, one.heading, one.id, one.anchors, one.markdown) for name, one in zip(names, found, strict=True)
    )
    return Reading(lead.markdown if lead else "", sections)


def _cut(texts: Sequence[str]) -> tuple[BodySection | None, tuple[BodySection, ...]]:
    return notice_file.cut((Place("", number), text) for number, text in enumerate(texts))


def _bare(lines: Sequence[str]) -> list[str]:
    return [seen(line.rstrip("\r\n")) for line in lines]


def _names(found: Sequence[BodySection]) -> list[str]:
    """Each section's id, or its number where it has none or another has it before."""
    names: list[str] = []
    for number, section in enumerate(found, 1):
        own = section.id
        names.append(own if own and own not in names else f"section-{number}")
    return names


def _below_title(texts: list[str], has_title: bool) -> int:
    """How many lines a title that opens the body takes, with the blank ones above it."""
    first = next((index for index, text in enumerate(texts) if text.strip()), None)
    if has_title or first is None or len(texts[first]) > notice_file.MAX_HEADING:
        return 0
    if notice_file.TITLE.match(texts[first]):
        return first + 1
    below = texts[first + 1 : first + 2]
    return first + 2 if below and notice_file.TITLE_LINE.match(below[0][: notice_file.MAX_HEADING]) else 0


class Body:
    """A body under change. `lines` are those of the file, each with its end."""

    def __init__(self, lines: Sequence[str], newline: str, has_title: bool) -> None:
        self.newline = newline
        self.unended = bool(lines) and not lines[-1].endswith(("\n", "\r"))
        own = [line if line.endswith(("\n", "\r")) else line + newline for line in lines]
        start = _below_title(_bare(own), has_title)
        self.title, texts = own[:start], _bare(own)[start:]
        _, found = _cut(texts)
        heads = [section.place.line for section in found]
        below = [head + (1 if notice_file.HEADING.match(texts[head]) else 2) for head in heads]
        ends = [*heads[1:], len(texts)][: len(heads)]
        self.chunks = [_Chunk("", [], own[start:][: heads[0] if heads else len(texts)])]
        for name, head, text, end in zip(_names(found), heads, below, ends, strict=True):
            self.chunks.append(_Chunk(name, own[start:][head:text], own[start:][text:end]))

    @property
    def lines(self) -> list[str]:
        """The lines as they now are; the last has an end if it had one before."""
        found = [*self.title, *(line for chunk in self.chunks for line in (*chunk.heading, *chunk.lines))]
        while self.unended and found and found[-1].endswith(("\n", "\r")):
            found[-1] = found[-1].rstrip("\r\n")
            found = found if found[-1] else found[:-1]
        return found

    def change(self, change: BodyChange) -> None:
        """Make one change. Raises `NoSuchSectionError`."""
        if isinstance(change, SetLead):
            self._set(self.chunks[0], change.markdown)
        elif isinstance(change, SetSection):
            self._set(self._named(change.name), change.markdown)
        elif isinstance(change, SetHeading):
            self._set_heading(self._named(change.name), change.heading)
        elif isinstance(change, AddSection):
            self._add(change)
        elif isinstance(change, RemoveSection):
            self._remove(change.name)
        else:
            self._move(change)

    def _named(self, name: str) -> _Chunk:
        found = next((chunk for chunk in self.chunks[1:] if chunk.name == name), None)
        if found is None:
            raise NoSuchSectionError(name)
        return found

    def _set(self, chunk: _Chunk, markdown: str) -> None:
        """Another text: blank lines around it stay, and so do lines that are the same."""
        bare = any(_bare(chunk.lines))
        if bare or not typed(markdown):
            chunk.lines = _replaced(chunk.lines, markdown, self.newline)
            return
        above = [self.newline] if chunk.heading else chunk.lines
        below = [] if chunk is self.chunks[-1] else [self.newline]
        chunk.lines = [*above, *merged_lines([], typed(markdown), self.newline), *below]

    def _set_heading(self, chunk: _Chunk, heading: str) -> None:
        new = " ".join(seen(heading).split())
        line, end = _parted(chunk.heading[0])
        if found := _HEADING_WORDS.fullmatch(line):
            if found["words"].strip() != new:
                before = found["before"] if found["before"].endswith((" ", "\t")) else found["before"] + " "
                chunk.heading[0] = before + new + found["after"] + end
        else:
            mark = notice_file.ID_MARK.search(line)
            words = line[: mark.start()] if mark else line
            if words.strip() != new:
                chunk.heading[0] = new + (line[mark.start() :] if mark else "") + end

    def _add(self, change: AddSection) -> None:
        mark = f" {{#{change.id}}}" if change.id else ""
        heading = f"## {' '.join(seen(change.heading).split())}{mark}{self.newline}"
        text = typed(change.markdown)
        lines = [self.newline, *merged_lines([], text, self.newline)] if text else []
        at = self._place(change.after)
        new = _Chunk(change.id or f"new {len(self.chunks)}", [heading], lines)
        self.chunks.insert(at, new)
        self._part(at)

    def _place(self, after: str | None) -> int:
        """The index of a chunk that goes below a section, first of all, or last of all."""
        if after is None:
            return len(self.chunks)
        return 1 if after == "" else self.chunks.index(self._named(after)) + 1

    def _part(self, at: int) -> None:
        """A blank line above a chunk and one below it, where there is something to part it from."""
        above = [*self.title, *(line for chunk in self.chunks[:at] for line in (*chunk.heading, *chunk.lines))]
        chunk = self.chunks[at]
        if above and above[-1].strip("\r\n"):
            self.chunks[at - 1].lines.append(self.newline)
        last = (chunk.heading + chunk.lines)[-1]
        if at + 1 < len(self.chunks) and last.strip("\r\n"):
            chunk.lines.append(self.newline)

    def _remove(self, name: str) -> None:
        chunk = self._named(name)
        was_last = chunk is self.chunks[-1]
        self.chunks.remove(chunk)
        if was_last:
            self._end_like(chunk)

    def _end_like(self, chunk: _Chunk) -> None:
        """The last chunk ends with as many blank lines as another did that was last before."""
        last, was = self.chunks[-1], [*chunk.heading, *chunk.lines]
        blank = len(was) - len("".join(was).rstrip("\r\n").splitlines())
        while last.lines and not last.lines[-1].strip("\r\n"):
            last.lines.pop()
        last.lines += was[len(was) - blank :] if blank else []

    def _move(self, change: MoveSection) -> None:
        chunk = self._named(change.name)
        if change.after == change.name:
            return
        before, last = list(self.chunks), self.chunks[-1]
        self.chunks.remove(chunk)
        self.chunks.insert(self._place(change.after), chunk)
        if self.chunks == before or last is self.chunks[-1]:
            return
        self._end_like(last)
        for other in (chunk, last):
            if other is not self.chunks[-1]:
                self._part(self.chunks.index(other))


def _parted(line: str) -> tuple[str, str]:
    bare = line.rstrip("\r\n")
    return bare, line[len(bare) :]


def _replaced(lines: Sequence[str], markdown: str, newline: str) -> list[str]:
    """Lines with another text; the blank ones around it stay."""
    bare = _bare(lines)
    full = [index for index, line in enumerate(bare) if line]
    first, last = (full[0], full[-1] + 1) if full else (len(bare), len(bare))
    return [*lines[:first], *merged_lines(lines[first:last], typed(markdown), newline), *lines[last:]]


def retyped(lines: Sequence[str], text: str, newline: str) -> list[str]:
    """The lines of a whole file with another text; the last has an end if it had one."""
    ended = [line if line.endswith(("\n", "\r")) else line + newline for line in lines]
    new = _replaced(ended, text, newline)
    if ended != list(lines) and new:
        new[-1] = new[-1].rstrip("\r\n")
    return new


def merged_lines(old: Sequence[str], text: str, newline: str) -> list[str]:
    """A text's lines, those that are read as one of the old lines as that was."""
    new = text.split("\n") if text else []
    found = [line + newline for line in new]
    for block in SequenceMatcher(None, _bare(old), new, autojunk=False).get_matching_blocks():
        found[block.b : block.b + block.size] = old[block.a : block.a + block.size]
    return found
