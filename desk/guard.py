"""The door of the desk: until signing in is there, it lets nobody in."""

from __future__ import annotations

from flask import Flask, abort, g, request
from markupsafe import Markup

OPEN = ("static",)
"""Endpoints that need nobody signed in."""


def protect(app: Flask) -> None:
    """Have every request pass the door first."""
    app.before_request(_ask)
    app.jinja_env.globals["csrf_field"] = lambda: Markup("")


def _ask() -> None:
    g.person = None
    if request.endpoint not in OPEN:
        abort(403)
