"""Opens what a command needs, and ends it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from widget.config import Config
from widget.errors import Unavailable
from widget.ledger.head_keeper import HeadKeeper
from widget.service import Service, open_service
from widget.store.engine import open_engine, open_to_read, without_password
from widget.store.group_commit import Store, reading_of
from widget.store.queries import Reading


def utc_now() -> datetime:
    """The time now."""
    return datetime.now(UTC)


@contextmanager
def reading(config: Config, heads: HeadKeeper | None = None) -> Iterator[Reading]:
    """Questions to a database that stays as it is; checked where its heads are known."""
    engine = open_to_read(config.database, config.busy_seconds)
    try:
        with reading_of(engine, heads) as found:
            yield found
    except Unavailable as error:
        if type(error) is not Unavailable:
            raise  # it says which ledger it is about, and what differs
        raise Unavailable(f"the database {without_password(config.database)} cannot be read: {error}") from error
    finally:
        engine.dispose()


@contextmanager
def store(config: Config) -> Iterator[Store]:
    """The database, for what is no event."""
    opened = Store(open_engine(config.database, config.busy_seconds), utc_now, secrets.token_bytes)
    try:
        opened.make()
        yield opened
    finally:
        opened.close()


@contextmanager
def service(config: Config) -> Iterator[Service]:
    """Everything, for what writes events."""
    opened = open_service(config, utc_now, secrets.token_bytes)
    try:
        yield opened
    finally:
        opened.close()
