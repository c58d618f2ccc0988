"""Old addresses of notices (`aliases`): for servers that redirect, in two forms, beside the pages for those that do not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote

from generator.content.site_file import SiteSource
from generator.versions.timeline import History
from generator.versions.version import Version

NETLIFY, NGINX = "_redirects", "redirects.map"
_SAFE = re.compile(r"[\w./~%-]+")


def moved(
    histories: Mapping[tuple[str, str], History], site: SiteSource, language: str
) -> Iterator[tuple[str, Version]]:
    """(old address, version in force) of one language's notices; what an earlier language claims stays with it."""
    earlier = site.languages[: site.languages.index(language)]
    for (notice, own), history in histories.items():
        if own != language or (current := history.in_force) is None:
            continue
        others = (histories.get((notice, other)) for other in earlier)
        claimed = {old for other in others if other and other.in_force for old in aliases(other.in_force)}
        yield from ((old, current) for old in aliases(current) if old not in claimed)


def aliases(version: Version) -> tuple[str, ...]:
    """The old addresses of a notice within this site; those of other sites are for their own servers to redirect."""
    found = (str(address).partition("?")[0].partition("#")[0] for address in version.facets.get("aliases", ()))
    return tuple(address for address in found if address.startswith("/") and address.strip("/") and ".." not in address)


def netlify(moved: Iterable[tuple[str, str]]) -> str:
    """`_redirects`, which many hosts of static sites read: old address, new address, 301 a line."""
    return "".join(f"{quote(old, safe='/%~')} {new} 301\n" for old, new in moved)


def nginx(moved: Iterable[tuple[str, str]]) -> str:
    """Lines for nginx: `map $uri $moved { include .../redirects.map; }` and `if ($moved) { return 301 $moved; }`.

    nginx compares the decoded address. One that its syntax could misread is left to the page that stands there.
    """
    return "".join(f"{old} {new};\n" for old, new in moved if _SAFE.fullmatch(old))
