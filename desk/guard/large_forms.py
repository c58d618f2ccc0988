"""Forms with a file: larger than others, for a browser that the desk gave a session."""

from __future__ import annotations

from collections.abc import Callable

from flask import request

from desk.guard.cookies import SESSION, cookie_name
from desk.guard.opened import access
from desk.people.sessions import unsealed

ROOM = 50_000_000
"""Bytes of a form with a file.

A view refuses a file that is too large with the words still there; above this nothing is read.
"""


def room_for(*endpoints: str) -> Callable[[str | None, dict[str, object] | None], None]:
    """The step of a blueprint before it reads a request: more room for the forms of some endpoints."""

    def make_room(endpoint: str | None, values: dict[str, object] | None) -> None:
        session = unsealed(access().key, request.cookies.get(cookie_name(SESSION), ""))
        if endpoint in endpoints and session is not None:
            request.max_content_length = ROOM

    return make_room
