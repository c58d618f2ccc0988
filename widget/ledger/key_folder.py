"""The folder of keys (`CONSENTS_KEYS`): what must never be in the database. Made on first start, for this user only.

signing.pem   the Ed25519 key that signs the ledger's heads; log.vkey is its public half, with the log's name
token.secret  makes receipts' tokens
pepper        makes look-ups of addresses
details.key   wraps the key of each row of personal details
head.1, head.2 the last signed head and the one before it: a database that does not extend it was changed
api-keys        hashes of API keys from before they were kept as an HMAC: no others of that kind count
cites, before the last head under an older name of the log, where it was given a new one; and its public key
"""

from __future__ import annotations

import base64
import os
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from widget.errors import StartRefused, Unavailable
from widget.ledger import head_files
from widget.ledger.checkpoint import BadCheckpoint, Head, Verifier, sign, verify
from widget.ledger.receipt_file import receipt_statement

SECRETS = ("token.secret", "pepper", "details.key")
SECRET_BYTES = 32
API_KEYS = "api-keys"


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

    @cached_property
    def verifier(self) -> Verifier:
        """What anyone needs to check the ledger's signatures."""
        return Verifier(self.origin, self.signing.public_key())

    @cached_property
    def _key_id(self) -> bytes:
        return self.verifier.key_id

    def sign(self, size: int, root: bytes) -> str:
        """A checkpoint of the ledger at that size."""
        return sign(Head(self.origin, size, root, self.cites), self.signing, self._key_id)

    def sign_receipt(self, document: bytes) -> str:
        """The signature of a receipt's canonical text (base64). It cannot be taken for a checkpoint's."""
        return base64.b64encode(self.signing.sign(receipt_statement(self.origin, document))).decode()


def make(folder: Path, site: str, randomness: Callable[[int], bytes], *, events: int = 0, anew: bool = False) -> None:
    """Make the folder and whatever it lacks. `site` is the council's address; the log is named after it.

    `StartRefused` where the database has events already, unless keys are to be made `anew`: new ones cannot check what
    the old ones signed, find what they hid or read what they sealed.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lacking = [name for name in ("signing.pem", *SECRETS) if not (folder / name).exists()]
    if lacking and not anew and (events or head_files.exist(folder)):
        raise StartRefused(
            f"The ledger has begun ({events} events), but {folder} lacks {', '.join(lacking)}. Restore the folder from "
            "its backup, or name the right one with CONSENTS_KEYS. If it is lost for good, start once with "
            "CONSENTS_NEW_KEYS=yes: receipts' links, look-ups by address and personal details that need the lost keys "
            "will not work any more, and the ledger goes on under a new name."
        )
    if "signing.pem" in lacking:
        begin_anew(folder, site, randomness)
    for name in lacking:
        if name in SECRETS:
            _write_whole(folder / name, randomness(SECRET_BYTES).hex() + "\n")


def begin_anew(folder: Path, site: str, randomness: Callable[[int], bytes]) -> None:
    """Give the log a new name and a new signing key; every head from now on cites the last one of the old name.

    This is for a database that was restored from before that head: under the old name it would contradict itself.
    What stops halfway is done again from the start.
    """
    if (kept := _kept(folder)) is not None:
        _set_aside(folder, *kept)
    key = Ed25519PrivateKey.from_private_bytes(randomness(32))
    name = f"{site.partition('://')[2].rstrip('/')}/consents/{randomness(4).hex()}"
    (folder / "signing.pem").unlink(missing_ok=True)
    _write_whole(folder / "log.vkey", f"{Verifier(name, key.public_key())}\n")
    _write_whole(folder / "signing.pem", _pem(key))


def _set_aside(folder: Path, old: Head, checkpoint: str) -> None:
    """Keep the last head and the public key that checks it; the newest of them is cited."""
    before = folder / "before" / old.origin.rpartition("/")[2]
    before.mkdir(mode=0o700, parents=True, exist_ok=True)
    _write_whole(before / "head", checkpoint)
    _write_whole(before / "log.vkey", (folder / "log.vkey").read_text())
    _write_whole(folder / "cites", old.citation() + "\n")
    head_files.remove(folder)


def note_erasure(folder: Path, subject: str) -> None:
    """Note outside the database that a subject was erased, so that a restored backup is cleaned again."""
    with os.fdopen(os.open(folder / "erasures", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w") as file:
        file.write(f"{subject}\n")
        file.flush()
        os.fsync(file.fileno())


def check_can_keep(folder: Path) -> None:
    """`Unavailable` unless a head or an erasure could be kept in the folder now. Writes a file and takes it away."""
    probe = folder / f".probe.{os.getpid()}.{threading.get_ident()}"
    try:
        with os.fdopen(os.open(probe, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        probe.unlink()
    except OSError as error:
        raise Unavailable(f"nothing can be kept in the folder of keys: {error.strerror}") from error


def erasures(folder: Path) -> list[str]:
    """The subjects that were erased, in order."""
    path = folder / "erasures"
    return list(dict.fromkeys(path.read_text().split())) if path.exists() else []


def read(folder: Path) -> Keys:
    """The keys in a folder; `StartRefused` if they are not all there, damaged, or open to other users."""
    try:
        if folder.stat().st_mode & 0o077:
            raise StartRefused(f"Other users can read {folder}. Run: chmod 700 {folder}")
        signing = load_pem_private_key((folder / "signing.pem").read_bytes(), None)
        verifier = Verifier.parse((folder / "log.vkey").read_text())
        cites = tuple((folder / "cites").read_text().split("\n")[:-1]) if (folder / "cites").exists() else ()
        token_secret, pepper, details_key = (bytes.fromhex((folder / name).read_text()) for name in SECRETS)
        api_keys = _earlier_api_keys(folder)
    except (OSError, ValueError) as error:
        raise StartRefused(
            f"The keys in {folder} cannot be read ({error}). Restore the folder from a backup."
        ) from error
    if not isinstance(signing, Ed25519PrivateKey) or signing.public_key() != verifier.key:
        raise StartRefused(f"signing.pem and log.vkey in {folder} do not belong together. Restore them from a backup.")
    if any(len(secret) != SECRET_BYTES for secret in (token_secret, pepper, details_key)):
        raise StartRefused(f"A secret in {folder} is not {SECRET_BYTES} bytes long. Restore it from a backup.")
    return Keys(folder, signing, verifier.origin, cites, token_secret, pepper, details_key, api_keys)


def note_api_keys(folder: Path, hashes: Iterable[bytes]) -> None:
    """Note once, at the upgrade, the API keys of earlier releases: whoever adds one later needs the secret for it."""
    if not (folder / API_KEYS).exists():
        _write_whole(folder / API_KEYS, "".join(f"{value.hex()}\n" for value in hashes))


def _earlier_api_keys(folder: Path) -> frozenset[bytes]:
    path = folder / API_KEYS
    return frozenset(map(bytes.fromhex, path.read_text().split())) if path.exists() else frozenset()


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
        verifier = Verifier.parse((folder / "log.vkey").read_text())
    except OSError as error:
        raise BadCheckpoint(f"the public key cannot be read: {error}") from error
    heads: list[tuple[Head, str]] = []
    for text in texts:
        try:
            heads.append((verify(text, verifier), text))
        except BadCheckpoint as error:
            reason = error
    if not heads:
        raise reason
    return max(heads, key=lambda kept: kept[0].size)


def _pem(key: Ed25519PrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def _write_whole(path: Path, text: str) -> None:
    """Write a file for this user only, flushed, and swap it in: a reader sees the old one or the new one."""
    passing = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    passing.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
