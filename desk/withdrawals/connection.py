"""How the desk reaches the consent endpoint: where the operator says, or the preview's own beside `noticeboard serve`."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from flask import Flask, current_app

from desk.config import Config
from desk.withdrawals.client import Client
from desk.withdrawals.waiting import CannotReach, Reason
from widget.errors import StartRefused, Unavailable

NAME = "desk.consents"
Connection = Callable[[], Client | CannotReach]


def install(app: Flask, config: Config, own: Connection | None) -> None:
    """Have the app's views ask the endpoint that the operator named; `own` where they named none."""
    app.extensions[NAME] = own if own is not None and config.consents is None else lambda: client_of(config)


def client() -> Client | CannotReach:
    """The endpoint of the app of this request."""
    return cast(Connection, current_app.extensions[NAME])()


def client_of(config: Config) -> Client | CannotReach:
    """The endpoint that the operator named, with the key as its file has it now."""
    if config.consents is None or config.consents_key_file is None:
        return CannotReach(Reason.NOT_SET)
    try:
        key = config.consents_key_file.read_text("ascii").strip()
    except (OSError, UnicodeError):
        return CannotReach(Reason.NOT_SET)
    return Client(config.consents.rstrip("/"), key) if key else CannotReach(Reason.NOT_SET)


def beside(address: str, key: Callable[[], str]) -> Connection:
    """The preview's endpoint at an address; `key` gives the key that it makes for its neighbour."""

    def client() -> Client | CannotReach:
        try:
            return Client(address, key())
        except (StartRefused, Unavailable):
            return CannotReach(Reason.AWAY)

    return client
