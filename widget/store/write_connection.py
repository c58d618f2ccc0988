"""The connection that writes: kept open from one commit to the next, with as few round trips as the database allows.

What every commit does goes to the driver itself: through SQLAlchemy a statement costs several times as much.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.engine import Connection, RootTransaction

from widget.store.engine import WRITES
from widget.store.errors import Failures
from widget.store.queries import SIZE

Together = Callable[[], AbstractContextManager[object]]


@dataclass(frozen=True)
class Transaction:
    """A transaction that holds the write lock; `size` is how many events there were when it began."""

    connection: Connection
    size: int
    _root: RootTransaction
    _together: Together

    def commit(self, last: Callable[[], None]) -> None:
        """Do what is `last`, and commit: in one round trip where the database can."""
        with self._together():
            last()
            self._root.commit()


class Writer:
    """Begins transactions on one connection; not for two threads at the same time."""

    def __init__(self, engine: Engine, failures: Failures) -> None:
        self._engine = engine
        self._failures = failures
        self._kept: tuple[Connection, Together] | None = None

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """A transaction that holds the write lock, undone unless it is committed.

        `Unavailable` where the database cannot write; a row that it refuses is told as it is.
        """
        with self._failures.told():
            connection, together = self._kept or self._connected()
            self._kept = None
            try:
                with together():
                    root = connection.begin()
                    counted = connection.connection.cursor().execute(SIZE)
                with root:
                    yield Transaction(connection, int(counted.fetchone()[0]), root, together)
                    root.close()
            except BaseException as error:
                if isinstance(error, self._failures.refused) and connection.get_transaction() is None:
                    self._kept = connection, together  # it was rolled back, and is as good as before
                else:
                    connection.invalidate()
                    connection.close()
                raise
            self._kept = connection, together

    def close(self) -> None:
        """End the connection."""
        if self._kept is not None:
            self._kept[0].close()
            self._kept = None

    def _connected(self) -> tuple[Connection, Together]:
        connection = self._engine.connect().execution_options(**{WRITES: True})
        driver: Any = connection.connection.driver_connection
        return connection, nullcontext if connection.dialect.name == "sqlite" else driver.pipeline
