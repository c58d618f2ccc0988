"""`consents drill`: restores a backup into a scratch place, looks whether it is whole, and says so. The live service is not
touched: its keys are copied, its database is not opened.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from widget import __version__
from widget.commands import opening
from widget.commands.codes import DONE, NOT_WHOLE
from widget.commands.recovery.drill_report import NOT_RESTORED, Drill
from widget.commands.recovery.restoring import put_back
from widget.commands.whole import PARTS, look
from widget.config import Config
from widget.errors import StartRefused, Unavailable
from widget.ledger import head_files, key_folder
from widget.ledger.events import utc
from widget.ledger.key_use import FILE as IN_USE
from widget.published_files import PublishedFiles
from widget.store.copies.dump import dump_in_scratch, is_same
from widget.store.copies.sqlite_file import copy_sqlite
from widget.store.copies.summary import summary_of
from widget.whole_files import write_whole

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"
STARTS = {b"SQLite format 3\0": SQLITE, b"PGDMP": POSTGRESQL}
"""How the files begin: an SQLite database, and a dump in pg_dump's own format."""
CHUNK = 1 << 20


def drill(config: Config, given: argparse.Namespace) -> int:
    """Run `consents drill`. Returns the exit code."""
    kind = _kind(given.backup)
    PublishedFiles(config.manifest, config.layout).now()
    if given.scratch is not None and is_same(given.scratch, config.database):
        raise StartRefused("--scratch names the live database. Make a new, empty one for the drill.")
    done = Drill(
        *(str(given.backup), kind, given.backup.stat().st_size, _digest(given.backup)),
        at=utc(opening.utc_now()),
        release=__version__,
        faults={part: [] for part in (*PARTS, NOT_RESTORED)},
    )
    with _scratch(config, given.backup, kind, given.scratch) as there:
        began = time.monotonic()
        _try(there, done)
        done.seconds = time.monotonic() - began
    for line in done.sentences():
        print(line)
    if given.report is not None:
        write_whole(given.report, json.dumps(done.document(), ensure_ascii=False, indent=1) + "\n")
    return DONE if done.whole else NOT_WHOLE


def _try(there: Config, done: Drill) -> None:
    """Put the backup back there, and note what is not as it must be."""
    try:
        with opening.reading(there) as reading:
            here = summary_of(reading.connection)
        done.tables, done.events, done.newest = here.tables, here.events, here.newest
        back = put_back(there)
        done.lost, done.erased_again = back.lost, back.again
        done.faults["ledger"] += back.faults
        if back.faults:
            return
        looked = look(there, manifest=there.manifest)
        for part in PARTS:
            done.faults[part] += looked.faults[part]
        with opening.service(there) as service:
            service.store.check_writable()
    except (StartRefused, Unavailable) as error:
        done.faults[NOT_RESTORED].append(str(error))


@contextmanager
def _scratch(config: Config, backup: Path, kind: str, database: str | None) -> Iterator[Config]:
    """The backup in a scratch place that nobody else can read, with a copy of the keys; all of it is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="consents-drill-") as name:
        folder = Path(name)
        there = replace(config, keys=_copy_of_keys(config.keys_folder, folder / "keys"), mail=None, new_keys=False)
        if kind == SQLITE:
            copy_sqlite(backup, folder / "consents.db")
            yield replace(there, database=f"sqlite:///{folder}/consents.db")
            return
        if database is None:
            raise StartRefused(
                "This is a dump of PostgreSQL: name an empty database for it with --scratch, such as "
                "postgresql+psycopg://postgres@/consents_drill"
            )
        with dump_in_scratch(backup, database):
            yield replace(there, database=database)


def _copy_of_keys(keys: Path, copy: Path) -> Path:
    key_folder.read(keys)
    shutil.copytree(keys, copy, ignore=shutil.ignore_patterns(IN_USE, head_files.LOCK))
    copy.chmod(0o700)
    return copy


def _kind(backup: Path) -> str:
    with backup.open("rb") as file:
        begin = file.read(max(map(len, STARTS)))
    for start, kind in STARTS.items():
        if begin.startswith(start):
            return kind
    raise StartRefused(
        f"{backup} is neither an SQLite database nor a dump by pg_dump --format=custom. Give it what `consents backup` or "
        "pg_dump wrote, unpacked and decrypted."
    )


def _digest(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as opened:
        while chunk := opened.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
