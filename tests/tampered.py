"""Every kind of tampering that `consents verify` is tried against, and whether it finds it.

docs/assurance.md lists the same kinds. They are done to the ledger of tests/verify_scene.py, a recorded one of 0.1.0.
"""

# ruff: noqa: S608 (statements of constants, against databases that are made for it)

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from tests import tampering
from tests.verify_scene import Scene
from widget.ledger import head_files, key_folder
from widget.ledger.receipt import reference

HEAD, RECEIPT, EXPORT = "head", "receipt", "export"
"""Records that may have been kept elsewhere."""
MANIFEST = "manifest"
ANYTHING = frozenset({HEAD, RECEIPT, EXPORT})


@dataclass(frozen=True)
class Kind:
    """One kind: its name, what is done, whether `verify` finds it by itself, and what finds it where that was kept."""

    name: str
    do: Callable[[Scene], object]
    found: bool = True
    with_help_of: frozenset[str] = frozenset()
    only: str = ""
    """The one kind of database that it can be done to, where it cannot be done to both."""
    healed: bool = False
    """Whether an endpoint that runs puts it right with its next entry, since it knows what it signed."""


def sql(*statements: str) -> Callable[[Scene], object]:
    """Statements of somebody with all rights, who leaves the rules as they were."""

    def do(scene: Scene) -> None:
        for statement in statements:
            scene.admin.run(statement)

    return do


def anew(*statements: str) -> Callable[[Scene], object]:
    """The same, and the tree is made anew so that it does not tell."""

    def do(scene: Scene) -> None:
        sql(*statements)(scene)
        scene.admin.recompute()

    return do


def structure(sqlite: tuple[str, ...], postgresql: tuple[str, ...] = ()) -> Callable[[Scene], object]:
    """Statements about tables and rules."""

    def do(scene: Scene) -> None:
        scene.structure(*(sqlite if scene.is_sqlite or not postgresql else postgresql))

    return do


def whose(name: str) -> str:
    """The subject of a recorded receipt, as SQL."""
    return f"(SELECT subject FROM receipt WHERE reference = '{name}')"


GWEN, DAVE, FAY, HANA, CY = (
    whose(name) for name in ("P2Q-GLY-CLJ", "ZG2-MLX-Z7X", "6DX-BJS-G8D", "33Q-LF3-2L6", "ZFD-STQ-62S")
)
SWAPPED = (
    "UPDATE receipt SET subject = 'passing' WHERE reference = '33Q-LF3-2L6'",
    "UPDATE receipt SET subject = (SELECT subject FROM event WHERE seq = 38) WHERE reference = 'ZFD-STQ-62S'",
    "UPDATE receipt SET subject = (SELECT subject FROM event WHERE seq = 28) WHERE reference = '33Q-LF3-2L6'",
)
TIMES_SWAPPED = (
    "UPDATE receipt SET made = (SELECT at FROM event WHERE seq = 38) WHERE reference = 'ZFD-STQ-62S'",
    "UPDATE receipt SET made = (SELECT at FROM event WHERE seq = 28) WHERE reference = '33Q-LF3-2L6'",
)


def older_head(scene: Scene) -> None:
    size, text = scene.older_head.split("\n")[1], scene.older_head
    scene.admin.run("UPDATE head SET size = ?, checkpoint = ?", int(size), text)


def tail_cut(scene: Scene) -> None:
    tampering.cut(scene.admin)


def everything_deleted(scene: Scene) -> None:
    tampering.emptied(scene.admin)


def an_event_twice(scene: Scene) -> None:
    if scene.is_sqlite:
        scene.structure(
            "CREATE TABLE copied AS SELECT * FROM event", "DROP TABLE event", "ALTER TABLE copied RENAME TO event"
        )
    else:
        scene.structure(
            "ALTER TABLE event DROP CONSTRAINT event_pkey CASCADE",
            "ALTER TABLE event DROP CONSTRAINT event_event_id_key",
        )
    scene.admin.run("INSERT INTO event SELECT * FROM event WHERE seq = 19")


