"""For whoever checks: the ledger, a receipt, a head to keep elsewhere, a copy of the database and its return."""

from __future__ import annotations

import argparse
import secrets
import sys
from pathlib import Path

from widget.commands import opening
from widget.commands.codes import COULD_NOT, DONE, NOT_WHOLE
from widget.commands.output import result
from widget.config import Config, sqlite_file
from widget.consent.erasure_list import copy_from
from widget.consent.publications import conflicts
from widget.consent.resealing import bring_to_keys
from widget.errors import StartRefused, Unavailable
from widget.ledger import key_folder
from widget.ledger.checkpoint import BadCheckpoint
from widget.ledger.evidence_file import check_evidence, is_evidence
from widget.ledger.head_keeper import HeadKeeper
from widget.ledger.key_changes import LogKeys
from widget.ledger.receipt_file import check_receipt
from widget.manifest import ManifestError, from_json, salvaged
from widget.service import check_kept_head
from widget.store.audit import (
    Ledger,
    beside_the_tree,
    faults,
    head_faults,
    kept_faults,
    key_faults,
    read_kept,
    written_out,
)
from widget.store.backup import copy_sqlite, is_open_elsewhere
from widget.store.migrate import is_current, refuse_newer
from widget.store.queries import Reading
from widget.whole_files import PUBLIC, beside


def verify(config: Config, given: argparse.Namespace) -> int:
    """Run `consents verify`. Returns the exit code."""
    folder = config.keys_folder
    found: list[str] = []
    kept = elsewhere = None
    try:
        kept = key_folder.kept_head(folder)
    except BadCheckpoint as error:
        found.append(f"The signed head in {folder} is not one of this ledger's: {error}.")
    try:
        elsewhere = read_kept(given.against, key_folder.logs(folder)) if given.against else None
    except BadCheckpoint as error:
        found.append(
            f"{given.against} is not signed by this ledger: {error}. It was begun anew, or the file is another's."
        )
    keys = key_folder.read(folder) if (folder / "signing.pem").exists() else None
    before = keys is not None and HeadKeeper(keys).kept_before()
    with opening.reading(config) as reading:
        refuse_newer(reading.connection)
        current = is_current(reading.connection)
        tree, differing = faults(reading, kept, elsewhere.heads if elsewhere else None)
        found += written_out(differing)
        if keys is not None and current and tree.size:
            found += written_out(head_faults(reading, tree, keys.public, expected=not before))
            found += written_out(key_faults(reading, tree, keys))
        if current:
            ledger = Ledger(
                *(reading.connection, keys, opening.utc_now()),
                erased=frozenset(key_folder.erasures(folder)),
                revoked=frozenset(key_folder.revoked(folder)),
                upgraded=not before,
            )
            found += beside_the_tree(ledger)
            if elsewhere is not None:
                found += written_out(kept_faults(ledger, elsewhere))
        if given.compared is not None:
            found += _manifest_faults(given.compared, reading)
    for fault in found:
        print(fault)
    if found:
        return NOT_WHOLE
    if kept is None and tree.size:
        print(
            f"{tree.size} events, and no signed head in {folder}: nothing shows that they are those that were signed."
        )
        return COULD_NOT
    if not current and not before:
        print(f"{tree.size} events. The tables are not those of this release: run consents migrate, then verify again.")
        return COULD_NOT
    compared = f"The signed head covers {kept.size} of them." if kept else "There is no signed head to compare with."
    print(f"{tree.size} events, whole. {compared}")
    if elsewhere is not None:
        print(f"It goes on from what {given.against} says.")
    return DONE


def _manifest_faults(file: Path, reading: Reading) -> list[str]:
    """Contradictions between a manifest and the ledger's entries; new versions in it are printed, and are no fault."""
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
            print(f"{version.name} is in no entry yet: its words are believed when the endpoint first reads them.")
        if version.consents and not version.proved:
            print(f"{version.name} comes without its text: nothing proves the words in the manifest.")
    return found


def verify_receipt(_config: Config, given: argparse.Namespace) -> int:
    """Run `consents verify-receipt`. Returns the exit code."""
    keys = _public_keys(given.key)
    content = sys.stdin.buffer.read() if str(given.file) == "-" else given.file.read_bytes()
    try:
        checked = check_evidence(content, keys) if is_evidence(content) else check_receipt(content, keys)
    except BadCheckpoint as error:
        print(f"This is not a whole receipt or evidence of {keys.current.origin}: {error}.")
        return NOT_WHOLE
    print(
        f"Whole: {len(checked.entries)} entries in the ledger {keys.current.origin}, in its first {checked.head.size} events."
    )
    for entry in checked.entries:
        print(
            f"{entry['seq']}. {entry['happened']} {entry['kind']} {entry['consent'] or ''} {entry['notice'] or ''}".rstrip()
        )
    return DONE


