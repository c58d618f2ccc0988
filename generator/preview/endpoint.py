"""The consent endpoint of the preview: opened when somebody asks it something, with a database and mail under var/."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from generator.site_plan import MANIFEST
from widget.config import Config


class Endpoint:
    """The endpoint of the site in a folder. A WSGI app; `before` has the files in `handed_over` say what the site says."""

    def __init__(self, root: Path, handed_over: Path, host: str, port: int, before: Callable[[], object]) -> None:
        self._var = root / "var"
        self._place = (handed_over / MANIFEST, host, port)
        self._before = before
        self._opening = threading.Lock()
        self._app: Any = None
        self._key: Any = None

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        with self._opening:
            self._open()
        answer: Iterable[bytes] = self._app.wsgi_app(environ, start_response)
        return answer

    def key(self) -> str:
        """An API key that may see withdrawals and say what was done: made when first asked for, in memory alone."""
        with self._opening:
            self._open()
            if self._key is None:
                from widget.app import open_key

                self._key = open_key(self._app, "the desk beside noticeboard serve")
        return str(self._key.text)

    def close(self) -> None:
        """End what is open, and the key with it."""
        if self._app is not None:
            from widget.app import close_app, close_key

            if self._key is not None:
                close_key(self._app, self._key)
            close_app(self._app)

    def _open(self) -> None:
        self._before()
        if self._app is None:
            from widget.app import create_app  # brings Flask and the database: the first page is there without

            manifest, host, port = self._place
            self._var.mkdir(exist_ok=True)
            var = self._var.resolve()
            self._app = create_app(
                Config(
                    manifest=manifest,
                    database=f"sqlite:///{var / 'consents.db'}",
                    host=host,
                    port=port,
                    mail=f"folder:{var / 'mail'}",
                )
            )
