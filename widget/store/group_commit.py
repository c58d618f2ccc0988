"""Opens, reads and writes the database. One writer at a time; requests that wait for it share its next commit."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Generic, TypeVar

from sqlalchemy import Engine
from sqlalchemy.engine import Connection

from widget import measures
from widget.errors import NotAsSigned, Unavailable
from widget.ledger.checkpoint import Head
from widget.ledger.events import Act, Kind
from widget.ledger.head_keeper import HeadKeeper, SignedHead
from widget.ledger.merkle import Tree, peak_positions
from widget.store.bulk_insert import Inserts
from widget.store.continuity import Claim, first_tree, signed_tree
from widget.store.engine import WRITES, for_reading, is_lost, sqlite_module
from widget.store.errors import ConnectionLost, Failures
from widget.store.grants import grants
from widget.store.migrate import is_current, migrate
from widget.store.queries import Checks, Reading, claim_of
from widget.store.standby import warn_of_standbys
from widget.store.transaction import Writing
from widget.store.write_connection import Transaction, Writer

log = logging.getLogger("consents")

T = TypeVar("T")
Job = Callable[[Writing], T]


@dataclass(frozen=True)
class Commit(Generic[T]):
    """A job's result, and the tree after the commit that it was in.

    `nodes` holds, by position, all that it takes to prove the events of that commit against that tree, `leaves` by
    number those events as they were hashed. `checkpoint` is the signed head of the tree, empty where nothing is signed.
    """

    result: T
    tree: Tree
    nodes: Mapping[int, bytes]
    leaves: Mapping[int, bytes]
    checkpoint: str


class Store:
    """The database of one ledger; safe to use from many threads.

    Until `sign_with` is called nothing is signed and nothing checked: that is for what makes tables and writes no event.
    """

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
        self._heads: HeadKeeper | None = None
        self._signed: SignedHead | None = None
        self._inserts = Inserts(engine.dialect)
        self._tree = Tree()
        self._arrivals = threading.Lock()
        self._waiting: list[_Waiting[object]] = []
        self._led = False

    @property
    def database(self) -> str:
        """Which database it is, and of which release: `sqlite 3.53.0`."""
        dialect = self._engine.dialect
        version = getattr(dialect, "server_version_info", None)
        if dialect.name == "sqlite":
            version = sqlite_module().sqlite_version_info
        return " ".join((dialect.name, ".".join(map(str, version or ())))).strip()

    def make(self) -> None:
        """Bring the tables and rules to those of this release, once, however many processes start together."""
        with _connected(self._to_read) as connection:
            current = is_current(connection)
        if not current:
            with _connected(self._engine, writes=True) as connection:
                migrate(connection)

    def warn_of_standbys(self) -> None:
        """Say in the log what a fail-over to a standby can lose."""
        with _connected(self._to_read) as connection:
            warn_of_standbys(connection)

    def grant(self, role: str) -> list[str]:
        """Let a role of PostgreSQL use the tables as the endpoint does; the statements that did it."""
        statements = grants(role)
        with _connected(self._engine, writes=True) as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)
        return statements

    def sign_with(self, heads: HeadKeeper, *, anew: bool = False) -> None:
        """From now on check that what is read was signed, and sign what is written; the first head where there is none.

        `NotAsSigned` where the database does not extend the kept head, or needs other keys, unless those were lost
        and are made `anew`.
        """
        with self._writer.transaction() as transaction:
            reading = Reading(transaction.connection)
            claim = replace(transaction.claim, keys=None) if anew else transaction.claim
            tree, signed = first_tree(claim, heads, reading.nodes)
            writing = Writing(transaction.connection, self._inserts, tree, self._clock(), self._randomness)
            if not heads.is_current(signed):  # a backup from before the key changed, at the same size
                signed = heads.sign(tree)
            if signed.checkpoint != claim.checkpoint:
                heads.trust(signed)
                heads.keep(signed, reading.extends)  # first: a head in the database that is not kept stops the start
                writing.put_head(signed)
            if claim != Claim(tree.size, signed.checkpoint, heads.fingerprints):
                transaction.commit(lambda: writing.put_keys(heads.fingerprints))
        self._tree, self._signed, self._heads = tree, signed, heads
        heads.keep(signed, self.extends)

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """Questions about one state of the database, which was seen to extend the kept head; else `NotAsSigned`.

        A connection that turns out to be dead at the first question is replaced once.
        """
        with _questions(self._to_read, self._heads) as reading:
            yield reading

    def extends(self, first: Head, second: Head) -> bool:
        """Whether the database shows, as it is now, that the tree of the second head only added to that of the first."""
        with _questions(self._to_read, None) as reading:
            return reading.extends(first, second)

    def keep(self, signed: SignedHead) -> None:
        """Have a head that a reading found in the keys folder, before it leaves.

        `Unavailable` where it cannot be kept.
        """
        if self._heads is not None:
            self._heads.keep(signed, self.extends)

    def write(self, job: Job[T]) -> T:
        """Run the job in a transaction and return its result once that is committed and on the disk.

        An error of the job undoes the job alone. `Unavailable` when the database cannot write: then nothing was kept,
        or the answer of the disk is not known, and nothing may be said to be recorded. A job may be run again where
        a row of its transaction was refused.
        """
        return self.commit(job).result

    def commit(self, job: Job[T]) -> Commit[T]:
        """The same, with what proves the events that the job appended.

        A thread that finds no writer at work writes for all that arrived before, and hands on to one that arrived
        meanwhile. The others wait, each at a gate of its own that is opened exactly once, so that no wake-up can be
        missed.
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

    def change_keys(self, heads: HeadKeeper, job: Job[T]) -> T:
        """Run the job and have the database need other keys, which sign its head, in one transaction.

        This store has the old keys: it checks with them before, and is of no use after.
        """
        with self._writer.transaction() as transaction:
            tree, _ = self._continued(transaction)
            checks = Checks(heads, (), transaction.claim)
            writing = Writing(transaction.connection, self._inserts, tree, self._clock(), self._randomness, checks)
            writing.begin()
            result = job(writing)
            writing.keep()
            writing.put_head(heads.sign(tree))
            transaction.commit(lambda: writing.put_keys(heads.fingerprints))
        return result

    def check_writable(self) -> None:
        """`Unavailable` unless an event would be taken now and its head kept. Writes one and takes it back."""

        def attempt(writing: Writing) -> None:
            writing.append([Act(Kind.REFUSED)])
            writing.size()  # whoever asks has it inserted first
            raise _TakenBack

        with suppress(_TakenBack):
            self.write(attempt)
        if self._heads is not None:
            self._heads.check()

    def close(self) -> None:
        """End all connections."""
        self._writer.close()
        self._engine.dispose()

    def _lead(self) -> None:
        """Write for all who wait; every job is settled and every gate opened, whatever happens.

        The next leader begins before the head is kept, and writes while the disk takes it.
        """
        with self._arrivals:
            jobs, self._waiting = self._waiting, []
        try:
            try:
                self._write_together(jobs)
                signed = self._signed
            finally:
                self._hand_on()
            self._confirm(jobs, signed)
        finally:
            for job in jobs:
                job.open()

    def _hand_on(self) -> None:
        with self._arrivals:
            following = self._waiting[:1]
            self._led = bool(following)
        for one in following:
            one.open()

    def _confirm(self, jobs: Sequence[_Waiting[object]], signed: SignedHead | None) -> None:
        """Keep the head that covers what the jobs wrote; where that fails, none of them is confirmed."""
        try:
            if signed is not None:
                self.keep(signed)
        except Exception as error:
            log.error("nothing is confirmed: %s", error)
            for job in jobs:
                job.take_back(error)

    def _write_together(self, jobs: Sequence[_Waiting[object]]) -> None:
        """One transaction for several jobs. Where a row is refused, each is run again in one of its own."""
        try:
            try:
                self._transact_once_more_if_lost(jobs)
            except self._failures.refused:
                for job in jobs:
                    self._write_alone(job)
        except NotAsSigned as error:
            log.error("nothing is signed: %s", error)
            for job in jobs:
                job.fail(error)
        except Unavailable as error:
            log.error("nothing can be recorded: %s", error)
        finally:
            for job in jobs:
                job.give_up()

    def _write_alone(self, job: _Waiting[object]) -> None:
        try:
            self._transact_once_more_if_lost([job])
        except self._failures.refused as error:
            job.fail(error)

    def _transact_once_more_if_lost(self, jobs: Sequence[_Waiting[object]]) -> None:
        try:
            self._transact(jobs)
        except ConnectionLost as error:
            log.warning("a connection to the database is replaced: %s", error)
            self._transact(jobs)

    def _transact(self, jobs: Sequence[_Waiting[object]]) -> None:
        heads = self._heads
        if heads is not None:
            heads.ready()
        places = peak_positions(self._tree.size) if heads is not None else ()
        with self._writer.transaction(places, signed=heads is not None) as transaction:
            before, signed = self._continued(transaction)
            checks = Checks(heads, (), transaction.claim) if heads is not None else None
            now = self._clock()
            writing = Writing(transaction.connection, self._inserts, before, now, self._randomness, checks)
            for job in jobs:
                job.run(writing)
            new = heads.sign(writing.tree_now) if heads is not None and writing.appended else None

            def last() -> None:
                writing.insert()
                if new is not None:
                    writing.put_head(new)

            transaction.commit(last)
        if heads is not None and new is not None:
            signed = new
            heads.trust(new)
        self._tree, self._signed = writing.tree_now, signed
        nodes = dict(zip(peak_positions(before.size), before.peaks, strict=True)) | writing.completed
        checkpoint = signed.checkpoint if signed is not None else ""
        for job in jobs:
            job.settle(self._tree, nodes, writing.leaves, checkpoint)

    def _continued(self, transaction: Transaction) -> tuple[Tree, SignedHead | None]:
        """The tree that the ledger has and its signed head, seen to extend the kept one.

        Mostly it is the one that was written here last, with the same peaks; else somebody else wrote since.
        """
        claim, heads = transaction.claim, self._heads
        if heads is None or self._signed is None:
            mine = claim.size == self._tree.size
            return self._tree if mine else Reading(transaction.connection).tree(claim.size), None
        known = heads.known()
        same = claim == Claim(self._tree.size, self._signed.checkpoint, heads.fingerprints) and known == (
            self._signed.head,
        )
        peaks = tuple(transaction.nodes.get(place) for place in peak_positions(self._tree.size))
        if same and peaks == self._tree.peaks:
            return self._tree, self._signed
        return signed_tree(claim, heads, known, Reading(transaction.connection).nodes)


