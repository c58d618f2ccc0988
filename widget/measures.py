"""The endpoint's counts for `/metrics`: by the processes that share a folder together, the ended ones included.

`prometheus_client` decides when it is imported how it counts: with PROMETHEUS_MULTIPROC_DIR each process writes its
counts into a file of that folder, and whoever is asked adds all files up. So it must not be imported before the
folder is known: not here but by `begin`, which the app calls. Commands count nothing.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
"""The upper ends of the histogram's buckets."""
LOST, UNAVAILABLE, NOT_AS_SIGNED = "lost", "unavailable", "not-as-signed"
"""The kinds of errors of the database: a dead connection that was replaced, no answer, and rows that were never
signed."""


class Measures:
    """The counters. Labels have few values: routes and not addresses, kinds and not messages."""

    def __init__(self) -> None:
        from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics, values

        self._shared = values.ValueClass is not values.MutexValue
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self._registry = own = CollectorRegistry()
        self.answers = Counter(
            "consents_answers", "Answers by route, method and status.", ("route", "method", "status"), registry=own
        )
        self.seconds = Histogram(
            "consents_answer_seconds", "How long an answer took.", ("route",), buckets=SECONDS, registry=own
        )
        self.database_errors = Counter("consents_database_errors", "Errors of the database.", ("kind",), registry=own)
        self.letters = Counter("consents_letters", "Attempts to send a letter, by outcome.", ("outcome",), registry=own)
        self.log_lines = Counter("consents_log_lines", "Warnings and errors in the log.", ("level",), registry=own)
        for kind in (LOST, UNAVAILABLE, NOT_AS_SIGNED):
            self.database_errors.labels(kind)  # there from the start, so that the first one is seen as an increase
        for level in ("warning", "error"):
            self.log_lines.labels(level)

    def registry(self) -> CollectorRegistry:
        """The values to read now: the sums of all processes, or of this one where no folder is shared."""
        if not self._shared:
            return self._registry
        from prometheus_client import CollectorRegistry
        from prometheus_client.multiprocess import MultiProcessCollector

        summed = CollectorRegistry()
        MultiProcessCollector(summed)  # type: ignore[no-untyped-call]
        return summed


class _LogLines(logging.Handler):
    """Counts what is logged as a warning or worse."""

    def emit(self, record: logging.LogRecord) -> None:
        if _begun:
            _begun[0].log_lines.labels("warning" if record.levelno < logging.ERROR else "error").inc()


_begun: list[Measures] = []


def begin() -> Measures:
    """Count in this process from now on, in the folder that the environment names."""
    if not _begun:
        if folder := os.environ.get(FOLDER):
            Path(folder).mkdir(parents=True, exist_ok=True, mode=0o700)
        else:
            os.environ.pop(FOLDER, None)
        _begun.append(Measures())
        logging.getLogger().addHandler(_LogLines(logging.WARNING))
    return _begun[0]


def forget(folder: Path) -> None:
    """Forget what the processes of an earlier run counted in a folder."""
    for file in folder.glob("*.db"):
        file.unlink(missing_ok=True)


def database_error(kind: str) -> None:
    """Count an error of the database."""
    if _begun:
        _begun[0].database_errors.labels(kind).inc()


def letter(outcome: str) -> None:
    """Count an attempt to send a letter."""
    if _begun:
        _begun[0].letters.labels(outcome).inc()
