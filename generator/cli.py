"""`noticeboard`: the only place of the generator that prints and that chooses an exit code.

0 done; 1 the content has errors; 2 the command was used wrongly; 3 nothing to do.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from generator import repository
from generator.building import build
from generator.commands import new_notice, report, sarif, scorecard
from generator.commands.new_notice import Answers
from generator.content import decode, json_schema
from generator.content.model import ChangeKind
from generator.content.site_file import SiteSource
from generator.problems import ContentError, Problem, errors_in
from generator.publishing import drafts, publish, retract
from generator.repository import CONTENT, Repository
from generator.rules import check as inspection
from generator.rules.check import Inspection
from generator.translation import files as translation
from generator.translation import xliff
from generator.versions import timeline

DONE, ERRORS, MISUSED, NOTHING = 0, 1, 2, 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Problems go to standard error, results to standard output."""
    options = parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except ContentError as failure:
        _show(failure.problems, options.root)
        return ERRORS


def parser() -> argparse.ArgumentParser:
    """Every command with its options; docs/commands.md is written from it."""
    whole = argparse.ArgumentParser(prog="noticeboard", description="Privacy notices: check, publish and build.")
    commands = whole.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def command(
        name: str, run: Callable[[argparse.Namespace], int], text: str, group: Any = commands
    ) -> argparse.ArgumentParser:
        found: argparse.ArgumentParser = group.add_parser(name, help=text, description=text)
        found.add_argument("--root", type=Path, default=Path(), metavar="DIR", help="the folder of site.yml (here)")
        found.add_argument("--date", type=_day, default=None, metavar="YYYY-MM-DD", help="take this day for today")
        found.set_defaults(run=run)
        return found

    _new_options(command("new", _new, "Start a notice: ask a few questions and write its notice.md, with remarks."))

    check = command("check", _check, "Say what is wrong with notices, where, and what to write instead.")
    check.add_argument("ids", nargs="*", metavar="ID", help="notices to check (all of them)")
    formats = ("text", "json", "sarif", "github")
    check.add_argument("--format", choices=formats, default="text", help="for people (text) or for programs (the rest)")

    command("status", _status, "Show what is in force, what is scheduled and what changed since.")

    _publish_options(command("publish", _publish, "Freeze working texts as the next version of their notices."))

    retracting = command("retract", _retract, "Take down a version that should never have been published.")
    retracting.add_argument("id", metavar="ID", help="the notice")
    retracting.add_argument("number", type=int, metavar="N", help="the number of the version, in all its languages")
    retracting.add_argument("--reason", required=True, help="why, in a plain sentence that residents read")
    retracting.add_argument("--by", default="", help="who decided it; not shown on the site")
    retracting.add_argument(
        "--all-words", action="store_true", help="take down the title and the words of consents too"
    )

    building = command("build", _build, "Write the site.")
    building.add_argument("--out", type=Path, default=None, metavar="DIR", help="where to (public)")
    building.add_argument("--pdf", action="store_true", help="make a PDF of every version, whatever site.yml says")
    building.add_argument("--search", action="store_true", help="make the search index, whatever site.yml says")
    building.add_argument("--quiet", action="store_true", help="say nothing where all is well")
    building.add_argument("--json", action="store_true", help="end with the figures as one line of JSON")
    building.add_argument("--jobs", type=int, default=None, metavar="N", help="processes (one for each core)")
    building.add_argument("--force", action="store_true", help="render every page anew, whatever is known")
    building.add_argument("--compress", action="store_true", help="write .gz beside each page (assets have it always)")

    serving = command("serve", _serve, "Show the site with its working texts and the consent endpoint on one address.")
    serving.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1)")
    serving.add_argument("--port", type=int, default=8000, help="the port to listen on (8000)")

    sentence = "Send a notice to a translator and take it back, as XLIFF."
    translating = commands.add_parser("translate", help=sentence, description=sentence)
    ways = translating.add_subparsers(title="commands", required=True, metavar="COMMAND", help="export or import")
    sending = command("export", _export, "Write the file for a translator.", ways)
    sending.add_argument("id", metavar="ID", help="the notice")
    sending.add_argument("--to", required=True, metavar="LANGUAGE", help="the language to translate into, such as cy")
    sending.add_argument("--out", type=Path, default=None, metavar="FILE", help="where to (ID.LANGUAGE.xlf)")
    taking = command("import", _import, "Take a translator's file: write the translation, to be reviewed.", ways)
    taking.add_argument("file", type=Path, metavar="FILE", help="the file that came back")

    command("next-change", _next_change, "Print the day on which the next scheduled version starts.")

    writing = command("schema", _schema, "Print a JSON Schema of what editors write, for programs that complete it.")
    writing.add_argument(
        "--of", choices=tuple(json_schema.OF), default="notice", help="front matter (notice) or site.yml"
    )
    writing.add_argument("--out", type=Path, metavar="FILE", help="write it to a file, as UTF-8 on every system")
    return whole


