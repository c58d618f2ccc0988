"""`noticeboard translate`: send a notice to a translator and take it back."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from generator import repository
from generator.commands import report
from generator.commands.codes import DONE, MISUSED
from generator.commands.terminal import known_notices, show_problems
from generator.translation import files as translation
from generator.translation import xliff


def export_options(parser: argparse.ArgumentParser) -> None:
    """The options of `translate export`."""
    parser.add_argument("id", metavar="ID", help="the notice")
    parser.add_argument("--to", required=True, metavar="LANGUAGE", help="the language to translate into, such as cy")
    parser.add_argument("--out", type=Path, default=None, metavar="FILE", help="where to (ID.LANGUAGE.xlf)")


def export(options: argparse.Namespace) -> int:
    """Write the file for a translator."""
    found = repository.read(options.root)
    languages = found.site.languages
    if known_notices([options.id], found) is None:
        return MISUSED
    if options.to not in languages[1:] or (options.id, languages[0]) not in found.notices:
        others = ", ".join(languages[1:]) or "none: add them to `languages` in site.yml"
        print(f"`{options.id}` cannot be translated into `{options.to}`. Languages: {others}.", file=sys.stderr)
        return MISUSED
    out = options.out or Path(f"{options.id}.{options.to}.xlf")
    if out.exists():
        print(f"{out} is there already. Name another file with --out, or move it away.", file=sys.stderr)
        return MISUSED
    sent = translation.export(found, options.id, options.to)
    translation.store(out, xliff.write(sent))
    print(report.exported_text(sent, str(out)))
    return DONE


def import_options(parser: argparse.ArgumentParser) -> None:
    """The options of `translate import`."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the file that came back")


def take_back(options: argparse.Namespace) -> int:
    """Write the translation that a translator's file holds, to be reviewed."""
    if not options.file.is_file():
        print(f"There is no file {options.file}.", file=sys.stderr)
        return MISUSED
    taken, written = translation.take(repository.read(options.root), options.file)
    show_problems(taken.problems, options.root)
    print(report.taken_text(taken, written))
    return DONE
