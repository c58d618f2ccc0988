"""What a WSGI server loads: `widget.wsgi:app`, called without arguments, set up by environment variables."""

from __future__ import annotations

import os
from wsgiref.types import WSGIApplication

from widget.app import create_app
from widget.config import Config


def app() -> WSGIApplication:
    """The endpoint of this process."""
    return create_app(Config.from_env(os.environ))
