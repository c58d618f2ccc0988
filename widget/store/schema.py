"""The tables as this release knows them. `migrations` makes them, and the rules that keep entries as they are.

The rules do not stop a database administrator, who can drop them; the signed heads find that out. They stop mistakes.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

METADATA = MetaData()
_PUBLICATION = text("kind = 'notice-published'")
_COUNTED = text("recipient IS NOT NULL")
_CAME_BACK = text("bounced IS NOT NULL")
_ACTED = text("kind = 'acted'")
_TO_ACT_ON = text("kind IN ('withdrawn', 'withdrawal-requested', 'revoked')")
_Number = BigInteger().with_variant(Integer, "sqlite")

EVENT = Table(
    "event",
    METADATA,
    Column("seq", _Number, primary_key=True, autoincrement=False),
    Column("v", Integer, nullable=False),
    Column("event_id", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("notice", Text),
    Column("version", Integer),
    Column("language", Text),
    Column("digest", Text),
    Column("consent", Text),
    Column("subject", Text),
    Column("prior", Text),
    Column("channel", Text),
    Column("recorded_by", Text),
    Column("acting_for", Text),
    Column("detail_commit", Text),
    Column("happened", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("code", Text),
    Index("event_of_subject", "subject"),
    Index("event_acted_about", "prior", sqlite_where=_ACTED, postgresql_where=_ACTED),
    Index("event_to_act_on", "seq", sqlite_where=_TO_ACT_ON, postgresql_where=_TO_ACT_ON),
    Index(
        "event_of_publication",
        *("notice", "version", "language"),
        unique=True,
        sqlite_where=_PUBLICATION,
        postgresql_where=_PUBLICATION,
    ),
)
"""The ledger: one row an entry, its columns named as the leaf's fields."""

NODE = Table(
    "node",
    METADATA,
    Column("position", _Number, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary, nullable=False),
)
"""The perfect subtrees of the Merkle tree, in the order of `widget.ledger.merkle.position`."""

HEAD = Table(
    "head",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("size", _Number, nullable=False),
    Column("checkpoint", Text, nullable=False),
    Column("keys", Text),
)
"""One row, number 1: the signed head of all events, written in their transaction.

The head in the keys folder is compared with it, and processes that share a database find the others' heads here.
`keys` tells which keys signed, sealed and made look-ups: an endpoint with others neither answers nor writes.
"""

RECEIPT = Table(
    "receipt",
    METADATA,
    Column("receipt_id", LargeBinary, primary_key=True),
    Column("reference", Text, nullable=False, unique=True),
    Column("subject", Text, nullable=False),
    Column("notice", Text, nullable=False),
    Column("made", Text, nullable=False),
    Column("ended", Integer, nullable=False, server_default="0"),
    UniqueConstraint("subject", "notice"),
    sqlite_with_rowid=False,
)
"""One a subject and notice: withdrawals and renewals show on the receipt of the act that they follow.

`ended` counts the tokens that were ended.
"""

