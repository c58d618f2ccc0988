"""The words of the commands: problems grouped by file, the status table. Values in, text out."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby

from generator.commands.tables import table
from generator.problems import Level, Problem, errors_in
from generator.publishing.drafts import Outcome
from generator.rules.weight import weight
from generator.translation.exchange import Taken
from generator.translation.xliff import Exchange, State
from generator.versions import following
from generator.versions.differences import Difference
from generator.versions.timeline import History
from generator.versions.version import Version

WIDTH = 110
RED, YELLOW, BOLD, DIM, PLAIN = "\x1b[31m", "\x1b[33m", "\x1b[1m", "\x1b[2m", "\x1b[0m"


def wants_colour(terminal: bool, environ: Mapping[str, str]) -> bool:
    """Whether to write in colour: on a terminal that can, unless NO_COLOR (no-color.org) is set."""
    return terminal and not environ.get("NO_COLOR") and environ.get("TERM", "") != "dumb"


def problems_text(problems: Iterable[Problem], sources: Mapping[str, Sequence[str]], colour: bool = False) -> str:
    """Problems by file, in each what matters most first, each with its line shown and the place marked; `sources` are
    the files' lines."""
    parts = []
    for file, group in groupby(in_order(problems), key=lambda problem: problem.place.file):
        by_weight = sorted(group, key=weight)
        shown = (_problem(problem, sources.get(file, ()), colour) for problem in by_weight)
        parts.append("\n".join([_painted(printable(file), BOLD, colour), *shown]))
    return "\n\n".join(parts)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Problems by place, each once."""
    return sorted(dict.fromkeys(problems), key=lambda problem: (problem.place, problem.rule, problem.message))


def _problem(problem: Problem, lines: Sequence[str], colour: bool) -> str:
    place = problem.place
    level = _painted(f"{problem.level}:", RED if problem.level is Level.ERROR else YELLOW, colour)
    missing = place.line == 1 and lines[:1] == ["---"]  # what is not there has no line; the facts begin here
    where = place.file if missing else str(place)
    text = f"  {printable(where)}: {level} {printable(problem.message)} [{problem.rule}]"
    text += f"\n      {printable(problem.remedy)}"
    if missing:
        return text
    start = max(0, place.column - WIDTH + 20)
    if 0 < place.line <= len(lines) and (line := lines[place.line - 1].rstrip()):
        shown = printable(line[start : start + WIDTH])
        mark = _painted("^", RED if problem.level is Level.ERROR else YELLOW, colour)
        text += f"\n      | {shown}\n      | {' ' * min(place.column - 1 - start, len(shown))}{mark}"
    return text


def _painted(text: str, colour: str, on: bool) -> str:
    return f"{colour}{text}{PLAIN}" if on else text


def printable(text: str) -> str:
    """A text of a file as a terminal may show it: nothing in it moves the cursor or changes colours."""
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() or sign == "\n" else " " if sign == "\t" else "\ufffd" for sign in text)


def github(problems: Iterable[Problem]) -> str:
    """Workflow commands, which GitHub shows beside the lines of a change."""
    return "\n".join(_command(problem) for problem in in_order(problems))


def _command(problem: Problem) -> str:
    kind = "notice" if problem.level is Level.NOTE else str(problem.level)
    place = problem.place
    values = {"file": place.file, "line": place.line, "col": place.column, "title": problem.rule}
    properties = ",".join(f"{name}={_escaped(str(value), ':,')}" for name, value in values.items())
    return f"::{kind} {properties}::{_escaped(f'{problem.message} {problem.remedy}', '')}"


def _escaped(text: str, more: str) -> str:
    """Percent signs, line ends and, in a property, colons and commas, as workflow commands want them."""
    return "".join(f"%{ord(sign):02X}" if sign in f"%\r\n{more}" else sign for sign in text)


def problems_json(problems: Iterable[Problem]) -> str:
    """One array of `{rule, level, file, line, column, message, remedy}`."""
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
            for problem in in_order(problems)
        ],
        ensure_ascii=False,
        indent=2,
    )


def counted(problems: Sequence[Problem]) -> str:
    """How many errors and warnings there are, in words."""
    errors = len(errors_in(problems))
    warnings = sum(problem.level is Level.WARNING for problem in problems)
    notes = sum(problem.level is Level.NOTE for problem in problems)
    more = [_count(notes, "note")] if notes else []
    return ", ".join([_count(errors, "error"), _count(warnings, "warning"), *more])


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def status_text(
    outcomes: Iterable[Outcome],
    histories: Mapping[tuple[str, str], History],
    unread: Collection[tuple[str, str]],
    languages: Sequence[str],
    on: date,
) -> str:
    """One table: notice, in force, scheduled, working text, review due, checks. `unread` texts cannot be read."""
    rows = [("notice", "in force", "scheduled", "working text", "review by", "checks")]
    main = languages[0]
    shown: set[tuple[str, str]] = set()
    for outcome in outcomes:
        key = (outcome.notice, outcome.language)
        shown.add(key)
        rows.append(_row(outcome, histories, main, on))
    for key in sorted({*histories, *unread, *_awaited(histories)} - shown):
        published = _published(histories, key, main, on)
        why = _not_shown(key in unread, key[1], languages) if key in {*histories, *unread} else "none yet"
        rows.append((label(*key, main), *published, why, "", "1 error" if key in unread else ""))
    return table([[printable(cell) for cell in row] for row in rows])


def _awaited(histories: Mapping[tuple[str, str], History]) -> set[tuple[str, str]]:
    """The texts that a version in force says follow later, such as those that there never were."""
    in_force = ((notice, history.in_force) for (notice, _), history in histories.items())
    return {
        (notice, one.language) for notice, version in in_force if version for one in version.change.translations or ()
    }


def _not_shown(unread: bool, language: str, languages: Sequence[str]) -> str:
    """Why a published text has no working text."""
    if unread:
        return "cannot be read"
    if language not in languages:
        return f"not on the site: `{language}` is not among the languages of site.yml"
    return "gone: put the file back; `retired` in it ends the notice"


def _row(
    outcome: Outcome, histories: Mapping[tuple[str, str], History], main: str, on: date
) -> tuple[str, str, str, str, str, str]:
    in_force, scheduled = _published(histories, (outcome.notice, outcome.language), main, on)
    review = outcome.review_by
    due = "-" if review is None else f"{review} (due)" if review <= on else str(review)
    checks = counted(outcome.problems) if outcome.problems else "no problem"
    name = label(outcome.notice, outcome.language, main)
    return name, in_force, scheduled, _working(outcome), due, checks


def _working(outcome: Outcome) -> str:
    if outcome.last is None:
        return "new: not published yet"
    if not outcome.differences:
        facts = ", ".join(fact.heading for fact in outcome.facts)
        return f"same; {facts} differs, which needs no version" if facts else "same"
    return "changed: " + ", ".join(map(_difference, outcome.differences))


def _difference(item: Difference) -> str:
    """A section, and the shared wording that changed it."""
    name = item.heading or item.id
    return f"{name} (shared wording: {', '.join(item.through)})" if item.through else name


def _published(
    histories: Mapping[tuple[str, str], History], key: tuple[str, str], main: str, on: date
) -> tuple[str, str]:
    """The version in force and the next one; of a language that follows later, the day."""
    notice, language = key
    history, original = histories.get(key), histories.get((notice, main))
    newest = original.in_force if original else None
    late = newest.change.following(language) if newest else None
    current, coming = (history.in_force, history.upcoming) if history else (None, None)
    shown = f"{current.version} since {current.effective}{_retired(current)}" if current else "-"
    if late and newest:
        shown = f"{history.behind.version if history and history.behind else 'none'}, without version {newest.version}: due by {late.by}"
        shown += " (overdue)" if following.is_overdue(late, on) else ""
    return shown, f"{coming.version} from {coming.effective}" if coming else "-"


def _retired(version: Version) -> str:
    return ", retired" if version.facets.get("retired") else ""


def label(notice: str, language: str, main: str) -> str:
    """How a text is called in tables: the notice's id, with the language where that is not the main one."""
    return notice if language == main else f"{notice} ({language})"


def exported_text(exchange: Exchange, file: str) -> str:
    """The count of texts that went into a translator's file."""
    count = {state: sum(entry.state is state for entry in exchange.entries) for state in State}
    return (
        f"Wrote {file}: {len(exchange.entries)} texts, {count[State.MISSING]} to translate, "
        f"{count[State.CHANGED]} changed since the last exchange, {count[State.DONE]} translated."
    )


def taken_text(taken: Taken, file: str) -> str:
    """The outcome for every text of a translator's file."""
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
