"""For the operator: a new key in place of each of the old ones, while the endpoint is stopped.

The new key is put beside the old one, the database changes to it in one transaction, and it takes its place. Cut
short at any step, the endpoint refuses to start until the same command is run again, which ends it.
"""

from __future__ import annotations

import argparse
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from widget.commands import opening
from widget.commands.codes import DONE
from widget.config import Config
from widget.consent.resealing import Resealed, reseal_all
from widget.errors import StartRefused
from widget.ledger import key_folder, key_staging
from widget.ledger.events import utc
from widget.ledger.head_keeper import HeadKeeper
from widget.ledger.key_changes import change
from widget.ledger.key_folder import CHANGES, DETAILS_KEY, PEPPER, PUBLIC, SIGNING, TOKEN_SECRET, EarlierSecret, Keys
from widget.ledger.key_use import alone
from widget.people.details import Sealing
from widget.store.group_commit import Store
from widget.store.queries import Reading
from widget.store.transaction import Writing

GLANCES, GLANCE = 10, 0.3
Files = dict[str, str]
SECRET_NAMES = {"token": TOKEN_SECRET, "pepper": PEPPER, "details": DETAILS_KEY}
NEEDS = {
    "token": "links and receipts' addresses that were handed out before",
    "pepper": "backups of the database from before",
    "details": "backups of the database from before",
}
"""The purpose for which an earlier secret is still kept."""
COPY = "Copy the whole folder {folder} to its backup and to every other host of the endpoint before you start it there."


def rotate_signing(config: Config, _given: argparse.Namespace) -> int:
    """Run `consents rotate signing`. Returns the exit code."""
    with _changing(config, "signing", _new_signing_key) as keys:
        last = keys.changes[-1]
        print(f"Key {last.new.key_id.hex()} signs from {last.head.size} events on, {last.old.key_id.hex()} did before.")
        print(f"Publish {config.keys_folder / PUBLIC}, and keep it elsewhere.")
    return DONE


def rotate_token(config: Config, given: argparse.Namespace) -> int:
    """Run `consents rotate token`. Returns the exit code."""
    return _rotate_secret(config, given, "token")


def rotate_pepper(config: Config, given: argparse.Namespace) -> int:
    """Run `consents rotate pepper`. Returns the exit code."""
    return _rotate_secret(config, given, "pepper")


def rotate_details(config: Config, given: argparse.Namespace) -> int:
    """Run `consents rotate details`. Returns the exit code."""
    return _rotate_secret(config, given, "details")


def _rotate_secret(config: Config, given: argparse.Namespace, what: str) -> int:
    name = SECRET_NAMES[what]
    files = _retired if given.retire else _new_secret
    with _changing(config, what, lambda keys, reading: files(keys, reading, name)) as keys:
        kept = keys.earlier[name]
        print(f"{name} is changed." if not given.retire else f"Every earlier {name} has ended.")
        for one in kept:
            print(f"Kept for {NEEDS[what]}: the one that ended {one.ended}. End it: consents rotate {what} --retire")
    return DONE


@contextmanager
def _changing(config: Config, what: str, make: Callable[[Keys, Reading], Files]) -> Iterator[Keys]:
    """Change to new keys; the block gets them once they are in place, and says so."""
    folder = config.keys_folder
    if not folder.is_dir():
        raise StartRefused(f"There is no folder of keys {folder}. Name it with --keys, or start the endpoint once.")
    with alone(folder):
        begun = key_staging.unfinished(folder)
        if begun not in (None, what):
            raise StartRefused(f"A change of keys in {folder} was cut short. End it first: consents rotate {begun}")
        with opening.store(config) as store:
            if begun is None or not _is_committed(store, key_folder.read(folder, staged=True)):
                key_staging.discard(folder)
                _commit(store, key_folder.read(folder), what, make)
        key_staging.take_over(folder)
        yield key_folder.read(folder)
        print(COPY.format(folder=folder))


def _is_committed(store: Store, staged: Keys) -> bool:
    with store.reading() as reading:
        return reading.keys() == staged.fingerprints


def _commit(store: Store, old: Keys, what: str, make: Callable[[Keys, Reading], Files]) -> None:
    """Put new keys beside, and have the database need them: `StartRefused` while anybody else uses it."""
    _wait_for_others(store)
    store.sign_with(HeadKeeper(old))  # it is the ledger that was signed, or nothing is changed
    with store.reading() as reading:
        size, files = reading.size(), make(old, reading)
    key_staging.stage(old.folder, what, files)
    new = key_folder.read(old.folder, staged=True)

    def change_over(writing: Writing) -> Resealed:
        _refuse_others(writing)
        if writing.size() != size:
            raise StartRefused(
                "Something was recorded meanwhile. Stop the endpoint on every host, then run this again."
            )
        if (Sealing.of(old)) == (Sealing.of(new)):
            return Resealed(0, 0)
        return reseal_all(writing, Sealing.of(old), Sealing.of(new))

    try:
        resealed = store.change_keys(HeadKeeper(new), change_over)
    except StartRefused:
        key_staging.discard(old.folder)
        raise
    if resealed.done:
        print(f"{resealed.done} people's details were sealed anew.")
    if resealed.unreadable:
        print(f"{resealed.unreadable} rows stay as they were: they need a key that was lost before.")


def _wait_for_others(store: Store) -> None:
    """PostgreSQL takes a moment to see that a process is gone."""
    for _ in range(GLANCES):
        with store.reading() as reading:
            if not reading.other_endpoints():
                return
        time.sleep(GLANCE)
    with store.reading() as reading:
        _refuse_others(reading)


def _refuse_others(reading: Reading) -> None:
    if others := reading.other_endpoints():
        raise StartRefused(
            f"The database is in use by {', '.join(others)} (host and process). Stop the endpoint there, then run this again."
        )


def _new_signing_key(old: Keys, reading: Reading) -> Files:
    key = Ed25519PrivateKey.from_private_bytes(secrets.token_bytes(32))
    made = change(reading.signed()[1].head, old.signing, key)
    return {
        SIGNING: key_folder.pem(key),
        PUBLIC: f"{made.new}\n",
        CHANGES: "\n".join(one.statement for one in (*old.changes, made)),
    }


def _new_secret(old: Keys, _reading: Reading, name: str) -> Files:
    current = {TOKEN_SECRET: old.token_secret, PEPPER: old.pepper, DETAILS_KEY: old.details_key}[name]
    kept = (EarlierSecret(current, utc(opening.utc_now())), *old.earlier[name])
    return {
        name: secrets.token_bytes(key_folder.SECRET_BYTES).hex() + "\n",
        f"{name}.earlier": key_folder.earlier_text(kept),
    }


def _retired(old: Keys, reading: Reading, name: str) -> Files:
    """No earlier secrets; `StartRefused` where there are none, or API keys in use were made with one of them."""
    if not old.earlier[name]:
        raise StartRefused(f"There is no earlier {name} to end.")
    if name == TOKEN_SECRET:
        ended = datetime.fromisoformat(old.earlier[name][0].ended)
        dying = [
            f"{key.key_id} ({key.name})"
            for key in reading.api_keys()
            if key.revoked is None
            and key.hash not in old.earlier_api_keys
            and datetime.fromisoformat(key.made) <= ended
        ]
        if dying:
            raise StartRefused(
                f"These API keys would end with it: {', '.join(dying)}. Make new ones (consents key add), give them to their "
                "systems, revoke these (consents key revoke), and run this again."
            )
    return {f"{name}.earlier": ""}
