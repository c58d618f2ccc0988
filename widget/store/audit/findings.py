"""The input of a check and its findings: one line a fault, with the row and what follows, and nothing about a person."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Row
from sqlalchemy.engine import Connection

from widget.ledger.key_folder import Keys

IN_CHUNKS = {"yield_per": 1000}
MOST = 20
"""How many faults of one check are written out: one altered row can make many."""
LONGEST = 60


@dataclass(frozen=True)
class Fault:
    """Which row is not as it must be, what is wrong with it, and what that means."""

    row: str
    wrong: str
    meaning: str

    def __str__(self) -> str:
        return f"{self.row}: {self.wrong}. {self.meaning}."


@dataclass(frozen=True)
class Ledger:
    """One state of a database, the keys that it was written with where they are at hand, and the time now."""

    connection: Connection
    keys: Keys | None
    now: datetime
    erased: frozenset[str] = frozenset()
    """The subjects that the keys folder lists as erased."""
    revoked: frozenset[str] = frozenset()
    """The API keys that the keys folder lists as revoked."""
    upgraded: bool = True
    """Whether the endpoint of this release has run since the upgrade: it completes lists and notes earlier keys."""

    def rows(self, question: Any) -> Iterator[Row[Any]]:
        """The rows of a question, without holding them all."""
        with self.connection.execute(question, execution_options=IN_CHUNKS) as found:
            yield from found


Check = Callable[[Ledger], Iterable[Fault]]


def written_out(faults: Iterable[Fault]) -> Iterator[str]:
    """A line for each of the first faults of a check, and one that counts the rest."""
    remaining = iter(faults)
    yield from map(str, islice(remaining, MOST))
    if more := sum(1 for _ in remaining):
        yield f"... and {more} more of this kind."


def shown(value: object) -> str:
    """A value of the database as text that cannot disturb a terminal: whoever tampers chooses it."""
    text = value.hex() if isinstance(value, bytes) else str(value)
    return ascii(text)[1:-1][:LONGEST]
