"""Text between HTML and Markdown: its signs are hidden from whatever lays it out, then come back with the escapes they need.

A sign is escaped only where it would be a mark, so that editors can read the text. Pure.
"""

from __future__ import annotations

import re
import string

_TEXT = 0xE000
"""Where the signs for private use start that stand for those of a text."""
_KEPT = f"{string.punctuation}\u00a0"
_SIGNS = str.maketrans({sign: chr(_TEXT + ord(sign)) for sign in _KEPT})
_BACK = {chr(_TEXT + ord(sign)): sign for sign in _KEPT}
_ANY = re.compile("[\ue021-\ue07e\ue0a0]")
_PREFIX = re.compile(r"(?:>[ ]?|(?:-|\d{1,9}\.)(?:[ ]+|$)|#{1,6}[ ]|[ ]+)*")
_GAP = re.compile(r"(?<![!\\\[\]])\\\[([^\[\]\\^\ue101]+)\\\](?![(\[:\\\]\ue101])")
"""`\\[insert date\\]`, which needs no backslashes: no link follows, and `check` finds the gap."""


def protected(text: str) -> str:
    """Text with every sign that could be a mark replaced by one for private use."""
    return text.translate(_SIGNS)


def escaped(line: str) -> str:
    """One line with its signs back, those escaped that would be marks where they stand."""
    prefix = _PREFIX.match(line)
    at = prefix.end() if prefix else 0
    rest = line[at:]
    in_table = rest.startswith("|")
    bare = _ANY.sub(lambda found: _BACK[found[0]], rest)
    start = -1 if line[:at].endswith("# ") else _line_start(bare)
    parts, end = [line[:at]], len(rest)
    for index, sign in enumerate(rest):
        plain_sign = _BACK.get(sign)
        if plain_sign is None:
            parts.append(sign)
        elif index == start:
            parts.append(_at_start(plain_sign))
        else:
            before = bare[index - 1] if index else ""
            after = bare[index + 1] if index + 1 < end else ""
            rest_of_line = bare[index:]
            parts.append(_inside(plain_sign, before, after, rest_of_line, in_table=in_table))
    return _GAP.sub(r"[\1]", "".join(parts))


def _line_start(text: str) -> int:
    """Where the sign is that makes a line begin a list, heading, quotation or the like; -1 where nothing does."""
    if found := re.match(r"(\d{1,9})[.)](?:\s|$)", text):
        return found.end(1)
    begins = r"[-+](?:\s|$)|(?:-[ ]*){2,}|#{1,6}(?:\s|$)|>|=+\s*$|~{3}|:(?:\s|$)|\|"
    return 0 if re.match(begins, text) else -1


def _at_start(sign: str) -> str:
    if sign in "-+.)#":
        return f"\\{sign}"
    return "\\|" if sign == "|" else f"&#{ord(sign)};"


def _inside(sign: str, before: str, after: str, rest: str, *, in_table: bool) -> str:
    """A sign in the middle of a line."""
    if sign in "\\`*":
        return f"\\{sign}"
    if sign == "_":
        return sign if before.isalnum() and after.isalnum() else "\\_"
    if sign == "<":
        return "&lt;"
    if sign == "&":
        return "&amp;" if re.match(r"&#?\w+;", rest) else "&"
    if sign in "[]":
        doubled = sign in (before, after)  # else a value of site.yml would be put there
        return f"&#{ord(sign)};" if doubled else f"\\{sign}"
    if sign == "!":
        return "\\!" if after in ("[", "\ue101") else "!"
    if sign == "#":
        return "\\#" if before == "{" or not after.strip() else "#"
    return "\\|" if sign == "|" and in_table else sign
