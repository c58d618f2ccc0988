"""`noticeboard serve`: the site with its working texts, and the consent endpoint, on one address of this machine.

For editors and newcomers, not for the public: a development server with a database and mail of its own under var/.
Pages are made from the files when somebody asks for them, and nothing is built. Every save reloads the pages that are
open. A page that cannot be made says why: a stale page is never shown.
"""

from __future__ import annotations

import mimetypes
import shutil
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

from generator.building.site.memo import GaveWay
from generator.building.site.open_site import OpenSite
from generator.content.model import Url
from generator.content.site_file import SiteSource
from generator.preview import beside, demo
from generator.preview.endpoint import Endpoint
from generator.preview.live_reload import Live
from generator.preview.watching import watch
from generator.problems import ContentError
from widget.manifest import PATHS

WSGI = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
LAST_PORT = 65_535
A_MOMENT = 0.05
"""Seconds between two texts that are looked at while nobody waits, in which a page can be made."""
A_WHILE = 1.0
"""Seconds without a page, after which texts are looked at that nobody waits for: somebody who saves asks for another
soon."""
AFTER_PAGES = 0.3
"""Seconds between a save and the line in the terminal: the page in view comes first."""
BETWEEN_SAVINGS = 60.0
"""Seconds between two looks whether there is anything new to keep for the next start."""


@dataclass(frozen=True)
class OneAddress:
    """A WSGI app: the endpoint's addresses go to the endpoint, all others are files of the site.

    `read` gives what is in a file of the site by its name, None where there is no such file.
    """

    read: Callable[[str], bytes | None]
    endpoint: WSGI

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        first = str(environ.get("PATH_INFO", "/")).lstrip("/").partition("/")[0]
        if first in PATHS and self.read(f"{first}/index.html") is None:  # without the service, /withdraw/ is a page
            return self.endpoint(environ, start_response)
        return self.file(Request(environ))(environ, start_response)

    def file(self, request: Request) -> Response:
        """A file of the site, a redirect to its folder's address, or the page for what is not there."""
        if request.method not in ("GET", "HEAD"):
            return Response("This address can only be read.\n", 405, {"Allow": "GET, HEAD"})
        name = request.path.lstrip("/")
        if name.endswith("/") or not name:
            name += "index.html"
        data = self.read(name)
        if data is None and self.read(f"{name}/index.html") is not None:
            return Response("", 308, {"Location": f"/{request.path.strip('/')}/"})
        if data is None:
            return self._missing(name)
        response = Response(data, mimetype=mimetypes.guess_type(name)[0] or "application/octet-stream")
        response.headers["Cache-Control"] = "no-cache"
        response.add_etag()
        return response.make_conditional(request.environ)

    def _missing(self, name: str) -> Response:
        """The page for what is not there, in the language that the address starts with."""
        own = self.read(f"{name.partition('/')[0]}/404.html")
        data = own if own is not None else self.read("404.html")
        return Response(data or "There is nothing here.\n", 404, mimetype="text/html" if data else "text/plain")


class _Quiet(WSGIRequestHandler):
    """Logs no request: the address of a receipt is its key."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


def handed_over(root: Path) -> Path:
    """The folder with what the consent service reads of the preview: nothing of it reaches the site that is published."""
    return root / ".noticeboard" / "preview" / "consent"


def serve(root: Path, host: str, port: int, today: Callable[[], date]) -> int:
    """Print the address and answer until interrupted, with the demonstration beside it. Returns the exit code.

    The site is that of `today`, which is asked again at each request and each tick of the clock.
    """
    if (reason := _unusable(host, port)) is not None:
        print(f"Nothing can listen on {host}, port {port}: {reason}. Choose another with --port.", file=sys.stderr)
        return 2
    address = f"http://{host}:{port}"
    opened: list[OpenSite] = []
    with demo.beside(address, host, lambda: _to_embed(opened[0]), _Quiet) as shown:
        opened.append(open_site(root, today, shown))
        folder = handed_over(root)
        endpoint = Endpoint(root, folder, host, port, lambda: opened[0].hand_over(folder))
        preview = beside.Preview(root, today, address, endpoint.key)
        with beside.running(beside.makers(), preview, host, port, _Quiet) as lines:
            return _serve(opened[0], endpoint, host, port, today, shown, lines)


def _to_embed(site: OpenSite) -> demo.Shown:
    """The parts of today's site that the demonstration shows."""
    return site.asked(lambda: demo.Shown(site.root, site.repository.site, site.asking()))


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


