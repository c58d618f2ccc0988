"""The form as its template prints it: every control with its label, its value and what was found at it. Pure."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from desk.forms.fields import GROUPS, SECTIONS, Field, Shape, fields
from desk.forms.findings import Finding
from desk.forms.values import LEAD, NONE, Row, Values, is_empty, one, rows

Say = Callable[..., str]
LONGEST = 48
"""Characters of a row's own words in the names of its buttons."""


@dataclass(frozen=True)
class Option:
    """One answer of a choice."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class ShownRow:
    """A row of a list: its path, the hidden number it had in the file, and the words that name it on its buttons."""

    path: str
    was: str
    title: str
    movable: bool
    controls: tuple[Control, ...]


@dataclass(frozen=True)
class Control:
    """One field of the form. `shape` says how it is printed; a group has `controls`, a list `rows`."""

    name: str
    shape: str
    label: str
    hint: str = ""
    value: str = ""
    lines: int = 2
    options: tuple[Option, ...] = ()
    found: tuple[Finding, ...] = ()
    controls: tuple[Control, ...] = ()
    rows: tuple[ShownRow, ...] = ()
    none: str = ""
    none_chosen: bool = False
    required: bool = False


@dataclass(frozen=True)
class ShownGroup:
    """A group of facets. `opened` where something is written or found in it."""

    id: str
    title: str
    controls: tuple[Control, ...]
    opened: bool


@dataclass(frozen=True)
class Shown:
    """The context of all controls: the values, the findings by field, the words, and the names of standard sections."""

    values: Values
    say: Say
    known: Mapping[str, str]
    found: Mapping[str, Sequence[Finding]] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)

    def hint(self, key: str) -> str:
        """The hint of a label, where it has one."""
        return self.known.get(f"{key}.hint", "")

    def at(self, name: str) -> tuple[Finding, ...]:
        """The findings at a field."""
        return tuple(self.found.get(name, ()))


def groups(shown: Shown) -> tuple[ShownGroup, ...]:
    """Every group of facets."""
    found = []
    for number, (name, facets) in enumerate(GROUPS.items()):
        controls = tuple(control(fields()[facet], facet, shown) for facet in facets)
        written = any(not is_empty(fields()[facet], shown.values, facet) for facet in facets)
        wrong = any(_is_found(one) for one in controls)
        found.append(ShownGroup(name, shown.say(f"group.{name}"), controls, number == 0 or written or wrong))
    return tuple(found)


def control(field: Field, path: str, shown: Shown) -> Control:
    """One field with all that is within it."""
    label, hint, found = shown.say(field.words), shown.hint(field.words), shown.at(path)
    if field.shape is Shape.GROUP:
        inner = tuple(control(own, f"{path}.{own.name}", shown) for own in field.as_shown)
        return Control(path, "group", label, hint, found=found, controls=inner)
    if field.shape is Shape.ROWS:
        return _list(field, path, shown)
    value = one(shown.values, path)
    if field.shape in (Shape.CHOICE, Shape.YES_NO):
        return Control(path, "choice", label, hint, value, options=_options(field, value, shown), found=found)
    if field.shape is Shape.REFERENCES:
        return Control(path, "references", label, hint, options=_references(field, path, shown), found=found)
    shape = {Shape.TEXT: "text", Shape.LINES: "text", Shape.PAIRS: "text"}.get(field.shape, "line")
    number = _lines(value, 1 if field.shape is Shape.TEXT else 2)
    return Control(path, shape, label, hint, value, number, found=found, required=field.required)


def _list(field: Field, path: str, shown: Shown) -> Control:
    present = rows(shown.values, path)
    none = shown.say(f"{field.words}.{NONE}") if field.none else ""
    return Control(
        path,
        "rows",
        shown.say(field.words),
        shown.hint(field.words),
        rows=tuple(_row(field, path, at, row, shown) for at, row in enumerate(present)),
        none=none,
        none_chosen=bool(one(shown.values, f"{path}.{NONE}")),
        found=(*shown.at(f"add-{path}"), *shown.at(f"{path}.{NONE}")),
    )


def _row(field: Field, path: str, at: int, row: Row, shown: Shown) -> ShownRow:
    place = f"{path}.{row.number}"
    inner = tuple(control(own, f"{place}.{own.name}", shown) for own in field.as_shown)
    words = _words_of(field.as_shown[0], place, shown)
    return ShownRow(place, row.was, _named(words, at, shown.say), at > 0, inner)


def sections(shown: Shown) -> tuple[ShownRow, ...]:
    """The sections of the text."""
    found = []
    for at, row in enumerate(rows(shown.values, SECTIONS)):
        path = f"{SECTIONS}.{row.number}"
        heading = one(shown.values, f"{path}.heading")
        controls = (
            Control(
                f"{path}.heading",
                "line",
                shown.say("section.heading"),
                value=heading,
                found=shown.at(f"{path}.heading"),
            ),
            area(f"{path}.text", shown.say("section.text"), shown),
        )
        found.append(ShownRow(path, row.was, _named(heading, at, shown.say), at > 0, controls))
    return tuple(found)


def lead(shown: Shown) -> Control:
    """The text before the first heading."""
    return area(LEAD, shown.say("section.lead"), shown, shown.hint("section.lead"))


def area(name: str, label: str, shown: Shown, hint: str = "") -> Control:
    """A text area of Markdown."""
    value = one(shown.values, name)
    return Control(name, "area", label, hint, value, _lines(value, 3), found=shown.at(name))


def _words_of(field: Field, place: str, shown: Shown) -> str:
    """The text of a row's first field: its words, or those of the answer that was chosen."""
    value = one(shown.values, f"{place}.{field.name}")
    if field.shape is not Shape.CHOICE:
        return value
    return shown.known.get(f"choice.{field.words.removeprefix('field.')}.{value}", value)