def reference_changed(scene: Scene) -> None:
    scene.admin.run("UPDATE receipt SET reference = ? WHERE reference = '33Q-LF3-2L6'", reference(bytes(range(8))))


def receipt_id_changed(scene: Scene) -> None:
    scene.admin.run("UPDATE receipt SET receipt_id = ? WHERE reference = '6DX-BJS-G8D'", bytes(range(16)))


def row_of(subject: str) -> str:
    return f"WHERE subject = {subject}"


def details_put_back(scene: Scene) -> None:
    """The row of the person who was erased, from a backup."""
    scene.put_back("subject")


def details_swapped(scene: Scene) -> None:
    first, second = (scene.admin.run(f"SELECT sealed, row_key FROM subject {row_of(one)}")[0] for one in (FAY, HANA))
    for one, values in ((FAY, second), (HANA, first)):
        scene.admin.run(f"UPDATE subject SET sealed = ?, row_key = ? {row_of(one)}", *values)


def spoilt(column: str) -> Callable[[Scene], object]:
    def do(scene: Scene) -> None:
        ((value,),) = scene.admin.run(f"SELECT {column} FROM subject {row_of(FAY)}")
        changed = bytes(value)[:-1] + bytes([bytes(value)[-1] ^ 1])
        scene.admin.run(f"UPDATE subject SET {column} = ? {row_of(FAY)}", changed)

    return do


def with_bytes(statement: str, size: int) -> Callable[[Scene], object]:
    return lambda scene: scene.admin.run(statement, bytes([7] * size))


def file(name: str, content: Callable[[], str]) -> Callable[[Scene], object]:
    return lambda scene: (scene.keys / name).write_text(content())


def another_secret() -> str:
    return secrets.token_hex(32) + "\n"


def kept_heads_older(scene: Scene) -> None:
    head_files.remove(scene.keys)
    (scene.keys / head_files.NAMES[0]).write_text(scene.older_head)


def kept_heads_spoilt(scene: Scene) -> None:
    for name in head_files.NAMES:
        if (path := scene.keys / name).exists():
            path.write_text(path.read_text().replace("\n", "\n1", 1))


def another_signing_key(scene: Scene) -> None:
    """A new key, and a head of the same ledger under the old name signed with it."""
    name = (scene.keys / "log.vkey").read_text().partition("/consents/")[0]
    heads = {path: path.read_text() for name in head_files.NAMES if (path := scene.keys / name).exists()}
    key_folder.begin_anew(scene.keys, f"https://{name}", os.urandom)
    for path, text in heads.items():
        path.write_text(text)


def an_older_database(scene: Scene) -> None:
    scene.put_older(keys=False)


def an_older_database_and_keys(scene: Scene) -> None:
    scene.put_older(keys=True)


INVENTED_LINK = "INSERT INTO link (seq, purpose, used) SELECT seq, 'address', at FROM event WHERE seq = 37"
CONFIRMED_WITH_LINK = (INVENTED_LINK, f"UPDATE subject SET confirmed = true {row_of(FAY)}")
DONE_AS_A_SENDER_DOES = "UPDATE outbox SET sent = due, tries = 1, given_up = NULL WHERE seq = 44"
NEW_KEY = "WHERE name = 'New system'"
KEY_ADDED = "INSERT INTO api_key (key_id, hash, name, made) VALUES ('00000000', ?, 'Added', '2026-11-20T10:00:00.000Z')"
ACTION_ADDED = """INSERT INTO action (id, seq, what, recorded_by, happened, made)
    SELECT 9, seq, 'We stopped.', 'officer 12', at, at FROM event WHERE seq = 43"""