def checkpoint(config: Config, given: argparse.Namespace) -> int:
    """Run `consents checkpoint`. Returns the exit code."""
    heads = HeadKeeper(key_folder.read(config.keys_folder))
    kept = heads.kept()
    if kept is None or heads.kept_before():
        raise StartRefused(f"This release has signed no head yet in {config.keys_folder}: start the endpoint once.")
    # it extends the kept head, or nothing is written
    with opening.reading(config, heads), result(given.out, PUBLIC) as out:
        out.write(kept.checkpoint)
    return DONE


def keep_head(config: Config, given: argparse.Namespace) -> int:
    """Run `consents keep-head`. Returns the exit code."""
    heads = HeadKeeper(key_folder.read(config.keys_folder))
    newer = heads.signed(given.file.read_text("utf-8", "replace"))
    if newer is None:
        raise StartRefused(
            f"{given.file} is not a signed head of this log. Take one from /log/checkpoint of another host."
        )
    with opening.reading(config) as reading:
        known = (newer.head, *heads.known())
        if reading.size() < newer.head.size or reading.tree(newer.head.size).root != newer.head.root:
            raise StartRefused(f"The database does not hold the {newer.head.size} events that {given.file} signs.")
        first, second = min(known, key=lambda head: head.size), max(known, key=lambda head: head.size)
        if not reading.extends(first, second):
            raise StartRefused(f"{given.file} does not go with the head of {known[-1].size} events that is kept here.")
        heads.trust(newer)
        heads.keep(newer, reading.extends)
    kept = heads.kept()
    print(f"The head of {kept.head.size if kept else 0} events is kept in {config.keys_folder}.")
    return DONE


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
        _put_in_place(given.file, file)
    try:
        kept = key_folder.kept_head(config.keys_folder)
        with opening.reading(config) as reading:
            tree, found = faults(reading, None)
            if not found:
                try:
                    check_kept_head(reading, kept)
                    older = False
                except StartRefused:
                    older = True
    except BadCheckpoint as error:
        raise StartRefused(f"The signed head in {config.keys_folder} is damaged: {error}. Restore it.") from error
    for fault in found:
        print(fault)
    if found:
        return NOT_WHOLE
    if older and kept is not None:
        site = f"https://{kept.origin.rpartition('/consents/')[0]}"
        key_folder.begin_anew(config.keys_folder, site, secrets.token_bytes)
        print(
            f"{kept.size - tree.size} signed events are not in it. The ledger goes on under a new name and cites its last head."
        )
    with opening.store(config) as store:
        bring_to_keys(store, key_folder.read(config.keys_folder))
    with opening.service(config) as here:
        again = here.erasures.again  # whoever is on the list is erased again whenever the service is opened
    print(f"{tree.size} events are back. {again} erasures were done again.")
    return DONE


def _keep_erasures(config: Config) -> None:
    """Note here whom other hosts erased, as long as the database that is replaced can still say so."""
    try:
        key = key_folder.read(config.keys_folder).details_key
        with opening.reading(config) as reading:
            copy_from(reading, config.keys_folder, key)
    except (Unavailable, StartRefused) as error:
        print(f"The database that is replaced could not be asked for erasures: {error}", file=sys.stderr)


def _put_in_place(backup: Path, file: Path) -> None:
    aside = file.with_name(f"{file.name}.before-restore")
    if aside.exists():
        raise StartRefused(f"{aside} is left from an earlier restore: move it away first.")
    if file.exists() and is_open_elsewhere(file):
        raise StartRefused(f"{file} is open: stop the endpoint first, or what it records from now on would be lost.")
    passing = file.with_name(f"{file.name}.restoring")
    passing.unlink(missing_ok=True)
    copy_sqlite(backup, passing)
    for end in ("", "-wal", "-shm", "-journal"):
        old = file.with_name(file.name + end)
        if old.exists():
            old.replace(aside.with_name(aside.name + end))
    passing.replace(file)


def _sqlite(config: Config, instead: str) -> Path:
    file = sqlite_file(config.database)
    if file is None:
        raise Unavailable(f"this is for SQLite. With PostgreSQL use {instead}")
    return file


def _public_keys(text: str) -> LogKeys:
    """The public keys: a file with one or with all (/log/keys), or a key itself."""
    path = Path(text)
    try:
        return LogKeys.parse(path.read_text("utf-8") if path.is_file() else text)
    except (OSError, ValueError) as error:
        raise Unavailable(f"{text} is not a public key of a ledger (see /log/keys, or keys/log.vkey)") from error
