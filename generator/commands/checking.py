"""`noticeboard check`, `status` and `next-change`: what is wrong, how notices stand, and when that changes."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from generator import repository
from generator.building.site import together
from generator.building.site.open_site import OpenSite
from generator.commands import law_ahead, report, sarif, scorecard, watching
from generator.commands.codes import DONE, ERRORS, MISUSED, NOTHING
from generator.commands.terminal import known_notices, show_problems, today
from generator.problems import ContentError, Problem, errors_in
from generator.rules.check import Inspection
from generator.versions import timeline


def check_options(parser: argparse.ArgumentParser) -> None:
    """The options of `check`."""
    parser.add_argument("ids", nargs="*", metavar="ID", help="notices to check (all of them)")
    parser.add_argument(
        "--format",
        choices=("text", "json", "sarif", "github"),
        default="text",
        help="for people (text) or for programs (the rest)",
    )
    parser.add_argument(
        "--watch", action="store_true", help="go on, and say after each save which problems went and came"
    )
    parser.add_argument(
        "--ahead",
        action="store_true",
        help="name the published notices that a change of law breaks, and from which day (text or json)",
    )


def check(options: argparse.Namespace) -> int:
    """Print every problem of the notices asked for, with their scorecards; `ERRORS` where one is an error."""
    day = today(options)
    site = OpenSite(options.root, lambda: today(options))
    try:
        wanted = site.asked(lambda: known_notices(options.ids, site.repository))
        if wanted is None:
            return MISUSED
        if options.ahead:
            as_json = options.format == "json"
            return site.asked(lambda: law_ahead.show(site.repository, wanted, day, as_json=as_json))
        together.look(site, "inspection", site.asked(lambda: site.texts_of(wanted)), day)
        if options.watch:
            return _watch(site, options.ids, wanted)
        checked = site.asked(lambda: _checked(site, options.ids, wanted))
    except ContentError as failure:
        if options.format == "text":
            raise
        print(_formatted(options.format, failure.problems, []))
        return ERRORS
    site.save()
    if options.format == "text":
        show_problems(checked.problems, options.root)
        _show_scores(checked.inspections, checked.problems, checked.language, detailed=bool(options.ids))
    elif text := _formatted(options.format, checked.problems, checked.inspections):
        print(text)
    return ERRORS if errors_in(checked.problems) else DONE


def _watch(site: OpenSite, ids: Sequence[str], wanted: Sequence[str]) -> int:
    """Say what changes until it is interrupted; without ids, of the notices that there are by then."""

    def look() -> list[Problem]:
        return site.asked(lambda: _checked(site, ids, wanted if ids else site.repository.ids).problems)

    try:
        for line in watching.changes(look):
            print(line, flush=True)
            site.save()
    except KeyboardInterrupt:
        print("Stopped.")
    return DONE


@dataclass(frozen=True)
class _Checked:
    """The problems of the notices looked at and of all other files that were asked for, each once, in order."""

    problems: list[Problem]
    inspections: list[Inspection]
    language: str


def _checked(site: OpenSite, ids: Sequence[str], wanted: Iterable[str]) -> _Checked:
    found = site.repository
    texts = [key for key in site.texts_of(wanted) if key in found.notices]
    inspections = [site.inspection(*key) for key in texts]
    return _Checked(_problems(site, inspections, ids), inspections, found.site.language)


def _formatted(name: str, problems: Sequence[Problem], inspections: Iterable[Inspection]) -> str:
    """Problems for a program."""
    if name == "sarif":
        return sarif.problems_sarif(problems, [item for found in inspections for item in found.silenced])
    return report.github(problems) if name == "github" else report.problems_json(problems)


def _show_scores(inspections: Sequence[Inspection], problems: Sequence[Problem], main: str, detailed: bool) -> None:
    """How many problems there are, then scorecards: of each notice that was named, and the table over all."""
    labels = [report.label(found.notice, found.language, main) for found in inspections]
    print(scorecard.summary(inspections, problems))
    for found, label in zip(inspections if detailed else (), labels, strict=False):
        print(f"\n{scorecard.card(found, label)}")
    if inspections:
        print(f"\n{scorecard.table(inspections, labels)}")


def _problems(site: OpenSite, inspections: Iterable[Inspection], ids: Sequence[str]) -> list[Problem]:
    """The problems of the notices looked at, and of all other files unless only some notices are asked for; each once."""
    found = site.repository
    pages = () if ids else tuple(found.pages)
    files = {repository.text_file(*key, found.site) for key in found.notices}
    files |= {found.pages[key].file for key in pages}
    folders = tuple(f"{repository.CONTENT}/{name}/" for name in ids) or ("",)
    folders += (f"{repository.CONTENT}/shared/",)
    problems = [p for p in found.problems if p.place.file not in files and f"{p.place.file}/".startswith(folders)]
    for page in pages:
        problems += site.read("page problems", *page)
    for inspected in inspections:
        problems += inspected.problems
    return report.in_order(problems)


def status(options: argparse.Namespace) -> int:
    """Print the table of notices: in force, scheduled, what changed since."""
    on = today(options)
    site = OpenSite(options.root, lambda: on)
    together.look(site, "outcome", site.asked(lambda: site.texts_of(site.repository.ids)), on)
    text, ahead_text, problems = site.asked(lambda: _status(site, on))
    site.save()
    print(text)
    print(ahead_text, end="")
    show_problems(problems, options.root)
    return ERRORS if problems else DONE


def _status(site: OpenSite, on: date) -> tuple[str, str, list[Problem]]:
    """The table, what a change of law breaks, and why texts that cannot be read cannot."""
    found = site.repository
    working = [site.outcome(*key) for key in sorted(found.notices)]
    histories = timeline.histories(site.facts(), on)
    unread = sorted({name for name, _ in found.unread})
    problems = [problem for name in unread for problem in found.unread_problems(name)]
    table = report.status_text(working, histories, found.unread, found.site.languages, on)
    return table, law_ahead.text(site.broken(), (), found.site.language, on), problems


def next_change(options: argparse.Namespace) -> int:
    """Print the day on which the next scheduled version starts; `NOTHING` where none is scheduled."""
    site = repository.read_site(options.root)
    _, versions = repository.read_history(options.root, site)
    day = timeline.next_change(versions, today(options))
    if day is None:
        return NOTHING
    print(day)
    return DONE
