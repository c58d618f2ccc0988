"""YAML that says what it means: every value is the text that was written, with its place.

`no`, `1.10` and `12:30` stay those words. Duplicate keys, aliases, tags, over-deep and over-large input are problems.
When one part cannot be read, the other top-level keys still are, so that every mistake shows in one run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from generator.content import yaml_slips
from generator.content.faults import F09, Y01, Y02, Y03, Y04
from generator.content.unseen_signs import seen
from generator.problems import Place, Problem

MAX_DEPTH = 12
MAX_BYTES = 1_000_000
MAX_EVENTS = 10_000
FROZEN = 20
"""How many times as much a frozen file may hold: it has the words that were made of a text within these limits."""
"""Scalars, lists and groups of keys in one document; a long notice has under a thousand."""
MAX_BLOCKS = 200
"""Top-level keys that are read one by one when the document as a whole cannot be."""
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
NOT_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\ud800-\udfff\ufffe\uffff]")
"""Characters that no text has: control characters, those that turn words round (UAX 9: residents would read another
order than the ledger holds), halves of a pair, and those that Unicode keeps out of texts."""
_REMARK, _REMARK_AS_VALUE = re.compile(r"[ \t]+#"), re.compile(r":?[ \t]+#(?=[^\s#])")
_LINE_ENDS = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
"""Line ends for the parser, which counts lines."""
_WRITTEN = re.compile(r"\t*([A-Za-z_][\w-]*)\s*:")
_TOP_KEY = re.compile(r"[^\s#\-\[\]{}\"'&*!|>%@`,?:][^\n:]*:(?=\s|$)")


@dataclass(frozen=True)
class Scalar:
    """A text, exactly as meant by the quotes or block it is in.

    `cut` is where a `#` cuts off what was written after it.
    """

    text: str
    place: Place
    cut: Place | None = None


@dataclass(frozen=True)
class Sequence:
    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True)
class Mapping:
    """Keys in the order written; each key once."""

    entries: tuple[tuple[Scalar, Node], ...]
    place: Place


Node = Scalar | Sequence | Mapping


class _Refused(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def parse(text: str, file: str, first_line: int = 1, any_text: bool = False) -> tuple[Node | None, list[Problem]]:
    """The tree of a YAML document that starts on line `first_line` of the file, and what is wrong with it.

    None for an empty document, or when nothing could be read. Characters that no page can hold, which escapes such as
    `\\u0001` bring in, are problems unless `any_text` is set, as it is for frozen files.
    """
    if len(text) > MAX_BYTES * (FROZEN if any_text else 1):
        place = Place(file, first_line)
        return None, [Y02.problem(place, "This file is too large to read.", "Keep it under a million characters.")]
    slips: list[Problem] = []
    if not any_text:
        text, slips = yaml_slips.mend_lists(text, _places(file, first_line))
    tree, problems, refused = _attempt(text, file, first_line, any_text)
    if any_text or not (refused or isinstance(tree, Scalar)):
        return tree, [*slips, *problems]
    text, more = yaml_slips.mend_keys(text, _places(file, first_line))
    slips += more
    blocks = list(_top_level_blocks(text))
    if 0 < len(blocks) <= MAX_BLOCKS:
        tree, problems = _parse_blocks(blocks, file, first_line)
    return tree, [*slips, *problems]


def _places(file: str, first_line: int) -> Callable[[int, int], Place]:
    return lambda line, column: Place(file, first_line + line, column + 1)


def _attempt(text: str, file: str, first_line: int, any_text: bool = False) -> tuple[Node | None, list[Problem], bool]:
    """The tree of a text, what is wrong with it, and whether it could not be read at all."""
    problems: list[Problem] = []
    try:
        return _Reader(file, first_line, problems, any_text).document(text), problems, False
    except _Refused as refused:
        return None, [*problems, refused.problem], True


def _top_level_blocks(text: str) -> Iterator[tuple[int, str]]:
    """Each top-level key with the lines below it, and the offset of its first line."""
    start, block = 0, list[str]()
    for number, line in enumerate(text.split("\n")):
        if _TOP_KEY.match(line) and block:
            yield start, "\n".join(block)
            start, block = number, []
        block.append(line)
    if block:
        yield start, "\n".join(block)


def _parse_blocks(blocks: list[tuple[int, str]], file: str, first_line: int) -> tuple[Mapping, list[Problem]]:
    """The readable blocks, each on its own, and every fault of any of them."""
    found: list[Problem] = []
    seen: dict[str, tuple[Scalar, Node]] = {}
    for offset, block in blocks:
        tree, problems = _parse_block(block, file, first_line + offset)
        found += problems
        for key, node in tree.entries if isinstance(tree, Mapping) else ():
            _add(seen, key, node, found)
    return Mapping(tuple(seen.values()), Place(file, first_line)), found


def _parse_block(block: str, file: str, first_line: int) -> tuple[Node | None, list[Problem]]:
    """One top-level key with what is below it; where it cannot be read, as it is once slips are mended."""
    tree, problems, refused = _attempt(block, file, first_line)
    if not refused and (tree is None or isinstance(tree, Mapping)):
        return tree, problems
    mended, slips = yaml_slips.mend_spaces(block, _places(file, first_line))
    if slips:
        tree, problems, refused = _attempt(mended, file, first_line)
        return tree, [*slips, *([] if refused else problems)]
    if not refused:
        first = next((number for number, line in enumerate(block.split("\n")) if line.strip()), 0)
        message = "This line has no colon after its key."
        problems.append(Y01.problem(Place(file, first_line + first), message, "Write it as `key: value`."))
    return tree, problems


def written_keys(text: str) -> Iterator[str]:
    """The top-level keys that a text seems to have, whether or not what follows them can be read."""
    for line in text.split("\n"):
        if (found := _WRITTEN.match(line)) is not None:
            yield found[1]


def _add(seen: dict[str, tuple[Scalar, Node]], key: Scalar, node: Node, problems: list[Problem]) -> None:
    """A key with its value; of one written twice the first counts that has a value."""
    if key.text not in seen:
        seen[key.text] = (key, node)
        return
    first, value = seen[key.text]
    problems.append(_twice(key, first.place))
    if isinstance(value, Scalar) and not value.text:
        seen[key.text] = (first, node)


def _twice(key: Scalar, first: Place) -> Problem:
    message = f"The key `{key.text}` is written twice; the first is on line {first.line}."
    return Y03.problem(key.place, message, "Keep one of the two.")


class _Reader:
    """Builds the tree from the parser's events, which come with their marks."""

    def __init__(self, file: str, first_line: int, problems: list[Problem], any_text: bool = False) -> None:
        self.any_text = any_text
        self.file = file
        self.first_line = first_line
        self.problems = problems

    def document(self, text: str) -> Node | None:
        self.has_marks = "#" in text
        self.lines = _LINE_ENDS.split(text) if self.has_marks else []
        try:
            events = iter(self._events(text))
        except yaml.MarkedYAMLError as failure:
            raise _Refused(self._syntax(failure, text)) from failure
        except yaml.reader.ReaderError as failure:
            line = text.count("\n", 0, failure.position)
            place = Place(self.file, self.first_line + line)
            message = f"The character U+{ord(text[failure.position]):04X} cannot stand here."
            raise _Refused(Y01.problem(place, message, "Delete it: it is not one that can be seen.")) from failure
        next(events)
        start = next(events, None)
        if not isinstance(start, yaml.DocumentStartEvent):
            return None
        tree = self._node(next(events), events, 0)
        next(events)
        extra = next(events)
        if not isinstance(extra, yaml.StreamEndEvent):
            raise _Refused(Y01.problem(self._place(extra), "A second document starts here.", "Remove the '---' line."))
        return tree

    def _events(self, text: str) -> list[Any]:
        """The parser's events, all of them, so that a text that cannot be read is known before any of it is used."""
        found = []
        for event in yaml.parse(text, Loader=_LOADER):
            found.append(event)
            if len(found) > MAX_EVENTS * (FROZEN if self.any_text else 1):
                message = "There are too many keys and list items up to here."
                raise _Refused(Y02.problem(self._place(event), message, "Keep it under ten thousand of them."))
        return found

    def _node(self, event: Any, events: Iterator[Any], depth: int) -> Node:
        place = self._place(event)
        self._refuse_features(event, place)
        if depth > MAX_DEPTH:
            raise _Refused(Y02.problem(place, "Lists and keys are nested too deeply here.", "Use fewer levels."))
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(self._text(event.value, place), place, self._cut(event))
        if isinstance(event, yaml.SequenceStartEvent):
            return Sequence(tuple(self._items(events, depth)), place)
        return Mapping(self._entries(events, depth), place)

    def _cut(self, event: Any) -> Place | None:
        """Where a `#` after a plain text, or against its colon, begins a remark that was meant as text."""
        if not self.has_marks or event.style or self.any_text:
            return None
        mark = event.end_mark
        found = (_REMARK if event.value else _REMARK_AS_VALUE).match(self.lines[mark.line], mark.column)
        return Place(self.file, self.first_line + mark.line, found.end()) if found else None

    def _text(self, text: str, place: Place) -> str:
        """A value without what an escape such as `\\ud800` can bring in and no file or page can hold."""
        if self.any_text:
            return text
        text = seen(text)
        if not (found := NOT_TEXT.search(text)):
            return text
        message = f"This value has a character that is not text (U+{ord(found[0]):04X})."
        self.problems.append(Y01.problem(place, message, "Delete the escape that stands for it."))
        return NOT_TEXT.sub("\N{REPLACEMENT CHARACTER}", text)

    def _items(self, events: Iterator[Any], depth: int) -> Iterator[Node]:
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            yield self._node(event, events, depth + 1)

    def _entries(self, events: Iterator[Any], depth: int) -> tuple[tuple[Scalar, Node], ...]:
        seen: dict[str, tuple[Scalar, Node]] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self._node(event, events, depth + 1)
            value = self._node(next(events), events, depth + 1)
            if not isinstance(key, Scalar):
                message = "A list or a group of keys cannot be the name of a key."
                remedy = "Write a word before the colon; put text with brackets or braces in quotes."
                self.problems.append(Y01.problem(key.place, message, remedy))
            else:
                _add(seen, key, value, self.problems)
        return tuple(seen.values())

    def _refuse_features(self, event: Any, place: Place) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            message = f"`{sign}{event.anchor}` is a YAML alias, which content cannot use."
            raise _Refused(
                Y04.problem(place, message, f"Put the text in quotes if it starts with {sign}, or repeat it.")
            )
        if getattr(event, "tag", None) not in (None, "!"):
            message = f"`{event.tag}` is a YAML tag, which content cannot use."
            raise _Refused(Y04.problem(place, message, "Put the text in quotes if it starts with an exclamation mark."))

    def _place(self, event: Any) -> Place:
        mark = event.start_mark
        return Place(self.file, self.first_line + mark.line, mark.column + 1)

    def _syntax(self, failure: yaml.MarkedYAMLError, text: str) -> Problem:
        mark = failure.problem_mark or failure.context_mark
        if "quoted scalar" in str(failure.context):
            mark = failure.context_mark  # where the quotation mark is, not where the text ends
        if (remark := self._cut_in_braces(failure, text)) is not None:
            return remark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        if line > (last := text.count("\n")):  # the parser noticed only at the end
            line, column = last, 0
        written = text.split("\n")[line]
        place = Place(self.file, self.first_line + line, column + 1)
        return Y01.problem(place, *_explained(str(failure.problem or ""), written, column))

    def _cut_in_braces(self, failure: yaml.MarkedYAMLError, text: str) -> Problem | None:
        """A `#` that cuts off the end of a line between braces or brackets, where the parser then misses their end."""
        start, end = failure.context_mark, failure.problem_mark
        if start is None or end is None or "flow" not in str(failure.context):
            return None
        lines = text.split("\n")
        for number in range(start.line, min(end.line + 1, len(lines))):
            before, sign, after = lines[number].partition(" #")
            if sign and before.count('"') % 2 == 0 and ("}" in after or "]" in after):
                place = Place(self.file, self.first_line + number, len(before) + 2)
                message = "Everything from this `#` on is cut off: YAML takes it for a remark."
                return F09.problem(place, message, "Put the text that holds it in quotes.")
        return None


