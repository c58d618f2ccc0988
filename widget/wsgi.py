"""What a WSGI server loads: `widget.wsgi:app`, called without arguments, set up by environment variables."""

from __future__ import annotations

import os
from wsgiref.types import WSGIApplication

from widget.app import create_app
from widget.config import Config
from widget.json_logs import log_as_json


def app() -> WSGIApplication:
    """The endpoint of this process."""
    log_as_json()
    return create_app(Config.from_env(os.environ))
