"""The findings of a drill, as plain sentences and as a small document for programs. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

SCHEMA = 1
"""The schema of the document."""
NOT_RESTORED = "start"
"""The part that says what keeps the endpoint from starting on the restored backup."""


@dataclass
class Drill:
    """A drill: the backup, what came back, and the lines of what is wrong, by part."""

    backup: str
    kind: str
    size_in_bytes: int
    digest: str
    at: str
    release: str
    tables: str | None = None
    """The revision of the backup's tables."""
    events: int = 0
    newest: str | None = None
    """The time of its last event (UTC)."""
    lost: int = 0
    """Signed events that it lacks."""
    erased_again: int = 0
    seconds: float = 0.0
    """How long it took to have the ledger back: copied, checked, ready."""
    faults: dict[str, list[str]] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return not any(self.faults.values())

    def document(self) -> dict[str, Any]:
        """The report as JSON."""
        return {
            "schema": SCHEMA,
            "at": self.at,
            "release": self.release,
            "backup": {
                "file": self.backup,
                "kind": self.kind,
                "bytes": self.size_in_bytes,
                "sha256": self.digest,
                "tables": self.tables,
            },
            "events": self.events,
            "newest": self.newest,
            "signed_later": self.lost,
            "erased_again": self.erased_again,
            "seconds": round(self.seconds, 1),
            "whole": self.whole,
            "checks": [
                {"name": name, "whole": not lines, "found": lines} for name, lines in sorted(self.faults.items())
            ],
            "remarks": self.remarks,
        }

    def sentences(self) -> Iterator[str]:
        """The report for a person, a line each."""
        last = f", the last of {self.newest}" if self.newest else ""
        yield f"{self.backup}: a backup of {self.kind} with {self.events} events{last}."
        for name, lines in self.faults.items():
            yield f"{name}: {_WHOLE[name] if not lines else 'not as it must be:'}"
            yield from (f"  {line}" for line in lines)
        yield from self.remarks
        if self.lost:
            yield (
                f"{self.lost} events were signed after this backup. Putting it back would lose them: look for a newer one "
                "first. The ledger would go on under a new name and cite its last head."
            )
        if self.erased_again:
            yield f"{self.erased_again} people who were erased since were erased again."
        if self.whole:
            yield f"This backup can be put back. It took {self.seconds:.1f} s; the live service was not touched."
        else:
            yield "This backup cannot be relied on. The live service was not touched: make a new backup and try that."


_WHOLE = {
    "ledger": "every event is as it was signed.",
    "head": "the signed head is this ledger's.",
    "keys": "the keys are those that it needs.",
    "tables": "details, receipts, letters and lists agree with the ledger.",
    "manifest": "the site has published what the ledger says.",
    NOT_RESTORED: "the ledger starts on it and takes events.",
}
