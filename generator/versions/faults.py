"""Faults of published versions and their lock: rules that several modules here and after raise."""

from __future__ import annotations

from hashlib import sha256

from generator.rule import ERROR, Family, Rule
from generator.scene import BOOKS, PUBLISH, TAKE_DOWN, Edit, scene

_NEVER = "A published text never changes, and anyone can check that: content/versions.lock."
_FIRST, _SECOND = "content/library/versions/1.yml", "content/library/versions/2.yml"
_LOCK, _PREPARED = "content/versions.lock", "content/.versions.lock.new"
_UNTOUCHED = scene("status")
_CLEARER = """\
notice: library
version: 2
language: en
published: 2026-11-01
effective: 2026-11-01
change:
  kind: clarification
  summary: It is about books too.
title: Library
sections: []
"""
_STONE = f"""\
retracted:
  digest: {sha256(b"the words that were taken down").hexdigest()}
  on: 2026-11-01
  reason: It named a person.
notice: library
version: 1
language: en
published: 2026-10-01
effective: 2026-10-01
change:
  kind: clarification
title: Library
"""


def _locked(text: str, file: str) -> str:
    """The line of the lock for a file with that text."""
    return f"{sha256(text.encode()).hexdigest()}  {file.removeprefix('content/')}\n"


V01 = Rule(
    "V01",
    Family.HISTORY,
    ERROR,
    "A version that changed",
    "Frozen files whose bytes differ from the lock.",
    _NEVER,
    scene(Edit(_FIRST, "This is about the library.", "This is about our library."), "status"),
    _UNTOUCHED,
)
V02 = Rule(
    "V02",
    Family.HISTORY,
    ERROR,
    "A version that vanished",
    "Files that the lock names and that are not there.",
    _NEVER,
    scene(Edit(_FIRST), "status"),
    _UNTOUCHED,
)
V03 = Rule(
    "V03",
    Family.HISTORY,
    ERROR,
    "A version that nobody published",
    "Files that the lock does not name.",
    _NEVER,
    scene(Edit(_SECOND, new=_CLEARER), "status"),
    scene(BOOKS, PUBLISH, "status"),
)
V04 = Rule(
    "V04",
    Family.HISTORY,
    ERROR,
    "A lock that was edited",
    "A lock that is gone, empty or saved in another encoding while there are versions; lines that `publish` did not "
    "write, or that contradict each other. The order of lines means nothing.",
    _NEVER,
    scene(Edit(_LOCK, new="library, version 2: clearer words\n"), "status"),
    _UNTOUCHED,
)
V05 = Rule(
    "V05",
    Family.HISTORY,
    ERROR,
    "Publishing that was stopped halfway",
    "A version that was written and is not in the lock yet.",
    _NEVER,
    scene(Edit(_SECOND, new=_CLEARER), Edit(_PREPARED, new=_locked(_CLEARER, _SECOND)), "status"),
    scene(Edit(_SECOND, new=_CLEARER), Edit(_PREPARED, new=_locked(_CLEARER, _SECOND)), BOOKS, PUBLISH, "status"),
)
V06 = Rule(
    "V06",
    Family.HISTORY,
    ERROR,
    "Taking down that was stopped halfway",
    "A tombstone that is not in the lock yet.",
    _NEVER,
    scene(
        Edit(_FIRST),
        Edit(_FIRST, new=_STONE),
        Edit(_PREPARED, new=_locked(_STONE, _FIRST)),
        "status",
    ),
    scene(BOOKS, PUBLISH, TAKE_DOWN, "status"),
)
V07 = Rule(
    "V07",
    Family.HISTORY,
    ERROR,
    "A chain that is broken",
    "A version whose `previous` is not the digest of the version before it: a file and its line in the lock were "
    "changed together, or both were taken out.",
    _NEVER,
    scene(Edit(_SECOND, new=_CLEARER), Edit(_LOCK, new=_locked(_CLEARER, _SECOND)), "status"),
    scene(BOOKS, PUBLISH, "status"),
)
RULES = (V01, V02, V03, V04, V05, V06, V07)
