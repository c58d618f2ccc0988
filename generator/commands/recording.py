"""`noticeboard ropa`: the record of processing activities as a file for a spreadsheet."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from generator import repository
from generator.building import build
from generator.commands.codes import DONE, NOTHING
from generator.commands.streams import misused
from generator.commands.terminal import today
from generator.exports import ropa
from generator.publishing import drafts
from generator.repository import Repository
from generator.versions.timeline import Standing
from generator.versions.version import Version


def ropa_options(parser: argparse.ArgumentParser) -> None:
    """The options of `ropa`."""
    parser.add_argument("--out", type=Path, metavar="FILE", help="write this file (standard output)")
    parser.add_argument("--language", metavar="CODE", help="of the notices and the heads of columns (the main one)")
    parser.add_argument("--drafts", action="store_true", help="of the working texts, not of what is published")


def write_record(options: argparse.Namespace) -> int:
    """Write the record, and report on standard error what it still lacks. `NOTHING` where no notice has a row."""
    found = repository.read(options.root)
    language = options.language or found.site.language
    if language not in found.site.languages:
        return misused(f"`{language}` is no language of this site. Write one of: {', '.join(found.site.languages)}.")
    table = ropa.rows(_versions(options, found, language), found.site, build.read_words(found)[language])
    if len(table) == 1:
        print("No notice is published yet; --drafts writes the record of the working texts.", file=sys.stderr)
        return NOTHING
    data = ropa.csv_bytes(table)
    if options.out is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
    else:
        options.out.write_bytes(data)
    for name, count in ropa.empty_columns(table):
        print(f"{name}: empty in {count} of {len(table) - 1} rows.", file=sys.stderr)
    return DONE


def _versions(options: argparse.Namespace, found: Repository, language: str) -> Iterator[tuple[Version, Standing]]:
    on = today(options)
    if not options.drafts:
        yield from ropa.in_force(found.versions, language, on)
        return
    for draft in drafts.drafts(found, build.read_words(found), on):
        if draft.version.language == language:
            yield draft.version, Standing.DRAFT
