"""Consent events, the bytes that the ledger keeps of them, and the state that follows from a list of them. Pure.

Events are appended and never changed. Where a consent stands is decided by `standing` and nowhere else: an explicit no, a
withdrawal, silence and an empty list all mean that there is no consent.

A leaf has the fields of its schema `v`, so the bytes of old entries stay. An entry gets the first schema that can say it:
hosts of earlier releases can still read whatever they know the kind of.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum

from widget.manifest import ActingFor
from widget.strings import LONDON

SCHEMA = 2
"""The newest schema that this release reads and writes."""
ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


class Kind(StrEnum):
    """The kind of an event."""

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    RENEWED = "renewed"
    WITHDRAWAL_REQUESTED = "withdrawal-requested"
    ERASED = "erased"
    NOTICE_PUBLISHED = "notice-published"
    RETRACTED = "retracted"
    """A version was taken down: `digest` is that of the tombstone, `prior` the entry of its publication."""
    ACTED = "acted"
    """Staff say what was done about the event `prior`."""
    REVOKED = "revoked"
    """The council ended a consent, by erasing the person's details."""
    DETAILS_CHANGED = "details-changed"
    """The details on file about a subject changed without an act of theirs: the commitment to the new ones."""


SCHEMA_OF = {Kind.RETRACTED: 2, Kind.ACTED: 2, Kind.REVOKED: 2, Kind.DETAILS_CHANGED: 2}
"""The first schema that knows a kind; 1 for those that are not named."""
NEVER_WAITS = frozenset({Kind.DETAILS_CHANGED})
"""Kinds that do not wait for hosts of an earlier release: what a resident does now.

Release 0.1.0 cannot share a ledger with this one, so every host stops for that upgrade (docs/upgrading.md).
"""
SCHEMA_OF_FIELD = {"code": 2}
"""The first schema that has a field; 1 for those that are not named."""


class Done(StrEnum):
    """The act of a service about a withdrawal or a request: the codes of `acted`.

    A list of texts would hold names in the end.
    """

    STOPPED = "stopped"
    PASSED_ON = "passed-on"
    NOTHING_TO_STOP = "nothing-to-stop"
    NOT_IDENTIFIED = "not-identified"
    OTHER = "other"


class Decision(StrEnum):
    """A resident's choice."""

    GIVEN = "given"
    REFUSED = "refused"


class State(StrEnum):
    """Where one consent of one subject stands."""

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    """Given to words that have since been replaced, and not renewed in time: `widget.consent.renewal` finds it out."""


STATE_AFTER = {
    Kind.GIVEN: State.GIVEN,
    Kind.RENEWED: State.GIVEN,
    Kind.REFUSED: State.REFUSED,
    Kind.WITHDRAWN: State.WITHDRAWN,
    Kind.REVOKED: State.WITHDRAWN,
}
TO_ACT_ON = (Kind.WITHDRAWN, Kind.WITHDRAWAL_REQUESTED, Kind.REVOKED)
"""After these somebody must stop what rests on the consent, and note it."""


@dataclass(frozen=True)
class Act:
    """An act, before the ledger has given it a number and a time.

    `subject` is random and never derived from an address. `happened` is when the person acted where that is not when
    it was recorded (phone, post). `detail_commit` binds details that are kept apart and can be erased.
    """

    kind: Kind
    subject: str | None = None
    notice: str | None = None
    version: int | None = None
    language: str | None = None
    digest: str | None = None
    consent: str | None = None
    prior: str | None = None
    channel: str | None = None
    recorded_by: str | None = None
    acting_for: str | None = None
    detail_commit: str | None = None
    happened: str | None = None
    code: str | None = None


@dataclass(frozen=True)
class ConsentEvent:
    """One entry of the ledger; its fields are the leaf's, and the columns of the table `event`."""

    seq: int
    event_id: str
    kind: Kind
    notice: str | None
    version: int | None
    language: str | None
    digest: str | None
    consent: str | None
    subject: str | None
    prior: str | None
    channel: str | None
    recorded_by: str | None
    acting_for: str | None
    detail_commit: str | None
    happened: str
    at: str
    v: int = 1
    code: str | None = None

    @property
    def for_whom(self) -> str:
        """On whose behalf it was done: the person's own where the event does not say."""
        return self.acting_for or ActingFor.SELF

    def leaf(self) -> bytes:
        """The entry as the Merkle tree hashes it: RFC 8785 JSON of the fields of its schema, absent values as null.

        `ValueError` for a schema that this release does not know, and for a field that the schema lacks: it would not
        be covered by the hash.
        """
        values = dict(vars(self))
        if not 1 <= self.v <= SCHEMA:
            raise ValueError(f"event {self.seq} has schema {self.v}; this release knows 1 to {SCHEMA}")
        for name, schema in SCHEMA_OF_FIELD.items():
            if schema > self.v and values.pop(name) is not None:
                raise ValueError(f"event {self.seq} has a {name}, which schema {self.v} lacks")
        return canonical(values)


