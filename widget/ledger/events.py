"""Consent events, the bytes that the ledger keeps of them, and the state that follows from a list of them. Pure.

Events are appended and never changed. A resident's consent stands only where the last event that speaks of it is
`given` or `renewed`: an explicit no, a withdrawal, silence and an empty list all mean that there is no consent.

A leaf has the fields of its schema `v`, so the bytes of old entries stay. An entry gets the first schema that can say it:
hosts of earlier releases can still read whatever they know the kind of.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from widget.manifest import ActingFor

SCHEMA = 2
"""The newest schema that this release reads and writes."""
ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


class Kind(StrEnum):
    """What happened."""

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


SCHEMA_OF = {Kind.RETRACTED: 2, Kind.ACTED: 2, Kind.REVOKED: 2}
"""The first schema that knows a kind; 1 for those that are not named."""
SCHEMA_OF_FIELD = {"code": 2}
"""The first schema that has a field; 1 for those that are not named."""


class Done(StrEnum):
    """What was done about a withdrawal or a request: the codes of `acted`. A list of texts would hold names in the end."""

    STOPPED = "stopped"
    PASSED_ON = "passed-on"
    NOTHING_TO_STOP = "nothing-to-stop"
    NOT_IDENTIFIED = "not-identified"
    OTHER = "other"


class Decision(StrEnum):
    """What a resident can choose."""

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
    """What somebody did, before the ledger has given it a number and a time.

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


def standing(events: Iterable[ConsentEvent]) -> dict[str, ConsentEvent]:
    """For each consent of one subject, the last event that decides about it; `state_of` says what it means."""
    last: dict[str, ConsentEvent] = {}
    for event in sorted(events, key=lambda event: event.seq):
        if event.kind is Kind.ERASED:
            last.clear()
        elif event.consent is not None and event.kind in STATE_AFTER:
            last[event.consent] = event
    return last


def state_of(event: ConsentEvent) -> State:
    """The state that an event from `standing` leaves a consent in."""
    return STATE_AFTER[event.kind]


def kind_of(decision: Decision, before: ConsentEvent | None, *, renewal_due: bool) -> Kind | None:
    """What a decision is, after what came before; None where it says nothing new."""
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
