"""The folder of keys (`CONSENTS_KEYS`): what must never be in the database. Made on first start, for this user only.

signing.pem   the Ed25519 key that signs the ledger's heads; log.vkey is its public half, with the log's name
token.secret  makes receipts' tokens
pepper        makes look-ups of addresses
details.key   wraps the key of each row of personal details
head          the last signed head: a database that holds less than it says has lost something
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from widget.checkpoint import BadCheckpoint, Head, Verifier, sign, verify
from widget.problems import StartRefused

SECRETS = ("token.secret", "pepper", "details.key")
SECRET_BYTES = 32


@dataclass(frozen=True)
class Keys:
    """The keys of one ledger."""

    folder: Path
    signing: Ed25519PrivateKey
    origin: str
    token_secret: bytes
    pepper: bytes
    details_key: bytes

    @property
    def verifier(self) -> Verifier:
        """What anyone needs to check the ledger's signatures."""
        return Verifier(self.origin, self.signing.public_key())

    def sign(self, size: int, root: bytes) -> str:
        """A checkpoint of the ledger at that size."""
        return sign(Head(self.origin, size, root), self.signing)

    def keep(self, checkpoint: str) -> None:
        """Put a signed head where it outlives the database; whole or not at all."""
        _write_whole(self.folder / "head", checkpoint)


def make(folder: Path, site: str, randomness: Callable[[int], bytes]) -> None:
    """Make the folder and whatever it lacks. `site` is the council's address; the log is named after it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if (folder / "head").exists() and not (folder / "signing.pem").exists():
        raise StartRefused(
            f"{folder} has a signed head but not the key that signed it: restore signing.pem from a backup."
        )
    if not (folder / "signing.pem").exists():
        key = Ed25519PrivateKey.from_private_bytes(randomness(32))
        name = f"{site.partition('://')[2].rstrip('/')}/consents/{randomness(4).hex()}"
        _write_whole(folder / "log.vkey", f"{Verifier(name, key.public_key())}\n")
        _write_whole(folder / "signing.pem", _pem(key))
    for name in SECRETS:
        if not (folder / name).exists():
            _write_whole(folder / name, randomness(SECRET_BYTES).hex() + "\n")


def read(folder: Path) -> Keys:
    """The keys in a folder; `StartRefused` if they are not all there, damaged, or open to other users."""
    try:
        if folder.stat().st_mode & 0o077:
            raise StartRefused(f"Other users can read {folder}. Run: chmod 700 {folder}")
        signing = load_pem_private_key((folder / "signing.pem").read_bytes(), None)
        verifier = Verifier.parse((folder / "log.vkey").read_text())
        secrets = [bytes.fromhex((folder / name).read_text()) for name in SECRETS]
    except (OSError, ValueError) as error:
        raise StartRefused(
            f"The keys in {folder} cannot be read ({error}). Restore the folder from a backup."
        ) from error
    if not isinstance(signing, Ed25519PrivateKey) or signing.public_key() != verifier.key:
        raise StartRefused(f"signing.pem and log.vkey in {folder} do not belong together. Restore them from a backup.")
    if any(len(secret) != SECRET_BYTES for secret in secrets):
        raise StartRefused(f"A secret in {folder} is not {SECRET_BYTES} bytes long. Restore it from a backup.")
    return Keys(folder, signing, verifier.origin, *secrets)


def kept_head(folder: Path) -> Head | None:
    """The last signed head; None where none was ever kept. `BadCheckpoint` if it is not one of this log's."""
    try:
        text = (folder / "head").read_text()
    except FileNotFoundError:
        return None
    try:
        verifier = Verifier.parse((folder / "log.vkey").read_text())
    except OSError as error:
        raise BadCheckpoint(f"the public key cannot be read: {error}") from error
    return verify(text, verifier)


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
