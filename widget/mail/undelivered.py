"""Why a letter reached nobody, as a code: a mail server's own words may name somebody. Pure."""

from __future__ import annotations

from widget.mail.message import ADDRESS_REFUSED, CANNOT_WRITE, NO_ADDRESS, NO_MAILBOX, Why
from widget.store.outbox import OVER_LIMIT

BEGINNINGS = {
    ADDRESS_REFUSED: Why.REFUSED,
    CANNOT_WRITE: Why.NO_ADDRESS,
    NO_ADDRESS: Why.NO_ADDRESS,
    NO_MAILBOX: Why.NO_MAILBOX,
    OVER_LIMIT: Why.TOO_MANY,
}


def why(noted: str, *, came_back: bool = False) -> Why:
    """The code for what the sender noted; what it is not known by is a server that never took the letter.

    Of a letter that came back, the code itself was noted; one of a later release says no more than that.
    """
    if came_back:
        return Why(noted) if noted in set(Why) else Why.CAME_BACK
    return next((code for start, code in BEGINNINGS.items() if noted.startswith(start)), Why.NOT_TAKEN)
