"""The outcome of a save: saved, the same as before, a conflict to choose in, or refused. Values for the views."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from desk.saving.editing.changes import Change
from generator.problems import Problem
from generator.versions.changes import Passage


@dataclass(frozen=True)
class Person:
    """The name and the mail address under which git knows somebody."""

    name: str
    address: str


class Reason(StrEnum):
    """Why a file that is saved is in no history. `unrecorded.WORDS` says each in words."""

    NO_REPOSITORY = "no-repository"
    NO_GIT = "no-git"
    DETACHED = "detached"
    UNDER_WAY = "under-way"
    UNMERGED = "unmerged"
    LOCKED = "locked"
    OWNERSHIP = "ownership"
    IGNORED = "ignored"
    TOO_SLOW = "too-slow"
    FAILED = "failed"


@dataclass(frozen=True)
class SavedNotInHistory:
    """The file has the words, and no commit has them. `detail` is what git said, for the operator's log."""

    reason: Reason
    detail: str = ""


@dataclass(frozen=True)
class InHistory:
    """The commit, and whether it took words along that were in the file before and in no commit."""

    commit: str
    with_earlier: bool = False


@dataclass(frozen=True)
class Saved:
    """The file has the words. `digest` is the one that the next save starts from; `merged` names what others changed
    meanwhile, by the parts of a conflict."""

    digest: str
    history: InHistory | SavedNotInHistory
    merged: tuple[str, ...] = ()


@dataclass(frozen=True)
class Same:
    """The file has these words already: nothing was written."""

    digest: str


class Where(StrEnum):
    """Where the words of one side of a conflict are."""

    FORM = "form"
    HISTORY = "history"
    FILE = "file"


@dataclass(frozen=True)
class Side:
    """One side of a conflict: by whom and when. A file that no commit has names nobody, and the day it was written."""

    where: Where
    when: datetime | None
    person: Person | None = None


class PartKind(StrEnum):
    """The kind of a part of a file."""

    FACT = "fact"
    LEAD = "lead"
    SECTION = "section"
    ORDER = "order"
    TEXT = "text"


@dataclass(frozen=True)
class ConflictPart:
    """A fact or section that both sides changed. A text is None where that side has no such part, or its base is not
    known.

    `passages` are the words of `theirs` as `mine` changes them, for `marked_changes.Marker`.
    """

    kind: PartKind
    name: str
    """The fact's path, or the section's id or heading."""
    base: str | None
    mine: str | None
    theirs: str | None
    passages: tuple[Passage, ...] = ()
    to_mine: tuple[Change, ...] = ()
    """The changes that make theirs mine."""

    @property
    def key(self) -> str:
        """Its name among the parts of a conflict, for `Choices`."""
        return f"{self.kind}:{self.name}"


class Choice(StrEnum):
    """The words that somebody takes of a part that both sides changed."""

    MINE = "mine"
    THEIRS = "theirs"


@dataclass(frozen=True)
class Choices:
    """Somebody's choices in a conflict, by the keys of its parts, and the digest of the file that they saw there.

    They count for exactly that file: where it changed again, the new conflict is shown.
    """

    seen: str
    taken: Mapping[str, Choice]


@dataclass(frozen=True)
class Conflict:
    """Nothing was written: both sides changed the same. Send the same post again with `Choices`, or save anew from
    `digest`, that of the file as it is."""

    digest: str
    parts: tuple[ConflictPart, ...]
    mine: Side
    theirs: Side
    mine_alone: tuple[str, ...] = field(default_factory=tuple)
    """Parts that only the form changed; they need no choice, and are in no file yet."""


@dataclass(frozen=True)
class Refused:
    """Nothing was written, and why."""

    problems: tuple[Problem, ...]


Outcome = Saved | Same | Conflict | Refused
