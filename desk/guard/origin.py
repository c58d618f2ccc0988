"""Where a request comes from: the desk's own host, and a page of the desk."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import request

from desk.guard.opened import access


def is_own_host() -> bool:
    """Whether the request is for the desk's own address: another name for this machine could be anybody's page."""
    wanted = urlsplit(access().config.address)
    try:
        asked = urlsplit(f"{wanted.scheme}://{request.environ.get('HTTP_HOST', '')}")
        default = 443 if wanted.scheme == "https" else 80
        return (asked.hostname, asked.port or default) == (wanted.hostname, wanted.port or default)
    except ValueError:
        return False


def is_same_origin() -> bool:
    """Whether a form was sent by a page of the desk.

    Browsers send `Sec-Fetch-Site` to addresses with TLS and to loopback. A page without referrer sends `Origin: null`, which
    says nothing by itself. A subdomain of the council is same-site and still not the desk.
    """
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if origin not in (None, "null") and origin != access().config.address:
        return False
    if site is not None:
        return site == "same-origin"
    return origin == access().config.address
