"""Three readings of a file, the one a person started from, theirs and the one on the disk: what goes together. Pure.

Different facts, items and sections go together by themselves. The same one, changed differently on both sides, is a
conflict: somebody chooses. A list whose items came or went is one fact; else each of its items is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from desk.saving.editing import rendering
from desk.saving.editing.changes import (
    AddSection,
    Change,
    MoveSection,
    RemoveFact,
    RemoveSection,
    Restore,
    SetFact,
    SetHeading,
    SetLead,
    SetSection,
)
from desk.saving.editing.edit import Content
from desk.saving.editing.plain import Path, Plain, at, meaning
from desk.saving.editing.scalars import Spot
from desk.saving.editing.sections import Section
from desk.saving.outcome import ConflictPart, PartKind
from generator.versions.changes import passages_between
from generator.versions.html_passages import Text


@dataclass(frozen=True)
class Merge:
    """The result of a comparison: the changes that the file on the disk lacks, and what somebody has to choose."""

    changes: tuple[Change, ...]
    """Mine that theirs lacks and that go together with it."""
    parts: tuple[ConflictPart, ...]
    mine: tuple[str, ...]
    """The names of the parts that I alone changed."""
    theirs: tuple[str, ...]
    """The names of the parts that they alone changed."""


@dataclass(frozen=True)
class _Three:
    """One part on all sides; None where a side has none. `change` makes theirs mine."""

    kind: PartKind
    name: str
    sides: tuple[str | None, ...]
    change: tuple[Change, ...] = ()

    @property
    def base(self) -> str | None:
        """The text that both started from."""
        return self.sides[0]

    @property
    def mine(self) -> str | None:
        """My text."""
        return self.sides[1]

    @property
    def theirs(self) -> str | None:
        """The text on the disk."""
        return self.sides[2]


def merge(base: Content, mine: Content, theirs: Content, kind: Any) -> Merge:
    """My changes since the base beside theirs. `kind` is the type of the facts."""
    threes = [*_facts(base, mine, theirs, kind), *_lead(base, mine, theirs), *_sections(base, mine, theirs)]
    changes, parts, mine_alone, theirs_alone = list[Change](), list[ConflictPart](), list[str](), list[str]()
    for three in threes:
        if three.mine == three.base:
            theirs_alone += [three.name] if three.theirs != three.base else []
        elif three.theirs == three.base:
            changes += three.change
            mine_alone.append(three.name)
        elif three.mine != three.theirs:
            parts.append(_part(three))
    changes += _additions(base, mine, theirs)
    return Merge(tuple(changes), tuple(parts), tuple(mine_alone), tuple(theirs_alone))


def without_base(mine: Content, theirs: Content, kind: Any) -> tuple[ConflictPart, ...]:
    """Every part in which two readings differ, where nobody knows any more what one of them started from."""
    threes = [*_facts(theirs, mine, theirs, kind), *_lead(theirs, mine, theirs), *_sections(theirs, mine, theirs)]
    return tuple(_part(three, base_known=False) for three in threes if three.mine != three.theirs)


def whole(base: bytes | None, mine: bytes, theirs: bytes) -> ConflictPart:
    """Two whole files that cannot be told apart by facts and sections."""
    texts = tuple(None if side is None else side.decode("utf-8-sig") for side in (base, mine, theirs))
    return _part(_Three(PartKind.TEXT, "", texts, (Restore(mine),)))


def _part(three: _Three, *, base_known: bool = True) -> ConflictPart:
    passages = tuple(passages_between(paragraphs(three.theirs), paragraphs(three.mine)))
    base = three.base if base_known else None
    return ConflictPart(three.kind, three.name, base, three.mine, three.theirs, passages, three.change)


def paragraphs(text: str | None) -> list[Text]:
    """The paragraphs of a Markdown text as words, its marks among them: what somebody typed is compared."""
    blocks = (text or "").split("\n\n")
    return [Text("paragraph", tuple(block.split())) for block in blocks if block.strip()]


def _facts(base: Content, mine: Content, theirs: Content, kind: Any) -> Iterator[_Three]:
    sides = [meaning(kind, side.facts) for side in (base, mine, theirs)]
    for path in _paths(sides, ()):
        name = ".".join(path)
        texts = tuple(_shown(at(side, path)) for side in sides)
        value = at(sides[1], path)
        change = RemoveFact(name) if value is None else SetFact(name, value)
        yield _Three(PartKind.FACT, name, texts, (change,))


def _paths(sides: Sequence[Plain | None], path: Path) -> Iterator[Path]:
    """The parts that are compared as one: texts, items of lists that count alike, and lists that do not."""
    if all(isinstance(side, dict) for side in sides):
        keys = dict.fromkeys(key for side in sides if isinstance(side, dict) for key in side)
        for key in keys:
            yield from _paths([side.get(key) for side in sides if isinstance(side, dict)], (*path, key))
    elif all(isinstance(side, list) for side in sides) and len({len(side or "") for side in sides}) == 1:
        yield from ((*path, str(index)) for index in range(len(sides[0] or "")))
    else:
        yield path


def _shown(value: Plain | None) -> str | None:
    """A value as somebody reads it: a text, or a line for each of its parts."""
    if value is None or isinstance(value, str):
        return value
    return "\n".join(rendering.lines(value, Spot(False, 0, "\n"))) if value else ""


def _lead(base: Content, mine: Content, theirs: Content) -> Iterator[_Three]:
    texts = tuple(side.body.lead for side in (base, mine, theirs))
    yield _Three(PartKind.LEAD, "", texts, (SetLead(mine.body.lead),))


_Key = tuple[str, int]
"""A section's id or heading, and how many before it have the same."""


