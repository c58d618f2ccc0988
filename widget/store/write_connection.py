"""The connection that writes: kept open from one commit to the next, with as few round trips as the database allows.

The statements of every commit go to the driver itself: through SQLAlchemy a statement costs several times as much.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.engine import Connection, RootTransaction

from widget.store.continuity import Claim
from widget.store.engine import WRITES, is_lost, is_stale, note_use
from widget.store.errors import ConnectionLost, Failures
from widget.store.queries import CLAIM, SIZE, ask_nodes

Together = Callable[[], AbstractContextManager[object]]


@dataclass
class Transaction:
    """A transaction that holds the write lock; what the database claimed when it began, and the nodes asked for."""

    connection: Connection
    claim: Claim
    nodes: Mapping[int, bytes]
    _root: RootTransaction
    _together: Together
    ending: bool = False
    """Whether the commit has begun: from then on a failure leaves open whether anything was kept."""

    def commit(self, last: Callable[[], None]) -> None:
        """Do what is `last`, and commit: in one round trip where the database can."""
        self.ending = True
        with self._together():
            last()
            self._root.commit()


class Writer:
    """Begins transactions on one connection; not for two threads at the same time."""

    def __init__(self, engine: Engine, failures: Failures) -> None:
        self._engine = engine
        self._failures = failures
        self._kept: Connection | None = None

    @contextmanager
    def transaction(self, places: Sequence[int] = (), *, signed: bool = True) -> Iterator[Transaction]:
        """A transaction that holds the write lock, undone unless it is committed; nodes at `places` are read with it.

        The claim has no head where it is not `signed`. `ConnectionLost` where the connection died before the commit,
        so that it may be tried again; `Unavailable` where the database cannot write; a row that it refuses is told as
        it is.
        """
        with self._failures.told():
            connection = self._connection()
            transaction = None
            try:
                transaction = self._begin(connection, places, signed)
                with transaction._root as root:
                    yield transaction
                    root.close()
            except BaseException as error:
                if isinstance(error, self._failures.refused) and connection.get_transaction() is None:
                    self._keep(connection)  # it was rolled back, and is as good as before
                    raise
                lost = isinstance(error, self._failures.every) and is_lost(connection)
                _end(connection)
                if not lost:
                    raise
                self._engine.dispose()  # what ended this one ended the others
                if transaction is not None and transaction.ending:
                    raise
                raise ConnectionLost(str(error)) from error
            self._keep(connection)

    def close(self) -> None:
        """End the connection."""
        if self._kept is not None:
            self._kept.close()
            self._kept = None

    def _connection(self) -> Connection:
        """The kept connection; a new one where there is none, or it is stale."""
        kept, self._kept = self._kept, None
        if kept is not None and is_stale(kept):
            _end(kept)
            kept = None
        return kept or self._engine.connect().execution_options(**{WRITES: True})

    def _begin(self, connection: Connection, places: Sequence[int], signed: bool) -> Transaction:
        together: Together = nullcontext
        if connection.dialect.name != "sqlite":
            driver: Any = connection.connection.driver_connection
            together = driver.pipeline
        with together():
            root = connection.begin()
            claimed = connection.connection.cursor().execute(CLAIM if signed else SIZE)
            if places:
                asked = ask_nodes(connection.connection.cursor(), connection.dialect.name, places)
        size, *head = claimed.fetchone()
        nodes = dict(asked.fetchall()) if places else {}
        return Transaction(connection, Claim(int(size), *(head or (None, None))), nodes, root, together)

    def _keep(self, connection: Connection) -> None:
        note_use(connection)
        self._kept = connection


def _end(connection: Connection) -> None:
    connection.invalidate()
    connection.close()