def _new_options(new: argparse.ArgumentParser) -> None:
    new.add_argument("id", metavar="ID", help="the notice's id: the end of its address, such as family-hubs")
    new.add_argument("--title", help="what it is called")
    new.add_argument("--service", help="the council service it is about")
    new.add_argument("--category", help="the heading under which the list of notices shows it")
    new.add_argument("--email", help="the service's mail address")
    new.add_argument("--law", help="the Act and section that makes it a public task")
    new.add_argument(
        "--consent", action=argparse.BooleanOptionalAction, default=None, help="whether people are asked to agree"
    )
    new.add_argument("--language", metavar="CODE", help="the language it is written in (the site's main one)")
    new.add_argument("--yes", action="store_true", help="ask nothing; leave marks where no option answers")


def _publish_options(publishing: argparse.ArgumentParser) -> None:
    publishing.add_argument("ids", nargs="*", metavar="ID", help="notices (all that changed and say how in `change`)")
    publishing.add_argument(
        "--all", action="store_true", help="every published notice that differs, through shared wording too"
    )
    publishing.add_argument("--kind", type=ChangeKind, choices=list(ChangeKind), help="how much changes")
    publishing.add_argument("--summary", help="what changed, in one plain sentence")
    publishing.add_argument("--effective", type=_day, metavar="YYYY-MM-DD", help="from which day it counts (today)")
    publishing.add_argument("--approved-by", metavar="NAME", help="who approved it, where site.yml asks for approval")
    publishing.add_argument("--approved-on", type=_day, metavar="YYYY-MM-DD", help="when it was approved")
    publishing.add_argument("--dry-run", action="store_true", help="say what would be published, and publish nothing")


def _new(options: argparse.Namespace) -> int:
    found = repository.read(options.root)
    site, language = found.site, options.language or found.site.language
    if language not in site.languages:
        return _misused(f"`{language}` is not a language of this site. It has: {', '.join(site.languages)}.")
    published = bool(found.numbers(options.id))
    refused = new_notice.refusal(options.id, site, [name for name, _ in found.pages], published)
    refused = refused or new_notice.wrong_email(options.email or "")
    if refused:
        return _misused(refused)
    path = options.root / CONTENT / options.id / repository.localised("notice", language, site)
    if path.exists():
        return _misused(f"{path} is there already, and nothing is written over it. Open it, or choose another id.")
    answers = _answers(options, site)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(new_notice.text(options.id, answers, site, language, _today(options)))
    print(
        f"Wrote {path}. Open it and replace each [TO WRITE: ...]; `noticeboard check {options.id}` says what is left."
    )
    return DONE


def _answers(options: argparse.Namespace, site: SiteSource) -> Answers:
    """What the options say, and on a terminal what the editor answers to the rest."""
    given = {field.name: getattr(options, field.name) for field in dataclasses.fields(Answers)}
    if not options.yes and sys.stdin.isatty():
        print(
            f"A few questions about the new notice of {site.short_name(site.language)}. Leave empty what you do not know."
        )
        for name in (name for name, value in given.items() if value is None):
            given[name] = _ask(name)
    return Answers(**{name: value for name, value in given.items() if value is not None})


