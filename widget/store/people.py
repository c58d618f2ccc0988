"""Questions and notes of the council's staff and systems: who is known by an address, API keys, what was done,
erasing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, exists, insert, select, union, update
from sqlalchemy.engine import Connection

from widget.ledger.events import Kind
from widget.people.api_keys import NewKey, Scope, seal_of
from widget.people.details import Sealed
from widget.store.schema import (
    ACTION,
    ADDRESS,
    API_KEY,
    EARLIER,
    ERASURE,
    EVENT,
    IDEMPOTENCY,
    LISTING,
    NOTE,
    OUTBOX,
    RECEIPT,
    SUBJECT,
)

KNOWN = select(SUBJECT.c.subject, SUBJECT.c.confirmed, SUBJECT.c.quiet, SUBJECT.c.made)
"""Columns by name: exports read a database that was not migrated yet."""
SUBJECT_ROW = select(*(SUBJECT.c[name] for name in ("subject", "row_key", "sealed", "lookup", "confirmed", "made")))
IN_ONE_QUESTION = 500
LOOKUP_BYTES = 32


@dataclass(frozen=True)
class Known:
    """A subject whose address is on file since that time, and whether a mailed link confirmed it."""

    subject: str
    confirmed: bool
    quiet: bool
    since: str


@dataclass(frozen=True)
class SubjectRow:
    """The database's row of a subject. `made` is since when its address is on file."""

    subject: str
    row_key: bytes
    sealed: bytes
    lookup: bytes | None
    confirmed: bool
    made: str


@dataclass(frozen=True)
class ApiKey:
    """A key of one of the council's systems, as it is kept."""

    key_id: str
    hash: bytes
    name: str
    made: str
    revoked: str | None
    acts: str | None = None
    notices: str | None = None
    expires: str | None = None
    used: str | None = None
    seal: bytes | None = None

    @property
    def scope(self) -> Scope:
        """The rights of the key."""
        return Scope.of(self.acts, self.notices, self.expires)


@dataclass(frozen=True)
class Action:
    """An act of the service about an event, in the words of 0.1.0."""

    seq: int
    what: str
    recorded_by: str
    happened: str
    made: str


@dataclass(frozen=True)
class SealedSubject:
    """A subject's details as the database holds them."""

    subject: str
    row_key: bytes
    sealed: bytes


@dataclass(frozen=True)
class Listing:
    """A list of people who may be contacted: when it was written, for whom, and how many were on it."""

    at: str
    asked_by: str
    notice: str
    consent: str
    listed: int
    anonymous: int


