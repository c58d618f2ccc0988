"""`noticeboard verify`: the frozen files, their lock and chain, and whether the live site shows the same history."""

from __future__ import annotations

import argparse
import ipaddress
import sys
from collections.abc import Iterator
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from generator import repository
from generator.commands.codes import DONE, ERRORS, MISUSED
from generator.commands.streams import misused
from generator.commands.terminal import show_problems
from generator.content.site_file import SiteSource
from generator.problems import ContentError
from generator.site_plan import MANIFEST
from generator.versions import live, timeline
from generator.versions import version as versions
from generator.versions.version import Version
from widget import manifest
from widget.manifest import Manifest, ManifestError

SECONDS = 20
"""How long to wait for each answer."""
MOST = 400_000_000
"""Bytes of a live file that are read; a manifest of 10,000 notices has some 250 million."""


class Unreachable(Exception):
    """The live site does not answer, or not as a site does."""


def verify_options(parser: argparse.ArgumentParser) -> None:
    """The options of `verify`."""
    parser.add_argument("--live", metavar="URL", help="the address of the site that residents read: compare it too")


def verify(options: argparse.Namespace) -> int:
    """Say whether history is whole: `ERRORS` where it is not, `MISUSED` where the live site cannot be asked."""
    address = (options.live or "").rstrip("/")
    if address and not _safe(address):
        return misused("Give --live an address that starts with https:// (http:// on this machine alone).")
    site = repository.read_site(options.root)
    try:
        _, kept = repository.read_frozen(options.root)
    except ContentError as failure:
        if not address:
            raise
        show_problems(failure.problems, options.root)
        return _compare_damaged(address, options.root / repository.CONTENT, site)
    print(f"{len(kept)} frozen versions are those of content/versions.lock, and their chain is whole.")
    if not address:
        return DONE
    try:
        found = list(_compared(address, kept, site))
    except Unreachable as failure:
        print(f"{address} cannot be compared: {failure}", file=sys.stderr)
        return MISUSED
    for text in found:
        print(text, file=sys.stderr)
    if found:
        return ERRORS
    print(f"{address} shows the same versions.")
    return DONE


def _compare_damaged(address: str, content: Path, site: SiteSource) -> int:
    """Say which files of a damaged history are those of the live site, and where it has the others."""
    try:
        data = _fetched(f"{address}/{MANIFEST}")
        if data is None:
            raise Unreachable(f"there is no {MANIFEST}")
        shown = _sound(data).versions
    except Unreachable as failure:
        print(f"{address} cannot be compared: {failure}", file=sys.stderr)
        return MISUSED
    same = 0
    for published in (version for version in shown if not version.retracted):
        name = versions.file_name(published.notice, published.version, published.language, site.language)
        path = content / name
        if path.is_file() and versions.digest(path.read_bytes()) == published.digest:
            same += 1
            continue
        what = "is not what the site shows" if path.is_file() else "is missing"
        where = f"{address}{timeline.prefix(published.language, site)}/{published.notice}/v/{published.version}"
        print(f"content/{name} {what}: {where}/{timeline.FROZEN_FILE} has it.", file=sys.stderr)
    print(f"{same} frozen versions here are those of {address}, byte for byte. Keep them.")
    return ERRORS


def _compared(address: str, kept: tuple[Version, ...], site: SiteSource) -> Iterator[str]:
    data = _fetched(f"{address}/{MANIFEST}")
    if data is None:
        raise Unreachable(f"there is no {MANIFEST}")
    try:
        published = manifest.from_json(data)
    except ManifestError as failure:
        yield f"The live {MANIFEST} is not one that the endpoint would take: {failure}."
        published = _sound(data)
    yield from live.contradictions(published, kept)
    for name in live.not_live(published, kept):
        print(f"content/{name} is not live yet.")
    for version in kept:
        shown = published.find(version.notice, version.version, version.language)
        path = timeline.frozen_path(version, site)
        if shown is not None and path is not None and shown.digest == version.digest:
            wrong = live.file_contradiction(shown, version, _fetched(address + path))
            if wrong is not None:
                yield wrong


def _sound(data: bytes) -> Manifest:
    try:
        return manifest.salvaged(data)
    except ManifestError as failure:
        raise Unreachable(f"its {MANIFEST} is none: {failure}") from failure


def _safe(address: str) -> bool:
    """Whether what comes from an address can be believed: over TLS, or from this machine."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme == "https":
        return bool(host)
    return parts.scheme == "http" and (host == "localhost" or _loopback(host))


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class _SafeRedirects(HTTPRedirectHandler):
    def redirect_request(
        self, request: Request, answer: Any, code: int, message: str, headers: Any, address: str
    ) -> Request | None:
        """Follow to another safe address only."""
        if not _safe(address):
            raise Unreachable("it leads to an address without TLS")
        return super().redirect_request(request, answer, code, message, headers, address)


def _fetched(address: str) -> bytes | None:
    """The bytes at an address; None where there is nothing. `Unreachable` where nobody answers in time."""
    try:
        answer: HTTPResponse
        with build_opener(_SafeRedirects).open(address, timeout=SECONDS) as answer:
            data = answer.read(MOST + 1)
    except HTTPError as failure:
        failure.close()
        if failure.code in (404, 410):
            return None
        raise Unreachable(f"{address} is answered with {failure.code}") from failure
    except (OSError, HTTPException, ValueError) as failure:
        raise Unreachable(f"{address}: {failure}") from failure
    if len(data) > MOST:
        raise Unreachable(f"{address} is too long")
    return data
