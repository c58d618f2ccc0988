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
from widget.consent.renewal import standings
from widget.consent.ts27560 import CONTEXT, consent_record
from widget.ledger.events import TO_ACT_ON, ConsentEvent, Kind, with_states
from widget.ledger.key_folder import Keys
from widget.manifest import Manifest
from widget.people.details import Details, unseal
from widget.store.people import SubjectRow
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
    for events in reading.events_in_parts(wanted.notice, wanted.first, wanted.last):
        yield from _rows(reading, keys, events)


def records(reading: Reading, manifest: Manifest, today: date, wanted: Wanted) -> Iterator[dict[str, object]]:
    """A record (ISO/IEC TS 27560) for each consent that a wanted event is about, with all its events; where the first of those is."""
    for part in reading.events_in_parts(wanted.notice, wanted.first, wanted.last):
        about = {(event.subject, event.notice): event.seq for event in reversed(part) if event.subject}
        own: dict[tuple[str | None, str | None], list[ConsentEvent]] = {name: [] for name in about}
        for event in reading.histories({subject for subject, _ in about if subject}):
            own.get((event.subject, event.notice), []).append(event)
        for (_, first), events in sorted(zip(about.items(), own.values(), strict=True), key=lambda pair: pair[0][1]):
            if next(event.seq for event in events if wanted.takes(event)) != first:
                continue  # an earlier part had it
            for name, one in standings(events, manifest, today).items():
                yield consent_record([event for event in events if event.consent == name], one, manifest)


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


def write_jsonld(records: Iterable[Mapping[str, object]], out: TextIO) -> None:
    """One JSON-LD document, written as its records come: a million are never held."""
    context = _indented(CONTEXT, " ")
    out.write(f'{{\n "@context": {context},\n "@graph": [')
    between = "\n"
    for record in records:
        out.write(f"{between}  {_indented(record, '  ')}")
        between = ",\n"
    out.write("\n ]\n}\n" if between != "\n" else "]\n}\n")


def _indented(value: object, by: str) -> str:
    """A value as JSON whose lines after the first begin further in; line ends within texts are escaped, so these are none."""
    return json.dumps(value, ensure_ascii=False, indent=1).replace("\n", f"\n{by}")


def _rows(reading: Reading, keys: Keys, events: Sequence[ConsentEvent]) -> Iterator[Row]:
    """The rows of one part, with a few questions for all of them."""
    subjects = {event.subject for event in events if event.subject}
    history = {event.seq: event for event in (*events, *reading.histories(subjects))}
    states = {event.seq: state for event, state in with_states(history[seq] for seq in sorted(history))}
    references = reading.references_of(subjects)
    people = reading.subject_rows({str(event.subject) for event in events if _has_details(event)})
    said_of = {subject: _details(row, keys) for subject, row in people.items()}
    done: dict[int, list[str]] = {}
    for action in reading.actions([event.seq for event in events if event.kind in TO_ACT_ON]):
        done.setdefault(action.seq, []).append(action.what)
    for event in events:
        details = said_of.get(event.subject or "", Details()) if _has_details(event) else Details()
        yield {
            **vars(event),
            "state": states[event.seq],
            "earlier": "yes" if is_earlier(event) else None,
            "receipt": references.get((event.subject or "", event.notice or "")),
            "note": _note(reading, keys, event),
            "done": "; ".join(done.get(event.seq, ())) or None,
            **{f"said_{name}": value for name, value in vars(details).items()},
        }


def _has_details(event: ConsentEvent) -> bool:
    """Whether an entry commits to a person's details, rather than to a note."""
    return bool(event.detail_commit and event.subject) and event.kind is not Kind.ACTED


def _details(row: SubjectRow, keys: Keys) -> Details:
    try:
        opened = unseal(row.row_key, row.sealed, row.subject, keys.details_key, confirmed=row.confirmed)
    except InvalidTag:
        return Details(name="(cannot be read: these are not the keys it was sealed with)")
    return opened.held.details()


def _note(reading: Reading, keys: Keys, acted: ConsentEvent) -> str | None:
    about = reading.event(acted.prior or "") if acted.kind is Kind.ACTED else None
    return note_of(reading, acted, about, keys.details_key) if about else None


def _harmless(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
