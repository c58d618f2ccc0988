"""A site's address as a browser names its origin, or why a text is none: RFC 6454 section 6.2. Pure.

A browser compares origins sign by sign: an address with capitals or with the scheme's own port would never match.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

PORTS = {"http": 80, "https": 443}
SCHEMES = {*PORTS, "mailto", "tel"}
"""How the addresses of links may start."""
_HOST = re.compile(r"[a-z0-9]+(?:-+[a-z0-9]+)*(?:\.[a-z0-9]+(?:-+[a-z0-9]+)*)*|\[[0-9a-f:.]+\]")
_PATH = re.compile(r"(?:/[A-Za-z0-9_~-]+(?:\.[A-Za-z0-9_~-]+)*)+")


@dataclass(frozen=True)
class NoAddress:
    """A sentence on what is wrong, and one on what to write."""

    wrong: str
    remedy: str


def origin(written: str) -> str | NoAddress:
    """The origin that `written` means, as a browser sends it: `https://www.example.org`.

    A final slash, capitals, the scheme's own port and letters outside ASCII are put right. A path, a pattern or anything
    else that a browser would never send is refused.
    """
    parts = _parts(written)
    found = _origin(parts) if parts else None
    if parts is None or found is None:
        remedy = "Write https:// and the host, such as https://www.example.org."
        if "*" in written:
            remedy = "Name each site by itself, such as https://www.example.org."
        return NoAddress(f"`{written}` is not the address of a site.", remedy)
    if parts.path not in ("", "/") or parts.query or parts.fragment or written[-1] in "?#":
        return NoAddress(f"`{written}` is a page, and a site is needed.", f"Write only {found}.")
    return found


def base(written: str) -> str | NoAddress:
    """The address of a site that may be published below another one: its origin and a path without a final slash."""
    parts = _parts(written)
    path = parts.path.rstrip("/") if parts else ""
    if parts is None or not path or parts.query or parts.fragment or written[-1] in "?#":
        return origin(written)
    found = _origin(parts)
    if found is None:
        return origin(written)
    if not _PATH.fullmatch(path) or path.endswith("assets"):  # the consent script takes that for the site's own folder
        wrong = f"`{path}` is no path that a site can be published below."
        return NoAddress(wrong, f"Use letters, digits and hyphens between single slashes, such as {found}/privacy.")
    return found + path


def _parts(written: str) -> SplitResult | None:
    try:
        return urlsplit(written)
    except ValueError:
        return None


def _origin(parts: SplitResult) -> str | None:
    """Scheme, host and port of an address in their one form; None where it has none that a browser would send."""
    try:
        port = parts.port
    except ValueError:
        return None
    host = _ascii(parts.netloc.rpartition(":")[0] if port is not None else parts.netloc.removesuffix(":"))
    if parts.scheme not in PORTS or host is None:
        return None
    if port is None or port == PORTS[parts.scheme]:
        return f"{parts.scheme}://{host}"
    return f"{parts.scheme}://{host}:{port}"


def _ascii(host: str) -> str | None:
    """A host in lower case and as A-labels (RFC 5891); None where no host is called so."""
    if not host.isascii():
        import idna  # 10 ms that other sites need not wait

        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except idna.IDNAError:
            return None
    host = host.lower()
    return host if _HOST.fullmatch(host) else None