def _keyed(sections: Sequence[Section]) -> dict[_Key, Section]:
    found: dict[_Key, Section] = {}
    for section in sections:
        number = sum(key == section.key for key, _ in found)
        found[section.key, number] = section
    return found


def _renamed(base: dict[_Key, Section], side: dict[_Key, Section]) -> dict[_Key, Section]:
    """A side's sections, those with another heading and the same text by the key that they had in the base."""
    free = {section.markdown: key for key, section in base.items() if key not in side and section.markdown}
    found = {}
    for key, section in side.items():
        found[key if key in base else free.pop(section.markdown, key)] = section
    return found


def _keyed_sides(base: Content, mine: Content, theirs: Content) -> tuple[dict[_Key, Section], ...]:
    start = _keyed(base.body.sections)
    return start, *(_renamed(start, _keyed(side.body.sections)) for side in (mine, theirs))


def _sections(base: Content, mine: Content, theirs: Content) -> Iterator[_Three]:
    sides = _keyed_sides(base, mine, theirs)
    for key in dict.fromkeys(key for side in sides for key in side):
        before, own, there = (side.get(key) for side in sides)
        change = tuple(_to_mine(before, own, there, _above(sides[1], sides[2], key)))
        yield _Three(PartKind.SECTION, key[0], tuple(map(_text, (before, own, there))), change)
    orders = [[key for key in side if all(key in other for other in sides)] for side in sides]
    yield _Three(PartKind.ORDER, "", tuple(map(_headings, sides, orders)), tuple(_moves(orders[1], sides[2])))


def _text(section: Section | None) -> str | None:
    if section is None:
        return None
    mark = f" {{#{section.id}}}" if section.id else ""
    return f"## {section.heading}{mark}\n\n{section.markdown}"


def _headings(side: dict[_Key, Section], order: Sequence[_Key]) -> str:
    """The headings in their order; by key, so that other words alone are no other order."""
    return "\n".join(f"{key} {number}".removesuffix(" 0") for key, number in order if (key, number) in side)


def _to_mine(base: Section | None, mine: Section | None, theirs: Section | None, above: str) -> Iterator[Change]:
    """The changes that make their section mine. One that I alone added is left to `_additions`."""
    if theirs is None:
        if mine is not None and base is not None:
            yield AddSection(mine.heading, mine.markdown, mine.id, above)
        return
    if mine is None:
        yield RemoveSection(theirs.name)
        return
    if mine.heading != theirs.heading:
        yield SetHeading(theirs.name, mine.heading)
    if mine.markdown != theirs.markdown:
        yield SetSection(theirs.name, mine.markdown)


def _above(mine: dict[_Key, Section], theirs: dict[_Key, Section], key: _Key) -> str:
    """The name that the nearest section above one of mine has in their file; empty where there is none."""
    keys = list(mine)
    before = keys[: keys.index(key)] if key in mine else []
    return next((theirs[one].name for one in reversed(before) if one in theirs), "")


def _moves(order: Sequence[_Key], theirs: dict[_Key, Section]) -> Iterator[Change]:
    after = ""
    for key in order:
        yield MoveSection(theirs[key].name, after)
        after = theirs[key].name


def _additions(base: Content, mine: Content, theirs: Content) -> Iterator[Change]:
    """The sections that I alone added, each below the one that it followed, the last first."""
    old, own, there = _keyed_sides(base, mine, theirs)
    for key in reversed(list(own)):
        if key not in old and key not in there:
            new = own[key]
            yield AddSection(new.heading, new.markdown, new.id, _above(own, there, key))
