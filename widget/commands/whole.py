"""Whether a database, its keys and the manifest are as they must be: what `verify` and `drill` say, by what was looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from widget.commands import opening
from widget.commands.progress import progress
from widget.config import Config
from widget.consent.publications import conflicts
from widget.ledger import key_folder
from widget.ledger.checkpoint import BadCheckpoint, Head
from widget.ledger.head_keeper import HeadKeeper
from widget.ledger.key_folder import Keys
from widget.ledger.merkle import Tree
from widget.manifest import ManifestError, from_json, salvaged
from widget.store.audit import (
    Kept,
    Ledger,
    beside_the_tree,
    faults,
    head_faults,
    kept_faults,
    key_faults,
    written_out,
)
from widget.store.migrate import is_current, refuse_newer
from widget.store.queries import Reading

PARTS = ("head", "ledger", "keys", "tables", "manifest")


@dataclass(frozen=True)
class Looked:
    """The outcome of a look: how many events, the kept head, and the lines of what is wrong, by part."""

    size: int
    kept: Head | None
    current: bool
    """Whether the tables are those of this release."""
    before: bool
    """Whether only an earlier release kept a head here."""
    faults: Mapping[str, list[str]]
    remarks: tuple[str, ...] = ()
    """Parts of the manifest that are no fault, and that nothing proves yet."""

    def lines(self) -> list[str]:
        """All that is wrong, a line each."""
        return [line for part in PARTS for line in self.faults[part]]


def look(config: Config, *, elsewhere: Kept | None = None, manifest: Path | None = None) -> Looked:
    """Check every table that a claim rests on. `StartRefused` for tables of a newer release or keys that are not whole."""
    folder = config.keys_folder
    found: dict[str, list[str]] = {part: [] for part in PARTS}
    kept = None
    try:
        kept = key_folder.kept_head(folder)
    except BadCheckpoint as error:
        found["head"].append(f"The signed head in {folder} is not one of this ledger's: {error}.")
    keys = key_folder.read(folder) if (folder / "signing.pem").exists() else None
    before = keys is not None and HeadKeeper(keys).kept_before()
    remarks: list[str] = []
    with progress() as shown, opening.reading(config) as reading:
        refuse_newer(reading.connection)
        current = is_current(reading.connection)
        tree, differing = faults(reading, kept, elsewhere.heads if elsewhere else None, shown.tell)
        found["ledger"] += written_out(differing)
        if keys is not None and current and tree.size:
            _look_at_keys(reading, tree, keys, found, before=before)
        if current:
            ledger = _ledger(reading, folder, keys, opening.utc_now(), upgraded=not before)
            found["tables"] += beside_the_tree(ledger, shown.tell)
            found["tables"] += written_out(kept_faults(ledger, elsewhere)) if elsewhere else ()
        if manifest is not None and current:
            found["manifest"] = _manifest_faults(manifest, reading, remarks)
    return Looked(tree.size, kept, current, before, found, tuple(remarks))


def _look_at_keys(reading: Reading, tree: Tree, keys: Keys, found: dict[str, list[str]], *, before: bool) -> None:
    found["head"] += written_out(head_faults(reading, tree, keys.public, expected=not before))
    found["keys"] += written_out(key_faults(reading, tree, keys))


def _ledger(reading: Reading, folder: Path, keys: Keys | None, now: datetime, *, upgraded: bool) -> Ledger:
    erased, revoked = frozenset(key_folder.erasures(folder)), frozenset(key_folder.revoked(folder))
    return Ledger(reading.connection, keys, now, erased=erased, revoked=revoked, upgraded=upgraded)


def _manifest_faults(file: Path, reading: Reading, remarks: list[str]) -> list[str]:
    """Contradictions between a manifest and the ledger's entries; new versions in it are remarks, and no fault."""
    data, found = file.read_bytes(), []
    try:
        manifest = from_json(data)
    except ManifestError as error:
        found.append(f"{file} is not a manifest that the endpoint would take: {error}")
        manifest = salvaged(data)
    known = reading.publications()
    found += [f"{file}: {text}" for text in conflicts(manifest, known)]
    for version in manifest.versions:
        if (version.notice, version.version, version.language) not in known:
            remarks.append(
                f"{version.name} is in no entry yet: its words are believed when the endpoint first reads them."
            )
        if version.consents and not version.proved:
            remarks.append(f"{version.name} comes without its text: nothing proves the words in the manifest.")
    return found
