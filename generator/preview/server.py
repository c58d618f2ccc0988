"""`noticeboard serve`: the site with its working texts, and the consent endpoint, on one address of this machine.

For editors and newcomers, not for the public: a development server with a database and mail of its own under var/.
Every save builds the site again, in a folder of its own, and reloads the pages that are open. Where the site cannot be
built, every page says why: a stale page is never shown.
"""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from werkzeug.security import safe_join
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.utils import send_file
from werkzeug.wrappers import Request, Response

from generator import repository
from generator.building import build
from generator.preview import demo
from generator.preview.live_reload import Live, watch
from widget.app import close_app, create_app
from widget.config import Config
from widget.manifest import PATHS

ONE = build.Options(jobs=1)  # the server has threads, and a process that has some is not to be forked
WSGI = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
LAST_PORT = 65_535


@dataclass(frozen=True)
class OneAddress:
    """A WSGI app: the endpoint's addresses go to the endpoint, all others are files of the site."""

    folder: Path
    endpoint: WSGI

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        first = str(environ.get("PATH_INFO", "/")).lstrip("/").partition("/")[0]
        if first in PATHS:
            return self.endpoint(environ, start_response)
        return self.file(Request(environ))(environ, start_response)

    def missing(self, address: str) -> Path:
        """The page for what is not there, in the language that the address starts with."""
        own = safe_join(str(self.folder), address.lstrip("/").partition("/")[0], "404.html")
        return Path(own) if own and Path(own).is_file() else self.folder / "404.html"

    def file(self, request: Request) -> Response:
        """A file of the site, a redirect to its folder's address, or the page for what is not there."""
        if request.method not in ("GET", "HEAD"):
            return Response("This address can only be read.\n", 405, {"Allow": "GET, HEAD"})
        found = safe_join(str(self.folder), request.path.lstrip("/"))
        missing = self.missing(request.path)
        path = Path(found) if found else missing
        if path.is_dir():
            if not request.path.endswith("/"):
                return Response("", 308, {"Location": f"/{request.path.strip('/')}/"})
            path = path / "index.html"
        status = 200 if found and path.is_file() else 404
        if status == 404:
            path = missing
        response = send_file(path, request.environ, conditional=status == 200, max_age=0)
        response.status_code = response.status_code if status == 200 else status
        return response


class _Quiet(WSGIRequestHandler):
    """Logs no request: the address of a receipt is its key."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


class Endpoint:
    """The consent endpoint, opened when the first good build is there. A WSGI app."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._opening = threading.Lock()
        self._app: Any = None

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        with self._opening:
            self._app = self._app or create_app(self._config)
        answer: Iterable[bytes] = self._app.wsgi_app(environ, start_response)
        return answer

    def close(self) -> None:
        if self._app is not None:
            close_app(self._app)


def preview_folder(root: Path) -> Path:
    """Where the preview builds to: drafts and addresses of this machine never reach the site that is published."""
    return root / ".noticeboard" / "preview" / "site"


def serve(root: Path, host: str, port: int, on: date | None) -> int:
    """Build, say where, and answer until interrupted, with the demonstration beside it. Returns the exit code."""
    if (reason := _unusable(host, port)) is not None:
        print(f"Nothing can listen on {host}, port {port}: {reason}. Choose another with --port.", file=sys.stderr)
        return 2
    address = f"http://{host}:{port}"
    with demo.beside(address, host, lambda: repository.read(root), _Quiet) as shown:
        return _serve(root, host, port, on, shown)


def _unusable(host: str, port: int) -> str | None:
    """Why nothing can listen there; None where it can. Asked first: the server would print lines of its own."""
    if port > LAST_PORT:
        return f"ports end at {LAST_PORT}"
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as attempt:
            attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            attempt.bind(place)
    except OSError as error:
        return error.strerror
    return None


def _serve(root: Path, host: str, port: int, on: date | None, shown: demo.Demo) -> int:
    address = shown.home
    out = preview_folder(root)

    def build_site() -> build.Built:
        today = on or datetime.now(ZoneInfo("Europe/London")).date()
        source = shown.allowed(repository.read(root))
        return build.build(source, out, today, base_url=address, with_drafts=True, options=ONE)

    (root / "var").mkdir(exist_ok=True)
    var = (root / "var").resolve()
    endpoint = Endpoint(
        Config(
            manifest=out / "published.json",
            database=f"sqlite:///{var / 'consents.db'}",
            host=host,
            port=port,
            mail=f"folder:{var / 'mail'}",
        )
    )
    live = Live(root, build_site, OneAddress(out, endpoint))
    server = make_server(host, port, shown.linked(live), threaded=True, request_handler=_Quiet)
    server.daemon_threads = True  # type: ignore[attr-defined]
    print(live.rebuild(), flush=True)
    print(f"The site is on {address}/ , working texts on {address}/draft/ . Stop with Ctrl+C.", flush=True)
    stop = threading.Event()
    watch(root, stop, lambda: print(live.rebuild(), flush=True))
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print("Stopped.")
    finally:
        stop.set()
        server.server_close()
        endpoint.close()
    return 0
