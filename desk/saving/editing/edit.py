"""The bytes of a file and changes give new bytes, read again before they are given: as wanted, or refused. Pure."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from typing import Any

from desk.saving.editing import facts, plain, sections, wanted
from desk.saving.editing.body_wanted import after, same_words
from desk.saving.editing.changes import (
    AddItem,
    BodyChange,
    Change,
    MoveItem,
    RemoveFact,
    Restore,
    SetFact,
    SetText,
)
from desk.saving.editing.plain import Plain, meaning
from desk.saving.editing.sections import Body, NoSuchSectionError, Reading, retyped, typed
from desk.saving.editing.source_text import Form, SourceText, lines_of, split
from generator.content import merge_marks, yaml_tree
from generator.problems import ContentError, Place, Problem, error

RULE = "D01"
MARKS_RULE = "D02"
_FACTS = (SetFact, RemoveFact, AddItem, MoveItem)


@dataclasses.dataclass(frozen=True)
class Content:
    """A file as it is read: its facts as nested texts, and its body."""

    facts: Plain
    body: Reading


def content(data: bytes, file: str) -> Content:
    """The content of a file. `ContentError` as for `source_text.split`."""
    return _content(split(data, file))


def _content(source: SourceText) -> Content:
    if source.form is Form.SHARED:
        return Content({}, Reading(typed("".join(source.lines)), ()))
    return Content(plain.of_node(source.tree), sections.read(source.lines, source.has_title))


def edited(data: bytes, file: str, changes: Sequence[Change]) -> bytes:
    """The file after the changes, made one after another; the same bytes where they change nothing.

    Raises `ContentError` with everything that is in the way: a text that cannot be written so that it is read
    again as it was typed, a fact or section that is not there, a text with the marks of a merge.
    """
    if problems := list(_problems(changes, file)):
        raise ContentError(problems)
    for index, change in enumerate(changes):
        if isinstance(change, Restore):
            return edited(change.data, file, changes[index + 1 :])
    if not changes:
        return data
    source = split(data, file)
    source = _with_text(source, changes)
    source = _with_facts(source, changes)
    return _with_body(source, changes).data


def _problems(changes: Iterable[Change], file: str) -> Iterable[Problem]:
    """The problems of typed texts, wherever they go."""
    for change in changes:
        for text in _texts(change):
            if merge_marks.problems(plain.one_line_end(text), file):
                message = (
                    f"The text of {_name(change)} has the marks that a merge leaves: <<<<<<<, ======= and >>>>>>>."
                )
                remedy = "Keep the words that are right, and take out these lines."
                yield error(MARKS_RULE, Place(file), message, remedy)
            if found := yaml_tree.NOT_TEXT.search(plain.one_line_end(text)):
                message = f"The text of {_name(change)} has a character that is not text (U+{ord(found[0]):04X})."
                yield error(RULE, Place(file), message, "Delete it, or type the words anew.")


def _texts(change: Change) -> Iterable[str]:
    if isinstance(change, (SetFact, AddItem)):
        return list(_leaves(plain.plain(change.value))) if change.value is not None else []
    if isinstance(change, Restore):
        return [change.data.decode("utf-8", "replace")]
    return [str(value) for value in vars(change).values() if isinstance(value, str)]


def _leaves(value: Plain) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _leaves(item)
    else:
        for key, inner in value.items():
            yield key
            yield from _leaves(inner)


def _name(change: Change) -> str:
    if isinstance(change, _FACTS):
        return f"`{change.path}`"
    name = getattr(change, "name", "") or getattr(change, "heading", "")
    return f"the section “{name}”" if name else "this file"


def _with_text(source: SourceText, changes: Sequence[Change]) -> SourceText:
    """The whole text as typed, line by line."""
    typed_texts = [change.text for change in changes if isinstance(change, SetText)]
    if not typed_texts:
        return source
    lines = lines_of(source.data.decode().removeprefix(source.mark))
    new = retyped(lines, typed_texts[-1], source.newline)
    return split((source.mark + "".join(new)).encode(), source.file)


def _with_facts(source: SourceText, changes: Sequence[Change]) -> SourceText:
    found = [change for change in changes if isinstance(change, _FACTS)]
    if not found:
        return source
    if source.facts_problems:
        raise ContentError(source.facts_problems)
    kind, root = source.form.kind, _content(source).facts
    problems, text = list[Problem](), source.facts
    for change in found:
        try:
            new_root = wanted.after(root, change, kind)
            if _differ(root, new_root, change.path.partition(".")[0], kind):
                text, root = facts.written(text, new_root, kind, source.newline), new_root
        except wanted.NoSuchPlaceError:
            remedy = "Open the file again: it may have changed meanwhile."
            problems.append(error(RULE, Place(source.file), f"There is no fact `{change.path}` to change.", remedy))
        except facts.NotWritableError:
            problems.append(_not_writable(source, change))
    if problems:
        raise ContentError(problems)
    if text == source.facts:
        return source
    new = split(source.with_facts(text).data, source.file)
    body = sections.read(source.lines, new.has_title)
    if meaning(kind, _content(new).facts) != meaning(kind, root) or _content(new).body != body:
        raise ContentError([_not_writable(source, change) for change in found])
    return new


def _differ(old: Plain, new: Plain, key: str, kind: Any) -> bool:
    """Whether a top-level fact means another thing than before."""
    before, after_it = (plain.at(side, (key,)) for side in (old, new))
    if before is None or after_it is None:
        return before is not after_it
    return meaning(plain.within(kind, key), before) != meaning(plain.within(kind, key), after_it)


def _not_writable(source: SourceText, change: Change) -> Problem:
    message = f"{_name(change)} cannot be written so that it is read again as it was typed.".capitalize()
    return error(RULE, Place(source.file), message, "Write it in other words, or in the file itself.")


def _with_body(source: SourceText, changes: Sequence[Change]) -> SourceText:
    found = [change for change in changes if isinstance(change, BodyChange)]
    if not found:
        return source
    before = _content(source)
    body = Body(source.lines, source.newline, source.has_title)
    problems = []
    for change in found:
        try:
            body.change(change)
        except NoSuchSectionError as missing:
            message = f"There is no section “{missing}” to change."
            remedy = "Open the file again: it may have changed meanwhile."
            problems.append(error(RULE, Place(source.file), message, remedy))
    if problems:
        raise ContentError(problems)
    new = split(source.with_lines(body.lines).data, source.file)
    again = _content(new)
    if again.facts != before.facts or not same_words(again.body, after(before.body, found)):
        raise ContentError([error(RULE, Place(source.file, source.body_line), *_WHY)])
    return new


_WHY = (
    "With these words the sections below would begin elsewhere: a block of code (```) or <details> is opened and not closed, "
    "or a heading has marks of its own.",
    "Close it, or take the marks out of the heading.",
)
