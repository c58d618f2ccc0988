"""Looks at the live site: whether its published.json has every version that was published. Bounded in bytes and time.

It follows no redirect to another host, sends nothing, and gives back no word of what it got.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from datetime import date
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from generator.building import due
from generator.site_plan import MANIFEST
from generator.versions.version import Version
from widget import manifest
from widget.manifest import ManifestError

SECONDS = 20.0
"""How long to wait at each step of an answer."""
WHOLE = 120.0
"""How long a whole answer may take."""
MOST = 400_000_000
"""Bytes that are read; a manifest of 10,000 notices has some 250 million."""
MOST_PARSED = 20_000_000
"""Bytes that are kept and compared by version, where they are not the ones that were built."""


class NotSeen(Exception):
    """The live site cannot be read, and why, for the operator's log."""


def is_live(
    base_url: str, built: Path, kept: Sequence[Version], day: date, clock: Callable[[], float] = time.monotonic
) -> bool:
    """Whether the live site is the one that was built, or one of that day or later with all that was published, called off
    and taken down. `NotSeen` where it cannot be read."""
    digest, data = _fetched(f"{base_url.rstrip('/')}/{MANIFEST}", clock)
    if digest == hashlib.sha256((built / MANIFEST).read_bytes()).hexdigest():
        return True
    if data is None:
        return False
    try:
        shown = manifest.from_json(data)
    except ManifestError as failure:
        raise NotSeen(f"its {MANIFEST} is none: {failure}") from failure
    return shown.built >= day and all(due.shows(shown, one) for one in kept)


class _SameHost(HTTPRedirectHandler):
    def redirect_request(
        self, request: Request, answer: Any, code: int, message: str, headers: Any, address: str
    ) -> Request | None:
        """Follow on the same host alone, and never from TLS to none."""
        before, after = urlsplit(request.full_url), urlsplit(address)
        safe = after.scheme == "https" or after.scheme == before.scheme
        if before.netloc.lower() != after.netloc.lower() or not safe:
            raise NotSeen(f"it leads to another host: {after.netloc}")
        return super().redirect_request(request, answer, code, message, headers, address)


def _fetched(address: str, clock: Callable[[], float]) -> tuple[str, bytes | None]:
    """The SHA-256 of what is at an address, and its bytes where they are not too many to keep."""
    ends, total, length, kept = clock() + WHOLE, hashlib.sha256(), 0, bytearray()
    try:
        answer: HTTPResponse
        with build_opener(_SameHost).open(address, timeout=SECONDS) as answer:
            while part := answer.read1(65_536):
                total.update(part)
                length += len(part)
                if length > MOST or clock() > ends:
                    raise NotSeen(f"{address} is too long, or takes too long")
                if length <= MOST_PARSED:
                    kept += part
    except HTTPError as failure:
        failure.close()
        raise NotSeen(f"{address} is answered with {failure.code}") from failure
    except (OSError, HTTPException, ValueError) as failure:
        raise NotSeen(f"{address}: {failure}") from failure
    return total.hexdigest(), bytes(kept) if length <= MOST_PARSED else None
