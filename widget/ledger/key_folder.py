"""The folder of keys (`CONSENTS_KEYS`): what must never be in the database. Made on first start, for this user only.

signing.pem   the Ed25519 key that signs the ledger's heads; log.vkey is its public half, with the log's name
key-changes   which key signed before it, and up to which size (`widget.ledger.key_changes`)
token.secret  makes receipts' tokens
pepper        makes look-ups of addresses
details.key   wraps the key of each row of personal details
*.earlier     for each of these three, those from before: a line each, with the time of its end
next/         a change of keys that is under way (`widget.ledger.key_staging`)
in-use        locked while the keys are used
head.1, head.2 the last signed head and the one before it: a database that does not extend it was changed
api-keys        hashes of API keys from before they were kept as an HMAC: no others of that kind count
revoked-keys    ids of API keys that were revoked: they open nothing, whatever the database says
cites, before the last head under an older name of the log, where it was given a new one; and its public key
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from widget.errors import StartRefused
from widget.ledger import head_files
from widget.ledger.checkpoint import BadCheckpoint, Head, Verifier, sign
from widget.ledger.key_changes import Change, LogKeys, changes_in
from widget.ledger.key_staging import NEXT, unfinished
from widget.ledger.receipt_file import receipt_statement
from widget.whole_files import write_whole

TOKEN_SECRET, PEPPER, DETAILS_KEY = SECRETS = ("token.secret", "pepper", "details.key")
SIGNING, PUBLIC, CHANGES = "signing.pem", "log.vkey", "key-changes"
SECRET_BYTES = 32
API_KEYS, REVOKED = "api-keys", "revoked-keys"


@dataclass(frozen=True)
class EarlierSecret:
    """A secret that was replaced, and when (UTC)."""

    secret: bytes
    ended: str


@dataclass(frozen=True)
class Keys:
    """The keys of one ledger."""

    folder: Path
    signing: Ed25519PrivateKey
    origin: str
    cites: tuple[str, ...]
    token_secret: bytes
    pepper: bytes
    details_key: bytes
    earlier_api_keys: frozenset[bytes] = frozenset()
    changes: tuple[Change, ...] = ()
    earlier: Mapping[str, tuple[EarlierSecret, ...]] = field(default_factory=dict)

    @cached_property
    def verifier(self) -> Verifier:
        """The public part that anyone needs to check the signatures that the ledger makes now."""
        return Verifier(self.origin, self.signing.public_key())

    @cached_property
    def public(self) -> LogKeys:
        """The same for all its signatures, of the keys before this one too."""
        return LogKeys(self.verifier, self.changes)

    @cached_property
    def token_secrets(self) -> tuple[bytes, ...]:
        """The secret that makes tokens, then those that made the ones of before: all of them count."""
        return (self.token_secret, *(one.secret for one in self.earlier.get(TOKEN_SECRET, ())))

    @property
    def earlier_peppers(self) -> tuple[bytes, ...]:
        """The peppers from before that are kept, the last first."""
        return tuple(one.secret for one in self.earlier.get(PEPPER, ()))

    @cached_property
    def fingerprints(self) -> str:
        """The mark in the database of the keys that it needs. It says nothing about the keys themselves."""
        tokens = b"".join(self.token_secrets)
        prints = {TOKEN_SECRET: tokens, PEPPER: self.pepper, DETAILS_KEY: self.details_key}
        return " ".join(
            (f"{SIGNING}={self.verifier.key_id.hex()}", *(f"{n}={fingerprint(n, s)}" for n, s in prints.items()))
        )

    @cached_property
    def _key_id(self) -> bytes:
        return self.verifier.key_id

    def sign(self, size: int, root: bytes) -> str:
        """A checkpoint of the ledger at that size."""
        return sign(Head(self.origin, size, root, self.cites), self.signing, self._key_id)

    def sign_receipt(self, document: bytes) -> str:
        """The signature of a receipt's canonical text (base64). It cannot be taken for a checkpoint's."""
        return base64.b64encode(self.signing.sign(receipt_statement(self.origin, document))).decode()


def fingerprint(name: str, secret: bytes) -> str:
    """The mark that tells a secret from another of its name."""
    return hmac.digest(secret, b"fingerprint\0" + name.encode(), hashlib.sha256)[:16].hex()


def make(folder: Path, site: str, randomness: Callable[[int], bytes], *, events: int = 0, anew: bool = False) -> None:
    """Make the folder and whatever it lacks. `site` is the council's address; the log is named after it.

    `StartRefused` where the database has events already, unless keys are to be made `anew`: new ones cannot check what
    the old ones signed, find what they hid or read what they sealed.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lacking = [name for name in (SIGNING, *SECRETS) if not (folder / name).exists()]
    if lacking and not anew and (events or head_files.exist(folder)):
        raise StartRefused(
            f"The ledger has begun ({events} events), but {folder} lacks {', '.join(lacking)}. Restore the folder from "
            "its backup, or name the right one with CONSENTS_KEYS. If it is lost for good, start once with "
            "CONSENTS_NEW_KEYS=yes: receipts' links, look-ups by address and personal details that need the lost keys "
            "will not work any more, and the ledger goes on under a new name."
        )
    if SIGNING in lacking:
        begin_anew(folder, site, randomness)
    for name in lacking:
        if name in SECRETS:
            write_whole(folder / name, randomness(SECRET_BYTES).hex() + "\n")


