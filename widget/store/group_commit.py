"""Opens, reads and writes the database. One writer at a time; requests that wait for it share its next commit."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from sqlalchemy import Engine
from sqlalchemy.engine import Connection

from widget.errors import Unavailable
from widget.ledger.events import Act, Kind
from widget.ledger.merkle import Tree, peak_positions
from widget.store.bulk_insert import Inserts
from widget.store.engine import WRITES, for_reading
from widget.store.errors import Failures
from widget.store.grants import grants
from widget.store.migrate import is_current, migrate
from widget.store.queries import Reading
from widget.store.transaction import Writing
from widget.store.write_connection import Transaction, Writer

log = logging.getLogger("consents")

T = TypeVar("T")
Job = Callable[[Writing], T]


@dataclass(frozen=True)
class Commit(Generic[T]):
    """What a job returned, and the tree after the commit that it was in.

    `nodes` holds, by position, all that it takes to prove the events of that commit against that tree, `leaves` by
    number those events as they were hashed.
    """

    result: T
    tree: Tree
    nodes: Mapping[int, bytes]
    leaves: Mapping[int, bytes]


class Store:
    """The database of one ledger; safe to use from many threads."""

    def __init__(
        self,
        engine: Engine,
        clock: Callable[[], datetime],
        randomness: Callable[[int], bytes],
    ) -> None:
        self._engine = engine
        self._to_read = for_reading(engine)
        self._failures = Failures.of(engine)
        self._writer = Writer(engine, self._failures)
        self._clock = clock
        self._randomness = randomness
        self._committed: Callable[[Tree], None] = lambda tree: None
        self._inserts = Inserts(engine.dialect)
        self._tree = Tree()
        self._arrivals = threading.Lock()
        self._waiting: list[_Waiting[object]] = []
        self._led = False

    def make(self) -> None:
        """Bring the tables and rules to those of this release, once, however many processes start together."""
        with _connected(self._to_read) as connection:
            current = is_current(connection)
        if not current:
            with _connected(self._engine, writes=True) as connection:
                migrate(connection)

    def grant(self, role: str) -> list[str]:
        """Let a role of PostgreSQL use the tables as the endpoint does; the statements that did it."""
        statements = grants(role)
        with _connected(self._engine, writes=True) as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)
        return statements

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """Questions about one state of the database."""
        with reading_of(self._to_read) as reading:
            yield reading

    def write(self, job: Job[T]) -> T:
        """Run the job in a transaction and return its result once that is committed and on the disk.

        What the job raises undoes the job alone. `Unavailable` when the database cannot write: then nothing was kept,
        or the answer of the disk is not known, and nothing may be said to be recorded. A job may be run again where
        a row of its transaction was refused.
        """
        return self.commit(job).result

    def commit(self, job: Job[T]) -> Commit[T]:
        """The same, with what proves the events that the job appended.

        Whoever finds no writer at work writes for all who arrived before, and hands on to one who arrived meanwhile.
        The others wait, each at a gate of its own that is opened exactly once, so that no wake-up can be missed.
        """
        waiting = _Waiting(job, self._failures)
        with self._arrivals:
            self._waiting.append(waiting)  # type: ignore[arg-type]
            leads = not self._led
            self._led = True
        if not leads:
            waiting.wait()
        if not waiting.settled:
            self._lead()
        return waiting.outcome()

    def check_writable(self) -> None:
        """`Unavailable` unless the database would take an event now. Writes one and takes it back."""

        def attempt(writing: Writing) -> None:
            writing.append([Act(Kind.REFUSED)])
            writing.size()  # whoever asks has it inserted first
            raise _TakenBack

        with suppress(_TakenBack):
            self.write(attempt)

    def tell(self, committed: Callable[[Tree], None]) -> None:
        """Have `committed` called with the tree after each commit, while the next writer waits."""
        self._committed = committed

    def close(self) -> None:
        """End all connections."""
        self._writer.close()
        self._engine.dispose()

    def _lead(self) -> None:
        """Write for all who wait; every job is settled and every gate opened, whatever happens."""
        with self._arrivals:
            jobs, self._waiting = self._waiting, []
        try:
            self._write_together(jobs)
        finally:
            with self._arrivals:
                following = self._waiting[:1]
                self._led = bool(following)
            for one in (*following, *jobs):
                one.open()

    def _write_together(self, jobs: Sequence[_Waiting[object]]) -> None:
        """One transaction for several jobs. Where a row is refused, each is run again in one of its own."""
        try:
            try:
                self._transact(jobs)
            except self._failures.refused:
                for job in jobs:
                    self._write_alone(job)
        except Unavailable as error:
            log.error("the database cannot write: %s", error)
        finally:
            for job in jobs:
                job.give_up()

    def _write_alone(self, job: _Waiting[object]) -> None:
        try:
            self._transact([job])
        except self._failures.refused as error:
            job.fail(error)

    def _transact(self, jobs: Sequence[_Waiting[object]]) -> None:
        with self._writer.transaction() as transaction:
            before = self._tree_in(transaction)
            writing = Writing(transaction.connection, self._inserts, before, self._clock(), self._randomness)
            for job in jobs:
                job.run(writing)
            transaction.commit(writing.insert)
        self._tree = writing.tree_now
        nodes = dict(zip(peak_positions(before.size), before.peaks, strict=True)) | writing.completed
        for job in jobs:
            job.settle(self._tree, nodes, writing.leaves)
        self._committed(self._tree)

    def _tree_in(self, transaction: Transaction) -> Tree:
        """The tree that the ledger has: the one that was written last, unless somebody else wrote since."""
        size = transaction.size
        return self._tree if size == self._tree.size else Reading(transaction.connection).tree(size)


@contextmanager
def reading_of(engine: Engine) -> Iterator[Reading]:
    """Questions about one state of a database that nothing here writes to."""
    with _connected(engine) as connection:
        yield Reading(connection)


@contextmanager
def _connected(engine: Engine, *, writes: bool = False) -> Iterator[Connection]:
    """A connection in a transaction, committed at the end; the database's errors become `Unavailable`."""
    failures = Failures.of(engine)
    with failures.told(), engine.connect().execution_options(**{WRITES: writes}) as connection:
        try:
            with connection.begin():
                yield connection
        except failures.refused:
            raise
        except failures.every:
            connection.invalidate()  # after an I/O error nothing is known about it
            raise


