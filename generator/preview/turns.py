"""The turn: a token for the state that pages show. A page that knows an older one looks whether it changed."""

from __future__ import annotations

import secrets
import threading


class Turns:
    """The token of the present state. Any number of threads may wait for the next one."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._turn = secrets.token_hex(8)

    @property
    def turn(self) -> str:
        """The present token, 16 hexadecimal digits."""
        return self._turn

    def advance(self) -> None:
        """Give the state a new token, and release everybody who waits for one."""
        with self._changed:
            self._turn = secrets.token_hex(8)
            self._changed.notify_all()

    def after(self, turn: str, seconds: float) -> str:
        """The present token as soon as it is another than `turn`; the same one where that takes longer than `seconds`."""
        with self._changed:
            self._changed.wait_for(lambda: self._turn != turn, seconds)
            return self._turn
