"""Finds out who is to be asked again because the words changed: only those whose address was confirmed."""

from __future__ import annotations

import threading
import weakref
from datetime import date

from widget.consent.renewal import standings
from widget.ledger.events import ConsentEvent
from widget.mail.context import MailContext
from widget.manifest import Manifest

_seen: weakref.WeakKeyDictionary[object, tuple[Manifest, date]] = weakref.WeakKeyDictionary()
_lock = threading.Lock()


def owe_renewals(here: MailContext) -> int:
    """Owe a message for each consent that is due, once for each version. Looks when the manifest or the day is new."""
    now = (here.manifest, here.today())
    with _lock:
        if (seen := _seen.get(here.store)) is not None and seen[0] is now[0] and seen[1] == now[1]:
            return 0
    owed: list[tuple[str, ConsentEvent]] = []
    with here.store.reading() as reading:
        for known in reading.confirmed():
            for receipt in reading.receipts_of(known.subject):
                for standing in standings(reading.events_on(receipt), *now).values():
                    if standing.renewal is not None:
                        owed.append((f"renewal {standing.renewal.version}", standing.event))
        owed = [(kind, event) for kind, event in owed if not reading.is_owed(kind, event.seq)]
    for kind, event in owed:
        here.store.write(lambda writing, kind=kind, event=event: writing.owe(kind, event))  # type: ignore[misc]
    with _lock:
        _seen[here.store] = now
    return len(owed)
