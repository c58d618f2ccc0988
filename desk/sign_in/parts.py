"""The parts of signing in that its views find in the app: the provider, the postbox, and how letters and lines in the
terminal go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Flask, current_app

from desk.sign_in.letters import Send
from desk.sign_in.postbox import Postbox

if TYPE_CHECKING:
    from desk.sign_in.provider import Provider

PARTS = "desk.sign_in"


@dataclass(frozen=True)
class Parts:
    """The parts that signing in needs beyond the desk's folder. `announce` prints a line in the operator's terminal."""

    provider: Provider | None
    postbox: Postbox | None
    send: Send | None
    announce: Callable[[str], None] | None


def parts() -> Parts:
    """The parts of signing in, in a request."""
    found: Parts = current_app.extensions[PARTS]
    return found


def provider_of(app: Flask) -> Provider | None:
    """The provider, where one is configured."""
    found: Parts = app.extensions[PARTS]
    return found.provider