def begin_anew(folder: Path, site: str, randomness: Callable[[int], bytes]) -> None:
    """Give the log a new name and a new signing key; every head from now on cites the last one of the old name.

    This is for a database that was restored from before that head: under the old name it would contradict itself.
    A run that stops halfway starts again.
    """
    if (kept := _kept(folder)) is not None:
        _set_aside(folder, *kept)
    key = Ed25519PrivateKey.from_private_bytes(randomness(32))
    name = f"{site.partition('://')[2].rstrip('/')}/consents/{randomness(4).hex()}"
    (folder / SIGNING).unlink(missing_ok=True)
    (folder / CHANGES).unlink(missing_ok=True)
    write_whole(folder / PUBLIC, f"{Verifier(name, key.public_key())}\n")
    write_whole(folder / SIGNING, pem(key))


def _set_aside(folder: Path, old: Head, checkpoint: str) -> None:
    """Keep the last head and the public key that checks it; the newest of them is cited."""
    before = folder / "before" / old.origin.rpartition("/")[2]
    before.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_whole(before / "head", checkpoint)
    write_whole(before / "log.vkey", (folder / "log.vkey").read_text())
    if (folder / CHANGES).exists():
        write_whole(before / CHANGES, (folder / CHANGES).read_text())
    write_whole(folder / "cites", old.citation() + "\n")
    head_files.remove(folder)


def note_erasures(folder: Path, subjects: Iterable[str]) -> None:
    """Note outside the database that subjects were erased, so that a restored backup is cleaned again."""
    _add_lines(folder / "erasures", subjects)


def erasures(folder: Path) -> list[str]:
    """The subjects that were erased, in order."""
    return _lines(folder / "erasures")


def note_revoked(folder: Path, key_ids: Iterable[str]) -> None:
    """Note outside the database that API keys were revoked, so that nobody revives them there."""
    _add_lines(folder / REVOKED, key_ids)


def revoked(folder: Path) -> list[str]:
    """The ids of the API keys that were revoked, in order."""
    return _lines(folder / REVOKED)


def _add_lines(path: Path, lines: Iterable[str]) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w") as file:
        file.write("".join(f"{line}\n" for line in lines))
        file.flush()
        os.fsync(file.fileno())


def _lines(path: Path) -> list[str]:
    return list(dict.fromkeys(path.read_text().split())) if path.exists() else []