def _named(words: str, at: int, say: Say) -> str:
    bare = " ".join(words.split())
    if not bare:
        return say("row.number", number=at + 1)
    return textwrap.shorten(bare, LONGEST, placeholder="…")


def _options(field: Field, value: str, shown: Shown) -> tuple[Option, ...]:
    labels = {"yes": shown.say("choice.yes"), "no": shown.say("choice.no")}
    if field.shape is Shape.CHOICE:
        key = field.words.removeprefix("field.")
        labels = {choice: shown.say(f"choice.{key}.{choice}") for choice in field.choices}
    if value and value not in labels:
        labels[value] = value  # as it stands in the file, to be put right
    every = {"": shown.say("choice.not_said"), **labels}
    return tuple(Option(choice, label, choice == value) for choice, label in every.items())


def _references(field: Field, path: str, shown: Shown) -> tuple[Option, ...]:
    chosen = shown.values.get(path, ())
    labels = _ids(field, shown)
    labels |= {name: name for name in chosen if name and name not in labels}
    return tuple(Option(name, label, name in chosen) for name, label in labels.items())


def _ids(field: Field, shown: Shown) -> dict[str, str]:
    """The ids that can be referred to, with words that describe each."""
    if field.refers == SECTIONS:
        return {name: shown.headings.get(name, name) for name in field.choices}
    if not field.refers:
        key = field.words.removeprefix("field.")
        return {name: shown.say(f"choice.{key}.{name}") for name in field.choices}
    found = {}
    for at, row in enumerate(rows(shown.values, field.refers)):
        place = f"{field.refers}.{row.number}"
        words = _words_of(fields()[field.refers].as_shown[0], place, shown)
        if name := one(shown.values, f"{place}.id").strip():
            found[name] = f"{_named(words, at, shown.say)} ({name})"
    return found


def _lines(value: str, least: int) -> int:
    """Rows of a text area in which most of a text can be seen without scrolling."""
    return max(least, min(24, sum(1 + len(line) // 72 for line in value.split("\n"))))


def _is_found(control: Control) -> bool:
    if control.found or any(map(_is_found, control.controls)):
        return True
    return any(_is_found(inner) for row in control.rows for inner in row.controls)
