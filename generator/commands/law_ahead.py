"""Changes of law that touch published notices: the words of `check --ahead`, which end `status` too."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from generator.commands import report
from generator.commands.codes import DONE, ERRORS
from generator.law.entries import plain_date
from generator.problems import errors_in
from generator.repository import Repository
from generator.rules.law import ahead
from generator.rules.law.ahead import Awaited, Broken
from generator.versions.version import Version

FEW = 12
"""How many notices a line about a change without a day names."""


def show(repository: Repository, wanted: Collection[str], on: date, *, as_json: bool = False) -> int:
    """Print it for the notices asked for; `ERRORS` where the law of today has an error against a published notice."""
    broken = [found for found in ahead.broken(repository, on) if found.version.notice in wanted]
    print(_json(broken) if as_json else _whole(repository, wanted, broken, on))
    now = (found for found in broken if found.since <= on)
    return ERRORS if any(errors_in(found.problems) for found in now) else DONE


def _whole(repository: Repository, wanted: Collection[str], broken: Sequence[Broken], on: date) -> str:
    awaited = [
        Awaited(found.entry, own)
        for found in ahead.awaited(repository, on)
        if (own := tuple(version for version in found.versions if version.notice in wanted))
    ]
    nothing = "No change of law that is known breaks a published notice."
    return text(broken, awaited, repository.site.language, on).strip("\n") or nothing


def text(broken: Iterable[Broken], awaited: Iterable[Awaited], main: str, on: date) -> str:
    """A paragraph for each day, the notices to publish again under it; empty where there is nothing to do."""
    lines: list[str] = []
    since: date | None = None
    for found in sorted(broken, key=lambda found: (found.since, found.version.notice, found.version.language)):
        if found.since != since:
            since = found.since
            when = "Publish again now: the law changed on" if since <= on else "Publish again by"
            lines += ["", f"{when} {plain_date(since)}:"]
        lines.append(f"  {_name(found.version, main)}")
        lines += [f"    {problem.rule}: {problem.message} {problem.remedy}" for problem in found.problems]
    for change in awaited:
        lines += ["", f"No day is known yet ({change.entry.awaits}; {change.entry.source})."]
        names = [_name(version, main) for version in change.versions]
        more = f" and {len(names) - FEW} more" if len(names) > FEW else ""
        lines.append(f"  To publish again then: {', '.join(names[:FEW])}{more}.")
    return "\n".join([*lines, ""]) if lines else ""


def _name(version: Version, main: str) -> str:
    return f"{report.label(version.notice, version.language, main)} version {version.version}"


def _json(broken: Iterable[Broken]) -> str:
    """An array with an object for each finding: notice, language, version, since, rule, level, message, remedy."""
    found = [
        {
            "notice": one.version.notice,
            "language": one.version.language,
            "version": one.version.version,
            "since": one.since.isoformat(),
            "rule": problem.rule,
            "level": problem.level,
            "message": problem.message,
            "remedy": problem.remedy,
        }
        for one in broken
        for problem in one.problems
    ]
    return json.dumps(found, ensure_ascii=False, indent=1)
