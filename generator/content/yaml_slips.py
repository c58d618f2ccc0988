"""Slips of an editor's hand in YAML: found in the text, reported where they are, and mended so that all else can be read.

Each is an error, so nothing mended is ever published; mending only keeps one slip from hiding or causing others. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from generator.content.faults import Y01
from generator.problems import Place, Problem

WIDE = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""Spaces that look like one and are none to YAML; Word and web pages bring them in."""
_OPENS_LIST = re.compile(r"(?P<indent> *)(?:- +)?[^\s#][^\n:]*:[ \t]*(?:#.*)?")
_ITEM = re.compile(r" *- ")
_BULLET = re.compile(
    rf"(?P<indent>[ \t{WIDE}]*)(?P<sign>[•·▪◦●‣⁃∙\uf0b7–—−]|\*(?=[ \t{WIDE}])|o(?=\t))[ \t{WIDE}]*(?=\S)"
)
_DASH = re.compile(rf"(?P<indent> *)-(?P<wide>[{WIDE}][ {WIDE}]*)?(?=[^\s-])")
_MAYBE_ITEM = re.compile(rf"(?m)^[ \t{WIDE}]*(?:[^\w\s#'\"\[\]{{}}&!|>@%?:,-]|o\t|-[^ \n-])")
"""Whether any line may be such an item: most texts have none."""
_BLOCK = re.compile(r".*[:\-] +[|>][0-9+-]*[ \t]*(?:#.*)?")
_KEY = rf"(?P<before>[ \t]*(?:- +)*[A-Za-z_][\w-]*:)(?P<wide>[ \t]*[{WIDE}][ \t{WIDE}]*)"
_AFTER_KEY = re.compile(_KEY)
_AFTER_DASH = re.compile(rf"(?P<before>[ \t]*-)(?P<wide>[ \t]*[{WIDE}][ \t{WIDE}]*)")
_INDENT = re.compile(rf"(?P<before>[ \t]*)(?P<wide>[{WIDE}][ \t{WIDE}]*)(?=\S)")

Say = Callable[[int, int], Place]
"""The place of a line and a column of the text, both from 0."""


def mend_lists(text: str, place: Say) -> tuple[str, list[Problem]]:
    """The text with hyphens for bullets and with the space that a hyphen needs; a problem for the first item of each
    list.

    YAML reads such lists without a word, as one long text.
    """
    if _MAYBE_ITEM.search(text) is None:
        return text, []
    lines, problems = text.split("\n"), list[Problem]()
    lists = list[int]()  # the indents of the lists that are open
    key, told, block = -1, False, -1  # the indent of the key that a list may follow; that of a text below `|` or `>`
    for number, line in enumerate(lines):
        indent = len(line) - len(line.lstrip(" "))
        if block >= 0 and (not line.strip() or indent > block):
            continue  # the lines of such a text are as written
        block = indent if _BLOCK.fullmatch(line) else -1
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        slip = None if _is_rule(line) else _BULLET.match(line) or _DASH.match(line)
        if slip is not None and (0 <= key <= len(slip["indent"]) or len(slip["indent"]) in lists):
            indent = len(slip["indent"])
            if not told:
                problems.append(_item_problem(place(number, slip.end("indent")), slip))
            line = lines[number] = f"{' ' * indent}- {line[slip.end() :]}"
            told = True
        else:
            told = False
        is_item = _ITEM.match(line) is not None
        lists = [own for own in lists if own < indent] + ([indent] if is_item else [])
        key = indent if _OPENS_LIST.fullmatch(line) else -1
    return "\n".join(lines), problems


def _is_rule(line: str) -> bool:
    return re.fullmatch(r"\s*[-–—]+\s*", line) is not None


def _item_problem(place: Place, slip: re.Match[str]) -> Problem:
    marks = slip.groupdict()
    if sign := marks.get("sign"):
        message = f"This list starts with the sign `{sign}`, which makes one long text of it."
        return Y01.problem(place, message, "Start each item with a hyphen and a space: `- your name`.")
    if marks["wide"]:
        return _wide(place)
    return Y01.problem(place, "The hyphen of this list item has no space after it.", "Write `- `, then the text.")


def _wide(place: Place) -> Problem:
    message = "There is a no-break space here, where YAML needs an ordinary one."
    return Y01.problem(place, message, "Type a space in its place.")


def mend_keys(text: str, place: Say) -> tuple[str, list[Problem]]:
    """The text with spaces for tabs before a line, and with the space that the colon of a key at the first column needs.

    Only for a text that cannot be read: elsewhere a tab or a colon may be part of words.
    """
    lines, problems = text.split("\n"), list[Problem]()
    above, so_too = "", False
    for number, line in enumerate(lines):
        if _TABS.match(line):
            problems.append(Y01.problem(place(number, 0), "This line is indented with a tab.", _SPACES))
            line = lines[number] = _without_tabs(line, above, so_too=so_too)
            above, so_too = line, True
            continue
        so_too = so_too and not line.strip()
        if (key := _TIGHT_KEY.match(line)) is not None:
            problems.append(_tight(place(number, key.end()), key["key"]))
            lines[number] = line = f"{key[0]} {line[key.end() :]}"
        above = line if line.strip() else above
    return "\n".join(lines), problems


_SPACES = "Use spaces: two for each level."
_TABS = re.compile(r" *\t[ \t]*(?=\S)")
_TIGHT_KEY = re.compile(r"(?P<before>(?: +(?:- +)*)?)(?!mailto:|tel:)(?P<key>[a-z_]{2,}):(?=[^\s:/])")


def _tight(place: Place, key: str) -> Problem:
    return Y01.problem(place, f"There is no space after the colon of `{key}`.", f"Write `{key}: `, then the text.")


def _without_tabs(line: str, above: str, *, so_too: bool) -> str:
    """The line with the spaces that it has beside its tabs; without any, within the group that the line above opens, or
    beside that line if it had tabs too (`so_too`).
    """
    plain = line.replace("\t", "", len(line) - len(line.lstrip()))
    indent = len(above) - len(above.lstrip(" "))
    if plain.startswith(" "):
        return plain
    if _OPENS_LIST.fullmatch(above):
        return f"{' ' * (indent + 2)}{plain}"
    return f"{' ' * indent}{plain}" if so_too else plain


def mend_spaces(text: str, place: Say) -> tuple[str, list[Problem]]:
    """The text with plain spaces where YAML needs them, and lines at the first column put to the text above them."""
    lines, problems = text.split("\n"), list[Problem]()
    for number, line in enumerate(lines):
        for pattern in (_INDENT, _AFTER_KEY, _AFTER_DASH):
            if found := pattern.match(line):
                line = f"{found['before']}{' ' * len(found['wide'])}{line[found.end() :]}"
                problems.append(_wide(place(number, found.start("wide"))))
                break
        if number and line and _is_wrapped(line):
            message = "This line starts at the first column and is no `key: value`."
            remedy = "If it goes on with the text above it, put two spaces before it. If it is a key, write a colon after it."
            problems.append(Y01.problem(place(number, 0), message, remedy))
            line = f"  {line}"
        lines[number] = line
    return "\n".join(lines), problems


def _is_wrapped(line: str) -> bool:
    """Whether a line is at the first column where only keys, remarks and items may."""
    return not line[0].isspace() and line[0] not in "#-]}" and not re.match(r"[^\s:][^:]*:(?:\s|$)", line)
