"""Delivers what the outbox owes: at least once, with growing pauses after a failure, and never while an answer waits.

Each letter stands for itself: whatever goes wrong with one is noted on it, and the next one goes out.
"""

from __future__ import annotations

import logging
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from widget import measures
from widget.errors import Unavailable
from widget.ledger.events import utc
from widget.mail.alarm import MailAlarm
from widget.mail.allowance import DAY, Allowance, allowance_for
from widget.mail.compose import is_for_resident, letter
from widget.mail.context import MailContext
from widget.mail.digest import owe_digests
from widget.mail.message import NO_MAILBOX, Letter, NotSent, Undeliverable
from widget.mail.renewals import owe_renewals
from widget.mail.transports import Transport
from widget.people.addresses import lookup
from widget.store.outbox import AGREED_KIND, ASKED_TWICE, LINK_KIND, NOBODY, OVER_LIMIT, Owed
from widget.store.transaction import Writing

log = logging.getLogger("consents")
PAUSE = 2.0
LONGEST_PAUSE = timedelta(hours=1)
FIRST_PAUSE = timedelta(seconds=30)
CLAIM = timedelta(minutes=10)
"""How long a message belongs to the sender that took it: longer than any delivery takes."""
GIVE_UP = timedelta(days=5)
"""RFC 5321, 4.5.4.1: four to five days. Counted from when the letter was first owed."""


@dataclass(frozen=True)
class Sent:
    """How one round went."""

    sent: int = 0
    failed: int = 0
    given_up: int = 0


def send_due(here: MailContext, transport: Transport) -> Sent:
    """Deliver every message whose time has come, each tried once. `Unavailable` where the database cannot be used."""
    sent = failed = given_up = 0
    while True:
        with here.store.reading() as reading:
            batch = reading.owed(utc(here.clock()))
        if not batch:
            return Sent(sent, failed, given_up)
        for owed in batch:
            outcome = _deliver(here, transport, owed)
            measures.letter(outcome)
            sent += outcome == "sent"
            failed += outcome == "failed"
            given_up += outcome == "given up"


def pause_after(tries: int) -> timedelta:
    """How long to wait after that many failures: 30 seconds, doubled each time, an hour at most."""
    return min(FIRST_PAUSE * (1 << min(tries, 10)), LONGEST_PAUSE)


class Sender:
    """A thread that looks into the outbox every two seconds."""

    def __init__(self, here: MailContext, transport: Transport) -> None:
        alarm = MailAlarm(here)
        self._steps: tuple[Callable[[], object], ...] = (
            here.files.look,
            lambda: owe_renewals(here),
            lambda: owe_digests(here),
            lambda: send_due(here, transport),
            alarm.look,
        )
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
            for step in self._steps:  # one that fails, such as a manifest that cannot be read, holds up none after it
                try:
                    step()
                except Unavailable as error:
                    log.error("mail waits, the database cannot be used: %s", error)
                except Exception as error:
                    log.error("mail waits after a fault", exc_info=error)


def _deliver(here: MailContext, transport: Transport, owed: Owed) -> str:
    until = utc(here.clock() + CLAIM)
    if not here.store.write(lambda writing: writing.claim(owed, until)):
        return "taken"
    try:
        return _hand_over(here, transport, owed)
    except Undeliverable as error:
        if is_for_resident(owed):
            return _give_up(here, owed, str(error))
        return _later(here, owed, str(error))  # a council's mailbox can be put right
    except NotSent as error:
        return _later(here, owed, str(error))
    except Exception as error:
        return _later(here, owed, _fault(error))


def _hand_over(here: MailContext, transport: Transport, owed: Owed) -> str:
    with here.store.reading() as reading:
        written = letter(owed, reading, here)
        if written is None and is_for_resident(owed):
            return _give_up(here, owed, NOBODY)
        if written is None:
            raise NotSent(NO_MAILBOX)
        recipient = lookup(written.to, here.keys.pepper)
        confirmed = any(known.confirmed for known in reading.known_by(recipient))
    allowance = allowance_for(owed.kind, here.config, confirmed=confirmed) if is_for_resident(owed) else None
    if allowance and (free := here.store.write(lambda writing: _admit(writing, owed, recipient, allowance))):
        return _wait_for_turn(here, owed, free)
    return _send(here, transport, owed, written)


def _send(here: MailContext, transport: Transport, owed: Owed, written: Letter) -> str:
    transport.send(written, again=owed.tries > 0)
    now = utc(here.clock())
    here.store.write(lambda writing: writing.settle(owed, sent=now))
    return "sent"


def _admit(writing: Writing, owed: Owed, recipient: bytes, allowance: Allowance) -> datetime | None:
    """Count the letter for its recipient; or when it may go, where the allowance is used up.

    Writers of all hosts follow one another, so that no two of them count the same letter as the last one.
    """
    now = datetime.fromisoformat(writing.now)
    writing.forget_recipients(utc(now - DAY))
    times = writing.handed_to(recipient, owed, most=allowance.daily)
    free = allowance.free_at([datetime.fromisoformat(time) for time in times], now)
    if free is None:
        writing.count(owed, recipient)
    return free


def _wait_for_turn(here: MailContext, owed: Owed, free: datetime) -> str:
    if owed.kind != LINK_KIND and _is_over(here, owed):
        return _give_up(here, owed, OVER_LIMIT)
    if owed.kind.startswith(f"{AGREED_KIND} ") and here.store.write(lambda writing: writing.waits_before(owed)):
        return _give_up(here, owed, ASKED_TWICE)
    here.store.write(lambda writing: writing.postpone(owed, utc(free), OVER_LIMIT, tries=owed.tries))
    return "waits"


def _later(here: MailContext, owed: Owed, why: str) -> str:
    if owed.tries > 0 and _is_over(here, owed):  # each letter is tried twice, however long the sender was away
        return _give_up(here, owed, why)
    log.warning("message %d about event %d is not sent yet: %s", owed.id, owed.seq, why)
    due = utc(here.clock() + pause_after(owed.tries))
    here.store.write(lambda writing: writing.postpone(owed, due, why, tries=owed.tries + 1))
    return "failed"


def _give_up(here: MailContext, owed: Owed, why: str) -> str:
    if why not in (NOBODY, ASKED_TWICE):
        log.error("message %d about event %d is given up: %s", owed.id, owed.seq, why)
    here.store.write(lambda writing: writing.settle(owed, given_up=why))
    return "given up"


def _is_over(here: MailContext, owed: Owed) -> bool:
    return here.clock() - datetime.fromisoformat(owed.made) >= GIVE_UP


def _fault(error: Exception) -> str:
    """The fault and its place, without the error's own words: they may quote an address."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {Path(last.filename).name}:{last.lineno}"
