"""Rows added, taken out and moved without script: a button sends the form, and it is shown again.

Nothing is saved. Pure.
"""

from __future__ import annotations

from desk.forms.fields import SECTIONS, Field, Shape, fields
from desk.forms.values import NONE, WAS, Values, is_number, rows

ADD, REMOVE, UP = "add", "remove", "up"


def act(values: Values, wanted: str) -> tuple[Values, str]:
    """The form after an act such as `up:retention.2`, and the name of the field that is used next.

    An act of a list that the form lacks leaves the form as it is.
    """
    what, _, where = wanted.partition(":")
    path, number = _list_of(what, where)
    if not path:
        return values, ""
    present = [row.number for row in rows(values, path)]
    if what == ADD:
        return _with_row(values, path, max(present, default=-1) + 1)
    if number not in present:
        return values, ""
    if what == REMOVE:
        order = [one for one in present if one != number]
        at = min(present.index(number), len(order) - 1)
        return _in_order(values, path, order), f"{path}.{at}.{first(path)}" if order else f"add-{path}"
    at = present.index(number)
    if what != UP or at == 0:
        return values, f"{path}.{at}.{first(path)}"
    order = [*present[: at - 1], number, present[at - 1], *present[at + 1 :]]
    return _in_order(values, path, order), f"{path}.{at - 1}.{first(path)}"


def _list_of(what: str, where: str) -> tuple[str, int]:
    path, _, number = (where, "", "0") if what == ADD else where.rpartition(".")
    field = fields().get(path)
    known = path == SECTIONS or (field is not None and field.shape is Shape.ROWS)
    return (path, int(number)) if known and is_number(number) else ("", 0)


def first(path: str) -> str:
    """The first field of each row of a list."""
    return "heading" if path == SECTIONS else _first_of(fields()[path])


def _first_of(field: Field) -> str:
    return field.fields[0].name


def _with_row(values: Values, path: str, number: int) -> tuple[Values, str]:
    kept = {name: value for name, value in values.items() if name != f"{path}.{NONE}"}
    return kept | {f"{path}.{number}.{WAS}": ("",)}, f"{path}.{number}.{first(path)}"


def _in_order(values: Values, path: str, order: list[int]) -> Values:
    """The form with the rows of a list in this order, numbered anew; rows that are not in it are gone."""
    found: Values = {}
    places = {old: new for new, old in enumerate(order)}
    for name, value in values.items():
        number, dot, rest = name.removeprefix(f"{path}.").partition(".")
        if not name.startswith(f"{path}.") or not dot or not is_number(number):
            found[name] = value
        elif int(number) in places:
            found[f"{path}.{places[int(number)]}.{rest}"] = value
    return found
