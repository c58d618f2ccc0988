"""Marks that `init` leaves where only the council can answer: `[TO WRITE: ...]` and addresses that are none.

Such an address ends in a name that never exists (RFC 2606 section 2), so that a site can be shown before all is answered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.problems import Place, Problem
from generator.rule import ERROR, Family, Rule
from generator.scene import Edit, scene

F07 = Rule(
    "F07",
    Family.FACETS,
    ERROR,
    "A mark that nobody filled in",
    "[TO WRITE: ...], and addresses that end in to-write.invalid, which `noticeboard init` leaves in site.yml for what it was not "
    "told. `build` refuses them in ordinary pages too; `serve` shows them.",
    "Residents would read the mark, or write to nobody.",
    scene(Edit("site.yml", new="security_contact: officer@to-write.invalid\n"), "check"),
    scene(Edit("site.yml", new="security_contact: officer@example.org\n"), "check"),
)

FILE = "site.yml"
NOWHERE = "to-write.invalid"
START = "[TO WRITE: "
_MARK = re.compile(rf"{re.escape(START)}(?P<what>[^\]]*)\]|[\w.:/@-]*\b{re.escape(NOWHERE)}")


def text(what: str) -> str:
    """The mark for a text."""
    return f"{START}{what}]"


WHY_SHARED = text("why, starting with to or for")
TRANSFERS = text("none, or the country")
CATEGORY = text("the heading in the list of notices")
SUMMARY = text("two or three short sentences")
"""The mark that `new` and `import` both leave for the author."""


def address(what: str) -> str:
    """The mark for an address of a page or a site."""
    return f"https://{what}.{NOWHERE}"


def email(who: str) -> str:
    """The mark for a mail address."""
    return f"{who}@{NOWHERE}"


def left(data: bytes, file: str) -> Iterator[Problem]:
    """Each mark that is left in site.yml or an ordinary page; remarks of YAML are not looked at."""
    lines = data.decode("utf-8-sig", "replace").splitlines()
    for number, line in enumerate(lines, 1):
        if file == FILE and line.lstrip().startswith("#"):
            continue
        for mark in _MARK.finditer(line):
            wanted = mark["what"] or f"your council's own, in place of {mark[0]}"
            key = line.partition(":")[0].strip(" -")
            message = f"`{key}` is not answered yet." if file == FILE else f"“{mark[0]}” is a gap that nobody filled."
            yield F07.problem(Place(file, number, mark.start() + 1), message, f"Write {wanted}.")
