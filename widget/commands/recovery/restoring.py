"""Copies the SQLite database while it is in use, and puts a backup of any kind in its place again."""

from __future__ import annotations

import argparse
import secrets
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from widget.commands import opening
from widget.commands.codes import DONE, NOT_WHOLE
from widget.config import Config, sqlite_file
from widget.consent.erasure_list import copy_from
from widget.consent.resealing import bring_to_keys
from widget.errors import StartRefused, Unavailable
from widget.ledger import key_folder
from widget.ledger.checkpoint import BadCheckpoint, Head
from widget.ledger.head_keeper import HeadKeeper
from widget.ledger.merkle import Tree
from widget.service import check_kept_head
from widget.store.audit import faults, head_faults
from widget.store.audit.findings import Fault
from widget.store.copies.sqlite_file import copy_sqlite, is_open_elsewhere
from widget.store.migrate import refuse_newer, revision_of
from widget.store.queries import Reading
from widget.whole_files import beside

WITH_HEAD = "0004"
"""The revision of the tables since which the database holds its signed head."""


@dataclass(frozen=True)
class PutBack:
    """The outcome: the events that are back, how many were signed later, how many people were erased again.

    Where `faults` says what is wrong with the ledger, nothing was done.
    """

    size: int
    lost: int = 0
    again: int = 0
    faults: tuple[str, ...] = ()
    anew: bool = False
    """Whether the ledger goes on under a new name."""


def backup(config: Config, given: argparse.Namespace) -> int:
    """Run `consents backup`. Returns the exit code."""
    file = _sqlite(config, "pg_dump --format=custom")
    if given.file.exists():
        raise StartRefused(f"{given.file} is there already. A backup never replaces another: choose a new name.")
    given.file.parent.mkdir(parents=True, exist_ok=True)
    with beside(given.file) as copy:
        copy_sqlite(file, copy)
        copied = Config(database=f"sqlite:///{copy}", keys=config.keys_folder, busy_seconds=config.busy_seconds)
        with opening.reading(copied) as reading:
            tree, found = faults(reading, None)
        for name in ("-wal", "-shm"):
            copy.with_name(f"{copy.name}{name}").unlink(missing_ok=True)
    for fault in found:
        print(fault)
    if found:
        return NOT_WHOLE
    print(f"{given.file}: {tree.size} events, whole. Keep a copy of {config.keys_folder} too, elsewhere.")
    return DONE


def restore(config: Config, given: argparse.Namespace) -> int:
    """Run `consents restore`. Returns the exit code."""
    key_folder.refuse_unfinished(config.keys_folder)
    if given.file is not None:
        file = _sqlite(config, "pg_restore")
        _keep_erasures(config)
        if found := _put_in_place(given.file, file, config):
            print(*found, "Nothing was replaced: try another backup.", sep="\n")
            return NOT_WHOLE
    done = put_back(config)
    for fault in done.faults:
        print(fault)
    if done.faults:
        return NOT_WHOLE
    if done.anew:
        print(f"{done.lost} signed events are not in it. The ledger goes on under a new name and cites its last head.")
    print(f"{done.size} events are back. {done.again} erasures were done again.")
    return DONE


def put_back(config: Config) -> PutBack:
    """Go on from a database that was put in place: under a new name where it is older, with the erasures since done
    again."""
    folder = config.keys_folder
    judged = _judge(config)
    if judged.faults:
        return PutBack(judged.size, faults=judged.faults)
    kept = judged.kept
    lost = max(0, kept.size - judged.size) if kept is not None else 0
    if judged.older and kept is not None:
        site = f"https://{kept.origin.rpartition('/consents/')[0]}"
        key_folder.begin_anew(folder, site, secrets.token_bytes)
    with opening.store(config) as store:
        bring_to_keys(store, key_folder.read(folder))
    with opening.service(config) as here:
        again = here.erasures.again  # whoever is on the list is erased again whenever the service is opened
    return PutBack(judged.size, lost, again, anew=judged.older)


@dataclass(frozen=True)
class _Judged:
    """A copy beside the keys: its events, the kept head, whether it lacks what that covers, and what is wrong with it."""

    size: int
    kept: Head | None
    older: bool
    faults: tuple[str, ...]


def _judge(config: Config) -> _Judged:
    folder = config.keys_folder
    try:
        kept = key_folder.kept_head(folder)
    except BadCheckpoint as error:
        raise StartRefused(f"The signed head in {folder} is damaged: {error}. Restore it.") from error
    with opening.reading(config) as reading:
        refuse_newer(reading.connection)
        tree, found = faults(reading, None)
        found = found or _own_head_faults(reading, tree, folder)
        older = False
        if not found:
            try:
                check_kept_head(reading, kept)
            except StartRefused:
                older = True
    return _Judged(tree.size, kept, older, tuple(map(str, found)))


def _own_head_faults(reading: Reading, tree: Tree, folder: Path) -> list[Fault]:
    """In what the head that the copy was signed with differs from its events: an older copy is held to nothing else.

    It may be signed under a name that the log had before. Releases before 0.2 wrote no head into the database.
    """
    revision = revision_of(reading.connection)
    if revision is None or revision < WITH_HEAD or not tree.size or not (folder / key_folder.SIGNING).exists():
        return []
    if HeadKeeper(key_folder.read(folder)).kept_before():
        return []
    found: list[Fault] = []
    for log in key_folder.logs(folder):
        if not (found := head_faults(reading, tree, log, expected=True)):
            break
    return found


def _keep_erasures(config: Config) -> None:
    """Note here whom other hosts erased, as long as the database that is replaced can still say so."""
    try:
        key = key_folder.read(config.keys_folder).details_key
        with opening.reading(config) as reading:
            copy_from(reading, config.keys_folder, key)
    except (Unavailable, StartRefused) as error:
        print(f"The database that is replaced could not be asked for erasures: {error}", file=sys.stderr)


def _put_in_place(backup: Path, file: Path, config: Config) -> tuple[str, ...]:
    """Put a copy of the backup in place, the old database beside it; or say what is wrong with the copy and leave all
    as it is."""
    aside = file.with_name(f"{file.name}.before-restore")
    if aside.exists():
        raise StartRefused(f"{aside} is left from an earlier restore: move it away first.")
    if file.exists() and is_open_elsewhere(file):
        raise StartRefused(f"{file} is open: stop the endpoint first, or what it records from now on would be lost.")
    passing = file.with_name(f"{file.name}.restoring")
    passing.unlink(missing_ok=True)
    copy_sqlite(backup, passing)
    if found := _judge(replace(config, database=f"sqlite:///{passing}")).faults:
        passing.unlink()
        return found
    for end in ("", "-wal", "-shm", "-journal"):
        old = file.with_name(file.name + end)
        if old.exists():
            old.replace(aside.with_name(aside.name + end))
    passing.replace(file)
    return ()


def _sqlite(config: Config, instead: str) -> Path:
    file = sqlite_file(config.database)
    if file is None:
        raise Unavailable(f"this is for SQLite. With PostgreSQL use {instead}")
    return file
