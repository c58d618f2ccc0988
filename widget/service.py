"""What the endpoint holds open: the published files, the keys and the database; and the checks before it starts."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from widget import keys as key_folder
from widget.checkpoint import BadCheckpoint, Head, tlog_proof
from widget.config import Config, sqlite_file
from widget.events import ConsentEvent
from widget.head_keeper import HeadKeeper
from widget.keys import Keys
from widget.manifest import Manifest
from widget.merkle import inclusion_path
from widget.problems import StartRefused, Unavailable
from widget.published import Published, PublishedFiles
from widget.recording import Sealing
from widget.store.engine import open_engine
from widget.store.reading import Reading
from widget.store.store import Store
from widget.words import LONDON

log = logging.getLogger("consents")
Clock = Callable[[], datetime]
Randomness = Callable[[int], bytes]


@dataclass(frozen=True)
class Evidence:
    """What proves that events are in the ledger: leaves, a C2SP tlog-proof for each, and the signed head."""

    leaves: list[str]
    proofs: list[str]
    checkpoint: str


@dataclass(frozen=True)
class Service:
    """Everything that requests share. Safe to use from many threads."""

    config: Config
    files: PublishedFiles
    keys: Keys
    store: Store
    keeper: HeadKeeper
    clock: Clock
    randomness: Randomness

    @property
    def published(self) -> Published:
        """What is published now."""
        return self.files.now()

    @property
    def manifest(self) -> Manifest:
        """The manifest now."""
        return self.published.manifest

    @property
    def sealing(self) -> Sealing:
        """The keys for personal details."""
        return Sealing(self.keys.details_key, self.keys.pepper)

    def today(self) -> date:
        """The council's day, which decides what is in force."""
        return self.clock().astimezone(LONDON).date()

    def checkpoint(self) -> str:
        """The signed head of the ledger now."""
        with self.store.reading() as reading:
            return self._checkpoint(reading)

    def evidence(self, reading: Reading, events: list[ConsentEvent]) -> Evidence:
        """The proofs for events, all against one head."""
        size, checkpoint = reading.size(), self._checkpoint(reading)
        paths = [reading.proof(inclusion_path(event.seq - 1, size)) for event in events]
        proofs = [tlog_proof(event.seq - 1, path, checkpoint) for event, path in zip(events, paths, strict=True)]
        return Evidence([event.leaf().decode() for event in events], proofs, checkpoint)

    def close(self) -> None:
        """Keep the last head and end all connections."""
        self.keeper.close()
        self.store.close()

    def _checkpoint(self, reading: Reading) -> str:
        tree = reading.tree(reading.size())
        return self.keys.sign(tree.size, tree.root)


def open_service(config: Config, clock: Clock, randomness: Randomness) -> Service:
    """Open everything; `StartRefused` where something is missing, or the ledger is not the one that was signed."""
    if config.database.startswith("sqlite"):
        if sqlite_file(config.database) is None:
            raise StartRefused("The database needs a file: sqlite:///var/consents.db, or sqlite:////an/absolute/path.")
        if config.workers != 1:
            raise StartRefused("SQLite takes one worker process. Leave out --workers, or use PostgreSQL.")
    files = PublishedFiles(config.manifest, config.layout)
    site = files.now().manifest.site
    key_folder.make(config.keys_folder, site.base_url, randomness)
    keys = key_folder.read(config.keys_folder)
    keeper = HeadKeeper(keys)
    store = Store(open_engine(config.database, config.busy_seconds), clock, randomness, keeper.committed)
    try:
        store.make()
        with store.reading() as reading:
            check_kept_head(reading, _kept_head(config))
    except Unavailable as error:
        store.close()
        raise StartRefused(f"The database {config.database} cannot be used: {error}") from error
    except StartRefused:
        store.close()
        raise
    return Service(config, files, keys, store, keeper, clock, randomness)


def check_kept_head(reading: Reading, kept: Head | None) -> None:
    """`StartRefused` where the database holds less than the kept head signed, or something else."""
    if kept is None:
        return
    size = reading.size()
    if size < kept.size:
        raise StartRefused(
            f"The database has {size} events, but {kept.size} were signed: an older copy was put in its place, or its end "
            "was cut off. Restore the newest backup of the database. (If this is a trial, remove the keys as well.)"
        )
    if reading.tree(kept.size).root != kept.root:
        raise StartRefused("The database's first events are not those that were signed. Run: consents verify")


def _kept_head(config: Config) -> Head | None:
    try:
        return key_folder.kept_head(config.keys_folder)
    except BadCheckpoint as error:
        raise StartRefused(f"The signed head in {config.keys_folder} is damaged: {error}. Restore it.") from error