KINDS = (
    # entries of the ledger
    Kind("an answer turned into its opposite", sql("UPDATE event SET kind = 'refused' WHERE seq = 9")),
    Kind("the same, with the tree made anew", anew("UPDATE event SET kind = 'refused' WHERE seq = 9")),
    Kind(
        "the same, with the head deleted too",
        anew("UPDATE event SET kind = 'refused' WHERE seq = 9", "DELETE FROM head"),
    ),
    Kind("an event deleted", sql("DELETE FROM event WHERE seq = 20")),
    Kind("the last events cut off, with their nodes and letters", tail_cut),
    Kind(
        "two events changed places",
        sql(*(f"UPDATE event SET seq = {new} WHERE seq = {old}" for old, new in ((9, -1), (20, 9), (-1, 20)))),
    ),
    Kind("an event appended", sql(tampering.FORGED)),
    Kind("an event appended, with the tree made anew", anew(tampering.FORGED)),
    Kind("the time of an event changed", sql("UPDATE event SET at = '2026-01-01T00:00:00.000Z' WHERE seq = 9")),
    Kind("when a person acted changed", sql("UPDATE event SET happened = '2026-01-01T00:00:00.000Z' WHERE seq = 27")),
    Kind(
        "the digest of an answer changed",
        sql("UPDATE event SET digest = (SELECT digest FROM event WHERE seq = 1) WHERE seq = 9"),
    ),
    Kind("the version of an answer changed", sql("UPDATE event SET version = 2 WHERE seq = 9")),
    Kind("the consent of an answer changed", sql("UPDATE event SET consent = 'news' WHERE seq = 9")),
    Kind("the language of an answer changed", sql("UPDATE event SET language = 'cy' WHERE seq = 9")),
    Kind("the notice of an answer changed", sql("UPDATE event SET notice = 'family-hubs' WHERE seq = 9")),
    Kind(
        "an answer moved to another person",
        sql(f"UPDATE event SET subject = {HANA} WHERE seq = 9"),
    ),
    Kind("for whom an answer was changed", sql("UPDATE event SET acting_for = 'self' WHERE seq = 9")),
    Kind("the channel of an answer changed", sql("UPDATE event SET channel = 'phone' WHERE seq = 9")),
    Kind("who recorded an answer changed", sql("UPDATE event SET recorded_by = 'officer 13' WHERE seq = 27")),
    Kind("what an event follows changed", sql("UPDATE event SET prior = NULL WHERE seq = 23")),
    Kind("the commitment to details changed", sql("UPDATE event SET detail_commit = NULL WHERE seq = 37")),
    Kind("an event given another form", sql("UPDATE event SET v = 9 WHERE seq = 9")),
    Kind("an event of a kind that does not exist", sql("UPDATE event SET kind = 'agreed' WHERE seq = 9")),
    Kind("an event twice", an_event_twice),
    Kind("a gap in the numbers", sql("UPDATE event SET seq = seq + 1000 WHERE seq = 20")),
    Kind(
        "the digest of a publication changed",
        sql("UPDATE event SET digest = (SELECT digest FROM event WHERE seq = 2) WHERE seq = 1"),
    ),
    Kind("a publication deleted", sql("DELETE FROM event WHERE seq = 8")),
    Kind("the entry of an erasure changed", sql("UPDATE event SET kind = 'refused' WHERE kind = 'erased'")),
    Kind("everything deleted", everything_deleted),
    # the tree and its head
    Kind("a node changed", with_bytes("UPDATE node SET hash = ? WHERE position = 12", 32)),
    Kind("a node deleted", sql("DELETE FROM node WHERE position = 12")),
    Kind("nodes added", with_bytes("INSERT INTO node SELECT max(position) + 1, ? FROM node", 32)),
    Kind("the head deleted", sql("DELETE FROM head")),
    Kind("an older head put back", older_head),
    Kind("the text of the head changed", lambda scene: tampering.the_head_spoilt(scene.admin)),
    Kind("the size of the head changed", sql("UPDATE head SET size = size + 1"), healed=True),
    Kind("a second head", sql("INSERT INTO head (id, size, checkpoint) SELECT 2, size, checkpoint FROM head")),
    # receipts
    Kind(
        "a receipt moved to another person", sql(f"UPDATE receipt SET subject = {GWEN} WHERE reference = '6DX-BJS-G8D'")
    ),
    Kind(
        "a receipt moved to another notice",
        sql("UPDATE receipt SET notice = 'primary' WHERE reference = '6DX-BJS-G8D'"),
    ),
    Kind("a receipt deleted", sql("DELETE FROM receipt WHERE reference = '6DX-BJS-G8D'")),
    Kind(
        "a receipt made up",
        with_bytes(
            "INSERT INTO receipt (receipt_id, reference, subject, notice, made) "
            "SELECT ?, '222-222-222', 'nobody', 'primary', made FROM receipt WHERE reference = '6DX-BJS-G8D'",
            16,
        ),
    ),
    Kind("two receipts swapped", sql(*SWAPPED)),
    Kind(
        "the time of a receipt changed",
        sql("UPDATE receipt SET made = '2026-01-01T00:00:00.000Z' WHERE reference = '6DX-BJS-G8D'"),
    ),
    Kind(
        "two receipts swapped, with their times",
        sql(*SWAPPED, *TIMES_SWAPPED),
        found=False,
        with_help_of=frozenset({RECEIPT, EXPORT}),
    ),
    Kind(
        "the reference of a receipt changed", reference_changed, found=False, with_help_of=frozenset({RECEIPT, EXPORT})
    ),
    Kind("the id of a receipt changed", receipt_id_changed, found=False),
    # personal details
    Kind("details deleted", sql(f"DELETE FROM subject {row_of(FAY)}")),
    Kind("details that were erased put back", details_put_back),
    Kind("the details of two people swapped", details_swapped),
    Kind("sealed details changed", spoilt("sealed")),
    Kind("the key of details changed", spoilt("row_key")),
    Kind(
        "a look-up changed to another person's",
        sql(f"UPDATE subject SET lookup = (SELECT lookup FROM subject {row_of(GWEN)}) {row_of(FAY)}"),
    ),
    Kind("a look-up emptied", sql(f"UPDATE subject SET lookup = NULL {row_of(FAY)}")),
    Kind(
        "a look-up given to details without an address",
        sql(f"UPDATE subject SET lookup = (SELECT lookup FROM subject {row_of(GWEN)}) {row_of(CY)}"),
    ),
    Kind("an address confirmed", sql(f"UPDATE subject SET confirmed = true {row_of(FAY)}")),
    Kind("a confirmation taken away", sql(f"UPDATE subject SET confirmed = false {row_of(GWEN)}")),
    Kind("a wish not to be written to made up", sql(f"UPDATE subject SET quiet = true {row_of(DAVE)}"), found=False),
    Kind("an address given up that is nobody's", with_bytes("INSERT INTO address VALUES ('nobody', ?)", 32)),
    Kind("another address of a person made up", with_bytes(f"INSERT INTO address VALUES ({FAY}, ?)", 32)),
    Kind("a wish not to be written to taken away", sql(f"UPDATE subject SET quiet = false {row_of(GWEN)}")),
    Kind("details of nobody", sql(f"UPDATE subject SET subject = 'nobody' {row_of(CY)}")),
    Kind("an address confirmed, with a used link", sql(*CONFIRMED_WITH_LINK), found=False),
    Kind(
        "the date of details changed",
        sql(f"UPDATE subject SET made = '2020-01-01T00:00:00.000Z' {row_of(FAY)}"),
        found=False,
    ),
    # words
    Kind("wording from before changed under its digest", with_bytes("UPDATE earlier SET wording = ?", 9)),
    Kind("wording from before deleted", sql("DELETE FROM earlier")),
    Kind("wording from before under another digest", sql("UPDATE earlier SET digest = 'another'")),
    Kind("a manifest of before", lambda scene: scene.older_manifest(), with_help_of=frozenset({MANIFEST}), found=False),
    # letters and links
    Kind("the outbox emptied", sql("DELETE FROM outbox")),
    Kind("a letter about a withdrawal deleted", sql("DELETE FROM outbox WHERE seq = 43")),
    Kind("a letter with a link deleted", sql("DELETE FROM outbox WHERE seq = 40 AND kind = 'link'")),
    Kind("a letter with a receipt deleted", sql("DELETE FROM outbox WHERE seq = 38")),
    Kind("a letter marked as sent", sql("UPDATE outbox SET sent = due WHERE seq = 44")),
    Kind("a letter marked as given up", sql("UPDATE outbox SET given_up = 'no' WHERE seq = 44")),
    Kind("a letter that waits marked as back", sql("UPDATE outbox SET bounced = 'full' WHERE seq = 44")),
    Kind("a letter that waits marked as closed", sql("UPDATE outbox SET closed = due WHERE seq = 44")),
    Kind("a letter held back for ever", sql("UPDATE outbox SET due = '2999-01-01T00:00:00.000Z' WHERE seq = 44")),
    Kind("a letter moved to another event", sql("UPDATE outbox SET seq = 9 WHERE seq = 43")),
    Kind("a letter turned into another", sql("UPDATE outbox SET kind = 'receipt' WHERE seq = 43")),
    Kind(
        "a letter made up",
        sql(
            "INSERT INTO outbox (id, kind, seq, made, due, tries) SELECT 999, 'withdrawn', 9, made, due, 0 FROM outbox WHERE seq = 43"
        ),
    ),
    Kind("a letter marked as done, as a sender marks it", sql(DONE_AS_A_SENDER_DOES), found=False),
    Kind("a used link of a confirmed address deleted", sql("DELETE FROM link WHERE seq = 15")),
    Kind("a used link for withdrawing deleted", sql("DELETE FROM link WHERE purpose = 'withdraw'")),
    Kind("a used link made up", sql("INSERT INTO link VALUES (9, 'address', '2026-11-20T10:00:00.000Z')")),
    Kind("a link used before it was mailed", sql("UPDATE link SET used = '2026-01-01T00:00:00.000Z' WHERE seq = 15")),
    # requests, keys, notes
    Kind(
        "a request that leads to another receipt",
        sql("UPDATE idempotency SET receipt_id = (SELECT receipt_id FROM receipt WHERE reference = '33Q-LF3-2L6')"),
    ),
    Kind("a request that leads to no receipt", with_bytes("UPDATE idempotency SET receipt_id = ?", 16)),
    Kind("a request that is no hash", with_bytes("UPDATE idempotency SET body = ?", 5)),
    Kind("a request deleted", sql("DELETE FROM idempotency"), found=False),
    Kind("an API key that no command makes", with_bytes(KEY_ADDED, 5)),
    Kind("an API key revoked before it was made", sql("UPDATE api_key SET revoked = '2020-01-01T00:00:00.000Z'")),
    Kind("an API key added that opens nothing", with_bytes(KEY_ADDED, 32)),
    Kind("the hash of an API key changed", with_bytes("UPDATE api_key SET hash = ? WHERE revoked IS NULL", 32)),
    Kind("an API key in use again that was revoked", sql("UPDATE api_key SET revoked = NULL")),
    Kind("an API key given more rights", sql(f"UPDATE api_key SET acts = 'cases,status' {NEW_KEY}")),
    Kind("an API key made to serve other notices", sql(f"UPDATE api_key SET notices = NULL {NEW_KEY}")),
    Kind("an API key with another last day", sql(f"UPDATE api_key SET expires = '2999-01-01' {NEW_KEY}")),
    Kind("an API key given another name", sql(f"UPDATE api_key SET name = 'Other' {NEW_KEY}")),
    Kind("an API key of 0.1.0 given other rights", sql("UPDATE api_key SET acts = 'cases' WHERE seal IS NULL")),
    Kind("the seal of an API key taken away", sql(f"UPDATE api_key SET seal = NULL {NEW_KEY}")),
    Kind(
        "an API key of 0.1.0 given another name", sql("UPDATE api_key SET name = 'O' WHERE seal IS NULL"), found=False
    ),
    Kind("an API key deleted or revoked", sql(f"DELETE FROM api_key {NEW_KEY}"), found=False),
    Kind("a note of 0.1.0 moved to another event", sql("UPDATE action SET seq = 9")),
    Kind("the time of a note of 0.1.0 changed", sql("UPDATE action SET happened = '2999-01-01T00:00:00.000Z'")),
    Kind("a sealed note changed", with_bytes("UPDATE note SET sealed = ?", 60)),
    Kind("a sealed note deleted", sql("DELETE FROM note")),
    Kind("a sealed note moved to another event", sql("UPDATE note SET seq = 9")),
    Kind(
        "a list of people made up",
        sql("INSERT INTO listing VALUES (9, '2026-11-20T10:00:00.000Z', 'nobody', 'primary', 'news', 9, 0)"),
        found=False,
    ),
    Kind(
        "a process made up",
        sql("INSERT INTO release VALUES ('other', '0.1.0', 1, '2026-11-20T10:00:00.000Z')"),
        found=False,
    ),
    Kind("the words of a note of 0.1.0 changed", sql("UPDATE action SET what = 'Nothing.'"), found=False),
    Kind("a note of 0.1.0 deleted", sql("DELETE FROM action"), found=False),
    Kind("a note of 0.1.0 made up", sql(ACTION_ADDED), found=False),
    # structure
    Kind(
        "a rule dropped",
        structure(("DROP TRIGGER event_is_not_updated",), ("DROP TRIGGER event_is_append_only ON event",)),
    ),
    Kind(
        "a rule replaced",
        structure(
            (
                "DROP TRIGGER node_is_not_deleted",
                "CREATE TRIGGER node_is_not_deleted BEFORE DELETE ON node BEGIN SELECT 1; END",
            ),
            (
                "CREATE OR REPLACE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$",
            ),
        ),
    ),
    Kind("a rule switched off", structure((), ("ALTER TABLE event DISABLE TRIGGER ALL",)), only="postgresql"),
    Kind(
        "a rule that rewrites statements",
        structure((), ("CREATE RULE quiet AS ON INSERT TO outbox DO INSTEAD NOTHING",)),
        only="postgresql",
    ),
    Kind(
        "a policy that hides rows", structure((), ("CREATE POLICY hidden ON outbox USING (false)",)), only="postgresql"
    ),
    Kind(
        "a rule added",
        structure(
            ("CREATE TRIGGER more AFTER INSERT ON outbox BEGIN DELETE FROM outbox WHERE id = NEW.id; END",),
            (
                "CREATE TRIGGER more BEFORE INSERT ON receipt FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only()",
            ),
        ),
    ),
    Kind("a view added", structure(("CREATE VIEW more AS SELECT 1 AS one",))),
    Kind("an index dropped", structure(("DROP INDEX outbox_of_event",))),
    Kind(
        "an index that no longer asks for one of each",
        structure(("DROP INDEX outbox_of_event", "CREATE INDEX outbox_of_event ON outbox (seq, kind)")),
    ),
    Kind("a table added", structure(("CREATE TABLE more (one INTEGER PRIMARY KEY)",))),
    Kind("a table dropped", structure(("DROP TABLE earlier",))),
    Kind("a column added", structure(("ALTER TABLE event ADD COLUMN more TEXT",))),
    Kind("the release of the tables changed", sql("UPDATE alembic_version SET version_num = '0001'")),
    # the keys folder, and both
    Kind("the kept heads deleted", lambda scene: head_files.remove(scene.keys), healed=True),
    Kind("the kept heads spoilt", kept_heads_spoilt),
    Kind("another signing key", another_signing_key),
    Kind("another pepper", file("pepper", another_secret)),
    Kind("another token.secret", file("token.secret", another_secret)),
    Kind("another details.key", file("details.key", another_secret)),
    Kind("an older database put back", an_older_database),
    Kind("an older head kept", kept_heads_older, found=False),
    Kind("the list of erasures emptied", file("erasures", str), found=False),
    Kind("the database's list of erasures emptied", sql("DELETE FROM erasure")),
    Kind("a row of the database's list of erasures changed", with_bytes("UPDATE erasure SET sealed = ?", 60)),
    Kind("the list of revoked API keys emptied", file("revoked-keys", str), found=False),
    Kind(
        "an older database and its keys folder put back", an_older_database_and_keys, found=False, with_help_of=ANYTHING
    ),
)
