"""The outbox and the mailed links: what is owed, what was sent, what was used."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, insert, select, update
from sqlalchemy.engine import Connection

from widget.store.schema import LINK, OUTBOX

UNSENT = OUTBOX.c.sent.is_(None) & OUTBOX.c.given_up.is_(None)


@dataclass(frozen=True)
class Owed:
    """A message that is owed about an event, and how often it was tried."""

    id: int
    kind: str
    seq: int
    made: str
    due: str
    tries: int


class MailReading:
    """Questions about mail."""

    _connection: Connection

    def owed(self, now: str, most: int = 20) -> list[Owed]:
        """Messages whose time has come, the oldest first."""
        due = select(OUTBOX).where(UNSENT, OUTBOX.c.due <= now).order_by(OUTBOX.c.due, OUTBOX.c.id).limit(most)
        names = ("id", "kind", "seq", "made", "due", "tries")
        return [Owed(**{name: row._mapping[name] for name in names}) for row in self._connection.execute(due)]

    def oldest_unsent(self) -> str | None:
        """When the oldest message that is still owed was made."""
        return self._connection.execute(select(func.min(OUTBOX.c.made)).where(UNSENT)).scalar()

    def unsent(self) -> int:
        """How many messages are still owed."""
        return int(self._connection.execute(select(func.count()).select_from(OUTBOX).where(UNSENT)).scalar_one())

    def is_owed(self, kind: str, seq: int) -> bool:
        """Whether that message was ever owed, sent or not."""
        same = select(OUTBOX.c.id).where(OUTBOX.c.kind == kind, OUTBOX.c.seq == seq)
        return self._connection.execute(same).first() is not None

    def sent_at(self, kind: str, seq: int) -> str | None:
        """When that message was sent."""
        same = select(OUTBOX.c.sent).where(OUTBOX.c.kind == kind, OUTBOX.c.seq == seq)
        return self._connection.execute(same).scalar()

    def is_used(self, seq: int, purpose: str) -> bool:
        """Whether the link about that event was used."""
        same = select(LINK.c.used).where(LINK.c.seq == seq, LINK.c.purpose == purpose)
        return self._connection.execute(same).first() is not None


class MailWriting:
    """What can be noted about mail."""

    _connection: Connection
    now: str

    def claim(self, owed: Owed, until: str) -> bool:
        """Take a message, so that no other sender tries it before `until`; False where another one has it."""
        same = (OUTBOX.c.id == owed.id) & (OUTBOX.c.tries == owed.tries) & UNSENT
        done = self._connection.execute(update(OUTBOX).where(same).values(due=until, tries=owed.tries + 1))
        return done.rowcount == 1

    def postpone(self, owed: Owed, due: str) -> None:
        """Give a message back, to be tried again."""
        self._connection.execute(update(OUTBOX).where(OUTBOX.c.id == owed.id).values(due=due))

    def settle(self, owed: Owed, *, sent: str | None = None, given_up: str | None = None) -> None:
        """Note that a message was sent, or why it never will be."""
        self._connection.execute(update(OUTBOX).where(OUTBOX.c.id == owed.id).values(sent=sent, given_up=given_up))

    def burn(self, seq: int, purpose: str) -> None:
        """Note that the link about that event was used."""
        self._connection.execute(insert(LINK), {"seq": seq, "purpose": purpose, "used": self.now})
