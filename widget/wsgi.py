"""The entry of a WSGI server: `widget.wsgi:app`, called without arguments, set up by environment variables."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from types import FrameType
from wsgiref.types import WSGIApplication

from widget.app import create_app
from widget.config import Config
from widget.json_logs import log_as_json
from widget.service_user import refuse_other_user
from widget.views.shared import stopping_of


def app() -> WSGIApplication:
    """The endpoint of this process."""
    log_as_json()
    config = Config.from_env(os.environ)
    refuse_other_user(config.own_paths(), sys.argv, {})
    made = create_app(config)
    set_when_told_to_stop(stopping_of(made))
    return made


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
