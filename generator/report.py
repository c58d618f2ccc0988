"""What the commands say: problems grouped by file, the status table. Values in, text out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby

from generator.drafts import Draft
from generator.errors import Level, Problem, errors_in
from generator.estate import History
from generator.exchange import Taken
from generator.versions import Version
from generator.xliff import Exchange, State


def problems_text(problems: Iterable[Problem], sources: Mapping[str, Sequence[str]]) -> str:
    """Problems by file, each with its line shown and the place marked; `sources` are the files' lines."""
    ordered = sorted(problems, key=lambda problem: (problem.place, problem.rule))
    parts = []
    for file, group in groupby(ordered, key=lambda problem: problem.place.file):
        parts.append("\n".join([file, *(_problem(problem, sources.get(file, ())) for problem in group)]))
    return "\n\n".join(parts)


def _problem(problem: Problem, lines: Sequence[str]) -> str:
    place = problem.place
    text = f"  {place}: {problem.level}: {problem.message} [{problem.rule}]\n      {problem.remedy}"
    if 0 < place.line <= len(lines) and (line := lines[place.line - 1].rstrip()):
        shown = line[:110].replace("\t", " ")
        text += f"\n      | {shown}\n      | {' ' * min(place.column - 1, len(shown))}^"
    return text


def problems_json(problems: Iterable[Problem]) -> str:
    """One array of `{rule, level, file, line, column, message, remedy}`."""
    ordered = sorted(problems, key=lambda problem: (problem.place, problem.rule))
    return json.dumps(
        [
            {
                "rule": problem.rule,
                "level": str(problem.level),
                "file": problem.place.file,
                "line": problem.place.line,
                "column": problem.place.column,
                "message": problem.message,
                "remedy": problem.remedy,
            }
            for problem in ordered
        ],
        ensure_ascii=False,
        indent=2,
    )


def counted(problems: Sequence[Problem]) -> str:
    """How many errors and warnings there are, in words."""
    errors = len(errors_in(problems))
    warnings = sum(problem.level is Level.WARNING for problem in problems)
    return f"{_count(errors, 'error')}, {_count(warnings, 'warning')}"


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def status_text(drafts: Iterable[Draft], histories: Mapping[tuple[str, str], History], main: str, on: date) -> str:
    """One table: notice, in force, scheduled, working text, review due, checks."""
    rows = [("notice", "in force", "scheduled", "working text", "review by", "checks")]
    shown: set[tuple[str, str]] = set()
    for draft in drafts:
        key = (draft.notice.id, draft.notice.language)
        shown.add(key)
        rows.append(_row(draft, histories.get(key), main, on))
    for key, history in sorted(histories.items()):
        if key not in shown:
            rows.append(
                (_label(*key, main), *_published(history), "gone: the file was removed; see docs/editors.md", "", "")
            )
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([lines[0], "-" * max(map(len, lines)), *lines[1:]])


def _row(draft: Draft, history: History | None, main: str, on: date) -> tuple[str, str, str, str, str, str]:
    in_force, scheduled = _published(history) if history else ("-", "-")
    review = draft.notice.facets.review_by
    due = "-" if review is None else f"{review} (due)" if review <= on else str(review)
    checks = counted(draft.problems) if draft.problems else "no problem"
    label = _label(draft.notice.id, draft.notice.language, main)
    return label, in_force, scheduled, _working(draft), due, checks


def _working(draft: Draft) -> str:
    if draft.last is None:
        return "new: not published yet"
    if not draft.differences:
        return "same"
    return "changed: " + ", ".join(item.heading or item.id for item in draft.differences)


def _published(history: History) -> tuple[str, str]:
    current, following = history.in_force, history.upcoming
    return (
        f"{current.version} since {current.effective}{_retired(current)}" if current else "-",
        f"{following.version} from {following.effective}" if following else "-",
    )


def _retired(version: Version) -> str:
    return ", retired" if version.facets.get("retired") else ""


def _label(notice: str, language: str, main: str) -> str:
    return notice if language == main else f"{notice} ({language})"


def exported_text(exchange: Exchange, file: str) -> str:
    """What went into a translator's file."""
    count = {state: sum(entry.state is state for entry in exchange.entries) for state in State}
    return (
        f"Wrote {file}: {len(exchange.entries)} texts, {count[State.MISSING]} to translate, "
        f"{count[State.CHANGED]} changed since the last exchange, {count[State.DONE]} translated."
    )


def taken_text(taken: Taken, file: str) -> str:
    """What became of every text of a translator's file."""
    parts = [f"Wrote {file}: {len(taken.new)} texts new or changed, {len(taken.same)} the same as before."]
    for names, what in (
        (taken.new, "Taken:"),
        (taken.outdated, "Changed in the main text while they were with the translator (marked in the next export):"),
        (taken.kept, "Not in the file, kept as they were:"),
        (taken.in_main_language, "Not translated, still in the main language:"),
    ):
        if names:
            parts.append("\n".join([what, *(f"  {name}" for name in names)]))
    parts.append(
        "The translation awaits review: its page says so until `translation` in its front matter says `reviewed`."
    )
    return "\n".join(parts)
