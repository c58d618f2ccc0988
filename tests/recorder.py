"""A process of its own that records events and says so: for faults that are injected from outside.

`python -m tests.recorder DATABASE COUNT [JOURNAL SYNCHRONOUS]` writes a line to standard output for each event: its id
once it is recorded, or `unavailable`. A journal mode and a synchronous setting make it a mutant. `BUSY_SECONDS` in the
environment says how long it waits for its turn to write, `KEYS` in which folder it keeps the heads that it signs.
"""

from __future__ import annotations

import os
import secrets
import sys
from datetime import UTC, datetime
from pathlib import Path

from widget.errors import Unavailable
from widget.ledger import key_folder
from widget.ledger.events import Act, Kind
from widget.ledger.head_keeper import HeadKeeper
from widget.store import engine
from widget.store.group_commit import Store


def main(database: str, count: str, *mode: str) -> None:
    if mode:
        engine.durable_mode = lambda version: mode  # type: ignore[assignment,return-value]
    store = Store(
        engine.open_engine(database, float(os.environ.get("BUSY_SECONDS", "0.2"))),
        lambda: datetime.now(UTC),
        secrets.token_bytes,
    )
    if keys := os.environ.get("KEYS"):
        store.sign_with(HeadKeeper(key_folder.read(Path(keys))))
    for number in range(int(count)):
        act = Act(Kind.GIVEN, f"{number}" * 32, "family-hubs", 1, "en", "0" * 64, "news", channel="web")
        try:
            said = store.write(lambda writing, act=act: writing.append([act]))[0].event_id
        except Unavailable:
            said = "unavailable"
        os.write(1, f"answer {said}\n".encode())
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
