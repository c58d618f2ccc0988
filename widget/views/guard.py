"""Admission of requests: under which name, from which sites, and how much."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

from flask import Flask, Request, Response, current_app, request

from widget.errors import Refusal
from widget.service import Service
from widget.views.headers import is_listed
from widget.views.health import ADDRESSES as OF_HEALTH
from widget.views.shared import bearer, link_in, receipt_for, service

HOST = re.compile(r"(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+)(?::[0-9]{1,5})?")
SAFE = ("GET", "HEAD", "OPTIONS")
OWN_SITES = ("same-origin", "none")
LOOPBACK = frozenset(("localhost", "127.0.0.1", "[::1]"))


def protect(app: Flask) -> None:
    """Check every request before its view."""
    app.before_request(_check)


def _check() -> Response | None:
    """All checks in one step; all of a request sees one state of what is published."""
    here, asked = service(), request._get_current_object()  # type: ignore[attr-defined]
    here.files.look()
    if asked.path not in OF_HEALTH:
        _check_host(asked, here)
    if asked.method == "OPTIONS" and asked.path.startswith("/api/"):
        return _preflight()
    if asked.method not in SAFE:
        _check_site(asked)
        _check_size(asked)
    return None


def _check_host(asked: Request, here: Service) -> None:
    """A forged Host would end up in links: only the site's own, and this machine's where nobody else can reach it."""
    named = HOST.fullmatch(asked.host)
    trusted = _trusted(here.config.hosts, here.manifest.site.base_url, here.config.loopback)
    if named is None or named[1].lower() not in trusted:
        raise Refusal(400)


@lru_cache(maxsize=8)
def _trusted(hosts: tuple[str, ...], base_url: str, loopback: bool) -> frozenset[str | None]:
    return frozenset((*hosts, urlsplit(base_url).hostname)) | (LOOPBACK if loopback else frozenset())


def _check_site(asked: Request) -> None:
    """Only the council's own pages, and those it lists, may have a browser send something here."""
    fetched_from = asked.headers.get("Sec-Fetch-Site")
    if fetched_from in OWN_SITES:
        return
    origin = asked.headers.get("Origin")
    if origin is None:
        allowed = fetched_from is None
    elif origin == "null":
        allowed = _has_token()
    else:
        allowed = from_own_site()
    if not allowed:
        raise Refusal(403)


def from_own_site() -> bool:
    """Whether a browser says that a page of the council's asks, or nothing is said."""
    origin = request.headers.get("Origin")
    return origin in (None, f"http://{request.host}", f"https://{request.host}") or is_listed(
        str(origin), service().manifest.site
    )


def _check_size(asked: Request) -> None:
    """A body whose length is not told (chunked) is cut at the limit by Werkzeug; half of what was said is not read."""
    if len(asked.get_data()) >= current_app.config["MAX_CONTENT_LENGTH"]:
        raise Refusal(413)


def _has_token() -> bool:
    token = str(bearer() or (request.view_args or {}).get("token", ""))
    if link_in(token):
        return True
    try:
        receipt_for(token)
    except Refusal:
        return False
    return True


def _preflight() -> Response:
    response = Response(status=204)
    response.headers["Access-Control-Allow-Methods"] = "GET, POST"
    response.headers["Access-Control-Allow-Headers"] = "Authorization, Content-Type, Idempotency-Key"
    response.headers["Access-Control-Max-Age"] = "600"
    return response
