"""Why a letter reached nobody, as a code: a mail server's own words may name somebody. Pure."""

from __future__ import annotations

from enum import StrEnum

from widget.mail.message import ADDRESS_REFUSED, CANNOT_WRITE, NO_ADDRESS, NO_MAILBOX
from widget.store.outbox import OVER_LIMIT


class Why(StrEnum):
    """Why a letter is not tried again."""

    REFUSED = "refused"
    """The mail server does not know the address, or takes nothing for it."""
    NO_ADDRESS = "no-address"
    """What is on file as an address is none that a letter can be sent to."""
    NO_MAILBOX = "no-mailbox"
    """Neither the service nor the council has a mail address."""
    TOO_MANY = "too-many"
    """The address had as many letters as it may get, for five days."""
    NOT_TAKEN = "not-taken"
    """No mail server took it in five days."""


BEGINNINGS = {
    ADDRESS_REFUSED: Why.REFUSED,
    CANNOT_WRITE: Why.NO_ADDRESS,
    NO_ADDRESS: Why.NO_ADDRESS,
    NO_MAILBOX: Why.NO_MAILBOX,
    OVER_LIMIT: Why.TOO_MANY,
}


def why(noted: str) -> Why:
    """The code for what the sender noted; what it is not known by is a server that never took the letter."""
    return next((code for start, code in BEGINNINGS.items() if noted.startswith(start)), Why.NOT_TAKEN)
