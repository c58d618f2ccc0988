"""For the service: who may be contacted today, and which lists were written before."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping

from widget.commands import opening
from widget.commands.codes import DONE
from widget.config import Config
from widget.consent.contact_list import Contactable, contact_list
from widget.consent.export import write_table
from widget.errors import StartRefused
from widget.mail.compose import details_of

COLUMNS = tuple(Contactable.__dataclass_fields__)


def list_people(config: Config, given: argparse.Namespace) -> int:
    """Run `consents list`. Returns the exit code."""
    with opening.service(config) as here:
        offered = {version.notice for version in here.manifest.versions if version.consent(given.consent)}
        if given.notice not in offered:
            raise StartRefused(
                f"No version of {given.notice} has a consent {given.consent}. Look in the notice's front matter."
            )
        with here.store.reading() as reading:
            found = contact_list(
                *(reading, given.notice, given.consent, here.manifest, here.today()),
                opened=lambda subject: details_of(reading, here, subject),
            )
        numbers = (len(found.people), found.anonymous)
        # noted first: a list that nobody can find again must not exist
        here.store.write(lambda writing: writing.note_listing(given.by, given.notice, given.consent, *numbers))
    rows = [vars(person) for person in found.people]
    if given.format == "csv":
        write_table(COLUMNS, rows, sys.stdout)
    else:
        _write_lines(rows)
    print(f"{numbers[0]} listed; {numbers[1]} more said yes and left no way to reach them.", file=sys.stderr)
    return DONE


def listed(config: Config, _given: argparse.Namespace) -> int:
    """Run `consents listed`. Returns the exit code."""
    with opening.reading(config) as reading:
        for one in reading.listings():
            print("\t".join(map(str, vars(one).values())))
    return DONE


def _write_lines(rows: Iterable[Mapping[str, object]]) -> None:
    for row in rows:
        kept = {name: value for name, value in row.items() if value is not None}
        print(json.dumps(kept, ensure_ascii=False))
