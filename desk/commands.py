"""What `noticeboard desk` does, and the desk that runs beside `noticeboard serve`."""

from __future__ import annotations

import argparse
import sys
import threading
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from desk.config import Config
from generator.commands.codes import DONE, MISUSED
from generator.preview.beside import Neighbour, free_port


def serve_options(parser: argparse.ArgumentParser) -> None:
    """The options of `desk`."""
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8002, help="the port to listen on (8002)")


def serve(options: argparse.Namespace) -> int:
    """Answer until interrupted."""
    from werkzeug.serving import make_server

    if free_port(options.host, options.port) != options.port:
        message = f"Nothing can listen on {options.host}, port {options.port}. Choose another with --port."
        print(message, file=sys.stderr)
        return MISUSED
    config = Config(host=options.host, port=options.port)
    desk = Desk(options.root, config, (lambda: options.date) if options.date else None)
    server = make_server(options.host, options.port, desk, threaded=True)
    print(f"The desk is on {config.address}/desk/ . Stop with Ctrl+C.", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print("Stopped.")
    finally:
        server.server_close()
        desk.close()
    return DONE


def beside(root: Path, host: str, port: int, today: Callable[[], date]) -> Neighbour:
    """The desk beside the preview, made when somebody asks it something."""
    config = Config(host=host, port=port)
    desk = Desk(root, config, today)
    return Neighbour(desk, f"The desk is on {config.address}/desk/ .", desk.close)


class Desk:
    """The desk's app, made when somebody asks it something. A WSGI app."""

    def __init__(self, root: Path, config: Config, today: Callable[[], date] | None) -> None:
        self._root = root
        self._config = config
        self._today = today
        self._opening = threading.Lock()
        self._app: Any = None

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        with self._opening:
            if self._app is None:
                from desk.app import create_app  # brings Flask: the preview's first page is there without

                self._app = create_app(self._root, self._config, today=self._today)
        answer: Iterable[bytes] = self._app.wsgi_app(environ, start_response)
        return answer

    def close(self) -> None:
        """End what the app holds open."""
        if self._app is not None:
            from desk.app import close_app

            close_app(self._app)
