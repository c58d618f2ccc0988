"""Checks everything in the database that a claim rests on, and says all that is not as it must be.

A check is a function of one concept; `CHECKS` lists them. docs/assurance.md says what each finds and what none can.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from widget.store.audit.details import (
    address_faults,
    detail_faults,
    erasure_faults,
    lost_details,
    mark_faults,
    unlisted_erasures,
)
from widget.store.audit.elsewhere import Kept, kept_faults, read_kept
from widget.store.audit.findings import Check, Ledger, written_out
from widget.store.audit.integrity import integrity_faults
from widget.store.audit.mail import link_faults, outbox_faults, unowed, untold_problems, unwritten_receipts
from widget.store.audit.notes import action_faults, api_key_faults, lost_notes, note_faults, request_faults
from widget.store.audit.receipts import missing_receipts, receipt_faults
from widget.store.audit.schema import rule_faults, table_faults
from widget.store.audit.tree import faults, head_faults, key_faults
from widget.store.audit.wording import missing_wordings, unpublished_words, wording_faults

CHECKS: Mapping[str, Check] = {
    "tables": table_faults,
    "rules": rule_faults,
    "integrity": integrity_faults,
    "receipts": receipt_faults,
    "receipts that are missing": missing_receipts,
    "details": detail_faults,
    "further addresses": address_faults,
    "marks on details": mark_faults,
    "details that are missing": lost_details,
    "details that were erased": erasure_faults,
    "list of erasures": unlisted_erasures,
    "letters that are missing": unowed,
    "letters with receipts": unwritten_receipts,
    "reports of problems": untold_problems,
    "outbox": outbox_faults,
    "links": link_faults,
    "requests": request_faults,
    "API keys": api_key_faults,
    "actions": action_faults,
    "notes": note_faults,
    "notes that are missing": lost_notes,
    "words": unpublished_words,
    "wording from before": wording_faults,
    "wording that is missing": missing_wordings,
}
"""The checks of the tables beside the ledger itself, each by what it looks at."""
FIRST = ("tables", "rules")
"""Where tables differ, a question about their rows may have no answer."""


def beside_the_tree(ledger: Ledger, told: Callable[[str], None] = lambda said: None) -> Iterator[str]:
    """A line for each fault of the tables, in the order of the checks. `told` hears which check is made."""
    for name in FIRST:
        yield from written_out(CHECKS[name](ledger))
    if any(True for _ in table_faults(ledger)):
        yield "The rows of the tables beside the ledger were not checked: put the tables right first."
        return
    for name, check in CHECKS.items():
        if name not in FIRST:
            told(f"checking: {name}")
            yield from written_out(check(ledger))


__all__ = [
    "CHECKS",
    "Kept",
    "Ledger",
    "beside_the_tree",
    "faults",
    "head_faults",
    "kept_faults",
    "key_faults",
    "read_kept",
    "written_out",
]
