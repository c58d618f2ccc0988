"""The desk's cookies: their names and flags."""

from __future__ import annotations

from urllib.parse import urlsplit

from werkzeug.wrappers import Response as Answer

from desk.guard.opened import access

SESSION, VISITOR, LANGUAGE = "desk-session", "desk-visitor", "desk-language"
LONGEST_COOKIE = 1000


def cookie_name(name: str) -> str:
    """A cookie's name. With TLS `__Host-`: no other host of the council can set it. On loopback the port is part of it,
    since all ports share their cookies."""
    config = access().config
    return f"__Host-{name}" if config.is_secure else f"{name}-{urlsplit(config.address).port or 80}"


def set_cookie(answer: Answer, name: str, value: str, seconds: int | None = None) -> None:
    """Set a cookie of the desk. Without `seconds` it lasts as long as the browser runs: the server ends sessions, so that
    a form sent too late still says whose it was."""
    if len(value) > LONGEST_COOKIE:
        raise ValueError("A cookie of this length could be dropped.")
    secure = access().config.is_secure
    full = cookie_name(name)
    answer.set_cookie(full, value, max_age=seconds, path="/", secure=secure, httponly=True, samesite="Lax")


def drop_cookie(answer: Answer, name: str) -> None:
    """Have the browser forget a cookie."""
    answer.delete_cookie(cookie_name(name), path="/", secure=access().config.is_secure, httponly=True, samesite="Lax")
