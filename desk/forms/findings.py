"""Findings of the checks, each at the field of the form that it is about. Pure."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from desk.forms.fields import GROUPS, SECTIONS, Field, Shape, fields
from desk.forms.row_acts import first
from desk.forms.values import LEAD, NONE, rows
from generator.content.facets import FACETS
from generator.content.faults import F02
from generator.content.model import Notice
from generator.problems import Level, Place, Problem

MISSING = F02.id
_NAMED = re.compile(r"`(\w+)` (?:is|are) ")
_KEY = re.compile(r"`([a-z_]+)(?: (\d+))?(?: [a-z_]+)*`")
_OF_FILES = re.compile(r"`[a-z_]+:[^`]*`|^Add content/\S+$")
"""Advice on what to write into a file, or which to add: in a form the field says it, and a tab leads to each text."""
_GAP = re.compile(r"\[TO WRITE: ([^\]]*)\]")
_AS_WRITTEN = re.compile(r"`([^`\n]+)`")
"""Words as somebody wrote them: people who write no files know quotation marks, and no backticks."""
Label = Callable[[str], str | None]
Sent = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Finding:
    """One problem. `field` is the name of the input that it is at; empty where it is about something else, in `file`."""

    field: str
    level: Level
    message: str
    remedy: str
    rule: str
    file: str = ""
    where: str = ""
    """The form's name for the field or the section that it is about; empty where it is about neither, or says so itself."""
    gap: str = ""
    """The text to write where nobody has filled a mark such as `[TO WRITE: the service]`."""

    @property
    def part(self) -> str:
        """The part of the form in which its field is: a group of facets or `text`; empty where it has no field."""
        name = self.field.removeprefix("add-").partition(".")[0]
        if name in (SECTIONS, LEAD):
            return "text"
        return next((group for group, facets in GROUPS.items() if name in facets), "")


def findings(
    problems: Iterable[Problem], notice: Notice | None, values: Sent, label: Label = lambda path: None
) -> tuple[Finding, ...]:
    """Each problem at its field, errors first, in the order of the file. `notice` is the text that was checked.

    `label` gives what the form calls a fact: messages name it so, and not by its key.
    """
    ordered = sorted(problems, key=lambda one: (list(Level).index(one.level), one.place))
    return tuple(_finding(problem, notice, values, label) for problem in ordered)


def _finding(problem: Problem, notice: Notice | None, values: Sent, label: Label) -> Finding:
    remedy = "" if _OF_FILES.search(problem.remedy) else in_form_words(problem.remedy, label)
    about = problem.level, in_form_words(problem.message, label), remedy, problem.rule
    if notice is None or problem.place.file != notice.file:
        return Finding("", *about, file=problem.place.file)
    field = _field_of(problem, notice, values)
    gap = _GAP.search(problem.message)
    fact = label(field.removeprefix("add-").partition(".")[0])
    says_it = fact is not None and fact in about[1] and gap is None
    return Finding(
        field, *about, where="" if says_it else _where(field, notice, label), gap=gap[1].strip() if gap else ""
    )


def by_part(found: Iterable[Finding]) -> list[tuple[str, list[Finding]]]:
    """Findings in the order of the form, each part with its own; those that have no field come first."""
    every = list(found)
    first, *others = GROUPS
    order = ("", first, "text", *others)  # as the form shows them
    each = [(part, [one for one in every if one.part == part]) for part in order]
    return [(part, own) for part, own in each if own]


def _where(field: str, notice: Notice, label: Label) -> str:
    """The names of an input and of the fact that it belongs to, or the heading of its section."""
    name, *rest = field.removeprefix("add-").split(".")
    if name == SECTIONS:
        return notice.sections[int(rest[0])].heading
    found, within = [label(name) or ""], fields()[name].fields if name in fields() else ()
    for part in rest:
        if part.isdecimal() and int(part):
            found[-1] += f" {int(part) + 1}"
        inner = next((one for one in within if one.name == part), None)
        if inner is not None:
            found.append(label(inner.words.removeprefix("field.")) or "")
            within = inner.fields
    return " / ".join(filter(None, found))


def in_form_words(text: str, label: Label) -> str:
    """A message that names facts as the form does: `purposes 1 text` is “Purposes, 1”."""

    def named(found: re.Match[str]) -> str:
        shown = label(found[1])
        if shown is None:
            return found[0]
        return f"“{shown}, {found[2]}”" if found[2] else f"“{shown}”"

    return _AS_WRITTEN.sub(r"“\1”", _KEY.sub(named, text))


def _field_of(problem: Problem, notice: Notice, values: Sent) -> str:
    if (body := _in_body(problem.place, notice)) is not None:
        return body
    if problem.rule == MISSING and (named := _NAMED.match(problem.message)) and named[1] in fields():
        return target(named[1], values)  # its place is that of the key that is written first
    needed = [name for name, row in FACETS.items() if problem.rule in row.meets and name in fields()]
    path = _path_at(problem.place, notice)
    if needed and path.partition(".")[0] not in needed:
        return target(needed[0], values)
    return target(path or "title", values)


def _in_body(place: Place, notice: Notice) -> str | None:
    """The text area in which a place is; None above the text."""
    starts = [section.place.line for section in notice.sections]
    if notice.opening is not None and notice.opening.place.line <= place.line < min(starts, default=place.line + 1):
        return LEAD
    at = bisect_right(starts, place.line) - 1
    if at < 0:
        return None
    return f"{SECTIONS}.{at}.{'heading' if notice.sections[at].place == place else 'text'}"


def _path_at(place: Place, notice: Notice) -> str:
    """The path of the fact that is written at a place, or above it."""
    paths = {at: path for path, at in notice.places.items() if at.file == place.file}
    above = max((at for at in paths if at <= place), default=None)
    return paths[above] if above else ""


def target(path: str, values: Sent) -> str:
    """The input to which a fact's path leads: its own, or the first one within it."""
    name, *rest = path.split(".")
    field = fields().get(name)
    if field is None:
        return "title"
    return _within(field, name, rest, values)


def _within(field: Field, at: str, rest: list[str], values: Sent) -> str:
    if field.shape is Shape.ROWS:
        return _row(field, at, rest, values)
    if field.shape is not Shape.GROUP:
        return at
    inner = next((own for own in field.fields if rest and own.name == rest[0]), field.fields[0])
    return _within(inner, f"{at}.{inner.name}", rest[1:], values)


def _row(field: Field, at: str, rest: list[str], values: Sent) -> str:
    present = rows(values, at)
    if not present:
        return f"{at}.{NONE}" if field.none else f"add-{at}"
    wanted = int(rest[0]) if rest and rest[0].isdecimal() and int(rest[0]) < len(present) else 0
    row = f"{at}.{present[wanted].number}"
    if len(rest) < 2:
        return f"{row}.{first(at)}"
    inner = next((own for own in field.fields if own.name == rest[1]), field.fields[0])
    return _within(inner, f"{row}.{inner.name}", rest[2:], values)
