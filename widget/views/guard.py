"""Who may ask, and what every answer carries: hosts, other sites, security headers, CORS."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, request

from widget import receipts
from widget.links import link_of
from widget.problems import Refusal
from widget.views.shared import bearer, service

HOST = re.compile(r"(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+)(?::[0-9]{1,5})?")
SAFE = ("GET", "HEAD", "OPTIONS")
OWN_SITES = ("same-origin", "none")
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "strict-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex",
}
ALWAYS = tuple((name.lower(), name, value) for name, value in (HEADERS | {"Cache-Control": "no-store"}).items())
"""Set where a view has not set its own."""


def protect(app: Flask) -> None:
    """Check every request before its view, and set the headers of every answer."""
    app.before_request(_look_at_published)
    app.before_request(_check_host)
    app.before_request(_answer_preflight)
    app.before_request(_check_site)
    app.before_request(_check_size)
    app.after_request(_set_headers)


def _look_at_published() -> None:
    """Once a request: all of it sees one state of what is published."""
    service().files.look()


def _check_host() -> None:
    """A forged Host would end up in links: only the site's own, and this machine's where nobody else can reach it."""
    config, site = service().config, service().manifest.site
    trusted = {*config.hosts, urlsplit(site.base_url).hostname}
    if config.loopback:
        trusted |= {"localhost", "127.0.0.1", "[::1]"}
    named = HOST.fullmatch(request.host)
    if named is None or named[1].lower() not in trusted:
        raise Refusal(400)


def _check_site() -> None:
    """Only the council's own pages, and those it lists, may have a browser send something here."""
    if request.method in SAFE or request.headers.get("Sec-Fetch-Site") in OWN_SITES:
        return
    origin = request.headers.get("Origin")
    if origin is None:
        allowed = "Sec-Fetch-Site" not in request.headers
    elif origin == "null":
        allowed = _has_token()
    else:
        allowed = from_own_site()
    if not allowed:
        raise Refusal(403)


def from_own_site() -> bool:
    """Whether a browser says that a page of the council's asks, or nothing is said."""
    origin = request.headers.get("Origin")
    return origin in (None, f"http://{request.host}", f"https://{request.host}") or _is_listed(str(origin))


def _check_size() -> None:
    """A body whose length is not told (chunked) is cut at the limit by Werkzeug; half of what was said is not read."""
    limit = current_app.config["MAX_CONTENT_LENGTH"]
    if request.method not in SAFE and len(request.get_data()) >= limit:
        raise Refusal(413)


def _is_listed(origin: str) -> bool:
    site = service().manifest.site
    base = urlsplit(site.base_url)
    return origin == f"{base.scheme}://{base.netloc}" or origin in site.origins


def _has_token() -> bool:
    token = bearer() or (request.view_args or {}).get("token")
    secret = service().keys.token_secret
    return token is not None and bool(receipts.receipt_of(secret, str(token)) or link_of(secret, str(token)))


def _answer_preflight() -> Response | None:
    if request.method != "OPTIONS" or not request.path.startswith("/api/"):
        return None
    response = Response(status=204)
    response.headers["Access-Control-Allow-Methods"] = "GET, POST"
    response.headers["Access-Control-Allow-Headers"] = "Authorization, Content-Type, Idempotency-Key"
    response.headers["Access-Control-Max-Age"] = "600"
    return response


def _set_headers(response: Response) -> Response:
    there = {name.lower() for name, _ in response.headers}
    for lower, name, value in ALWAYS:
        if lower not in there:
            response.headers.add(name, value)
    if request.path.startswith("/api/"):
        response.vary.add("Origin")
        origin = request.headers.get("Origin")
        refused = response.status_code == 403 and request.method == "GET"  # so that a page not listed can say why
        if origin is not None and (refused or _is_listed(origin)):
            response.headers["Access-Control-Allow-Origin"] = origin
    return response
