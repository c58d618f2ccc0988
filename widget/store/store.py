"""Opens, reads and writes the database. One writer at a time; requests that wait for it share its next commit."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Generic, TypeVar

from sqlalchemy import Engine
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError, IntegrityError

from widget.events import Act, Kind, utc
from widget.merkle import Tree
from widget.problems import Unavailable
from widget.store.engine import WRITES
from widget.store.reading import Reading
from widget.store.schema import METADATA
from widget.store.writing import Writing

log = logging.getLogger("consents")

T = TypeVar("T")
Job = Callable[[Writing], T]


class Store:
    """The database of one ledger; safe to use from many threads.

    `committed` is called with the tree after each commit, while the next writer waits.
    """

    def __init__(
        self,
        engine: Engine,
        clock: Callable[[], datetime],
        randomness: Callable[[int], bytes],
        committed: Callable[[Tree], None] = lambda tree: None,
    ) -> None:
        self._engine = engine
        self._clock = clock
        self._randomness = randomness
        self._committed = committed
        self._tree = Tree()
        self._turn = threading.Lock()
        self._arrivals = threading.Lock()
        self._waiting: list[_Waiting[object]] = []

    def make(self) -> None:
        """Make the tables and rules that are not there yet."""
        with _connected(self._engine, writes=True) as connection:
            METADATA.create_all(connection)

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """Questions about one state of the database."""
        with reading_of(self._engine) as reading:
            yield reading

    def write(self, job: Job[T]) -> T:
        """Run the job in a transaction and return its result once that is committed and on the disk.

        What the job raises undoes the job alone. `Unavailable` when the database cannot write: then nothing was kept,
        or the answer of the disk is not known, and nothing may be said to be recorded.

        Whoever gets the turn writes for all who arrived before; nobody waits for a signal from another thread, only
        for the lock, so that no wake-up can be missed.
        """
        waiting = _Waiting(job)
        with self._arrivals:
            self._waiting.append(waiting)  # type: ignore[arg-type]
        with self._turn:
            if not waiting.settled:
                with self._arrivals:
                    jobs, self._waiting = self._waiting, []
                self._write_together(jobs)
        return waiting.result()

    def check_writable(self) -> None:
        """`Unavailable` unless the database would take an event now. Writes one and takes it back."""
        with self._turn, _connected(self._engine, writes=True) as connection:
            undo = connection.begin_nested()
            self._writing(connection).append([Act(Kind.REFUSED)])
            undo.rollback()

    def close(self) -> None:
        """End all connections."""
        self._engine.dispose()

    def _write_together(self, jobs: list[_Waiting[object]]) -> None:
        """One transaction for several jobs; every job is settled whatever happens."""
        try:
            with _connected(self._engine, writes=True) as connection:
                writing = self._writing(connection)
                for job in jobs:
                    job.run(connection, writing)
        except BaseException as error:
            for job in jobs:
                job.fail()
            if isinstance(error, Unavailable):
                log.error("the database cannot write: %s", error)
                return
            raise
        self._tree = writing.tree_now
        for job in jobs:
            job.settled = True
        self._committed(self._tree)

    def _writing(self, connection: Connection) -> Writing:
        reading = Reading(connection)
        size = reading.size()
        tree = self._tree if size == self._tree.size else reading.tree(size)
        return Writing(connection, tree, utc(self._clock()), self._randomness)


@contextmanager
def reading_of(engine: Engine) -> Iterator[Reading]:
    """Questions about one state of a database that nothing here writes to."""
    with _connected(engine) as connection:
        yield Reading(connection)


@contextmanager
def _connected(engine: Engine, *, writes: bool = False) -> Iterator[Connection]:
    """A connection in a transaction, committed at the end; the database's errors become `Unavailable`."""
    try:
        with engine.connect().execution_options(**{WRITES: writes}) as connection:
            try:
                with connection.begin():
                    yield connection
            except DBAPIError:
                connection.invalidate()  # after an I/O error nothing is known about it
                raise
    except DBAPIError as error:
        raise Unavailable(str(error.orig)) from error


class _Waiting(Generic[T]):
    """A job, from its arrival until its transaction is over."""

    def __init__(self, job: Job[T]) -> None:
        self._job = job
        self._outcome: list[T] = []
        self._error: Exception | None = None
        self.settled = False

    def run(self, connection: Connection, writing: Writing) -> None:
        """Do the job in a savepoint of its own, so that its failure undoes nothing else."""
        before = writing.tree_now
        try:
            with connection.begin_nested():
                self._outcome = [self._job(writing)]
        except Exception as error:
            if isinstance(error, DBAPIError) and not isinstance(error, IntegrityError):
                raise
            self._error, writing.tree_now = error, before

    def fail(self) -> None:
        """The transaction was not committed."""
        self._error = self._error or Unavailable("the transaction was not committed")
        self.settled = True

    def result(self) -> T:
        """What the job returned, or what it raised."""
        if self._error is not None:
            raise self._error
        return self._outcome[0]
