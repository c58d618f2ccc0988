"""`noticeboard check --watch`: after each save, which problems went and which came."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from generator.commands import report
from generator.problems import ContentError, Problem

A_LOOK = 0.3
"""Seconds between two looks at the folder. One costs some 10 ms of a processor for 1,000 notices."""


def changes(look: Callable[[], Sequence[Problem]], wait: Callable[[float], None] = time.sleep) -> Iterator[str]:
    """The message to print first, and after each change of the problems that `look` finds.

    It ends where `wait` raises.
    """
    before = _problems(look)
    yield f"{report.counted(before)}. Waiting for the next save; stop with Ctrl+C."
    while True:
        wait(A_LOOK)
        now = _problems(look)
        if now != before:
            yield told(before, now)
            before = now


def _problems(look: Callable[[], Sequence[Problem]]) -> list[Problem]:
    try:
        return list(look())
    except ContentError as failure:
        return failure.problems


def told(before: Sequence[Problem], now: Sequence[Problem]) -> str:
    """The problems that went and those that came; one that only moved to another line is neither."""
    gone, came = _without(before, now), _without(now, before)
    lines = [f"gone: {report.printable(str(problem))}" for problem in gone]
    lines += [f"new:  {report.printable(str(problem))}" for problem in came]
    return "\n".join([*lines, f"{report.counted(now)}."])


def _without(problems: Sequence[Problem], others: Sequence[Problem]) -> list[Problem]:
    """The problems that are not among the others, each as often as it is there once more."""
    left = Counter(map(_what, others))
    found = []
    for problem in problems:
        if left[_what(problem)]:
            left[_what(problem)] -= 1
        else:
            found.append(problem)
    return found


def _what(problem: Problem) -> tuple[str, str, str]:
    return problem.rule, problem.place.file, problem.message
