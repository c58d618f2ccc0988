"""Problems of the content: the place, the fault and the remedy. The generator's only error type.

Rules return problems; nothing raises for content that is merely wrong. `ContentError` carries the problems
through the I/O shell to the command line, which prints them all at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much a problem matters: an error stops publishing, a warning does not, and a note is a proposal."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, order=True)
class Place:
    """A spot in a file; line and column count from 1, front matter included, columns in characters."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: the rule's id, where, one sentence on what, one on what to write instead."""

    rule: str
    level: Level
    place: Place
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.place}: {self.level}: {self.message} {self.remedy} [{self.rule}]"


def error(rule: str, place: Place, message: str, remedy: str) -> Problem:
    """A problem of the desk's own, which stops a save; the generator's come from rules, `generator/rule.py`."""
    return Problem(rule, Level.ERROR, place, message, remedy)


def errors_in(problems: Iterable[Problem]) -> list[Problem]:
    """Only the problems that stop publishing."""
    return [problem for problem in problems if problem.level is Level.ERROR]


class ContentError(Exception):
    """The content cannot be used; `problems` says why, every problem found, in file order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems, key=lambda problem: problem.place)
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type[ContentError], tuple[list[Problem]]]:
        """Whole on its way back from a worker process."""
        return type(self), (self.problems,)


class NotInstalled(ContentError):
    """The content is right, and this installation lacks what it asks for; `problems` says what to install."""
