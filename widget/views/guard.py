"""Who may ask, and what every answer carries: hosts, other sites, security headers, CORS."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, request

from widget import receipts
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


def protect(app: Flask) -> None:
    """Check every request before its view, and set the headers of every answer."""
    app.before_request(_check_host)
    app.before_request(_answer_preflight)
    app.before_request(_check_site)
    app.before_request(_check_size)
    app.after_request(_set_headers)


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
        allowed = origin in (f"http://{request.host}", f"https://{request.host}") or _is_listed(origin)
    if not allowed:
        raise Refusal(403)


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
    return token is not None and receipts.receipt_of(service().keys.token_secret, str(token)) is not None


def _answer_preflight() -> Response | None:
    if request.method != "OPTIONS" or not request.path.startswith("/api/"):
        return None
    response = Response(status=204)
    response.headers["Access-Control-Allow-Methods"] = "GET, POST"
    response.headers["Access-Control-Allow-Headers"] = "Authorization, Content-Type, Idempotency-Key"
    response.headers["Access-Control-Max-Age"] = "600"
    return response


def _set_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "no-store")
    if request.path.startswith("/api/"):
        response.vary.add("Origin")
        origin = request.headers.get("Origin")
        if origin is not None and _is_listed(origin):
            response.headers["Access-Control-Allow-Origin"] = origin
    return response
