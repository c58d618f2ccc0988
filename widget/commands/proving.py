"""For whoever checks: the ledger, a receipt, a head to keep elsewhere."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from widget.commands import opening
from widget.commands.codes import COULD_NOT, DONE, NOT_WHOLE
from widget.commands.output import result
from widget.commands.whole import look
from widget.config import Config
from widget.errors import StartRefused, Unavailable
from widget.ledger import key_folder
from widget.ledger.checkpoint import BadCheckpoint
from widget.ledger.evidence_file import check_evidence, is_evidence
from widget.ledger.head_keeper import HeadKeeper
from widget.ledger.key_changes import LogKeys
from widget.ledger.receipt_file import check_receipt
from widget.store.audit import read_kept
from widget.whole_files import PUBLIC


def verify(config: Config, given: argparse.Namespace) -> int:
    """Run `consents verify`. Returns the exit code."""
    folder, found = config.keys_folder, list[str]()
    elsewhere = None
    try:
        elsewhere = read_kept(given.against, key_folder.logs(folder)) if given.against else None
    except BadCheckpoint as error:
        found.append(
            f"{given.against} is not signed by this ledger: {error}. It was begun anew, or the file is another's."
        )
    looked = look(config, elsewhere=elsewhere, manifest=given.compared)
    found += looked.lines()
    for line in (*looked.remarks, *found):
        print(line)
    if found:
        return NOT_WHOLE
    size, kept = looked.size, looked.kept
    if kept is None and size:
        print(f"{size} events, and no signed head in {folder}: nothing shows that they are those that were signed.")
        return COULD_NOT
    if not looked.current and (given.compared is not None or not looked.before):
        print(f"{size} events. The tables are not those of this release: run consents migrate, then verify again.")
        return COULD_NOT
    compared = f"The signed head covers {kept.size} of them." if kept else "There is no signed head to compare with."
    print(f"{size} events, whole. {compared}")
    if elsewhere is not None:
        print(f"It goes on from what {given.against} says.")
    return DONE


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


def _public_keys(text: str) -> LogKeys:
    """The public keys: a file with one or with all (/log/keys), or a key itself."""
    path = Path(text)
    try:
        return LogKeys.parse(path.read_text("utf-8") if path.is_file() else text)
    except (OSError, ValueError) as error:
        raise Unavailable(f"{text} is not a public key of a ledger (see /log/keys, or keys/log.vkey)") from error
