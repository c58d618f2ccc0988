"""Where the facts of a text end and its words begin: the lines between two `---`, or what was meant as such. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.content.faults import Y01
from generator.problems import Place, Problem

_END = ("---", "...")
_DASHES = re.compile(r"[-–—−‑]{1,8}")
_KEY = re.compile(r"[A-Za-z_][\w-]*\s*:(?:\s|$)|#")
_FIRST_KEY = re.compile(r"(?:title|summary|service|category|owner|purposes):\s")


@dataclass(frozen=True)
class Parts:
    """A text in two: `matter` is None where there is none. `matter_line` and `body_line` are the lines that each starts on."""

    matter: str | None
    body: str
    matter_line: int
    body_line: int
    problems: tuple[Problem, ...] = ()


def split(text: str, file: str) -> Parts:
    """The front matter and the body, and what is wrong with the lines between them.

    Where hyphens are missing or became a long dash, the text is split where they were meant, so that all else is read.
    """
    lines = text.split("\n")
    start, problems = _start(lines, file)
    if start is None:
        return Parts(None, text, 1, 1)
    for index, line in enumerate(lines[start:], start):
        if line.rstrip() in _END or _is_slip(line):
            if _is_slip(line):
                message = f"The front matter ends with `{line.strip()}`, which is not three hyphens."
                problems.append(Y01.problem(Place(file, index + 1), message, "Write `---` here, and nothing else."))
            matter, body = "\n".join(lines[start:index]), "\n".join(lines[index + 1 :])
            return Parts(matter, body, start + 1, index + 2, tuple(problems))
    message = "The front matter that starts here has no end."
    problems.append(Y01.problem(Place(file, max(start, 1)), message, _CLOSE))
    return Parts("\n".join(lines[start:]), "", start + 1, len(lines), tuple(problems))


_CLOSE = "Write `---` on a line of its own after the last key."


def _start(lines: list[str], file: str) -> tuple[int | None, list[Problem]]:
    """The index of the first line within the front matter, and what is wrong with how it begins."""
    if lines[0].rstrip() == "---":
        return 1, []
    first = next((index for index, line in enumerate(lines) if line.strip()), 0)
    below = next((line for line in lines[first + 1 :] if line.strip()), "")
    ends = any(line.rstrip() in _END for line in lines[first + 1 :])
    if _FIRST_KEY.match(lines[first]) and ends:
        problem = Y01.problem(
            Place(file, first + 1), "The front matter has no beginning.", "Write `---` above this line."
        )
        return first, [problem]
    if not _KEY.match(below) or not (ends or any(map(_is_slip, lines[first + 1 :]))):
        return None, []
    if lines[first].rstrip() == "---":
        message = "The first line is empty, so what follows is no front matter."
        return first + 1, [Y01.problem(Place(file), message, "Take out the empty lines: `---` is the first line.")]
    if _is_slip(lines[first]):
        message = f"The front matter begins with `{lines[first].strip()}`, which is not three hyphens."
        return first + 1, [Y01.problem(Place(file, first + 1), message, "Write `---` here, and nothing else.")]
    return None, []


def _is_slip(line: str) -> bool:
    """Whether a line was meant as `---`: Word makes one long dash of hyphens."""
    return _DASHES.fullmatch(line.rstrip()) is not None and line.rstrip() != "---" and line.rstrip() != "-"
