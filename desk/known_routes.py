"""Where signing in may lead back to: pages of the desk alone, however an address is written."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlencode

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, RequestRedirect

PLAIN = re.compile(r"/(?:[A-Za-z0-9._~%-]+/)*[A-Za-z0-9._~%-]*(?:\?[A-Za-z0-9._~%&=+,:-]*)?")
"""Signs that mean themselves in every browser. A backslash, a tab or a second slash can lead to another host."""
LONGEST = 500


def known_page(routes: Map, address: str) -> bool:
    """Whether an address is a page of the desk that can be looked at: a path, perhaps with a query."""
    return route_of(routes, address, "GET") is not None and not address.startswith("/desk/sign-")


def route_of(routes: Map, address: str, method: str) -> tuple[str, dict[str, object]] | None:
    """The endpoint and the arguments of an address of the desk; None for any other."""
    if len(address) > LONGEST or not PLAIN.fullmatch(address) or "%5c" in address.lower() or "%2f" in address.lower():
        return None
    adapter = routes.bind("localhost")
    try:
        endpoint, arguments = adapter.match(unquote(address.partition("?")[0]), method=method)
    except (HTTPException, RequestRedirect):
        return None
    return endpoint, dict(arguments)


def known_target(address: str, **values: str) -> str:
    """An address with the values that are set as its query."""
    query = urlencode({name: value for name, value in values.items() if value})
    return f"{address}?{query}" if query else address
