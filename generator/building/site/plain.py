"""Problems as plain values, to lie on the disk, and back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from generator.problems import Level, Place, Problem


def plain_problems(problems: Iterable[Problem]) -> list[list[Any]]:
    return [[p.rule, str(p.level), p.place.file, p.place.line, p.place.column, p.message, p.remedy] for p in problems]


def problems_of(plain: Iterable[Sequence[Any]]) -> list[Problem]:
    return [
        Problem(rule, Level(level), Place(file, line, column), message, remedy)
        for rule, level, file, line, column, message, remedy in plain
    ]