@dataclass(frozen=True)
class _Shown(SiteSource):
    """A site at the preview's address.

    Texts name the address in site.yml: in the preview's words each would look changed.
    """

    written_url: str = ""

    @property
    def lasting_url(self) -> str:
        return self.written_url


def open_site(root: Path, today: Callable[[], date], shown: demo.Demo, *, keep: bool = True) -> OpenSite:
    """The site as the preview shows it: on the address of this machine, and to be embedded by the demonstration."""

    def as_shown(source: SiteSource) -> SiteSource:
        values = vars(shown.allowed(source)) | {"base_url": Url(shown.home)}
        return _Shown(**values, written_url=source.base_url)

    return OpenSite(root, today, as_shown, keep=keep)


def _serve(
    site: OpenSite,
    endpoint: Endpoint,
    host: str,
    port: int,
    today: Callable[[], date],
    shown: demo.Demo,
    beside_lines: list[str],
) -> int:
    address, root = shown.home, site.root
    _clear_away(handed_over(root))
    live = Live(root, lambda: _state(site), OneAddress(site.file, endpoint))
    server = make_server(host, port, shown.linked(live), threaded=True, request_handler=_Quiet)
    server.daemon_threads = True  # type: ignore[attr-defined]
    stop = threading.Event()
    saved = threading.Event()
    watch(root, stop, lambda: _let_know(live, saved), today, print)  # first: nothing saved meanwhile is missed
    print(live.rebuild(), flush=True)
    threading.Thread(target=_say, args=(live, saved, stop), daemon=True).start()
    print(f"The site is on {address}/ , working texts on {address}/draft/ . Stop with Ctrl+C.", flush=True)
    for line in beside_lines:
        print(line, flush=True)
    threading.Thread(target=_prepare, args=(site, stop), daemon=True).start()
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, _interrupt)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print("Stopped.")
    finally:
        stop.set()
        server.server_close()
        endpoint.close()
        site.save()
    return 0


def _clear_away(folder: Path) -> None:
    """Remove what an earlier release built for the preview beside this folder: nothing reads it any more."""
    for path in folder.parent.glob("*"):
        if path.is_symlink() or path.is_file():
            path.unlink()
        elif path != folder:
            shutil.rmtree(path, ignore_errors=True)


def _interrupt(*_: object) -> None:
    """End as Ctrl+C does, so that what is known is kept for the next start; a second signal does not cut that short."""
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, _wait)  # not SIG_IGN: Python complains of a signal that waits while it is set
    raise KeyboardInterrupt


def _wait(*_: object) -> None:
    """Let the ending go on: it takes seconds at most."""


def _let_know(live: Live, saved: threading.Event) -> None:
    live.advance()
    saved.set()


def _say(live: Live, saved: threading.Event, stop: threading.Event) -> None:
    """Print what there is to see after each save, once the open pages have asked for theirs."""
    while not stop.is_set():
        if saved.wait(AFTER_PAGES):
            stop.wait(AFTER_PAGES)
            saved.clear()
            print(live.state(), flush=True)


def _state(site: OpenSite) -> str:
    """The content on show, in one line. `ContentError` where nothing can be shown."""
    published, texts = site.asked(lambda: (len(site.published()), len(site.repository.ids)))
    return f"The site has {published} published notices and {texts} with a working text."


def _prepare(site: OpenSite, stop: threading.Event) -> None:
    """Look at every working text while nobody asks for anything, for the list of them, and keep what is known."""
    with suppress(ContentError):
        texts = site.asked(lambda: site.texts_of(site.repository.ids))
        while texts and not stop.wait(A_MOMENT):
            if not site.rests(A_WHILE):
                continue
            with suppress(GaveWay):
                site.asked(partial(_look_at, site, texts[0]), now=False)
                del texts[0]
    while not stop.wait(BETWEEN_SAVINGS):
        site.save()


def _look_at(site: OpenSite, text: tuple[str, str]) -> None:
    if text in site.repository.notices:
        site.outcome(*text)