def read(folder: Path, *, staged: bool = False) -> Keys:
    """The keys in a folder; `StartRefused` if they are not all there, damaged, or open to other users.

    The same while a change of keys is unfinished, unless the keys are asked for as they will be after it: `staged`.
    """
    if not staged:
        refuse_unfinished(folder)

    def text(name: str) -> str:
        beside = folder / NEXT / name
        path = beside if staged and beside.exists() else folder / name
        return path.read_text("utf-8")

    if not folder.exists():
        raise StartRefused(
            f"There is no folder {folder}. Run the command in your notices' folder, the one with site.yml, or name the folder of keys "
            "with CONSENTS_KEYS. If it was lost, restore it from a backup."
        )
    try:
        if folder.stat().st_mode & 0o077:
            raise StartRefused(f"Other users can read {folder}. Run: chmod 700 {folder}")
        signing = load_pem_private_key(text(SIGNING).encode(), None)
        verifier = Verifier.parse(text(PUBLIC))
        changes = changes_in(_if_there(text, CHANGES))
        cites = tuple(_if_there(text, "cites").split("\n")[:-1])
        secrets = [bytes.fromhex(text(name)) for name in SECRETS]
        earlier = {name: earlier_secrets(_if_there(text, f"{name}.earlier")) for name in SECRETS}
        api_keys = _earlier_api_keys(folder)
    except (OSError, ValueError) as error:
        raise StartRefused(
            f"The keys in {folder} cannot be read ({error}). Restore the folder from a backup."
        ) from error
    if not isinstance(signing, Ed25519PrivateKey) or signing.public_key() != verifier.key:
        raise StartRefused(f"signing.pem and log.vkey in {folder} do not belong together. Restore them from a backup.")
    if changes and changes[-1].new.key_id != verifier.key_id:
        raise StartRefused(f"key-changes and log.vkey in {folder} do not belong together. Restore them from a backup.")
    if any(len(secret) != SECRET_BYTES for secret in secrets):
        raise StartRefused(f"A secret in {folder} is not {SECRET_BYTES} bytes long. Restore it from a backup.")
    token_secret, pepper, details_key = secrets
    return Keys(
        folder,
        signing,
        verifier.origin,
        cites,
        token_secret,
        pepper,
        details_key,
        earlier_api_keys=api_keys,
        changes=changes,
        earlier=earlier,
    )


def refuse_unfinished(folder: Path) -> None:
    """`StartRefused` where a change of keys was cut short."""
    if (what := unfinished(folder)) is not None:
        raise StartRefused(f"A change of keys in {folder} was cut short. End it first: consents rotate {what}")


def earlier_secrets(text: str) -> tuple[EarlierSecret, ...]:
    """The secrets in a file of earlier ones, the last first."""
    pairs = (line.split(" ", 1) for line in text.splitlines())
    return tuple(EarlierSecret(bytes.fromhex(secret), ended) for secret, ended in pairs)


def earlier_text(secrets: Iterable[EarlierSecret]) -> str:
    """The same as the file holds it."""
    return "".join(f"{one.secret.hex()} {one.ended}\n" for one in secrets)


def public_keys(folder: Path) -> LogKeys:
    """The public keys in a folder, with no need for the secret ones."""
    changes = changes_in(_if_there(lambda name: (folder / name).read_text("utf-8"), CHANGES))
    return LogKeys(Verifier.parse((folder / PUBLIC).read_text("utf-8")), changes)


def _if_there(text: Callable[[str], str], name: str) -> str:
    try:
        return text(name)
    except FileNotFoundError:
        return ""


def note_api_keys(folder: Path, hashes: Iterable[bytes]) -> None:
    """Note once, at the upgrade, the API keys of earlier releases: whoever adds one later needs the secret for it."""
    if not (folder / API_KEYS).exists():
        write_whole(folder / API_KEYS, "".join(f"{value.hex()}\n" for value in hashes))


def _earlier_api_keys(folder: Path) -> frozenset[bytes]:
    path = folder / API_KEYS
    return frozenset(map(bytes.fromhex, path.read_text().split())) if path.exists() else frozenset()


def logs(folder: Path) -> list[LogKeys]:
    """The public keys of the log, and before them those of its older names."""
    older = [path.parent for path in sorted((folder / "before").glob(f"*/{PUBLIC}"))]
    return [public_keys(one) for one in (*older, folder) if (one / PUBLIC).exists()]


def kept_head(folder: Path) -> Head | None:
    """The last signed head; None where none was ever kept. `BadCheckpoint` if it is not one of this log's."""
    kept = _kept(folder)
    return kept[0] if kept else None


def _kept(folder: Path) -> tuple[Head, str] | None:
    """The last signed head and its text: of two, the larger that is whole, since power may fail during a write."""
    texts = [text for text in head_files.texts(folder) if text is not None]
    if not texts:
        return None
    try:
        public = public_keys(folder)
    except OSError as error:
        raise BadCheckpoint(f"the public key cannot be read: {error}") from error
    heads: list[tuple[Head, str]] = []
    for text in texts:
        try:
            heads.append((public.verify(text)[0], text))
        except BadCheckpoint as error:
            reason = error
    if not heads:
        raise reason
    return max(heads, key=lambda kept: kept[0].size)


def pem(key: Ed25519PrivateKey) -> str:
    """A signing key as its file holds it."""
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
