"""Errors of a database, from SQLAlchemy or straight from its driver, and their meaning here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, IntegrityError

from widget import measures
from widget.errors import NotAsSigned, Unavailable

Kinds = tuple[type[Exception], ...]


class ConnectionLost(Unavailable):
    """The connection turned out to be dead before anything was committed: on another one the same may go well."""


@dataclass(frozen=True)
class Failures:
    """The failures of one database. Those in `refused` say that its rules do not take a row, and nothing is broken."""

    every: Kinds
    refused: Kinds

    @classmethod
    def of(cls, engine: Engine) -> Failures:
        """Those of an engine's driver."""
        driver = engine.dialect.loaded_dbapi
        return cls((DBAPIError, driver.Error), (IntegrityError, driver.IntegrityError))

    @contextmanager
    def told(self) -> Iterator[None]:
        """Raise `Unavailable` for database errors; let constraint violations through."""
        try:
            yield
        except self.refused:
            raise
        except NotAsSigned:
            measures.database_error(measures.NOT_AS_SIGNED)
            raise
        except ConnectionLost:
            measures.database_error(measures.LOST)
            raise
        except self.every as error:
            measures.database_error(measures.UNAVAILABLE)
            raise Unavailable(str(error.orig if isinstance(error, DBAPIError) else error)) from error
