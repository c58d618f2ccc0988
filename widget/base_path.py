"""The path of a site that is published below another one: `/privacy` of https://www.example.org/privacy. Standard library only.

Inside, every address of the site starts at its own root. The path is put before it where a page or a redirect leaves the
program, and taken off where a request comes in, so that nothing else needs to know of it.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_TAG = re.compile(r"""<[a-zA-Z](?:[^"'<>]|"[^"]*"|'[^']*')*>""")
_ATTRIBUTE = re.compile(r"""\s([a-zA-Z-]+)\s*=\s*("[^"]*"|'[^']*'|[^\s"'<>]+)""")
_NAMES = frozenset({"href", "src", "action", "formaction", "data-index"})


def path_of(base_url: str) -> str:
    """The path of a site's address, without a final slash; empty for a site that has a host of its own."""
    return urlsplit(base_url).path.rstrip("/")


def below(html: str, path: str) -> str:
    """A page of the site with the path before each address that starts at the site's root. Texts stay as they are."""
    if not path:
        return html
    return _TAG.sub(lambda tag: _ATTRIBUTE.sub(lambda found: _with_path(found, path), tag[0]), html)


def _with_path(attribute: re.Match[str], path: str) -> str:
    """An attribute of a tag; only what starts at the site's root is changed, not `//another.example/`."""
    value = attribute[2]
    address = value.lstrip("\"'")
    if attribute[1].lower() not in _NAMES or address[:1] != "/" or address[:2] == "//":
        return attribute[0]
    quote = value[: len(value) - len(address)]
    start = attribute[0][: -len(value)]
    return f"{start}{quote}{path}{address}"


def inside(address: str, path: str) -> str:
    """An address as the site knows it: without the path, where it starts with that."""
    return address[len(path) :] if path and address.startswith(f"{path}/") else address
