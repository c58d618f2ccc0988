"""The example of a rule about several files or about a command: a small site, and the steps taken in it.

docs/rules.md shows the steps, and the tests do them in a folder.
"""

from __future__ import annotations

from dataclasses import dataclass

NOTICE = """\
---
title: Library
---
This is about the library.

## Our promise

We look after your information.
"""
"""The notice `library` of every scene, published as version 1 on `PUBLISHED`; the steps are done on `TODAY`."""
PUBLISHED, TODAY = "2026-10-01", "2026-11-24"
THERE = frozenset({"site.yml", "content/versions.lock"})
"""Files of every scene that an edit may add to; any other is new."""


@dataclass(frozen=True)
class Edit:
    """`old` becomes `new` in a file.

    Without `old`, `new` is added at the file's end; without both, the file is deleted.
    """

    file: str
    old: str = ""
    new: str = ""


@dataclass(frozen=True)
class Scene:
    """Edits and `noticeboard` commands, one after another; the last command is the one that tells of the rule, or not.

    `lacks` names a Python package that is not installed, `busy` a folder that another command is writing to all the
    while.
    """

    steps: tuple[Edit | str, ...]
    lacks: str = ""
    busy: str = ""

    @property
    def edits(self) -> tuple[Edit, ...]:
        return tuple(step for step in self.steps if isinstance(step, Edit))


def scene(*steps: Edit | str, lacks: str = "", busy: str = "") -> Scene:
    """A scene of these steps."""
    return Scene(steps, lacks, busy)


FILE = "content/library/notice.md"
BOOKS = Edit(FILE, "about the library", "about the library and its books")
PUBLISH = 'publish library --kind clarification --summary "It is about books too."'
TAKE_DOWN = 'retract library 1 --reason "It named a person."'
WELSH_TOO = Edit("site.yml", new="languages: [en, cy]\n")
"""Steps that many scenes share."""
