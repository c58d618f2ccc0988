"""Words typed beside a notice's texts: one's own changes, those that clash, and those of a translator's file. Pure."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field

from desk.translations.sheet import Sheet
from generator.translation.xliff import Entry, Exchange, State

TEXT, RIGHT, SEEN = "text.", "right.", "seen."


@dataclass(frozen=True)
class Typed:
    """The translations by the names of their texts as they were sent, those that were ticked as still right, and the
    words that a translator saw where they are other ones than the page shows."""

    texts: Mapping[str, str]
    right: frozenset[str] = frozenset()
    seen: Mapping[str, str] = field(default_factory=dict)


def of_form(form: Mapping[str, str]) -> Typed:
    """The texts that a form sent."""

    def named(start: str) -> dict[str, str]:
        return {name.removeprefix(start): value for name, value in form.items() if name.startswith(start)}

    texts = {name: _one_line_end(text) for name, text in named(TEXT).items()}
    seen = {name: _one_line_end(text) for name, text in named(SEEN).items()}
    return Typed(texts, frozenset(named(RIGHT)), seen)


def of_sheet(sheet: Sheet) -> Typed:
    """The form as the files have it."""
    return Typed({entry.name: entry.target for entry in sheet.entries})


def of_exchange(sheet: Sheet, sent: Exchange) -> Typed:
    """The form with a translator's file in it; what the file does not have stays as it is."""
    known = {entry.name: entry for entry in sent.entries if entry.target.strip()}
    texts = {entry.name: known[entry.name].target if entry.name in known else entry.target for entry in sheet.entries}
    seen = {
        entry.name: known[entry.name].source
        for entry in sheet.entries
        if entry.name in known and known[entry.name].source.strip() != entry.source.strip()
    }
    return Typed(texts, seen=seen)


def changed(start: Sheet, typed: Typed) -> dict[str, str]:
    """The translations that somebody changed in a form that started from a sheet."""
    before = {entry.name: entry.target for entry in start.entries}
    return {name: text for name, text in typed.texts.items() if name in before and _same(text) != _same(before[name])}


def both_changed(start: Sheet, now: Sheet, mine: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """The translations that somebody else changed meanwhile to other words than mine: theirs and mine by name."""
    before = {entry.name: entry.target for entry in start.entries}
    theirs = {entry.name: entry.target for entry in now.entries}
    return {
        name: (theirs[name], text)
        for name, text in mine.items()
        if name in theirs and _same(theirs[name]) != _same(before.get(name, "")) and _same(theirs[name]) != _same(text)
    }


def to_take(start: Sheet, now: Sheet, typed: Typed) -> tuple[Entry, ...]:
    """The texts that go into the translation: a text that was typed, was ticked as still right, or is as it was.

    Each says the words that its translator saw. A text whose words changed since, and that nobody looked at, is left out,
    so that it stays marked.
    """
    mine, saw = changed(start, typed), {entry.name: entry.source for entry in start.entries}
    found: list[Entry] = []
    for line, entry in enumerate(now.entries, 1):
        name = entry.name
        seen = saw.get(name, entry.source) if name in typed.right else typed.seen.get(name, saw.get(name, entry.source))
        if name in mine:
            found.append(dataclasses.replace(entry, source=seen, target=mine[name], line=line))
        elif entry.target and (name in typed.right or entry.state is State.DONE):
            source = seen if name in typed.right else entry.source
            found.append(dataclasses.replace(entry, source=source, line=line))
    return tuple(found)


def open_texts(now: Sheet) -> tuple[str, ...]:
    """The texts that are not translated, or whose words changed since."""
    return tuple(entry.name for entry in now.entries if entry.state is not State.DONE)


def _same(text: str) -> str:
    return " ".join(text.split()) if "\n" not in text.strip() else _one_line_end(text).strip()


def _one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