def new_event_id(milliseconds: int, random: bytes) -> str:
    """A UUID version 7 (RFC 9562 section 5.7) from the time since 1970 and 10 random bytes.

    Ids of one time stand side by side in the database's index, so that a commit touches few of its pages.
    """
    value = milliseconds << 80 | int.from_bytes(random)
    value = value & ~(0xF << 76 | 0x3 << 62) | 0x7 << 76 | 0x2 << 62
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def entry(act: Act, seq: int, event_id: str, at: str) -> ConsentEvent:
    """The act as an entry of the ledger."""
    values = {**vars(act), "happened": act.happened or at}
    return ConsentEvent(seq=seq, event_id=event_id, at=at, v=SCHEMA_OF.get(act.kind, 1), **values)


def canonical(values: dict[str, str | int | None]) -> bytes:
    """RFC 8785 JSON of a flat mapping of texts, whole numbers and nulls.

    Python's `json` already writes these as RFC 8785 asks, but for the order of keys (by UTF-16 code units), which is
    the same for the ASCII keys that are allowed here, and for numbers past 2**53, which are refused.
    """
    for key, value in values.items():
        if type(value) is str or value is None:
            continue  # most are
        if not isinstance(value, str) and not (type(value) is int and abs(value) <= 2**53):
            raise ValueError(f"{key} is not a flat text or whole number")
    if not "".join(values).isascii():
        raise ValueError("a key is not in ASCII")
    return ENCODER.encode(values).encode()


class Order:
    """The acts of one subject in the order in which they count: the one rule that decides where a consent stands.

    Events count in the order of the log. A consent that staff recorded is the exception: it is placed by when the person
    acted, so it counts only if that was after every no and every withdrawal that the log already held, and it never takes
    the place of a later yes.
    """

    def __init__(self) -> None:
        self.deciding: dict[str, ConsentEvent] = {}
        """By consent, the event that decides about it."""
        self._ended: dict[str, datetime] = {}

    def add(self, event: ConsentEvent) -> None:
        """The next event of the log."""
        if event.kind is Kind.ERASED:
            self.deciding.clear()
            self._ended.clear()
        elif event.consent is not None and event.kind in STATE_AFTER:
            if state_of(event) is not State.GIVEN:
                ended = moment_of(event)
                self._ended[event.consent] = max(ended, self._ended.get(event.consent, ended))
            elif event.recorded_by is not None and self._comes_too_late(event, event.consent):
                return
            self.deciding[event.consent] = event

    def _comes_too_late(self, yes: ConsentEvent, consent: str) -> bool:
        """Whether a yes that staff recorded was said before what the log holds; with a no, a tie is too late."""
        said, before = moment_of(yes), self.deciding.get(consent)
        if consent in self._ended and said <= self._ended[consent]:
            return True
        return before is not None and state_of(before) is State.GIVEN and said < moment_of(before)


def standing(events: Iterable[ConsentEvent]) -> dict[str, ConsentEvent]:
    """For each consent of one subject, the event that decides about it; `state_of` says what it means."""
    order = Order()
    for event in sorted(events, key=lambda event: event.seq):
        order.add(event)
    return order.deciding


def moment_of(event: ConsentEvent) -> datetime:
    """When the person acted.

    Midnight in London, by staff, is a day without a time: a no or a withdrawal counts from its end.
    """
    acted = datetime.fromisoformat(event.happened)
    there = acted.astimezone(LONDON)
    if event.recorded_by is None or state_of(event) is State.GIVEN or there.time() != time.min:
        return acted
    return datetime.combine(there.date() + timedelta(days=1), time.min, LONDON)


def state_of(event: ConsentEvent) -> State:
    """The state that an event from `standing` leaves a consent in."""
    return STATE_AFTER[event.kind]


def with_states(events: Iterable[ConsentEvent]) -> Iterator[tuple[ConsentEvent, str | None]]:
    """Events in the order of the log, each with the state that it leaves its consent in: all that a system acts on.

    `withdrawal-requested` where somebody asked without a receipt, `none` for everything of a subject that was erased.
    """
    orders: dict[str | None, dict[str | None, Order]] = {}
    for event in events:
        state = None
        if event.kind is Kind.ERASED:
            orders.pop(event.subject, None)
            state = "none"
        elif event.kind is Kind.WITHDRAWAL_REQUESTED:
            state = str(event.kind)
        elif event.consent is not None and event.kind in STATE_AFTER:
            order = orders.setdefault(event.subject, {}).setdefault(event.notice, Order())
            order.add(event)
            state = str(state_of(order.deciding[event.consent]))
        yield event, state


def kind_of(decision: Decision, before: ConsentEvent | None, *, renewal_due: bool) -> Kind | None:
    """The kind of a decision after the earlier ones; None where it says nothing new."""
    given = before is not None and state_of(before) is State.GIVEN
    if decision is Decision.GIVEN:
        if not given:
            return Kind.GIVEN
        return Kind.RENEWED if renewal_due else None
    if given:
        return Kind.WITHDRAWN
    return Kind.REFUSED if before is None else None


def utc(moment: datetime) -> str:
    """A time as events hold it: RFC 3339, UTC, milliseconds."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
