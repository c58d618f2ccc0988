"""Records kept elsewhere: a signed head, a receipt's file or an export. The ledger must go on from each of them."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import select

from widget.errors import Unavailable
from widget.ledger.checkpoint import BadCheckpoint, Head
from widget.ledger.events import ConsentEvent
from widget.ledger.key_changes import LogKeys
from widget.ledger.receipt_file import check_receipt
from widget.store.audit.findings import Fault, Ledger, shown
from widget.store.schema import EVENT, RECEIPT

T = TypeVar("T")
REWRITTEN = "The ledger does not go on from what was kept: it was rewritten, rolled back or begun anew"
REFERENCES = ("reference", "dct:identifier")
"""Where a receipt's reference is: in an answer of the API, and in the file that a person downloads."""


@dataclass(frozen=True)
class Kept:
    """A file that was kept: the head that it states, and where it is a receipt, its reference and entries."""

    file: Path
    head: Head | None = None
    reference: str | None = None
    entries: tuple[Mapping[str, Any], ...] = ()

    @property
    def heads(self) -> dict[str, Head]:
        """The head by what to call it."""
        return {f"the head in {self.file}": self.head} if self.head else {}


def read_kept(file: Path, logs: Sequence[LogKeys]) -> Kept:
    """The head that a file states; `BadCheckpoint` where none of the keys signed it, `Unavailable` where it is
    nothing of the kind."""
    with file.open("rb") as opened:
        begin = opened.read(4096)
    if begin.startswith((b'{"seq"', b"seq,")):
        return Kept(file)
    content = file.read_bytes()
    if begin.lstrip().startswith(b"{"):
        checked = _signed(logs, lambda log: check_receipt(content, log))
        document = json.loads(content)
        reference = next((document[name] for name in REFERENCES if name in document), None)
        return Kept(file, checked.head, reference, checked.entries)
    if "\n\n— " not in (text := content.decode("utf-8", "replace")):
        raise Unavailable(f"{file} is neither a signed head, nor a receipt's file, nor an export of this program")
    head = _signed(logs, lambda log: log.verify(text)[0])
    return Kept(file, head)


def kept_faults(ledger: Ledger, kept: Kept) -> Iterator[Fault]:
    """In what the rows differ from a receipt's file or an export. Heads are compared with the tree."""
    if kept.head is None:
        yield from _export_faults(ledger, kept.file)
    if kept.reference is not None:
        whose = {(entry["subject"], entry["notice"]) for entry in kept.entries}
        row = ledger.connection.execute(select(RECEIPT).where(RECEIPT.c.reference == kept.reference)).first()
        name = f"receipt {shown(kept.reference)}"
        if row is None:
            yield Fault(name, f"it is in {kept.file} and not in the database", REWRITTEN)
        elif {(row.subject, row.notice)} != whose:
            yield Fault(name, f"it belongs to other entries than in {kept.file}", "It was moved to another person")


def _export_faults(ledger: Ledger, file: Path) -> Iterator[Fault]:
    for entry in _exported(file):
        row = ledger.connection.execute(select(EVENT).where(EVENT.c.seq == int(entry["seq"]))).first()
        name = f"event {shown(entry['seq'])}"
        if row is None:
            yield Fault(name, f"it is in {file} and not in the database", REWRITTEN)
            continue
        there = row._mapping
        fields = [field for field in ConsentEvent.__dataclass_fields__ if field in entry or there[field] is not None]
        if other := [field for field in fields if _text(there[field]) != _text(entry.get(field))]:
            yield Fault(name, f"it differs from {file} in {', '.join(sorted(other))}", REWRITTEN)
        same = (RECEIPT.c.subject == row.subject) & (RECEIPT.c.notice == row.notice)
        reference = ledger.connection.execute(select(RECEIPT.c.reference).where(same)).scalar()
        if _text(reference) != _text(entry.get("receipt")):
            yield Fault(name, f"its receipt is another than in {file}", "It was moved to another person")


def _exported(file: Path) -> Iterator[Mapping[str, Any]]:
    with file.open(encoding="utf-8", newline="") as lines:
        first = lines.read(1)
        lines.seek(0)
        if first == "{":
            yield from map(json.loads, lines)
        else:
            yield from csv.DictReader(lines)


def _text(value: object) -> str:
    """A value as an export writes it: absent is empty, and an apostrophe keeps spreadsheets from calculating."""
    return "" if value is None else str(value).removeprefix("'")


def _signed(logs: Sequence[LogKeys], checked: Callable[[LogKeys], T]) -> T:
    """The confirmation of the first key that signed it; the last one's error where none did."""
    reason = BadCheckpoint("there is no public key")
    for log in logs:
        try:
            return checked(log)
        except BadCheckpoint as error:
            reason = error
    raise reason
