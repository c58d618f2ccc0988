"""Says each minute that this process runs, so that `releases` knows which releases there are."""

from __future__ import annotations

import logging
import threading

from widget.errors import Unavailable
from widget.store.group_commit import Store
from widget.store.releases import COUNTS_FOR

log = logging.getLogger("consents")
SPEAKS_EVERY = 60.0
"""Seconds."""


class Presence:
    """Says each minute that this process runs, from its start to its end. A database that is away is tried again."""

    def __init__(self, store: Store, process: str) -> None:
        self._store = store
        self._process = process
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="presence", daemon=True)

    def start(self) -> None:
        """Say so now, and from now on."""
        self._speak()
        self._thread.start()

    def close(self) -> None:
        """Say that it ended, so that nobody waits for it."""
        self._stop.set()
        if self._thread.ident is not None:
            self._thread.join(timeout=5)
        try:
            self._store.write(lambda writing: writing.note_ended(self._process))
        except Unavailable:
            log.warning("this process could not say that it ended: it counts as running for %s", COUNTS_FOR)

    def _run(self) -> None:
        while not self._stop.wait(SPEAKS_EVERY):
            self._speak()

    def _speak(self) -> None:
        try:
            self._store.write(lambda writing: writing.note_running(self._process))
        except Unavailable as error:
            log.warning("this process could not say that it runs: %s", error)
