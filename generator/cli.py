"""`noticeboard`: the only place of the generator that prints and that chooses an exit code.

0 done; 1 the content has errors; 2 the command was used wrongly; 3 nothing to do.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from generator import build, drafts, estate, publish, report, repository
from generator.errors import ContentError, Problem, errors_in
from generator.model import ChangeKind
from generator.repository import Repository

DONE, ERRORS, MISUSED, NOTHING = 0, 1, 2, 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Problems go to standard error, results to standard output."""
    options = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except ContentError as failure:
        _show(failure.problems, options.root)
        return ERRORS


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="noticeboard", description="Privacy notices: check, publish and build.")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        found = commands.add_parser(name, help=text, description=text)
        found.add_argument("--root", type=Path, default=Path(), metavar="DIR", help="the folder of site.yml (here)")
        found.add_argument("--date", type=_day, default=None, metavar="YYYY-MM-DD", help="take this day for today")
        found.set_defaults(run=run)
        return found

    check = command("check", _check, "Say what is wrong with notices, where, and what to write instead.")
    check.add_argument("ids", nargs="*", metavar="ID", help="notices to check (all of them)")
    check.add_argument("--format", choices=("text", "json"), default="text", help="for people (text) or for programs")

    command("status", _status, "Show what is in force, what is scheduled and what changed since.")

    publishing = command("publish", _publish, "Freeze working texts as the next version of their notices.")
    publishing.add_argument("ids", nargs="*", metavar="ID", help="notices (all that changed and say how in `change`)")
    publishing.add_argument("--kind", type=ChangeKind, choices=list(ChangeKind), help="how much changes")
    publishing.add_argument("--summary", help="what changed, in one plain sentence")
    publishing.add_argument("--effective", type=_day, metavar="YYYY-MM-DD", help="from which day it counts (today)")

    building = command("build", _build, "Write the site.")
    building.add_argument("--out", type=Path, default=None, metavar="DIR", help="where to (public)")
    building.add_argument("--quiet", action="store_true", help="say nothing where all is well")
    building.add_argument("--json", action="store_true", help="end with the figures as one line of JSON")
    building.add_argument("--jobs", type=int, default=None, metavar="N", help="processes (one for each core)")
    building.add_argument("--force", action="store_true", help="render every page anew, whatever is known")
    building.add_argument("--compress", action="store_true", help="write .gz beside each page (assets have it always)")

    serving = command("serve", _serve, "Show the site with its working texts and the consent endpoint on one address.")
    serving.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1)")
    serving.add_argument("--port", type=int, default=8000, help="the port to listen on (8000)")

    command("next-change", _next_change, "Print the day on which the next scheduled version starts.")
    return parser


def _check(options: argparse.Namespace) -> int:
    found = repository.read(options.root)
    wanted = _known(options.ids, found)
    if wanted is None:
        return MISUSED
    problems = _problems(found, wanted)
    if options.format == "json":
        print(report.problems_json(problems))
    else:
        _show(problems, options.root)
        print(f"{len(wanted)} notices checked: {report.counted(problems)}.")
    return ERRORS if errors_in(problems) else DONE


def _problems(found: Repository, wanted: Iterable[str]) -> list[Problem]:
    """The problems of the notices named, and those of files that belong to no notice."""
    names = set(wanted)
    chosen = {file.file for (name, _), file in found.notices.items() if name in names}
    all_files = {file.file for file in found.notices.values()}
    problems = [p for p in found.problems if p.place.file not in all_files]
    for notice in found.notices.values():
        if notice.file in chosen:
            problems += drafts.problems_of(found, notice)
    return problems


def _known(ids: Sequence[str], found: Repository) -> list[str] | None:
    """The notices asked for, or all; None after saying which of them does not exist."""
    known = sorted({name for name, _ in found.notices})
    if unknown := [name for name in ids if name not in known]:
        print(f"There is no notice called {', '.join(unknown)}. There are: {', '.join(known)}.", file=sys.stderr)
        return None
    return list(ids) or known


def _status(options: argparse.Namespace) -> int:
    found, on = repository.read(options.root), _today(options)
    working = drafts.drafts(found, build.read_words(found), on)
    histories = estate.histories(found.versions, on)
    print(report.status_text(working, histories, found.site.language, on))
    return DONE


def _publish(options: argparse.Namespace) -> int:
    found, on = repository.read(options.root), _today(options)
    if _known(options.ids, found) is None:
        return MISUSED
    asked = publish.Asked(options.kind, options.summary, options.effective)
    publication = publish.plan(found, build.read_words(found), options.ids, asked, on)
    if not publication.versions:
        print("Nothing to publish: no working text differs from its last version and says what changed.")
        return NOTHING
    publish.write(options.root, publication)
    for version in publication.versions:
        name = f"{version.notice} ({version.language})" if version.language != found.site.language else version.notice
        print(f"Published version {version.version} of {name}, in force from {version.effective}.")
    return DONE


def _build(options: argparse.Namespace) -> int:
    started = time.monotonic()
    out = options.out or options.root / "public"
    how = build.Options(jobs=options.jobs, force=options.force, compress=options.compress)
    found = repository.read_frame(options.root)
    with _progress(options.quiet or options.json) as progress:
        built = build.build(found, out, _today(options), options=how, progress=progress)
    seconds = time.monotonic() - started
    if options.json:
        figures = {"notices": built.notices, "pages": built.pages, "rendered": built.rendered}
        print(json.dumps(figures | {"seconds": round(seconds, 3), "out": str(built.out)}))
    elif not options.quiet:
        what = f"{built.pages} pages of {built.notices} notices ({built.rendered} rendered)"
        print(f"Built {what} in {seconds:.1f} s: {built.out}")
    return DONE


@contextmanager
def _progress(silent: bool) -> Iterator[build.Progress]:
    """A bar on the terminal, for work that takes more than a second."""
    if silent or not sys.stderr.isatty():
        yield lambda done, total: None
        return
    started = time.monotonic()
    with ExitStack() as shown:
        show: list[Callable[[int, int], None]] = []

        def advance(done: int, total: int) -> None:
            if not show and time.monotonic() - started > 1:
                from rich.progress import Progress  # a short build has no bar and starts without rich

                bar = shown.enter_context(Progress(transient=True))
                task = bar.add_task("notices", total=total)
                show.append(lambda done, total: bar.update(task, completed=done, total=total))
            for each in show:
                each(done, total)

        yield advance


def _serve(options: argparse.Namespace) -> int:
    from generator import preview  # brings Flask: the other commands start without it

    return preview.serve(options.root, options.host, options.port, options.date)


def _next_change(options: argparse.Namespace) -> int:
    site = repository.read_site(options.root)
    _, versions = repository.read_history(options.root, site)
    day = estate.next_change(versions, _today(options))
    if day is None:
        return NOTHING
    print(day)
    return DONE


def _show(problems: Iterable[Problem], root: Path) -> None:
    listed = list(problems)
    if listed:
        files = {problem.place.file for problem in listed}
        sources = {file: _lines(root / file) for file in files}
        print(report.problems_text(listed, sources), file=sys.stderr)


def _lines(path: Path) -> list[str]:
    return path.read_bytes().decode("utf-8-sig", "replace").splitlines() if path.is_file() else []


def _today(options: argparse.Namespace) -> date:
    """The day asked for, else today in the United Kingdom."""
    given: date | None = options.date
    return given or datetime.now(ZoneInfo("Europe/London")).date()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date like 2026-12-01") from None


if __name__ == "__main__":
    sys.exit(main())
