"""`noticeboard`: its commands and their options. `generator.commands` has what they do.

Exit codes: 0 done; 1 the content has errors; 2 the command was used wrongly; 3 nothing to do.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from functools import cache
from pathlib import Path
from typing import Any

from generator.commands import (
    approving,
    building,
    checking,
    going_back,
    importing,
    init,
    publishing,
    recording,
    reviewing,
    starting,
    translating,
    verifying,
)
from generator.commands.codes import DONE, ERRORS, MISUSED
from generator.commands.questions import AnswersEnded
from generator.commands.terminal import day, misused, print_no_more, show_problems, write_utf8
from generator.problems import ContentError
from generator.publishing.turn import turn
from generator.repository import require_site
from widget import __version__
from widget.one_sentence import Parser

Run = Callable[[argparse.Namespace], int]
AddOptions = Callable[[argparse.ArgumentParser], None]


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
    commands = parser()
    options = commands.parse_args(arguments)
    if options.run is None:
        commands.print_help()
        return MISUSED
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        if not options.anywhere:
            require_site(options.root)
        with turn(options.root) if options.alone else nullcontext():
            return run(options)
    except ContentError as failure:
        show_problems(failure.problems, options.root)
        return ERRORS


@cache
def parser() -> argparse.ArgumentParser:
    """Every command with its options, made once; docs/commands.md is written from it."""
    whole: argparse.ArgumentParser = Parser(
        prog="noticeboard", description="Privacy notices: check, publish and build."
    )
    whole.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = whole.add_subparsers(title="commands", metavar="COMMAND")
    whole.set_defaults(run=None)

    def command(
        name: str,
        run: Run,
        text: str,
        options: AddOptions | None = None,
        group: Any = commands,
        alone: bool = False,
        anywhere: bool = False,
    ) -> None:
        added: argparse.ArgumentParser = group.add_parser(name, help=text, description=text)
        added.add_argument("--root", type=Path, default=Path(), metavar="DIR", help="the folder of site.yml (here)")
        added.add_argument("--date", type=day, default=None, metavar="YYYY-MM-DD", help="take this day for today")
        added.set_defaults(run=run, alone=alone, anywhere=anywhere)
        if options:
            options(added)

    sentence = "Start the site of a council: ask about it and write site.yml, first notices and pages."
    command("init", init.init, sentence, init.options, anywhere=True)
    sentence = "Start a notice: ask a few questions and write its notice.md, with remarks."
    command("new", starting.new, sentence, starting.new_options)
    sentence = "Bring in Word files, web pages or pasted text as notices, with a report; nothing is fetched."
    command("import", importing.import_files, sentence, importing.options)
    sentence = "Say what is wrong with notices, where, and what to write instead."
    command("check", checking.check, sentence, checking.check_options, anywhere=True)  # it has formats for problems
    command("status", checking.status, "Show what is in force, what is scheduled and what changed since.")
    sentence = "Freeze working texts as the next version of their notices."
    command("publish", publishing.publish_notices, sentence, publishing.publish_options, alone=True)
    sentence = "Approve the text that is published next; whoever wrote part of it cannot."
    command("approve", approving.approve, sentence, approving.approve_options, alone=True)
    sentence = "Note that a notice was reviewed and nothing had to change, and when it is due again."
    command("reviewed", reviewing.note_review, sentence, reviewing.reviewed_options, alone=True)
    sentence = "Bring back the text that a version was made from."
    command("restore", going_back.restore_text, sentence, going_back.restore_options, alone=True)
    sentence = "Call off a version that has not started: it stays readable, and never applies."
    command("call-off", going_back.call_version_off, sentence, going_back.call_off_options, alone=True)
    sentence = "Take down a version that should never have been published."
    command("retract", going_back.retract_version, sentence, going_back.retract_options, alone=True)
    sentence = "Say whether what was published is as it was, here and on the live site."
    command("verify", verifying.verify, sentence, verifying.verify_options)
    sentence = "Write the record of processing (UK GDPR article 30) for a spreadsheet: a row for each purpose."
    command("ropa", recording.write_record, sentence, recording.ropa_options)
    sentence = "Bring a site of an earlier release to this one: keep the HTML of its versions beside them."
    command("upgrade", publishing.upgrade_site, sentence, alone=True)
    command("build", building.build_site, "Write the site.", building.build_options)
    sentence = "Show the site with its working texts and the consent endpoint on one address."
    command("serve", building.serve, sentence, building.serve_options)
    sentence = "Send a notice to a translator and take it back, as XLIFF."
    translate = commands.add_parser("translate", help=sentence, description=sentence)
    ways = translate.add_subparsers(title="commands", required=True, metavar="COMMAND", help="export or import")
    command("export", translating.export, "Write the file for a translator.", translating.export_options, ways)
    sentence = "Take a translator's file: write the translation, to be reviewed."
    command("import", translating.take_back, sentence, translating.import_options, ways)
    command("next-change", checking.next_change, "Print the day on which the next scheduled version starts.")
    sentence = "Print a JSON Schema of what editors write, for programs that complete it."
    command("schema", starting.schema, sentence, starting.schema_options, anywhere=True)
    return whole


if __name__ == "__main__":
    sys.exit(main())
