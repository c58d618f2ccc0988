"""Apps of other packages that run beside the preview, each on a port of its own."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from werkzeug.serving import WSGIRequestHandler, make_server

WSGI = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
GROUP = "noticeboard.beside"
"""The group of entry points: each a `Maker`."""
FURTHEST = 20
"""How many ports after the preview's are tried."""


@dataclass(frozen=True)
class Neighbour:
    """An app, the line that the terminal shows once it answers, and how it ends."""

    app: WSGI
    line: str
    close: Callable[[], None]


@dataclass(frozen=True)
class Preview:
    """The facts about the preview that a neighbour may know: the site's folder, the day, and the address of site and
    consent endpoint.

    `consents_key` gives an API key of that endpoint, for withdrawals alone; it is made when first asked for.
    """

    root: Path
    today: Callable[[], date]
    address: str
    consents_key: Callable[[], str]


Maker = Callable[[Preview, str, int], Neighbour | None]
"""Makes a neighbour of a preview at a host and a port; None where it does not run there.

It must load little: it is made at each start.
"""


def makers() -> list[Maker]:
    """The apps of the packages that are installed."""
    return [point.load() for point in sorted(entry_points(group=GROUP), key=lambda point: point.name)]


@contextmanager
def running(
    each: Iterable[Maker],
    preview: Preview,
    host: str,
    port: int,
    handler: type[WSGIRequestHandler],
) -> Iterator[list[str]]:
    """Run the neighbours on the next ports that are free, until the block ends; gives the lines for the terminal."""
    lines = []
    with ExitStack() as ending:
        for make in each:
            free = free_port(host, port + 1)
            if free is None:
                lines.append(f"The ports after {port} are taken: the preview runs alone.")
                break
            neighbour = make(preview, host, free)
            if neighbour is None:
                continue
            port = free
            ending.callback(neighbour.close)
            server = make_server(host, port, neighbour.app, threaded=True, request_handler=handler)
            server.daemon_threads = True  # type: ignore[attr-defined]
            thread = threading.Thread(target=server.serve_forever, daemon=True)
            thread.start()
            ending.callback(thread.join)
            ending.callback(server.server_close)
            ending.callback(server.shutdown)
            lines.append(neighbour.line)
        yield lines


def free_port(host: str, first: int) -> int | None:
    """The first port from `first` on at which something can listen; None where the nearest ones are taken."""
    for port in range(first, min(first + FURTHEST, 65_536)):
        try:
            family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
            with socket.socket(family, kind, protocol) as attempt:
                attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                attempt.bind(place)
        except OSError:
            continue
        return port
    return None