def _ask(name: str) -> str | bool:
    """An answer from the terminal; asked again until it can be used."""
    while True:
        answer = input(f"{decode.doc_of(Answers, name)} ").strip()
        if name == "consent" and answer.lower() in (*decode.YES, *decode.NO, "y", "n", ""):
            return answer.lower() in (*decode.YES, "y")
        wrong = new_notice.wrong_email(answer) if name == "email" else "Please answer yes or no."
        if name == "consent" or (name == "email" and wrong):
            print(wrong)
        else:
            return answer


def _misused(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return MISUSED


def _check(options: argparse.Namespace) -> int:
    try:
        found = repository.read(options.root)
    except ContentError as failure:
        if options.format == "text":
            raise
        print(_formatted(options.format, failure.problems, []))
        return ERRORS
    wanted = _known(options.ids, found)
    if wanted is None:
        return MISUSED
    inspections = _inspections(found, wanted, _today(options))
    problems = _problems(found, inspections, with_pages=not options.ids)
    if options.format == "text":
        _show(problems, options.root)
        _show_scores(inspections, problems, found.site.language, detailed=bool(options.ids))
    elif text := _formatted(options.format, problems, inspections):
        print(text)
    return ERRORS if errors_in(problems) else DONE


def _formatted(name: str, problems: Sequence[Problem], inspections: Iterable[Inspection]) -> str:
    """Problems for a program."""
    if name == "sarif":
        return sarif.problems_sarif(problems, [item for found in inspections for item in found.silenced])
    return report.github(problems) if name == "github" else report.problems_json(problems)


def _show_scores(inspections: Sequence[Inspection], problems: Sequence[Problem], main: str, detailed: bool) -> None:
    """How many problems there are, then scorecards: of each notice that was named, and the table over all."""
    labels = [report.label(found.notice.id, found.notice.language, main) for found in inspections]
    print(scorecard.summary(inspections, problems))
    for found, label in zip(inspections if detailed else (), labels, strict=False):
        print(f"\n{scorecard.card(found, label)}")
    if inspections:
        print(f"\n{scorecard.table(inspections, labels)}")


def _inspections(found: Repository, wanted: Iterable[str], on: date) -> list[Inspection]:
    names = set(wanted)
    chosen = (notice for _, notice in sorted(found.notices.items()) if notice.id in names)
    return [inspection.inspect(found, notice, on) for notice in chosen]


def _problems(found: Repository, inspections: Iterable[Inspection], with_pages: bool) -> list[Problem]:
    """The problems of the notices looked at, of ordinary pages, and of files that belong to no notice; each once."""
    files = {file.file for file in (*found.notices.values(), *(found.pages.values() if with_pages else ()))}
    problems = [problem for problem in found.problems if problem.place.file not in files]
    for page in found.pages.values() if with_pages else ():
        problems += inspection.inspect_page(found, page)
    for inspected in inspections:
        problems += inspected.problems
    return report.in_order(problems)


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
    histories = timeline.histories(found.versions, on)
    print(report.status_text(working, histories, found.site.language, on))
    return DONE


def _publish(options: argparse.Namespace) -> int:
    if options.all and options.ids:
        return _misused("Give --all or the ids of notices, not both.")
    if not options.all and not options.ids and (options.kind or options.summary):
        return _misused("Say which notices --kind and --summary describe: give their ids, or --all.")
    if cleared := publish.clear_away(options.root):
        print(f"An earlier publication was stopped halfway. {cleared} unfinished files were cleared away.")
    found, on = repository.read(options.root), _today(options)
    if _known(options.ids, found) is None:
        return MISUSED
    asked = publish.Asked(options.kind, options.summary, options.effective, options.approved_by, options.approved_on)
    publication = publish.plan(found, build.read_words(found), options.ids, asked, on, every=options.all)
    if not publication.versions:
        print("Nothing to publish: no working text differs from its last version and says what changed.")
        return NOTHING
    if not options.dry_run:
        publish.write(options.root, publication)
    _say_published(publication, found.site.language, options.dry_run)
    return DONE


def _say_published(publication: publish.Publication, main: str, dry_run: bool) -> None:
    done = "Would publish" if dry_run else "Published"
    for version, differences in zip(publication.versions, publication.differences.values(), strict=True):
        name = f"{version.notice} ({version.language})" if version.language != main else version.notice
        what = ", ".join(item.heading or item.id for item in differences)
        print(f"{done} version {version.version} of {name}, in force from {version.effective}.")
        if what:
            print(f"  It differs in: {what}. Why: {version.change.summary}")


def _retract(options: argparse.Namespace) -> int:
    if not options.reason.strip():
        return _misused('Say why: --reason "It named a resident by mistake."')
    site = repository.read_site(options.root)
    lock, ever = repository.read_frozen(options.root, resume=True)
    asked = retract.Asked(options.id, options.number, options.reason, options.by, options.all_words)
    publication = retract.plan(lock, ever, asked, site.language, _today(options))
    if not publication.versions:
        print(f"Version {options.number} of {options.id} was taken down before.")
        return NOTHING
    publish.write(options.root, publication)
    print(
        f"Version {options.number} of {options.id} is taken down. Run `noticeboard build` and publish the site. "
        "Copies stay in backups and in version control: have them removed there too."
    )
    return DONE


def _build(options: argparse.Namespace) -> int:
    started = time.monotonic()
    out = options.out or options.root / "public"
    how = build.Options(jobs=options.jobs, force=options.force, compress=options.compress)
    found = repository.read_frame(options.root)
    site = replace(found.site, pdf=found.site.pdf or options.pdf, search=found.site.search or options.search)
    with _progress(options.quiet or options.json) as progress:
        built = build.build(replace(found, site=site), out, _today(options), options=how, progress=progress)
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
    from generator.preview import server  # brings Flask: the other commands start without it

    return server.serve(options.root, options.host, options.port, options.date)


def _export(options: argparse.Namespace) -> int:
    found = repository.read(options.root)
    languages = found.site.languages
    if _known([options.id], found) is None:
        return MISUSED
    if options.to not in languages[1:] or (options.id, languages[0]) not in found.notices:
        others = ", ".join(languages[1:]) or "none: add them to `languages` in site.yml"
        print(f"`{options.id}` cannot be translated into `{options.to}`. Languages: {others}.", file=sys.stderr)
        return MISUSED
    out = options.out or Path(f"{options.id}.{options.to}.xlf")
    if out.exists():
        print(f"{out} is there already. Delete it, or name another file with --out.", file=sys.stderr)
        return MISUSED
    sent = translation.export(found, options.id, options.to)
    out.write_bytes(xliff.write(sent))
    print(report.exported_text(sent, str(out)))
    return DONE


def _import(options: argparse.Namespace) -> int:
    if not options.file.is_file():
        print(f"There is no file {options.file}.", file=sys.stderr)
        return MISUSED
    taken, written = translation.take(repository.read(options.root), options.file)
    _show(taken.problems, options.root)
    print(report.taken_text(taken, written))
    return DONE


def _next_change(options: argparse.Namespace) -> int:
    site = repository.read_site(options.root)
    _, versions = repository.read_history(options.root, site)
    day = timeline.next_change(versions, _today(options))
    if day is None:
        return NOTHING
    print(day)
    return DONE


def _schema(options: argparse.Namespace) -> int:
    text = json.dumps(json_schema.schema(options.of), ensure_ascii=False, indent=2)
    if options.out:
        options.out.write_text(text + "\n", "utf-8", newline="\n")
    else:
        print(text)
    return DONE


def _show(problems: Iterable[Problem], root: Path) -> None:
    listed = list(problems)
    if listed:
        files = {problem.place.file for problem in listed}
        sources = {file: _lines(root / file) for file in files}
        colour = report.wants_colour(sys.stderr.isatty(), os.environ)
        print(report.problems_text(listed, sources, colour), file=sys.stderr)


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
