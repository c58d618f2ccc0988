"""Somebody's changes: the form as it was sent beside the form as the file has it, as changes for `desk.saving`. Pure.

A field that says the same as the file's is no change, so that nothing is rewritten by opening a form and saving it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from desk.forms.fields import SECTIONS, Field, Shape, fields
from desk.forms.values import LEAD, NONE, TEXT, Row, Values, is_empty, one, rows, same
from desk.saving.editing.changes import (
    AddItem,
    AddSection,
    Change,
    FactChange,
    MoveItem,
    MoveSection,
    RemoveFact,
    RemoveSection,
    SetFact,
    SetHeading,
    SetLead,
    SetSection,
    SetText,
)


def changes(file: Values, form: Values, parts: frozenset[str] | None = None) -> list[Change]:
    """The changes from the file's values to the form's, all of them or those of some parts (`title`, `lead`, `sections`).

    A facet of which the form sent nothing is left alone.
    """
    found: list[Change] = []
    for name, field in fields().items():
        if (parts is None or name in parts) and is_sent(form, name):
            found += _of_field(field, file, form, name, name)
    if (parts is None or LEAD in parts) and LEAD in form and not same(file.get(LEAD, ()), form[LEAD]):
        found.append(SetLead(one(form, LEAD)))
    if (parts is None or SECTIONS in parts) and is_sent(form, SECTIONS):
        found += _of_sections(file, form)
    return found


def of_text(file: Values, form: Values) -> list[Change]:
    """The change of a text that has no facts; blank lines around it are no difference."""
    if TEXT not in form or same(file.get(TEXT, ()), form[TEXT]):
        return []
    return [SetText(one(form, TEXT))]


def is_sent(form: Mapping[str, tuple[str, ...]], name: str) -> bool:
    """Whether the form has a part: each part says so, since a list without rows and unticked boxes send nothing."""
    return f"has.{name}" in form


def _of_field(field: Field, file: Values, form: Values, old: str, new: str) -> Iterator[FactChange]:
    """The changes of a field: `old` is its path in the file's values, `new` that in the form's and in the changes."""
    if field.shape is Shape.ROWS:
        yield from _of_rows(field, file, form, new)
    elif field.shape is Shape.GROUP:
        yield from _of_group(field, file, form, old, new)
    elif not _is_same(field, file.get(old, ()), form.get(new, ())):
        yield SetFact(new, value_of(field, form, new))


def _is_same(field: Field, old: tuple[str, ...], new: tuple[str, ...]) -> bool:
    """Ticked boxes come in the form's order, which nobody chose."""
    if field.shape is Shape.REFERENCES:
        return same(tuple(sorted(old)), tuple(sorted(new)))
    return same(old, new)


def _of_group(field: Field, file: Values, form: Values, old: str, new: str) -> Iterator[FactChange]:
    if is_empty(field, form, new):
        if not is_empty(field, file, old):
            yield RemoveFact(new)
        return
    if is_empty(field, file, old):
        yield SetFact(new, value_of(field, form, new))
        return
    for own in field.fields:
        yield from _of_field(own, file, form, f"{old}.{own.name}", f"{new}.{own.name}")


def _of_rows(field: Field, file: Values, form: Values, path: str) -> Iterator[FactChange]:
    if field.none and one(form, f"{path}.{NONE}"):
        if not one(file, f"{path}.{NONE}"):
            yield SetFact(path, NONE)
        return
    before = [row.was for row in rows(file, path)]
    wanted = [row for row in rows(form, path) if not _is_row_empty(field, form, f"{path}.{row.number}")]
    kept = {row.was for row in wanted if row.was in before}
    if one(file, f"{path}.{NONE}") or (before and not wanted):
        yield RemoveFact(path)
    else:
        for was in reversed(before):
            if was not in kept:
                yield RemoveFact(f"{path}.{was}")
    order = [was for was in before if was in kept]
    yield from _moves(order, [row.was for row in wanted if row.was in kept], path)
    for at, row in enumerate(wanted):
        if row.was in kept:
            yield from _of_row(field, file, form, path, row, at)
        else:
            yield AddItem(path, value_of(field, form, f"{path}.{row.number}", row=True), at)