class _TakenBack(Exception):
    """The attempt to write went well, and nothing of it is to stay."""


class _Waiting(Generic[T]):
    """A job, from its arrival until its transaction is over."""

    def __init__(self, job: Job[T], failures: Failures) -> None:
        self._job = job
        self._failures = failures.every
        self._result: list[T] = []
        self._commit: Commit[T] | None = None
        self._error: Exception | None = None
        self._gate = threading.Lock()
        self._gate.acquire()
        self.settled = False

    def wait(self) -> None:
        """Until the gate is opened: the job is settled, or it is this one's turn to write."""
        self._gate.acquire()

    def open(self) -> None:
        """Let the one who waits go on. Each opening is followed by one passing, or by the end of the job."""
        self._gate.release()

    def run(self, writing: Writing) -> None:
        """Do the job; its failure undoes nothing else."""
        self._error = None
        writing.begin()
        try:
            self._result = [self._job(writing)]
        except Exception as error:
            if isinstance(error, self._failures):
                raise
            writing.undo()
            self._error = error
        else:
            writing.keep()

    def settle(self, tree: Tree, nodes: Mapping[int, bytes], leaves: Mapping[int, bytes]) -> None:
        """The transaction was committed."""
        if self._error is None:
            self._commit = Commit(self._result[0], tree, nodes, leaves)
        self.settled = True

    def fail(self, error: Exception) -> None:
        """The job cannot be done."""
        self._error = error
        self.settled = True

    def give_up(self) -> None:
        """The transaction was not committed, unless the job is settled."""
        if not self.settled:
            self.fail(self._error or Unavailable("the transaction was not committed"))

    def outcome(self) -> Commit[T]:
        """What the job returned, or what it raised."""
        if self._error is not None:
            raise self._error
        assert self._commit is not None  # noqa: S101 (it is settled)
        return self._commit
