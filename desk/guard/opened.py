"""The open parts of a running desk, found in a request."""

from __future__ import annotations

from flask import current_app

from desk.access import Access

ACCESS = "desk.access"


def access() -> Access:
    """The open parts of a running desk."""
    found: Access = current_app.extensions[ACCESS]
    return found