@contextmanager
def reading_of(engine: Engine, heads: HeadKeeper | None = None) -> Iterator[Reading]:
    """Questions about one state of a database that nothing here writes to; checked where its heads are known."""
    with _questions(engine, heads) as reading:
        yield reading


@contextmanager
def _questions(engine: Engine, heads: HeadKeeper | None) -> Iterator[Reading]:
    """A reading. The known heads are asked for before it begins: what it sees is then at least as new."""
    failures = Failures.of(engine)
    known = heads.known() if heads is not None else ()
    with failures.told():
        try:
            connection, claim = _begun(engine, heads is not None)
        except ConnectionLost:
            measures.database_error(measures.LOST)
            connection, claim = _begun(engine, heads is not None)
        try:
            if heads is None or claim is None:
                yield Reading(connection)
            else:
                reading = Reading(connection, Checks(heads, known, claim))
                reading.signed()
                yield reading
        except failures.every:
            connection.invalidate()  # after an I/O error nothing is known about it
            raise
        finally:
            connection.close()


def _begun(engine: Engine, signed: bool) -> tuple[Connection, Claim | None]:
    """A connection with a transaction whose first question was answered; `ConnectionLost` where it turns out to be
    dead."""
    connection = engine.connect()
    try:
        connection.begin()
        if signed:
            return connection, claim_of(connection)
        connection.exec_driver_sql("SELECT 1")
        return connection, None
    except Failures.of(engine).every as error:
        lost = is_lost(connection)
        connection.invalidate()
        connection.close()
        if not lost:
            raise
        engine.dispose()  # what ended this one ended the others
        raise ConnectionLost(str(error)) from error


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

    def settle(self, tree: Tree, nodes: Mapping[int, bytes], leaves: Mapping[int, bytes], checkpoint: str) -> None:
        """The transaction was committed."""
        if self._error is None:
            self._commit = Commit(self._result[0], tree, nodes, leaves, checkpoint)
        self.settled = True

    def fail(self, error: Exception) -> None:
        """The job cannot be done."""
        self._error = error
        self.settled = True

    def take_back(self, error: Exception) -> None:
        """The transaction was committed, but its head is not kept: nothing may be said to be recorded."""
        self._error = self._error or error

    def give_up(self) -> None:
        """The transaction was not committed, unless the job is settled."""
        if not self.settled:
            self.fail(self._error or Unavailable("the transaction was not committed"))

    def outcome(self) -> Commit[T]:
        """The job's result, or its error."""
        if self._error is not None:
            raise self._error
        assert self._commit is not None  # noqa: S101 (it is settled)
        return self._commit
