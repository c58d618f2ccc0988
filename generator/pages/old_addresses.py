"""Old addresses of notices (`aliases`): for servers that redirect, in two forms, beside the pages for those that do
not."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

_SAFE = re.compile(r"[\w./~%-]+")


def netlify(moved: Iterable[tuple[str, str]]) -> str:
    """`_redirects`, which many hosts of static sites read: old address, new address, 301 a line."""
    return "".join(f"{quote(old, safe='/%~')} {new} 301\n" for old, new in moved)


def nginx(moved: Iterable[tuple[str, str]]) -> str:
    """Lines for nginx: `map $uri $moved { include .../redirects.map; }` and `if ($moved) { return 301 $moved; }`.

    nginx compares the decoded address. One that its syntax could misread is left to the page that is there.
    """
    return "".join(f"{old} {new};\n" for old, new in moved if _SAFE.fullmatch(old))
