"""Delivers what the outbox owes: at least once, with growing pauses after a failure, and never while an answer waits."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from datetime import timedelta

from widget.errors import Unavailable
from widget.ledger.events import utc
from widget.mail.compose import is_for_resident, letter
from widget.mail.context import MailContext
from widget.mail.message import NotSent, Undeliverable
from widget.mail.renewals import owe_renewals
from widget.mail.transports import Transport
from widget.store.outbox import Owed

log = logging.getLogger("consents")
PAUSE = 2.0
LONGEST_PAUSE = timedelta(hours=1)
FIRST_PAUSE = timedelta(seconds=30)
CLAIM = timedelta(minutes=10)
"""How long a message belongs to the sender that took it: longer than any delivery takes."""


@dataclass(frozen=True)
class Sent:
    """How one round went."""

    sent: int = 0
    failed: int = 0
    given_up: int = 0


def send_due(here: MailContext, transport: Transport) -> Sent:
    """Deliver every message whose time has come, each tried once."""
    sent = failed = given_up = 0
    while True:
        with here.store.reading() as reading:
            batch = reading.owed(utc(here.clock()))
        if not batch:
            return Sent(sent, failed, given_up)
        for owed in batch:
            outcome = _deliver(here, transport, owed)
            sent += outcome == "sent"
            failed += outcome == "failed"
            given_up += outcome == "given up"


def pause_after(tries: int) -> timedelta:
    """How long to wait after that many failures: 30 seconds, doubled each time, an hour at most."""
    return min(FIRST_PAUSE * (1 << min(tries, 10)), LONGEST_PAUSE)


class Sender:
    """A thread that looks into the outbox every two seconds."""

    def __init__(self, here: MailContext, transport: Transport) -> None:
        self._here = here
        self._transport = transport
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sender", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def close(self) -> None:
        """End, after the message that is under way."""
        self._stop.set()
        if self._thread.ident is not None:
            self._thread.join(timeout=5)

    def _run(self) -> None:
        while not self._stop.wait(PAUSE):
            try:
                self._here.files.look()
                owe_renewals(self._here)
                send_due(self._here, self._transport)
            except Unavailable as error:
                log.error("mail waits, the database cannot be used: %s", error)
            except Exception as error:
                log.error("mail waits after a fault", exc_info=error)


def _deliver(here: MailContext, transport: Transport, owed: Owed) -> str:
    until = utc(here.clock() + CLAIM)
    if not here.store.write(lambda writing: writing.claim(owed, until)):
        return "taken"
    try:
        with here.store.reading() as reading:
            written = letter(owed, reading, here)
        if written is None:
            if not is_for_resident(owed):
                raise NotSent("the service has no mail address")
            raise Undeliverable("there is nobody to write to")
        transport.send(written, again=owed.tries > 0)
    except Undeliverable as error:
        if is_for_resident(owed):
            why = str(error)
            here.store.write(lambda writing: writing.settle(owed, given_up=why))
            return "given up"
        return _later(here, owed, str(error))
    except NotSent as error:
        return _later(here, owed, str(error))
    now = utc(here.clock())
    here.store.write(lambda writing: writing.settle(owed, sent=now))
    return "sent"


def _later(here: MailContext, owed: Owed, why: str) -> str:
    log.warning("message %d about event %d is not sent yet: %s", owed.id, owed.seq, why)
    due = utc(here.clock() + pause_after(owed.tries))
    here.store.write(lambda writing: writing.postpone(owed, due))
    return "failed"