def _explained(problem: str, line: str, column: int) -> tuple[str, str]:
    """The parser's error in an editor's words, with the remedy."""
    if "\t" in line[: len(line) - len(line.lstrip())] or ("cannot start any token" in problem and "\t" in line):
        return "This line is indented with a tab.", "Use spaces: two for each level."
    if "mapping values are not allowed" in problem:
        return (
            "There is a second colon in this line.",
            'Put the text after the first colon in quotes: key: "text: more".',
        )
    if "could not find expected ':'" in problem:
        return (
            "This line has no colon after its key.",
            "Write `key: value`, or indent the line to continue the text above.",
        )
    if "end of stream" in problem or "unexpected end" in problem or ("scalar" in problem and "quoted" in problem):
        return "A quotation mark is opened here and never closed.", "Close it, or leave both out."
    if "did not find expected key" in problem or "block mapping" in problem:
        return (
            "This line does not fit the lines above it.",
            "Indent it like them, and put text with quotes or colons in quotes.",
        )
    if "block collection" in problem or "'-' indicator" in problem:
        return "This list item does not fit the lines above it.", "Start each item with `- `, all at the same indent."
    if "flow" in problem or "',' or" in problem:
        return "A bracket or brace is opened and not closed properly.", "Put text with brackets or braces in quotes."
    if "cannot start any token" in problem:
        return f"Text cannot start with `{line[column : column + 1]}` here.", "Put the text in quotes."
    return f"This line cannot be read ({problem}).", "Compare it with the lines around it, or put the text in quotes."
