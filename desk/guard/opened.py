"""What is open while the desk runs, found in a request."""

from __future__ import annotations

from flask import current_app

from desk.access import Access

ACCESS = "desk.access"


def access() -> Access:
    """What is open while the desk runs."""
    found: Access = current_app.extensions[ACCESS]
    return found
