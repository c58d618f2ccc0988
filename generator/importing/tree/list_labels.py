"""The labels of lists that count in letters or Roman numbers, as texts cite them. Pure."""

from __future__ import annotations

import re

from generator.importing.tree.inert import Element, style

_LETTERED = {"a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x")),
    *((9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def label(kind: str, number: int) -> str:
    """The label of an item in a list with letters, as texts cite it: `(a)`, `(iv)`."""
    if number < 1:
        return f"({number})"
    text = ""
    if "alpha" in kind:
        while number:
            number, letter = divmod(number - 1, 26)
            text = chr(ord("a") + letter) + text
    else:
        for value, sign in _ROMAN:
            text += sign * (number // value)
            number %= value
    return f"({text.upper() if kind.startswith('upper') else text})"


def lettered(element: Element) -> str:
    """`lower-alpha` and the like where a list counts in letters or Roman numbers."""
    found = re.search(r"list-style(?:-type)?:[^;]*?((?:lower|upper)-(?:alpha|latin|roman))", style(element))
    if found:
        return found[1].replace("latin", "alpha")
    return _LETTERED.get(element.get("type") or "", "")


def number_in(text: str | None) -> int | None:
    """A number that an attribute gives, if it is one."""
    return int(text) if text and re.fullmatch(r"\s*\d{1,6}\s*", text) else None
