"""How notices stand to what the law has them say: N01 to N18 for one notice, and a table over all."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from generator.commands.report import counted
from generator.commands.tables import WIDTH
from generator.problems import Problem
from generator.rules.check import Inspection, Score, State

SIGNS = {
    State.THERE: "ok",
    State.IN_WORDS: "w",
    State.PERHAPS: "?",
    State.INCOMPLETE: "!",
    State.MISSING: "NO",
    State.SILENCED: "s",
    State.NOT_APPLICABLE: "-",
}
"""Plain letters, so that every terminal can show them and every screen reader says something."""


def card(inspection: Inspection, label: str) -> str:
    """The scorecard of one notice: each item with its state, and the reason or what is missing."""
    width = max(len(score.rule.title) for score in inspection.scores)
    return "\n".join([label, *(_line(score, width) for score in inspection.scores)])


def _line(score: Score, width: int) -> str:
    detail = f"  {score.detail}" if score.detail else ""
    text = f"  {score.rule.id:4} {score.rule.title:{width}}  {score.state:15}{detail}".rstrip()
    return "\n".join(textwrap.wrap(text, WIDTH, subsequent_indent=" " * 7))


def table(inspections: Sequence[Inspection], labels: Sequence[str]) -> str:
    """One row a notice, one column an item, what the signs mean, and every reason for silence."""
    if not inspections:
        return ""
    numbers = [score.rule.id.removeprefix("N") for score in inspections[0].scores]
    rows = [("notice", _signs(numbers, numbers))]
    rows += [
        (label, _signs([SIGNS[score.state] for score in item.scores], numbers))
        for label, item in zip(labels, inspections, strict=True)
    ]
    return "\n".join([_in_columns(rows), LEGEND, NUMBERS, *_reasons(inspections, labels)])


LEGEND = "  ".join(f"{sign} {state}" for state, sign in SIGNS.items())

NUMBERS = "The numbers are rules (3 is N03): `noticeboard check ID` and docs/rules.md say what each asks for."


def _in_columns(rows: Sequence[tuple[str, str]]) -> str:
    """The signs beside the labels, a label that is too long on several lines."""
    signs = max(len(cells) for _, cells in rows)
    width = min(max(len(label) for label, _ in rows), WIDTH - signs - 2)
    lines = []
    for label, cells in rows:
        first, *more = textwrap.wrap(label, width) or [""]
        lines += [f"{first.ljust(width)}  {cells}".rstrip(), *more]
    return "\n".join([lines[0], "-" * max(map(len, lines)), *lines[1:]])


def _signs(cells: Iterable[str], numbers: Iterable[str]) -> str:
    return " ".join(cell.ljust(max(2, len(number))) for cell, number in zip(cells, numbers, strict=True))


def _reasons(inspections: Sequence[Inspection], labels: Sequence[str]) -> list[str]:
    lines = [
        f"  {label} {silenced.rule}: {silenced.reason}"
        + ("" if silenced.problems else " (The rule has nothing to say here.)")
        for label, item in zip(labels, inspections, strict=True)
        for silenced in item.silenced
    ]
    return ["Silenced:", *lines] if lines else []


def summary(inspections: Sequence[Inspection], problems: Sequence[Problem]) -> str:
    """One line: how many notices were looked at, and what was found."""
    count = len({inspection.notice for inspection in inspections})
    return f"{count} {'notice' if count == 1 else 'notices'} checked: {counted(problems)}."
