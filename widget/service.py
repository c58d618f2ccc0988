"""The open parts of the endpoint: the published files, the keys and the database; and the checks before it starts."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from widget.config import Config
from widget.consent.erasure_list import ErasureList
from widget.consent.lookups import refold_lookups
from widget.consent.publications import agreeing, new_in, record_publications
from widget.consent.renewal import Standing, standings
from widget.errors import NotAsSigned, OtherKeys, StartRefused, Unavailable
from widget.ledger import head_files, key_folder
from widget.ledger.checkpoint import BadCheckpoint, Head
from widget.ledger.events import ConsentEvent, utc
from widget.ledger.head_keeper import HeadKeeper
from widget.ledger.key_folder import Keys
from widget.ledger.key_use import KeyUse
from widget.ledger.merkle import inclusion_path
from widget.ledger.proofs import Evidence, evidence
from widget.ledger.receipt_file import SIGNATURE, canonical_json, signed_json
from widget.manifest import Manifest, ManifestError
from widget.people.details import Sealing
from widget.published_files import Published, PublishedFiles
from widget.store.engine import open_engine, without_password
from widget.store.group_commit import Store
from widget.store.queries import Reading
from widget.strings import LONDON

log = logging.getLogger("consents")
Clock = Callable[[], datetime]
Randomness = Callable[[int], bytes]
REMEDY = (
    "The database is not the one whose heads were signed here. Run: consents verify. Then restore the newest backup, or, "
    "where only the keys folder is behind, give it the last head: consents keep-head FILE"
)


@dataclass(frozen=True)
class Service:
    """Everything that requests share. Safe to use from many threads."""

    config: Config
    files: PublishedFiles
    keys: Keys
    store: Store
    clock: Clock
    randomness: Randomness
    use: KeyUse
    erasures: ErasureList

    @property
    def published(self) -> Published:
        """The publications of now."""
        return self.files.now()

    @property
    def manifest(self) -> Manifest:
        """The manifest now."""
        return self.published.manifest

    @property
    def sealing(self) -> Sealing:
        """The keys for personal details."""
        return Sealing.of(self.keys)

    def keys_since(self) -> str:
        """Since when idempotency keys are remembered."""
        return utc(self.clock() - timedelta(days=self.config.idempotency_days))

    def standings(self, events: Iterable[ConsentEvent]) -> dict[str, Standing]:
        """Where each consent of one subject stands today."""
        return standings(events, self.manifest, self.today())

    def signed(self, document: dict[str, Any]) -> dict[str, Any]:
        """The document with the signature of this ledger."""
        return document | {SIGNATURE: self.keys.sign_receipt(canonical_json(document))}

    def signed_json(self, document: dict[str, Any]) -> bytes:
        """The same as JSON."""
        return signed_json(document, self.keys.sign_receipt)

    def record_publications(self) -> None:
        """Record what the ledger has not seen of the manifest: a retraction waits while an earlier release may run."""
        with suppress(ManifestError):  # reported when the manifest was read
            _record_publications(self.store, self.manifest)

    def copy_lists(self) -> None:
        """Take over what other hosts noted: who was erased, and which API keys were revoked."""
        self.erasures.copy()
        copy_revoked(self.store, self.keys.folder)

    def today(self) -> date:
        """The council's day, which decides what is in force."""
        return self.clock().astimezone(LONDON).date()

    def checkpoint(self) -> str:
        """The signed head of the ledger now, kept here."""
        with self.store.reading() as reading:
            signed = reading.signed()[1]
        self.store.keep(signed)
        return signed.checkpoint

    def evidence(self, reading: Reading, events: Sequence[ConsentEvent]) -> Evidence:
        """The proofs for events, all against the signed head of what is read, which is kept here before it leaves."""
        tree, signed = reading.signed()
        self.store.keep(signed)
        places = {place for event in events for place in inclusion_path(event.seq - 1, tree.size).positions()}
        return evidence(signed.checkpoint, tree.size, reading.nodes(places), events)

    def close(self) -> None:
        """End all connections. The last head is kept already: none leaves before."""
        self.store.close()
        self.use.close()


def open_service(config: Config, clock: Clock, randomness: Randomness) -> Service:
    """Open everything; `StartRefused` where something is missing, or the ledger is not the one that was signed."""
    if config.database.startswith("sqlite") and config.workers != 1:
        raise StartRefused("SQLite takes one worker process. Leave out --workers, or use PostgreSQL.")
    if config.workers != 1 and config.ratelimit != "off" and config.ratelimit_storage.startswith("memory"):
        raise StartRefused("More than one process counts requests in Redis: set RATELIMIT_STORAGE_URI=redis://host.")
    folder = config.keys_folder
    key_folder.refuse_unfinished(folder)
    files = PublishedFiles(config.manifest, config.layout)
    site = files.now().manifest.site
    store = Store(open_engine(config.database, config.busy_seconds, config.idle_seconds), clock, randomness)
    use: KeyUse | None = None
    try:
        store.make()
        store.warn_of_standbys()
        with store.reading() as reading:
            key_folder.make(folder, site.base_url, randomness, events=reading.size(), anew=config.new_keys)
            use = KeyUse(folder)
            check_kept_head(reading, _kept_head(config))
            if head_files.exist(folder) and HeadKeeper(key_folder.read(folder)).kept_before():
                key_folder.note_api_keys(folder, [key.hash for key in reading.api_keys()])
        keys = key_folder.read(folder)
        store.sign_with(HeadKeeper(keys), anew=config.new_keys)
        refold_lookups(store, Sealing.of(keys))
        erasures = ErasureList(store, folder, keys.details_key)
        files.record_with(
            lambda manifest: _record_publications(store, manifest), lambda manifest: _agreeing(store, manifest)
        )
        erasures.copy()
        copy_revoked(store, folder)
    except BaseException as error:
        store.close()
        if use is not None:
            use.close()
        if isinstance(error, OtherKeys):
            raise StartRefused(str(error)) from error
        if isinstance(error, NotAsSigned):
            raise StartRefused(f"{str(error).capitalize()}. {REMEDY}") from error
        if isinstance(error, Unavailable):
            raise StartRefused(f"The database {without_password(config.database)} cannot be used: {error}") from error
        raise
    return Service(config, files, keys, store, clock, randomness, use, erasures)


def copy_revoked(store: Store, folder: Path) -> None:
    """Note in the keys folder which API keys were revoked on another host, or by an earlier release."""
    with store.reading() as reading:
        revoked = [key.key_id for key in reading.api_keys() if key.revoked is not None]
    noted = set(key_folder.revoked(folder))
    if lacking := [key_id for key_id in revoked if key_id not in noted]:
        key_folder.note_revoked(folder, lacking)


def _record_publications(store: Store, manifest: Manifest) -> None:
    with store.reading() as reading:
        new = new_in(manifest, reading.publications())
    if new:
        store.write(lambda writing: record_publications(writing, manifest))


def _agreeing(store: Store, manifest: Manifest) -> Manifest:
    with store.reading() as reading:
        return agreeing(manifest, reading.publications())


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
