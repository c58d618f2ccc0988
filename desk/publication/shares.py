"""Addresses at which somebody without an account reads one draft: made when asked for, for 14 days, and ended by a press.

An address is a secret of which the file keeps the digest alone. It is for the text that follows one version: once another
is published, it ends, and no later draft is seen through it.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from widget.whole_files import write_whole

LASTS = timedelta(days=14)
FOLDER = "shares"
ID = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Share:
    """A shared preview: the digest of its secret, the notice, the number of its last version then, who made it, until when."""

    id: str
    notice: str
    after: int
    by: str
    until: datetime


class Shares:
    """The shared previews in the desk's folder, a file each."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER

    def make(self, notice: str, after: int, by: str, now: datetime) -> str:
        """The secret of a new address for a notice whose last version is `after` (0 where it has none)."""
        secret = secrets.token_urlsafe(24)
        said = {"notice": notice, "after": after, "by": by, "until": (now + LASTS).astimezone(UTC).isoformat()}
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(self._folder / f"{_digest(secret)}.json", json.dumps(said))
        return secret

    def find(self, secret: str, now: datetime) -> Share | None:
        """The shared preview of a secret; None where there is none, its days are over, or it was ended."""
        return self._read(_digest(secret), now)

    def of(self, notice: str, now: datetime) -> list[Share]:
        """Those of a notice that run, the one that ends first before the others."""
        found = (self._read(path.stem, now) for path in self._folder.glob("*.json"))
        return sorted((share for share in found if share and share.notice == notice), key=lambda share: share.until)

    def end(self, share_id: str) -> None:
        """End one; nothing where it ended before."""
        if ID.fullmatch(share_id):
            (self._folder / f"{share_id}.json").unlink(missing_ok=True)

    def _read(self, share_id: str, now: datetime) -> Share | None:
        """One that runs; the file of one whose days are over is removed."""
        path = self._folder / f"{share_id}.json"
        try:
            said = json.loads(path.read_text("utf-8"))
            share = Share(share_id, said["notice"], said["after"], said["by"], datetime.fromisoformat(said["until"]))
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return None
        if now < share.until:
            return share
        path.unlink(missing_ok=True)
        return None


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
