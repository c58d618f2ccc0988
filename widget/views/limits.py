"""How often somebody may ask: counted by address, in memory or in Redis. Pages to read have no limit.

A household, or one machine, has a whole IPv6 network (/64) to send from: that network counts as one address, and may
send fewer forms than an IPv4 address, which many residents can share.
"""

from __future__ import annotations

from importlib.util import find_spec
from ipaddress import IPv6Address, IPv6Network, ip_address

from flask import Flask, request
from flask_limiter import Limiter
from limits.errors import ConfigurationError
from werkzeug.middleware.proxy_fix import ProxyFix

from widget.errors import StartRefused
from widget.views.shared import service_of

ANSWERS = "300/minute;6000/hour"
"""Many residents can share an address: a library, a school, a phone network."""
REQUESTS = "30/minute;300/hour"
SYSTEMS = "1200/minute"
SECONDS = 1
LIMITS = {
    "pages.answer": ANSWERS,
    "pages.withdraw": ANSWERS,
    "pages.renew": ANSWERS,
    "pages.mail": REQUESTS,
    "pages.end": ANSWERS,
    "withdraw.asked": REQUESTS,
    "agreed.asked": REQUESTS,
    "report.tell": REQUESTS,
    "confirm.act": ANSWERS,
    "api.give": ANSWERS,
    "api.withdraw": ANSWERS,
    "systems.status": SYSTEMS,
    "systems.events": SYSTEMS,
    "open_withdrawals.withdrawals": SYSTEMS,
    "open_withdrawals.withdrawal": SYSTEMS,
    "open_withdrawals.acted": SYSTEMS,
}

FORMS = (
    "pages.answer",
    "pages.withdraw",
    "pages.renew",
    "pages.mail",
    "pages.end",
    "withdraw.asked",
    "agreed.asked",
    "report.tell",
    "confirm.act",
    "api.give",
    "api.withdraw",
)
"""Requests of residents, by a form or by the script in its place: counted together for an IPv6 network."""
NETWORK = 64
LIMITER = "consents.limiter"

WAITING: dict[str, str | int] = {"socket_timeout": SECONDS, "socket_connect_timeout": SECONDS}
"""A Redis that is silent or gone holds nobody up: each process counts by itself until it is back. No act is refused."""


def limit(app: Flask) -> None:
    """Count requests, by the address that the trusted proxies report. `StartRefused` where nothing can count them."""
    config = service_of(app).config
    if config.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=config.proxies, x_proto=0, x_host=0)  # type: ignore[method-assign]
    if config.ratelimit == "off":
        return
    limiter = _limiter(app, config.ratelimit_storage)
    app.extensions[LIMITER] = limiter  # Flask-Limiter itself holds it weakly
    for endpoint, often in LIMITS.items():
        app.view_functions[endpoint] = limiter.limit(often)(app.view_functions[endpoint])  # type: ignore[assignment]
    together = limiter.shared_limit(
        f"{config.forms_from_ipv6}/minute", scope="forms", key_func=_sender, exempt_when=lambda: "/" not in _sender()
    )
    for endpoint in FORMS:
        app.view_functions[endpoint] = together(app.view_functions[endpoint])  # type: ignore[assignment]


def _limiter(app: Flask, storage: str) -> Limiter:
    """Counts in what the address `storage` names. The address is not repeated: it may hold a password."""
    shared = not storage.startswith("memory")
    if shared and find_spec("redis") is None:
        raise StartRefused("RATELIMIT_STORAGE_URI needs redis. Install it with: pip install 'noticeboard[redis]'")
    try:
        return Limiter(
            _sender,
            app=app,
            storage_uri=storage,
            storage_options=WAITING if shared else {},
            in_memory_fallback_enabled=shared,
            strategy="fixed-window",
        )
    except (ConfigurationError, ValueError) as error:
        wanted = "Write redis://host:6379, rediss://host:6379, or memory:// where one process counts."
        raise StartRefused(f"RATELIMIT_STORAGE_URI is no address of a Redis. {wanted}") from error


def sender_of(remote: str) -> str:
    """The sender that requests from an address are counted for: the address, or the network of an IPv6 one."""
    try:
        found = ip_address(remote)
    except ValueError:
        return remote
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    if found.is_loopback:
        return str(found)
    return str(IPv6Network((found, NETWORK), strict=False))


def _sender() -> str:
    return sender_of(request.remote_addr or "")