class OfficeReading:
    """Questions of the council's staff and systems."""

    _connection: Connection

    def known_by(self, lookup: bytes) -> list[Known]:
        """The subjects whose address has that look-up value."""
        return self._known(KNOWN.where(SUBJECT.c.lookup == lookup).order_by(SUBJECT.c.made))

    def sharing(self, subject: str) -> list[str]:
        """The subjects whose confirmed address is the confirmed address of that subject, itself too."""
        own = select(SUBJECT.c.lookup).where(SUBJECT.c.subject == subject, SUBJECT.c.confirmed).scalar_subquery()
        rows = self._connection.execute(select(SUBJECT.c.subject).where(SUBJECT.c.lookup == own, SUBJECT.c.confirmed))
        return [row.subject for row in rows]

    def known_as(self, start: bytes) -> list[Known]:
        """The subjects whose address has a look-up value that starts so."""
        end = start + b"\xff" * (LOOKUP_BYTES - len(start))
        return self._known(KNOWN.where(SUBJECT.c.lookup.between(start, end)).order_by(SUBJECT.c.made))

    def known(self, subject: str) -> Known | None:
        """The details on file about a subject, unless it was erased."""
        return next(iter(self._known(KNOWN.where(SUBJECT.c.subject == subject))), None)

    def confirmed(self) -> list[Known]:
        """Every subject whose address was confirmed and who did not ask not to be written to."""
        return self._known(KNOWN.where(SUBJECT.c.confirmed, ~SUBJECT.c.quiet))

    def who_gave(self, lookup: bytes) -> list[str]:
        """The subjects for whom an address with that look-up value was ever given, confirmed or not."""
        on_file = select(SUBJECT.c.subject).where(SUBJECT.c.lookup == lookup)
        given = select(ADDRESS.c.subject).where(ADDRESS.c.lookup == lookup)
        return sorted({row.subject for row in self._connection.execute(union(on_file, given))})

    def subject_row(self, subject: str) -> SubjectRow | None:
        """The row of a subject; None where it was erased."""
        row = self._connection.execute(SUBJECT_ROW.where(SUBJECT.c.subject == subject)).first()
        return SubjectRow(**row._mapping) if row else None

    def is_folded_before(self, subject: str, folding: int) -> bool:
        """Whether a subject's look-up was made by an earlier folding."""
        old = select(SUBJECT.c.subject).where(SUBJECT.c.subject == subject, SUBJECT.c.folding < folding)
        return self._connection.execute(old).first() is not None

    def folded_before(self, folding: int, most: int = 500) -> list[SubjectRow]:
        """Some subjects whose look-up was made by an earlier folding."""
        old = self._connection.execute(SUBJECT_ROW.where(SUBJECT.c.folding < folding).limit(most))
        return [SubjectRow(**row._mapping) for row in old]

    def erasures_after(self, number: int) -> list[tuple[int, bytes]]:
        """The rows of the list of erasures that follow a number, in order."""
        rows = self._connection.execute(
            select(ERASURE.c.id, ERASURE.c.sealed).where(ERASURE.c.id > number).order_by(ERASURE.c.id)
        )
        return [(row.id, row.sealed) for row in rows]

    def erasure(self, number: int) -> bytes | None:
        """The row of the list of erasures with that number."""
        return self._connection.execute(select(ERASURE.c.sealed).where(ERASURE.c.id == number)).scalar()

    def known_again(self, erased: Sequence[str]) -> list[str]:
        """Those of some subjects whose details or answers the database holds as if they had not been erased."""
        found: list[str] = []
        for first in range(0, len(erased), IN_ONE_QUESTION):
            some = erased[first : first + IN_ONE_QUESTION]
            ended = EVENT.alias()
            with_answers = (
                select(EVENT.c.subject)
                .where(EVENT.c.subject.in_(some))
                .where(~exists().where(ended.c.subject == EVENT.c.subject, ended.c.kind == Kind.ERASED))
            )
            with_details = select(SUBJECT.c.subject).where(SUBJECT.c.subject.in_(some))
            found += [row.subject for row in self._connection.execute(union(with_answers, with_details))]
        return found

    def addresses(self) -> dict[str, tuple[bytes, bool]]:
        """The look-up value of each subject's address and whether it was confirmed, by subject."""
        columns = select(SUBJECT.c.subject, SUBJECT.c.lookup, SUBJECT.c.confirmed)
        rows = self._connection.execute(columns.where(SUBJECT.c.lookup.is_not(None)))
        return {row.subject: (row.lookup, row.confirmed) for row in rows}

    def listings(self) -> list[Listing]:
        """Every list of people that was written, in order."""
        rows = self._connection.execute(select(LISTING).order_by(LISTING.c.id))
        names = ("at", "asked_by", "notice", "consent", "listed", "anonymous")
        return [Listing(**{name: row._mapping[name] for name in names}) for row in rows]

    def subjects(self) -> Iterator[str]:
        """Every subject with details on file."""
        for row in self._connection.execute(select(SUBJECT.c.subject).order_by(SUBJECT.c.made)).all():
            yield row.subject

    def sealed_subjects(self, after: str = "", most: int = 500) -> list[SealedSubject]:
        """Some subjects with their details as they are sealed, in order, from after one on."""
        rows = select(SUBJECT.c.subject, SUBJECT.c.row_key, SUBJECT.c.sealed).where(SUBJECT.c.subject > after)
        found = self._connection.execute(rows.order_by(SUBJECT.c.subject).limit(most))
        return [SealedSubject(*row) for row in found]

    def sealed_notes(self) -> list[tuple[int, str, bytes, bytes]]:
        """Every note: the number of its entry, the id of the event it is about, the wrapped row key and the sealed
        words."""
        notes = select(NOTE.c.seq, EVENT.c.prior, NOTE.c.row_key, NOTE.c.sealed).join(EVENT, EVENT.c.seq == NOTE.c.seq)
        return [(row.seq, row.prior, row.row_key, row.sealed) for row in self._connection.execute(notes)]

    def api_keys(self) -> list[ApiKey]:
        """Every API key, revoked ones too."""
        rows = self._connection.execute(select(API_KEY).order_by(API_KEY.c.made))
        return [ApiKey(**row._mapping) for row in rows]

    def api_key(self, key_id: str) -> ApiKey | None:
        """The API key of that id, unless it was revoked."""
        valid = select(API_KEY).where(API_KEY.c.key_id == key_id, API_KEY.c.revoked.is_(None))
        row = self._connection.execute(valid).first()
        return ApiKey(**row._mapping) if row else None

    def actions(self, seqs: Iterable[int]) -> list[Action]:
        """The acts about those events."""
        found = select(ACTION).where(ACTION.c.seq.in_(list(seqs))).order_by(ACTION.c.id)
        names = ("seq", "what", "recorded_by", "happened", "made")
        return [Action(**{name: row._mapping[name] for name in names}) for row in self._connection.execute(found)]

    def note(self, seq: int) -> tuple[bytes, bytes] | None:
        """The wrapped row key and the sealed note of an event, unless it was erased or never had one."""
        row = self._connection.execute(select(NOTE).where(NOTE.c.seq == seq)).first()
        return (row.row_key, row.sealed) if row else None

    def earlier(self, digest: str) -> bytes | None:
        """The wording from before Noticeboard that has that digest."""
        return self._connection.execute(select(EARLIER.c.wording).where(EARLIER.c.digest == digest)).scalar()

    def _known(self, question: object) -> list[Known]:
        rows = self._connection.execute(question)  # type: ignore[call-overload]
        return [Known(row.subject, row.confirmed, row.quiet, row.made) for row in rows]


