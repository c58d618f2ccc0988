"""The outbox and the mailed links: what is owed, what was sent, what was used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, insert, select, update
from sqlalchemy.engine import Connection

from widget.ledger.events import ConsentEvent
from widget.store.schema import EVENT, LINK, OUTBOX, RECEIPT

UNSENT = OUTBOX.c.sent.is_(None) & OUTBOX.c.given_up.is_(None)
LINK_KIND = "link"
AGREED_KIND = "agreed"
"""The letter with a link to everything agreed to with an address is of the kind `agreed LANGUAGE ID`."""
NOBODY = "there is nobody to write to"
"""Why most links for withdrawing are given up: no answer is known under that address. That is nothing undelivered."""
ASKED_TWICE = "another letter to this address waits and says the same"
OVER_LIMIT = "this address had as many letters as it may get for now"
LATE = UNSENT & OUTBOX.c.why.is_distinct_from(OVER_LIMIT)
GIVEN_UP = OUTBOX.c.given_up.is_not(None) & OUTBOX.c.given_up.not_in((NOBODY, ASKED_TWICE))
_AGREED = OUTBOX.c.kind.startswith(f"{AGREED_KIND} ")


@dataclass(frozen=True)
class Owed:
    """A message that is owed about an event, how often it was tried, and the look-up of the address that it is for,
    where known."""

    id: int
    kind: str
    seq: int
    made: str
    due: str
    tries: int
    recipient: bytes | None = None


@dataclass(frozen=True)
class Listed:
    """A letter that waits, was given up or came back: about which event and receipt, since when, how often tried, and why."""

    state: str
    kind: str
    seq: int
    reference: str | None
    since: str
    tries: int
    next: str | None
    why: str | None


class MailReading:
    """Questions about mail."""

    _connection: Connection

    def owed(self, now: str, most: int = 20) -> list[Owed]:
        """Messages whose time has come, the oldest first."""
        due = select(OUTBOX).where(UNSENT, OUTBOX.c.due <= now).order_by(OUTBOX.c.due, OUTBOX.c.id).limit(most)
        names = ("id", "kind", "seq", "made", "due", "tries", "recipient")
        return [Owed(**{name: row._mapping[name] for name in names}) for row in self._connection.execute(due)]

    def oldest_unsent(self) -> str | None:
        """When the oldest message that is still owed was made."""
        return self._connection.execute(select(func.min(OUTBOX.c.made)).where(UNSENT)).scalar()

    def unsent(self) -> int:
        """How many messages are still owed."""
        return int(self._connection.execute(select(func.count()).select_from(OUTBOX).where(UNSENT)).scalar_one())

    def oldest_late(self) -> str | None:
        """The same without those that wait for their turn by a limit."""
        return self._connection.execute(select(func.min(OUTBOX.c.made)).where(LATE)).scalar()

    def listed(self) -> list[Listed]:
        """Every message that waits, was given up or came back, and is not closed, the oldest first."""
        about = (EVENT.c.seq == OUTBOX.c.seq) & (RECEIPT.c.notice == EVENT.c.notice)
        joined = OUTBOX.join(EVENT, EVENT.c.seq == OUTBOX.c.seq).outerjoin(
            RECEIPT, (RECEIPT.c.subject == EVENT.c.subject) & about
        )
        rows = (
            select(OUTBOX, RECEIPT.c.reference)
            .select_from(joined)
            .where(UNSENT | GIVEN_UP | OUTBOX.c.bounced.is_not(None), OUTBOX.c.closed.is_(None))
        )
        return [_listed(row._mapping) for row in self._connection.execute(rows.order_by(OUTBOX.c.made, OUTBOX.c.id))]

    def is_owed(self, kind: str, seq: int) -> bool:
        """Whether that message was ever owed, sent or not."""
        same = select(OUTBOX.c.id).where(OUTBOX.c.kind == kind, OUTBOX.c.seq == seq)
        return self._connection.execute(same).first() is not None

    def kinds_owed(self, start: str) -> set[str]:
        """The kinds of messages that begin so and were ever owed."""
        kinds = select(OUTBOX.c.kind).where(OUTBOX.c.kind.startswith(start, autoescape=True)).distinct()
        return set(self._connection.execute(kinds).scalars())

    def sent_at(self, kind: str, seq: int) -> str | None:
        """When that message was sent."""
        same = select(OUTBOX.c.sent).where(OUTBOX.c.kind == kind, OUTBOX.c.seq == seq)
        return self._connection.execute(same).scalar()

    def mailed_at(self, kind: str, seq: int) -> str | None:
        """When the first letter of a kind about that event was sent; when it was owed, where nobody noted the sending."""
        of_kind = (OUTBOX.c.kind == kind) | OUTBOX.c.kind.startswith(f"{kind} ")
        times = select(func.min(func.coalesce(OUTBOX.c.sent, OUTBOX.c.made))).where(of_kind, OUTBOX.c.seq == seq)
        return self._connection.execute(times).scalar()

    def is_used(self, seq: int, purpose: str) -> bool:
        """Whether a link that release 0.1.0 mailed about that event was used: it worked once."""
        same = select(LINK.c.used).where(LINK.c.seq == seq, LINK.c.purpose == purpose)
        return self._connection.execute(same).first() is not None


class MailWriting:
    """Writing about mail."""

    _connection: Connection
    now: str

    def claim(self, owed: Owed, until: str) -> bool:
        """Take a message, so that no other sender tries it before `until`; False where another one has it."""
        same = (OUTBOX.c.id == owed.id) & (OUTBOX.c.tries == owed.tries) & UNSENT
        done = self._connection.execute(update(OUTBOX).where(same).values(due=until, tries=owed.tries + 1))
        return done.rowcount == 1

    def postpone(self, owed: Owed, due: str, why: str, *, tries: int) -> None:
        """Give a message back, to be tried again, and note why and how often it was tried."""
        values = {"due": due, "why": why, "tries": tries}
        self._connection.execute(update(OUTBOX).where(OUTBOX.c.id == owed.id).values(values))

    def handed_to(self, recipient: bytes, owed: Owed, *, most: int) -> list[str]:
        """When other letters that share the allowance of this one were handed over for an address, the newest first."""
        handed = (OUTBOX.c.recipient == recipient) & OUTBOX.c.handed.is_not(None) & (OUTBOX.c.id != owed.id)
        others = select(OUTBOX.c.handed).where(handed, _like(owed))
        return list(self._connection.execute(others.order_by(OUTBOX.c.handed.desc()).limit(most)).scalars())

    def owe_to(self, recipient: bytes, kind: str, event: ConsentEvent) -> None:
        """Note that a message is owed to the address of a look-up, which may be nobody's."""
        times = {"made": self.now, "due": self.now, "tries": 0}
        self._connection.execute(insert(OUTBOX), {"kind": kind, "seq": event.seq, "recipient": recipient, **times})

    def waits_before(self, owed: Owed) -> bool:
        """Whether a message of the same kind to the same address has waited longer than this one."""
        same = (OUTBOX.c.recipient == owed.recipient) & (OUTBOX.c.id < owed.id)
        return self._connection.execute(select(OUTBOX.c.id).where(UNSENT, same, _like(owed))).first() is not None

    def count(self, owed: Owed, recipient: bytes) -> None:
        """Note that a message is handed over now for an address."""
        values = {"recipient": recipient, "handed": self.now}
        self._connection.execute(update(OUTBOX).where(OUTBOX.c.id == owed.id).values(values))

    def forget_recipients(self, before: str) -> None:
        """Forget whom letters were for that no limit counts any more."""
        old = OUTBOX.c.recipient.is_not(None) & (OUTBOX.c.handed <= before)
        self._connection.execute(update(OUTBOX).where(old).values(recipient=None))

    def settle(self, owed: Owed, *, sent: str | None = None, given_up: str | None = None) -> None:
        """Note that a message was sent, or why it never will be; then forget whom it was for, unless a limit counts
        it."""
        this = OUTBOX.c.id == owed.id
        self._connection.execute(update(OUTBOX).where(this).values(sent=sent, given_up=given_up))
        self._connection.execute(update(OUTBOX).where(this, OUTBOX.c.handed.is_(None)).values(recipient=None))


def _like(owed: Owed) -> ColumnElement[bool]:
    """Messages that share the allowance of one: links for withdrawing, links to what was agreed to, all others."""
    is_link = OUTBOX.c.kind == LINK_KIND
    if owed.kind == LINK_KIND:
        return is_link
    return _AGREED if owed.kind.startswith(f"{AGREED_KIND} ") else ~(is_link | _AGREED)


def _listed(row: Mapping[Any, Any]) -> Listed:
    came_back = row["bounced"] is not None
    waits = row["given_up"] is None and not came_back
    return Listed(
        state=_state(waits=waits, came_back=came_back),
        kind=row["kind"],
        seq=row["seq"],
        reference=row["reference"],
        since=row["made"],
        tries=row["tries"],
        next=row["due"] if waits else None,
        why=row["why"] if waits else row["bounced"] or row["given_up"],
    )


def _state(*, waits: bool, came_back: bool) -> str:
    if came_back:
        return "came-back"
    return "waits" if waits else "undelivered"
