"""The headers of every answer: security headers, and leave for the council's own pages to read it (CORS).

Set where the server takes over, so that no answer is without them, whatever made it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from widget.base_path import inside, path_of
from widget.manifest import Site

Header = tuple[str, str]
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
ALWAYS = tuple((name.lower(), (name, value)) for name, value in (HEADERS | {"Cache-Control": "no-store"}).items())
"""Set where a view has not set its own."""
FOR_PAGES_ELSEWHERE = "/api/"
ACCESS = "Access-Control-Allow-Origin"


def with_headers(app: WSGIApplication, site: Callable[[], Site]) -> WSGIApplication:
    """The app, its answers with every header; `site` says which pages are the council's now."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[Header], *more: Any) -> Callable[[bytes], object]:
            there = {name.lower() for name, _ in headers}
            added = [header for name, header in ALWAYS if name not in there]
            if environ["PATH_INFO"].startswith(FOR_PAGES_ELSEWHERE):
                added += _for_pages_elsewhere(environ, status, site())
            return start_response(status, headers + added, *more)

        return app(environ, start)

    return answer


def below_path(app: WSGIApplication, site: Callable[[], Site]) -> WSGIApplication:
    """The app for requests that come with the path of the site's address, and for those from which a proxy took it."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        asked = str(environ["PATH_INFO"])
        path = path_of(site().base_url)
        if (known := inside(asked, path)) != asked:
            environ = environ | {"PATH_INFO": known, "SCRIPT_NAME": environ.get("SCRIPT_NAME", "") + path}
        return app(environ, start_response)

    return answer


def is_listed(origin: str, site: Site) -> bool:
    """Whether a page of that origin is one of the council's."""
    base = urlsplit(site.base_url)
    return origin == f"{base.scheme}://{base.netloc}" or origin in site.origins


def _for_pages_elsewhere(environ: WSGIEnvironment, status: str, site: Site) -> Iterable[Header]:
    yield "Vary", "Origin"
    origin = environ.get("HTTP_ORIGIN")
    refused = status.startswith("403") and environ["REQUEST_METHOD"] == "GET"  # so that a page not listed can say why
    if origin is not None and (refused or is_listed(origin, site)):
        yield ACCESS, origin
