"""Settings with which gunicorn runs the endpoint as `consents serve` does: `gunicorn --config
python:widget.gunicorn_settings`.

Options on gunicorn's command line come before these.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from widget import measures
from widget.json_logs import JsonLines

wsgi_app = "widget.wsgi:app()"
worker_class = "gthread"
workers = 1
threads = 16
graceful_timeout = 4
control_socket_disable = True
logconfig_dict: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": JsonLines}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"level": "INFO", "handlers": ["stderr"]},
    "loggers": {
        name: {"level": "INFO", "handlers": [], "propagate": True} for name in ("gunicorn.error", "gunicorn.access")
    },
}


def on_starting(_arbiter: object) -> None:
    """Forget what an earlier run counted, before there is a worker."""
    if folder := os.environ.get(measures.FOLDER):
        measures.forget(Path(folder))
