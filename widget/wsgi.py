"""The entry of a WSGI server: `widget.wsgi:app`, called without arguments, set up by environment variables."""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
import threading
from types import FrameType
from wsgiref.types import WSGIApplication

from widget.app import create_app
from widget.config import Config
from widget.errors import StartRefused, Unavailable
from widget.json_logs import log_as_json, log_faults
from widget.manifest import ManifestError
from widget.service_user import refuse_other_user
from widget.views.shared import stopping_of

log = logging.getLogger("consents")
CANNOT_START = 3
"""The exit code of a worker that must not start: gunicorn then ends, rather than start another one for ever."""


def app() -> WSGIApplication:
    """The endpoint of this process."""
    end_while_starting()
    log_as_json()
    log_faults()
    try:
        config = Config.from_env(os.environ)
        refuse_other_user(config.own_paths(), sys.argv, {})
        made = create_app(config)
    except (StartRefused, Unavailable, ManifestError, OSError) as error:
        log.critical("the endpoint does not start: %s", " ".join(str(error).split()))
        sys.exit(CANNOT_START)
    set_when_told_to_stop(stopping_of(made))
    return made


def end_while_starting() -> None:
    """Have SIGTERM and SIGINT end this process until the server handles them: granian's handlers in a new worker are still its
    parent's, and would lose them. gunicorn has set its own by now."""
    if threading.current_thread() is not threading.main_thread() or _has_own_wakeup():
        return
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: sys.exit(0))


def _has_own_wakeup() -> bool:
    """Whether the server is woken by signals already."""
    if (other := signal.set_wakeup_fd(-1)) == -1:
        return False
    signal.set_wakeup_fd(other)
    return True


def set_when_told_to_stop(stopping: threading.Event) -> None:
    """Set an event when this process gets SIGTERM or SIGINT, whoever handles those.

    gunicorn has set its handlers by now, and they are called after ours; granian sets them later.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    told, tells = socket.socketpair()
    tells.setblocking(False)
    if (other := signal.set_wakeup_fd(tells.fileno(), warn_on_full_buffer=False)) != -1:
        signal.set_wakeup_fd(other)  # the server's own: it needs that to end
        for number in (signal.SIGTERM, signal.SIGINT):
            _go_before(number, stopping)
        return

    def watch() -> None:
        while number := told.recv(1):
            if number[0] in (signal.SIGTERM, signal.SIGINT):
                stopping.set()
        tells.close()  # held until then

    threading.Thread(target=watch, name="told-to-stop", daemon=True).start()


def _go_before(number: signal.Signals, stopping: threading.Event) -> None:
    """Set the event before the server's handler of a signal runs."""
    handler = signal.getsignal(number)
    if not callable(handler):
        return

    def told(number: int, frame: FrameType | None) -> None:
        stopping.set()
        handler(number, frame)

    signal.signal(number, told)
