"""Work that an answer does not wait for: how long it takes tells nobody whether an address is known.

One thread does it, in order. It forgets what it holds when the process ends; people ask for another letter then.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable

LOG = logging.getLogger("desk.mail")
MOST_WAITING = 100


class Postbox:
    """A thread that does jobs one after the other. A job that fails is logged by its kind, without an address."""

    def __init__(self) -> None:
        self._jobs: queue.Queue[Callable[[], None] | None] = queue.Queue(MOST_WAITING)
        self._thread = threading.Thread(target=self._work, name="desk-mail", daemon=True)
        self._thread.start()

    def put(self, job: Callable[[], None]) -> None:
        """Take a job on; it is dropped where too many wait already."""
        try:
            self._jobs.put_nowait(job)
        except queue.Full:
            LOG.error("%d letters wait already: another is not written", MOST_WAITING)

    def wait(self) -> None:
        """Wait until everything is done that was taken on."""
        self._jobs.join()

    def close(self) -> None:
        """Do what was taken on, and end the thread."""
        self._jobs.put(None)
        self._thread.join()

    def _work(self) -> None:
        while True:
            job = self._jobs.get()
            try:
                if job is None:
                    return
                job()
            except Exception as error:
                LOG.error("a letter was not handed over: %s", type(error).__name__, exc_info=error)
            finally:
                self._jobs.task_done()
