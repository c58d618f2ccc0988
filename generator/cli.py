"""`noticeboard`: its commands and their options. `generator.commands` has what they do, loaded for the one that is called.

Exit codes: 0 done; 1 the content has errors; 2 the command was used wrongly, or lacks an extra; 3 nothing to do.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from generator.commands.codes import DONE, ERRORS, MISUSED
from generator.commands.command import Command
from generator.commands.streams import AnswersEnded, day, misused, print_no_more, write_utf8
from generator.problems import ContentError, NotInstalled
from widget import __version__
from widget.one_sentence import Parser

TRANSLATING = "Send a notice to a translator and take it back, as XLIFF."
FURTHER = "noticeboard.commands"
"""The group of entry points with the commands of other packages: the name of each, and its `Command`."""
COMMANDS: dict[str, Command | dict[str, Command]] = {
    "init": Command(
        "init",
        "init",
        "Start the site of a council: ask about it and write site.yml, first notices and pages.",
        "options",
        anywhere=True,
    ),
    "new": Command(
        "starting", "new", "Start a notice: ask a few questions and write its notice.md, with remarks.", "new_options"
    ),
    "import": Command(
        "importing",
        "import_files",
        "Bring in Word files, web pages or pasted text as notices, with a report; nothing is fetched.",
        "options",
    ),
    "check": Command(
        "checking",
        "check",
        "Say what is wrong with notices, where, and what to write instead.",
        "check_options",
        anywhere=True,  # it has formats for problems
    ),
    "status": Command("checking", "status", "Show what is in force, what is scheduled and what changed since."),
    "publish": Command(
        "publishing",
        "publish_notices",
        "Freeze working texts as the next version of their notices.",
        "publish_options",
        alone=True,
    ),
    "approve": Command(
        "approving",
        "approve",
        "Approve the text that is published next; whoever wrote part of it cannot.",
        "approve_options",
        alone=True,
    ),
    "reviewed": Command(
        "reviewing",
        "note_review",
        "Note that a notice was reviewed and nothing had to change, and when it is due again.",
        "reviewed_options",
        alone=True,
    ),
    "restore": Command(
        "going_back",
        "restore_text",
        "Bring back the text that a version was made from.",
        "restore_options",
        alone=True,
    ),
    "call-off": Command(
        "going_back",
        "call_version_off",
        "Call off a version that has not started: it stays readable, and never applies.",
        "call_off_options",
        alone=True,
    ),
    "retract": Command(
        "going_back",
        "retract_version",
        "Take down a version that should never have been published.",
        "retract_options",
        alone=True,
    ),
    "verify": Command(
        "verifying",
        "verify",
        "Say whether what was published is as it was, here and on the live site.",
        "verify_options",
    ),
    "ropa": Command(
        "recording",
        "write_record",
        "Write the record of processing (UK GDPR article 30) for a spreadsheet: a row for each purpose.",
        "ropa_options",
    ),
    "upgrade": Command(
        "publishing",
        "upgrade_site",
        "Bring a site of an earlier release to this one: keep the HTML of its versions beside them.",
        alone=True,
    ),
    "build": Command("building", "build_site", "Write the site.", "build_options"),
    "serve": Command(
        "building",
        "serve",
        "Show the site with its working texts and the consent endpoint on one address.",
        "serve_options",
    ),
    "translate": {
        "export": Command("translating", "export", "Write the file for a translator.", "export_options"),
        "import": Command(
            "translating",
            "take_back",
            "Take a translator's file: write the translation, to be reviewed.",
            "import_options",
        ),
    },
    "next-change": Command("checking", "next_change", "Print the day on which the next scheduled version starts."),
    "schema": Command(
        "starting",
        "schema",
        "Print a JSON Schema of what editors write, for programs that complete it.",
        "schema_options",
        anywhere=True,
    ),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; without one, show the help. Problems go to standard error, results to standard output."""
    write_utf8()
    try:
        try:
            return _run(arguments)
        finally:
            sys.stdout.flush()
    except AnswersEnded:
        return misused("Nothing was written: not all questions were answered.")
    except BrokenPipeError:  # the reader has read enough: `noticeboard schema | head`
        print_no_more()
        return DONE
    except OSError as failure:
        print_no_more()
        place = f"{failure.filename}: " if failure.filename else ""
        return misused(f"noticeboard: {place}{failure.strerror or failure}")


def _run(arguments: Sequence[str] | None) -> int:
    commands = parser(_called(sys.argv[1:] if arguments is None else arguments))
    options = commands.parse_args(arguments)
    if options.run is None:
        commands.print_help()
        return MISUSED
    try:
        run: Callable[[argparse.Namespace], int] = options.run
        return run(options)
    except ContentError as failure:
        from generator.commands.terminal import show_problems

        show_problems(failure.problems, options.root)
        return MISUSED if isinstance(failure, NotInstalled) else ERRORS


def _called(arguments: Sequence[str]) -> str:
    """The command that is called; empty where none is, or one of another package."""
    return next((word for word in arguments if word in COMMANDS), "")


def further() -> dict[str, Command]:
    """The commands of other packages. To look for them takes as long as a small command, so it is done for unknown ones alone."""
    found = sorted(entry_points(group=FURTHER), key=lambda point: point.name)
    return {point.name: point.load() for point in found if point.name not in COMMANDS}


@cache
def parser(called: str | None = None) -> argparse.ArgumentParser:
    """Every command with its options, from which docs/commands.md is written; where one is `called`, only that one has them:
    the modules of the others need not be loaded."""
    whole: argparse.ArgumentParser = Parser(
        prog="noticeboard", description="Privacy notices: check, publish and build."
    )
    whole.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = whole.add_subparsers(title="commands", metavar="COMMAND")
    whole.set_defaults(run=None)

    def add(name: str, command: Command, group: Any, first: str) -> None:
        added: argparse.ArgumentParser = group.add_parser(name, help=command.sentence, description=command.sentence)
        added.add_argument("--root", type=Path, default=Path(), metavar="DIR", help="the folder of site.yml (here)")
        added.add_argument("--date", type=day, default=None, metavar="YYYY-MM-DD", help="take this day for today")
        added.set_defaults(run=command.run)
        if called in (None, first) or (not called and first not in COMMANDS):
            command.add_options(added)

    every = COMMANDS if called else {**COMMANDS, **further()}
    for name, command in every.items():
        if isinstance(command, Command):
            add(name, command, commands, name)
            continue
        added = commands.add_parser(name, help=TRANSLATING, description=TRANSLATING)
        ways = added.add_subparsers(title="commands", required=True, metavar="COMMAND", help=" or ".join(command))
        for way, own in command.items():
            add(way, own, ways, name)
    return whole


if __name__ == "__main__":
    sys.exit(main())
