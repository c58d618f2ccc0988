"""Says each minute that this process runs, so that `releases` knows which releases there are."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from widget.errors import Unavailable
from widget.store.group_commit import Store
from widget.store.releases import COUNTS_FOR

log = logging.getLogger("consents")
SPEAKS_EVERY = 60.0
"""Seconds."""


class Presence:
    """Says each minute that this process runs, from its start to its end. A database that is away is tried again.

    `afterwards` does what had to wait for other processes.
    """

    def __init__(self, store: Store, process: str, afterwards: Callable[[], None] = lambda: None) -> None:
        self._afterwards = afterwards
        self._store = store
        self._process = process
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="presence", daemon=True)

    def start(self) -> None:
        """Say so now, and from now on."""
        self.speak()
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
            self.speak()

    def speak(self) -> None:
        """Say that this process runs, and do what had to wait."""
        try:
            self._store.write(lambda writing: writing.note_running(self._process))
            self._afterwards()
        except Unavailable as error:
            log.warning("this process could not say that it runs: %s", error)