class OfficeWriting:
    """Notes of the council's staff and systems."""

    _connection: Connection
    now: str

    def note_addresses(self, subject: str, lookups: Iterable[bytes]) -> None:
        """Keep by which addresses a subject is found besides the one on file."""
        self._connection.execute(delete(ADDRESS).where(ADDRESS.c.subject == subject))
        self._connection.execute(insert(ADDRESS), [{"subject": subject, "lookup": lookup} for lookup in lookups])

    def reseal(self, sealed: SealedSubject, lookup: bytes | None, folding: int) -> None:
        """Keep the same details sealed anew, with the look-up of the same address, by which its letters are counted."""
        before = select(SUBJECT.c.lookup).where(SUBJECT.c.subject == sealed.subject).scalar_subquery()
        self._connection.execute(update(OUTBOX).where(OUTBOX.c.recipient == before).values(recipient=lookup))
        values = {"row_key": sealed.row_key, "sealed": sealed.sealed, "lookup": lookup, "folding": folding}
        self._connection.execute(update(SUBJECT).where(SUBJECT.c.subject == sealed.subject).values(values))

    def reseal_note(self, seq: int, sealed: Sealed) -> None:
        """Keep the same note sealed anew."""
        values = {"row_key": sealed.row_key, "sealed": sealed.sealed}
        self._connection.execute(update(NOTE).where(NOTE.c.seq == seq).values(values))

    def hush(self, subject: str) -> None:
        """Note that the subject does not want to be written to about changed words."""
        self._connection.execute(update(SUBJECT).where(SUBJECT.c.subject == subject).values(quiet=True))

    def refold(self, subject: str, lookup: bytes | None, folding: int) -> None:
        """Keep a look-up that was made anew from the same address; None leaves the one that is there."""
        values = {"folding": folding} if lookup is None else {"folding": folding, "lookup": lookup}
        self._connection.execute(update(SUBJECT).where(SUBJECT.c.subject == subject).values(values))

    def note_erasure(self, sealed: bytes) -> None:
        """Put somebody on the list of erasures."""
        self._connection.execute(insert(ERASURE), {"sealed": sealed, "made": self.now})

    def forget(self, subject: str) -> None:
        """Delete a subject's details with their key, and the idempotency keys and notes that lead to it."""
        mine = select(RECEIPT.c.receipt_id).where(RECEIPT.c.subject == subject)
        events = select(EVENT.c.seq).where(EVENT.c.subject == subject)
        found_by = union(
            select(SUBJECT.c.lookup).where(SUBJECT.c.subject == subject),
            select(ADDRESS.c.lookup).where(ADDRESS.c.subject == subject),
        )
        self._connection.execute(update(OUTBOX).where(OUTBOX.c.recipient.in_(found_by)).values(recipient=None))
        self._connection.execute(delete(IDEMPOTENCY).where(IDEMPOTENCY.c.receipt_id.in_(mine)))
        self._connection.execute(delete(ACTION).where(ACTION.c.seq.in_(events)))
        self._connection.execute(delete(NOTE).where(NOTE.c.seq.in_(events)))
        self._connection.execute(delete(ADDRESS).where(ADDRESS.c.subject == subject))
        self._connection.execute(delete(SUBJECT).where(SUBJECT.c.subject == subject))

    def forget_requests(self, before: str) -> int:
        """Delete the idempotency keys that have expired."""
        return self._connection.execute(delete(IDEMPOTENCY).where(IDEMPOTENCY.c.made < before)).rowcount

    def add_api_key(self, key: NewKey, name: str, scope: Scope, secret: bytes) -> None:
        """Keep a new API key, its row sealed under the secret."""
        row = {"key_id": key.key_id, "hash": key.hash, "name": name, "made": self.now, **scope.columns()}
        self._connection.execute(insert(API_KEY), row | {"seal": seal_of(secret, row)})

    def note_api_key_used(self, key_id: str, used: str) -> None:
        """Note in which hour a key was last used."""
        self._connection.execute(update(API_KEY).where(API_KEY.c.key_id == key_id).values(used=used))

    def revoke_api_key(self, key_id: str) -> bool:
        """Stop an API key; False where there is none."""
        valid = (API_KEY.c.key_id == key_id) & API_KEY.c.revoked.is_(None)
        return self._connection.execute(update(API_KEY).where(valid).values(revoked=self.now)).rowcount == 1

    def note_listing(self, asked_by: str, notice: str, consent: str, listed: int, anonymous: int) -> None:
        """Note that a list of people was written."""
        values = {"at": self.now, "asked_by": asked_by, "notice": notice, "consent": consent}
        self._connection.execute(insert(LISTING), values | {"listed": listed, "anonymous": anonymous})

    def forget_listings(self, last: str) -> int:
        """Delete the notes of lists that were written up to a time."""
        return self._connection.execute(delete(LISTING).where(LISTING.c.at <= last)).rowcount

    def put_note(self, seq: int, sealed: Sealed) -> None:
        """Keep the note of an event."""
        values = {"seq": seq, "row_key": sealed.row_key, "sealed": sealed.sealed, "made": self.now}
        self._connection.execute(insert(NOTE), values)

    def keep_earlier(self, digest: str, wording: bytes) -> None:
        """Keep wording from before Noticeboard."""
        if self._connection.execute(select(EARLIER.c.digest).where(EARLIER.c.digest == digest)).first() is None:
            self._connection.execute(insert(EARLIER), {"digest": digest, "wording": wording, "made": self.now})
