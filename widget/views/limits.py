"""How often somebody may ask: counted by address, in memory or in Redis. Pages to read have no limit."""

from __future__ import annotations

from flask import Flask, request
from flask_limiter import Limiter
from werkzeug.middleware.proxy_fix import ProxyFix

from widget.views.shared import service_of

ANSWERS = "300/minute;6000/hour"
"""Many residents can share an address: a library, a Family Hub, a phone network."""
REQUESTS = "30/minute;300/hour"
SYSTEMS = "1200/minute"
SECONDS = 1
LIMITS = {
    "pages.answer": ANSWERS,
    "pages.withdraw": ANSWERS,
    "pages.renew": ANSWERS,
    "withdraw.asked": REQUESTS,
    "confirm.act": ANSWERS,
    "api.give": ANSWERS,
    "api.withdraw": ANSWERS,
    "systems.status": SYSTEMS,
    "systems.events": SYSTEMS,
}

WAITING: dict[str, str | int] = {"socket_timeout": SECONDS, "socket_connect_timeout": SECONDS}
"""A Redis that is silent or gone holds nobody up: each process counts by itself until it is back. No act is refused."""


def limit(app: Flask) -> None:
    """Count requests, by the address that the trusted proxies report."""
    config = service_of(app).config
    if config.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=config.proxies, x_proto=0, x_host=0)  # type: ignore[method-assign]
    if config.ratelimit == "off":
        return
    shared = not config.ratelimit_storage.startswith("memory")
    limiter = Limiter(
        lambda: request.remote_addr or "",
        app=app,
        storage_uri=config.ratelimit_storage,
        storage_options=WAITING if shared else {},
        in_memory_fallback_enabled=shared,
        strategy="fixed-window",
    )
    app.extensions["consents.limiter"] = limiter  # Flask-Limiter itself holds it weakly
    for endpoint, often in LIMITS.items():
        app.view_functions[endpoint] = limiter.limit(often)(app.view_functions[endpoint])  # type: ignore[assignment]
