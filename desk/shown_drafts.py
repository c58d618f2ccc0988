"""Pages of words that nobody has saved, for the frame beside the form: a few for each person, in memory, for a while."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable

SHOWN = "desk.shown_drafts"
MOST = 60
"""How many pages are kept in all: the oldest go first."""


class ShownDrafts:
    """The pages, each under a random key that only its person can use. Safe to use from many threads."""

    def __init__(self, new_key: Callable[[], str]) -> None:
        self._new_key = new_key
        self._pages: OrderedDict[tuple[str, str], bytes] = OrderedDict()
        self._turn = threading.Lock()

    def put(self, person: str, page: bytes) -> str:
        """Keep a page; its key."""
        key = self._new_key()
        with self._turn:
            self._pages[person, key] = page
            while len(self._pages) > MOST:
                self._pages.popitem(last=False)
        return key

    def of(self, person: str, key: str) -> bytes | None:
        """The page of a key, for the person whose it is."""
        with self._turn:
            return self._pages.get((person, key))
