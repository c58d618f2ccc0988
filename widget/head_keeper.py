"""Keeps the ledger's signed head beside the keys: soon after each commit, and at most once a second."""

from __future__ import annotations

import logging
import threading

from widget.keys import Keys
from widget.merkle import Tree

log = logging.getLogger("consents")
SECONDS = 1.0


class HeadKeeper:
    """Writes heads on a thread of its own, so that no answer waits for it. The kept head never runs ahead of the database."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._changed = threading.Condition()
        self._latest: Tree | None = None
        self._closing = False
        self._thread: threading.Thread | None = None

    def committed(self, tree: Tree) -> None:
        """The tree, after a commit."""
        with self._changed:
            self._latest = tree
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="head-keeper", daemon=True)
                self._thread.start()
            self._changed.notify()

    def close(self) -> None:
        """Keep the last head and end the thread."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._latest or self._closing)
                tree, self._latest = self._latest, None
            if tree is not None:
                self._keep(tree)
            with self._changed:
                if self._changed.wait_for(lambda: self._closing, SECONDS) and self._latest is None:
                    return

    def _keep(self, tree: Tree) -> None:
        try:
            self._keys.keep(self._keys.sign(tree.size, tree.root))
        except OSError as error:
            log.error("the signed head cannot be kept in %s: %s", self._keys.folder, error)
