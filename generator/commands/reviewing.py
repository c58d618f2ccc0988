"""`noticeboard reviewed`: a notice was looked at again, and nothing had to change."""

from __future__ import annotations

import argparse

from generator import repository
from generator.commands.codes import DONE, MISUSED
from generator.commands.streams import day, misused
from generator.commands.terminal import known_notices, today
from generator.publishing import reviewed, storing
from generator.repository import CONTENT
from generator.versions import listing


def reviewed_options(parser: argparse.ArgumentParser) -> None:
    """The options of `reviewed`."""
    parser.add_argument("id", metavar="ID", help="the notice")
    parser.add_argument("--next", type=day, required=True, metavar="YYYY-MM-DD", help="when it is to be reviewed again")


def note_review(options: argparse.Namespace) -> int:
    """Note today's review, and the day of the next one in the listing and in the working texts."""
    found, on = repository.read(options.root), today(options)
    if known_notices([options.id], found) is None:
        return MISUSED
    if options.next <= on:
        return misused(f"The next review lies ahead: give a day after {on} with --next.")
    newest = [found.last(options.id, language) for language in found.site.languages]
    published = [version for version in newest if version is not None]
    if not published:
        return misused(
            f"{options.id} was never published. Its first version has the day of review that its text names."
        )
    written = reviewed.plan(published, found.listings.get(options.id), on, options.next)
    content = options.root / CONTENT
    for notice in found.notices.values():
        if notice.id == options.id:
            path = options.root / notice.file
            old = path.read_bytes()
            if (new := reviewed.with_day(old, options.next)) != old:
                storing.write_text(path, new)
    storing.write_text(content / listing.name(options.id), listing.dump(written))
    print(
        f"{options.id} was reviewed on {on}, and is due again on {options.next}: {CONTENT}/{listing.name(options.id)}. "
        "The site shows the new day once it is built."
    )
    return DONE