SUBJECT = Table(
    "subject",
    METADATA,
    Column("subject", Text, primary_key=True),
    Column("row_key", LargeBinary, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("lookup", LargeBinary, index=True),
    Column("confirmed", Boolean, nullable=False),
    Column("quiet", Boolean, nullable=False, default=False),
    Column("made", Text, nullable=False),
    Column("folding", Integer, nullable=False, server_default="1"),
)
"""Personal details, sealed; apart from the ledger, so that they can be erased.

`made` is since when the address of `lookup` is on file; `confirmed` once a link that was mailed to it was used;
`quiet` once its reader asked not to be written to about changed words; `folding` is the form of the address that
`lookup` was made from (`people.addresses.FOLDING`).
"""

ADDRESS = Table(
    "address",
    METADATA,
    Column("subject", Text, primary_key=True),
    Column("lookup", LargeBinary, primary_key=True, index=True),
)
"""Look-ups of the addresses that were given for a subject besides the one on file: claims, and those that gave way."""

ERASURE = Table(
    "erasure",
    METADATA,
    Column("id", _Number, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("made", Text, nullable=False),
)
"""Erased people, encrypted, for all hosts: a subject may be here more than once."""

IDEMPOTENCY = Table(
    "idempotency",
    METADATA,
    Column("key", LargeBinary, primary_key=True),
    Column("body", LargeBinary, nullable=False),
    Column("receipt_id", LargeBinary, ForeignKey(RECEIPT.c.receipt_id), nullable=False),
    Column("made", Text, nullable=False),
    sqlite_with_rowid=False,
)
"""Hashes of a request's key and body, and the receipt that it was answered with."""

OUTBOX = Table(
    "outbox",
    METADATA,
    Column("id", _Number, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("seq", _Number, ForeignKey(EVENT.c.seq), nullable=False),
    Column("made", Text, nullable=False),
    Column("due", Text, nullable=False),
    Column("tries", Integer, nullable=False, default=0),
    Column("sent", Text),
    Column("given_up", Text),
    Column("why", Text),
    Column("recipient", LargeBinary),
    Column("handed", Text),
    Column("bounced", Text),
    Column("closed", Text),
    Column("closed_how", Text),
    Column("closed_by", Text),
    Index("outbox_of_event", "seq", "kind", unique=True),
    Index("outbox_unsent", "sent", "given_up", "due"),
    Index("outbox_of_recipient", "recipient", sqlite_where=_COUNTED, postgresql_where=_COUNTED),
    Index("outbox_came_back", "id", sqlite_where=_CAME_BACK, postgresql_where=_CAME_BACK),
    Index("outbox_handed", "handed", sqlite_where=_COUNTED, postgresql_where=_COUNTED),
)
"""Messages that are owed, by the event they are about: ids only, never an address or a token.

`due` is when to try next; `why` is why it was not sent the last time, `given_up` why it never will be. `recipient` is
the look-up of the address that a letter was handed over for at the time `handed`: limits count it, and it is gone
after a day. A letter with a link to what was agreed to has it from the start, until it is settled that it is for
nobody. `bounced` is why a letter that was handed over came back, as a code; `closed` is when somebody dealt with a
letter that reached nobody, `closed_how` a code, `closed_by` a staff id.
"""

LINK = Table(
    "link",
    METADATA,
    Column("seq", _Number, ForeignKey(EVENT.c.seq), primary_key=True, autoincrement=False),
    Column("purpose", Text, primary_key=True),
    Column("used", Text, nullable=False),
)
"""Links of release 0.1.0 that were used: they worked once. Those of later releases act until they expire."""

API_KEY = Table(
    "api_key",
    METADATA,
    Column("key_id", Text, primary_key=True),
    Column("hash", LargeBinary, nullable=False),
    Column("name", Text, nullable=False),
    Column("made", Text, nullable=False),
    Column("revoked", Text),
    Column("acts", Text),
    Column("notices", Text),
    Column("expires", Text),
    Column("used", Text),
    Column("seal", LargeBinary),
)
"""Keys of the council's other systems, as hashes.

`acts` and `notices` are names with commas between them; empty means all, as for keys of 0.1.0. `expires` is the last
day, `used` the last hour in which the key was used. `seal` covers all but `revoked` and `used`
(`people.api_keys.seal_of`); keys of 0.1.0 have none.
"""

ACTION = Table(
    "action",
    METADATA,
    Column("id", _Number, primary_key=True),
    Column("seq", _Number, ForeignKey(EVENT.c.seq), nullable=False, index=True),
    Column("what", Text, nullable=False),
    Column("recorded_by", Text, nullable=False),
    Column("happened", Text, nullable=False),
    Column("made", Text, nullable=False),
)
"""Acts of the service about an event, and their times, as 0.1.0 noted them. Since then it is an event, `acted`."""

NOTE = Table(
    "note",
    METADATA,
    Column("seq", _Number, ForeignKey(EVENT.c.seq), primary_key=True, autoincrement=False),
    Column("row_key", LargeBinary, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("made", Text, nullable=False),
)
"""Notes of staff beside an event `acted`, sealed; apart from the ledger, so that it can be erased."""

REPORT = Table(
    "report",
    METADATA,
    Column("report", Text, primary_key=True),
    Column("seq", _Number, ForeignKey(EVENT.c.seq), nullable=False),
    Column("notice", Text),
    Column("version", Integer),
    Column("language", Text, nullable=False),
    Column("row_key", LargeBinary, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("made", Text, nullable=False),
)
"""A report about a page, sealed: it is no act, so no entry tells of it. `seq` is the publication of the page,
about which the letter is owed."""

RELEASE = Table(
    "release",
    METADATA,
    Column("process", Text, primary_key=True),
    Column("release", Text, nullable=False),
    Column("schema", Integer, nullable=False),
    Column("seen", Text, nullable=False),
)
"""Each running process: its release, the newest schema of entries that it reads, and when it last said so."""

LISTING = Table(
    "listing",
    METADATA,
    Column("id", _Number, primary_key=True),
    Column("at", Text, nullable=False),
    Column("asked_by", Text, nullable=False),
    Column("notice", Text, nullable=False),
    Column("consent", Text, nullable=False),
    Column("listed", Integer, nullable=False),
    Column("anonymous", Integer, nullable=False),
)
"""Each list of people who may be contacted: when it was written, for whom, and how many were on it."""

EARLIER = Table(
    "earlier",
    METADATA,
    Column("digest", Text, primary_key=True),
    Column("wording", LargeBinary, nullable=False),
    Column("made", Text, nullable=False),
)
"""Wording from before Noticeboard that consent was given to, by its SHA-256."""
