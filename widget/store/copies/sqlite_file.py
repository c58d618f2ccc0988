"""Copies an SQLite database that is in use, through SQLite itself: a copied file may lack what is not yet in it."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

from widget.errors import Unavailable
from widget.store.engine import sqlite_module


def copy_sqlite(source: Path, target: Path) -> None:
    """Copy a database, and flush the copy; `Unavailable` where it cannot be read or written."""
    module = sqlite_module()
    if not source.is_file():
        raise Unavailable(f"there is no database {source}")
    target.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        with (
            closing(module.connect(f"file:{source}?mode=ro", uri=True)) as old,
            closing(module.connect(str(target))) as new,
        ):
            old.backup(new)
    except module.Error as error:
        target.unlink()
        raise Unavailable(f"{source} cannot be copied: {error}") from error
    handle = os.open(target, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def is_open_elsewhere(file: Path) -> bool:
    """Whether another process has an SQLite database open: SQLite lets only the last one end its write-ahead log.

    That is seen where the database is in WAL mode. One that is damaged is nobody's.
    """
    module = sqlite_module()
    with closing(module.connect(str(file), timeout=0)) as connection:
        try:
            connection.execute("PRAGMA journal_mode = DELETE")
        except module.OperationalError as error:
            return "locked" in str(error)
        except module.DatabaseError:
            return False
    return False
