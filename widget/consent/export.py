"""The ledger as rows for people: each event with the state that results, its receipt's reference and, where they still stand, the details."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import TextIO

from cryptography.exceptions import InvalidTag

from widget.consent.acting import note_of
from widget.consent.evidence import is_earlier
from widget.ledger.events import TO_ACT_ON, ConsentEvent, Kind, with_states
from widget.ledger.key_folder import Keys
from widget.people.details import Details, unseal
from widget.store.queries import Reading

EVENT_COLUMNS = tuple(field.name for field in fields(ConsentEvent))
DETAIL_COLUMNS = tuple(f"said_{field.name}" for field in fields(Details))
COLUMNS = (*EVENT_COLUMNS, "state", "earlier", "receipt", "note", "done", *DETAIL_COLUMNS)
"""`note` is what staff wrote beside an entry `acted`; `done` is what 0.1.0 noted about a withdrawal."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")

Row = dict[str, str | int | None]


@dataclass(frozen=True)
class Wanted:
    """Which events: of one notice or of all, from a day on, up to and with a day. Days are UTC, as events' times are."""

    notice: str | None = None
    first: date | None = None
    last: date | None = None

    def takes(self, event: ConsentEvent) -> bool:
        """Whether an event is wanted. A request that names no notice may be about any."""
        day = event.at[:10]
        return (
            (self.notice in (None, event.notice) or event.notice is None)
            and (self.first is None or day >= self.first.isoformat())
            and (self.last is None or day <= self.last.isoformat())
        )


def rows(reading: Reading, keys: Keys, wanted: Wanted) -> Iterator[Row]:
    """A row for each event that is wanted."""
    references = reading.references()
    for event, state in with_states(reading.events()):
        if wanted.takes(event):
            subject = event.subject or ""
            of_person = event.detail_commit and event.kind is not Kind.ACTED
            details = _details(reading, keys, subject) if of_person else Details()
            said = {f"said_{name}": value for name, value in vars(details).items()}
            earlier = "yes" if is_earlier(event) else None
            yield {
                **vars(event),
                "state": state,
                "earlier": earlier,
                "receipt": references.get((subject, event.notice or "")),
                "note": _note(reading, keys, event),
                "done": "; ".join(
                    action.what for action in reading.actions([event.seq] if event.kind in TO_ACT_ON else [])
                )
                or None,
                **said,
            }


def write_csv(rows: Iterable[Row], out: TextIO) -> None:
    """CSV that a spreadsheet opens without running anything that a person typed."""
    write_table(COLUMNS, rows, out)


def write_table(columns: Sequence[str], rows: Iterable[Mapping[str, object]], out: TextIO) -> None:
    """Rows with those columns as CSV that a spreadsheet opens without running anything."""
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _harmless(value) for name, value in row.items()})


def write_jsonl(rows: Iterable[Row], out: TextIO) -> None:
    """One JSON object a line, without the columns that are empty."""
    for row in rows:
        kept = {name: value for name, value in row.items() if value is not None}
        out.write(json.dumps(kept, ensure_ascii=False) + "\n")


def _details(reading: Reading, keys: Keys, subject: str) -> Details:
    row = reading.subject_row(subject)
    if row is None:
        return Details()
    try:
        return unseal(row.row_key, row.sealed, subject, keys.details_key, confirmed=row.confirmed).held.details()
    except InvalidTag:
        return Details(name="(cannot be read: these are not the keys it was sealed with)")


def _note(reading: Reading, keys: Keys, acted: ConsentEvent) -> str | None:
    about = reading.event(acted.prior or "") if acted.kind is Kind.ACTED else None
    return note_of(reading, acted, about, keys.details_key) if about else None


def _harmless(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