def _of_row(field: Field, file: Values, form: Values, path: str, row: Row, at: int) -> Iterator[FactChange]:
    """The changes of a row that was there: each is made when the rows before it stand where they will."""
    for own in field.fields:
        old, sent = f"{path}.{row.was}.{own.name}", f"{path}.{row.number}.{own.name}"
        for change in _of_field(own, file, form, old, sent):
            yield _at(change, f"{path}.{row.number}", f"{path}.{at}")


def _at(change: FactChange, sent: str, place: str) -> FactChange:
    moved = place + change.path.removeprefix(sent)
    return SetFact(moved, change.value) if isinstance(change, SetFact) else RemoveFact(moved)


def _is_row_empty(field: Field, form: Values, path: str) -> bool:
    return all(is_empty(own, form, f"{path}.{own.name}") for own in field.fields)


def _moves(order: list[str], wanted: list[str], path: str) -> Iterator[MoveItem]:
    for at, was in enumerate(wanted):
        now = order.index(was)
        if now != at:
            order.insert(at, order.pop(now))
            yield MoveItem(path, now, at)


def value_of(field: Field, form: Mapping[str, tuple[str, ...]], path: str, *, row: bool = False) -> object:
    """A field's value as it is saved; None where nothing is written."""
    if field.shape is Shape.GROUP or row:
        inner = {own.name: value_of(own, form, f"{path}.{own.name}") for own in field.fields}
        return {name: value for name, value in inner.items() if value is not None} or None
    if field.shape is Shape.REFERENCES:
        return [text for text in form.get(path, ()) if text] or None
    text = one(form, path).strip()
    if field.shape is Shape.LINES:
        return [line.strip() for line in text.split("\n") if line.strip()] or None
    if field.shape is Shape.PAIRS:
        pairs = (line.partition(":") for line in text.split("\n") if line.strip())
        return {rule.strip(): reason.strip() for rule, _, reason in pairs} or None
    return text or None


def _of_sections(file: Values, form: Values) -> Iterator[Change]:
    before = {row.was: row.number for row in rows(file, SECTIONS)}
    wanted = [row for row in rows(form, SECTIONS) if row.was in before or is_written(form, row)]
    kept = [row for row in wanted if row.was in before]
    for was in before:
        if was not in {row.was for row in kept}:
            yield RemoveSection(was)
    yield from _section_moves([was for was in before if was in {row.was for row in kept}], [row.was for row in kept])
    for row in kept:
        yield from _of_section(file, form, before[row.was], row)
    yield from _new_sections(form, wanted, before)


def _section_moves(order: list[str], wanted: list[str]) -> Iterator[MoveSection]:
    for at, was in enumerate(wanted):
        now = order.index(was)
        if now != at:
            order.insert(at, order.pop(now))
            yield MoveSection(was, wanted[at - 1] if at else "")


def _of_section(file: Values, form: Values, number: int, row: Row) -> Iterator[Change]:
    old, new = f"{SECTIONS}.{number}", f"{SECTIONS}.{row.number}"
    if not same(file.get(f"{old}.heading", ()), form.get(f"{new}.heading", ())):
        yield SetHeading(row.was, one(form, f"{new}.heading").strip())
    if not same(file.get(f"{old}.text", ()), form.get(f"{new}.text", ())):
        yield SetSection(row.was, one(form, f"{new}.text"))


def _new_sections(form: Values, wanted: list[Row], before: Mapping[str, int]) -> Iterator[AddSection]:
    """From the last to the first: each is put right below the same old section, so the first one ends on top."""
    for at in range(len(wanted) - 1, -1, -1):
        row = wanted[at]
        if row.was not in before:
            above = next((one.was for one in reversed(wanted[:at]) if one.was in before), "")
            path = f"{SECTIONS}.{row.number}"
            yield AddSection(one(form, f"{path}.heading").strip(), one(form, f"{path}.text"), after=above)


def is_written(form: Values, row: Row) -> bool:
    """Whether a section of the form has a heading or a text."""
    return bool((one(form, f"{SECTIONS}.{row.number}.heading") + one(form, f"{SECTIONS}.{row.number}.text")).strip())
