"""Keeps the ledger's signed head beside the keys: soon after each commit, and at most once a second."""

from __future__ import annotations

import logging
import threading

from widget.ledger.key_folder import Keys
from widget.ledger.merkle import Tree

log = logging.getLogger("consents")
SECONDS = 1.0


class HeadKeeper:
    """Writes heads on a thread of its own, so that no answer waits for it. The kept head never runs ahead of the database.

    A commit that follows another within a second only notes its tree: it does not wake the thread, which looks again.
    """

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._starting = threading.Lock()
        self._latest: Tree | None = None
        self._changed = threading.Event()
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    def committed(self, tree: Tree) -> None:
        """The tree, after a commit."""
        self._latest = tree
        if not self._changed.is_set():
            self._changed.set()
        if self._thread is None:
            self._start()

    def close(self) -> None:
        """Keep the last head and end the thread."""
        self._closing.set()
        self._changed.set()
        if self._thread is not None:
            self._thread.join()

    def _start(self) -> None:
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="head-keeper", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        kept: Tree | None = None
        while True:
            self._changed.wait()
            closing = self._closing.is_set()
            self._changed.clear()
            if (tree := self._latest) is not None and tree is not kept:
                self._keep(tree)
                kept = tree
            if closing:
                return
            self._closing.wait(SECONDS)

    def _keep(self, tree: Tree) -> None:
        try:
            self._keys.keep(self._keys.sign(tree.size, tree.root))
        except OSError as error:
            log.error("the signed head cannot be kept in %s: %s", self._keys.folder, error)
