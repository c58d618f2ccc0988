"""The command `noticeboard desk`, and the desk that runs beside `noticeboard serve`."""

from __future__ import annotations

import argparse
import os
import secrets
import signal
import sys
import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from desk.access import Access, loopback_address, open_access
from desk.clock import utc_now
from desk.config import Config
from desk.config import options as options_of_the_desk
from desk.people.people_file import first_administrator
from desk.people.sessions import Way
from generator.commands.codes import DONE, MISUSED
from generator.preview.beside import Neighbour, Preview, free_port
from widget.errors import StartRefused
from widget.service_user import ROOT, refuse_other_user


def serve_options(parser: argparse.ArgumentParser) -> None:
    """The options of `desk`."""
    parser.add_argument("--host", default=None, help="the address to listen on (DESK_HOST, else 127.0.0.1)")
    parser.add_argument("--port", type=int, default=None, help="the port to listen on (DESK_PORT, else 8002)")
    parser.add_argument(
        "--first-administrator",
        nargs=2,
        metavar=("NAME", "ADDRESS"),
        help="write the first person into the file of people, and stop; the desk may be running",
    )
    parser.add_argument(
        "--tick",
        action="store_true",
        help="send reminders and make scheduled versions live, once, and end (for a timer)",
    )


def serve(options: argparse.Namespace) -> int:
    """Answer until interrupted."""
    from werkzeug.serving import make_server

    try:
        config = Config.from_env(host=options.host, port=options.port)
        _refuse_other_user(options.root, config)
        if options.first_administrator:
            return _begin(options.root, *options.first_administrator)
        desk = Desk(options.root, config, _day(options.date))
        desk.open()
    except StartRefused as refused:
        print(refused, file=sys.stderr)
        return MISUSED
    if options.tick:
        try:
            desk.check_once()
        finally:
            desk.close()
        return DONE
    config = desk.access.config
    if free_port(config.host, config.port) != config.port:
        message = f"Nothing can listen on {config.host}, port {config.port}. Choose another with --port."
        print(message, file=sys.stderr)
        return MISUSED
    desk.tell()
    desk.go_round()
    server = make_server(config.host, config.port, desk, threaded=True)
    print(f"{desk.line()} Stop with Ctrl+C.", flush=True)
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print("Stopped.")
    finally:
        server.server_close()
        desk.close()
    return DONE


def beside(preview: Preview, host: str, port: int) -> Neighbour | None:
    """The desk beside the preview, made when somebody asks it something.

    None where others could reach it: the preview has no operator's configuration, and so no way to sign in from
    elsewhere.
    """
    config = Config(host=host, port=port)
    if not config.is_local:
        return None
    desk = Desk(preview.root, config, preview.today, preview)
    return Neighbour(desk, desk.line(), desk.close)


def _begin(root: Path, name: str, address: str) -> int:
    """Write the first administrator into the file of people.

    `ContentError` where there is one, or an address is wrong.
    """
    config = _at(root, Config.from_env())
    access = open_access(config, utc_now, secrets.token_bytes)
    person = first_administrator(access.people, name, address, access.new_id)
    print(f"{access.people.path}: {person.name} is the first administrator, and may write and approve too.")
    print(f"They sign in at {config.address}/desk/ and invite the others there.")
    return DONE


def _at(root: Path, config: Config) -> Config:
    """The options, with the desk's folder below the site's where it is not whole."""
    return replace(config, folder=(root / config.folder).resolve())


def _refuse_other_user(root: Path, config: Config) -> None:
    """`StartRefused` where the desk's folder, or for the administrator of the machine the site's, is another user's."""
    folder = _at(root, config).folder
    site = root.resolve()
    paths = [folder, site] if os.name == "posix" and os.geteuid() == ROOT else [folder]
    given = {
        option.env: os.environ[option.env] for option in options_of_the_desk().values() if option.env in os.environ
    }
    refuse_other_user(paths, ["noticeboard", *sys.argv[1:]], given)


def _interrupt(*_: object) -> None:
    """End as Ctrl+C does, so that what is known of the site is kept for the next start."""
    raise KeyboardInterrupt


def _day(given: date | None) -> Callable[[], date] | None:
    return (lambda: given) if given else None


class Desk:
    """The desk's app, made when somebody asks it something. A WSGI app. `StartRefused` where it must not start."""

    def __init__(
        self, root: Path, config: Config, today: Callable[[], date] | None, preview: Preview | None = None
    ) -> None:
        self._root = root
        self._preview = preview
        self._today = today
        self._opening = threading.Lock()
        self._app: Any = None
        self._rounds: Any = None
        self._stop = threading.Event()
        self.access: Access = open_access(_at(root, config), utc_now, secrets.token_bytes)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        self.open()
        answer: Iterable[bytes] = self._app.wsgi_app(environ, start_response)
        return answer

    def open(self) -> None:
        """Make the app, unless it is there."""
        with self._opening:
            if self._app is None:
                from desk.app import create_app  # brings Flask: the preview's first page is there without
                from desk.sign_in.installing import sender_of
                from desk.workplace import NAME

                send, consents = sender_of(self.access), self._consents()
                self._app = create_app(
                    self._root, self.access, self._today, send=send, announce=_announce, consents=consents
                )
                place = self._app.extensions[NAME]
                if self._preview is not None:  # started alone, the desk has told it before it answers
                    self.tell()
                threading.Thread(target=place.look_ahead, args=(self._stop,), daemon=True).start()

    def _consents(self) -> Any:
        """How the desk reaches the preview's consent endpoint; None without a preview."""
        from desk.withdrawals.connection import beside

        return beside(self._preview.address, self._preview.consents_key) if self._preview is not None else None

    def go_round(self) -> None:
        """Send reminders, and make scheduled versions live: now and every half hour."""
        from desk.afterwards import Rounds, afterwards_of

        self._rounds = Rounds(afterwards_of(self._app))

    def tell(self) -> None:
        """Tell the operator what they should know of the site's folder before anybody saves."""
        from desk.saving.start_up import sentences

        for sentence in sentences(self._root):
            print(sentence, file=sys.stderr, flush=True)

    def check_once(self) -> None:
        """Do the same once."""
        from desk.afterwards import afterwards_of

        afterwards_of(self._app).check()

    def line(self) -> str:
        """Where the desk is, and on one's own machine the address that signs in once."""
        if Way.LOOPBACK in self.access.config.ways:
            return f"The desk, to write and publish in a browser: {loopback_address(self.access)}"
        return f"The desk is on {self.access.config.address}/desk/ ."

    def close(self) -> None:
        """End what the app holds open."""
        self._stop.set()
        if self._rounds is not None:
            self._rounds.close()
        if self._app is not None:
            from desk.app import close_app

            close_app(self._app)


def _announce(line: str) -> None:
    print(line, flush=True)
