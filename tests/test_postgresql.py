"""PostgreSQL's own guards of the ledger: order among several hosts, rules, and a role that may only add."""

from __future__ import annotations

import email
import email.policy
import os
import re
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from tests.consent_fixtures import MANIFEST, V1, FakeClock, form, published
from tests.databases import cluster, plain
from tests.databases import run as run_postgresql
from tests.site_fixtures import PROJECT
from widget.app import close_app, create_app
from widget.cli import main
from widget.consent.publications import record_publications
from widget.errors import StartRefused
from widget.ledger import key_folder
from widget.ledger.events import Act, Kind
from widget.ledger.head_keeper import HeadKeeper
from widget.store.audit import faults
from widget.store.engine import open_engine, open_to_read
from widget.store.grants import RIGHTS, grants
from widget.store.group_commit import Store, reading_of
from widget.store.schema import METADATA
from widget.store.transaction import Writing

GIVEN = Act(Kind.GIVEN, "s", "family-hubs", 1, "en", "0" * 64, "news", channel="web", acting_for="self")


def give(writing: Writing) -> int:
    return writing.append([GIVEN])[0].seq


def opened(database: str) -> Store:
    return Store(open_engine(database, 5), lambda: datetime.now(UTC), secrets.token_bytes)


@pytest.fixture
def database() -> Iterator[str]:
    name = f"p{secrets.token_hex(4)}"
    yield cluster().make(name)
    with cluster().connect() as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    made = opened(database)
    made.make()
    yield made
    made.close()


def whole(database: str) -> int:
    """How many events there are, if the ledger is whole."""
    engine = open_to_read(database, 5)
    with reading_of(engine) as reading:
        tree, found = faults(reading, None)
    engine.dispose()
    assert found == []
    return tree.size


@pytest.mark.parametrize("shared", [True, False])
def test_several_hosts_or_processes_write_one_ledger_and_keep_its_head(
    store: Store, database: str, tmp_path: Path, shared: bool
) -> None:
    """Processes of one host share the keys folder; each host has a copy of its own."""
    hosts, each = 3, 50
    key_folder.make(tmp_path / "keys", "https://privacy.example.org", secrets.token_bytes)
    store.sign_with(HeadKeeper(key_folder.read(tmp_path / "keys")))
    folders = [tmp_path / "keys" if shared else tmp_path / f"keys-{number}" for number in range(hosts)]
    for folder in set(folders) - {tmp_path / "keys"}:
        shutil.copytree(tmp_path / "keys", folder)
    command = [sys.executable, "-m", "tests.recorder", database, str(each)]
    patient = os.environ | {"BUSY_SECONDS": "60"}  # a busy machine is no fault of the ledger
    running = [
        subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True, env=patient | {"KEYS": str(folder)})
        for folder in folders
    ]
    told = [line for one in running for line in one.communicate(timeout=120)[0].split()[1::2]]
    assert len(set(told)) == hosts * each
    assert "unavailable" not in told
    assert whole(database) == hosts * each
    kept = [head.size if (head := key_folder.kept_head(folder)) else 0 for folder in folders]
    assert max(kept) == hosts * each
    with store.reading() as reading:  # this host was away, and sees that the others went on from where it was
        store.keep(reading.signed()[1])
    newest = key_folder.kept_head(tmp_path / "keys")
    assert newest and newest.size == hosts * each


def test_hosts_that_start_together_migrate_once_and_record_each_publication_once(database: str) -> None:
    start = (
        "import secrets, sys; from datetime import UTC, datetime; from tests.test_postgresql import opened, MANIFEST;"
        "from widget.consent.publications import record_publications; store = opened(sys.argv[1]); store.make();"
        "store.write(lambda writing: record_publications(writing, MANIFEST)); store.close()"
    )
    running = [subprocess.Popen([sys.executable, "-c", start, database], cwd=PROJECT) for _ in range(4)]
    assert [one.wait(120) for one in running] == [0] * 4
    assert whole(database) == len(MANIFEST.versions)
    store = opened(database)
    assert store.write(lambda writing: record_publications(writing, MANIFEST)) == ()
    store.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET kind = 'refused'",
        "DELETE FROM event",
        "TRUNCATE event CASCADE",
        "UPDATE node SET hash = ''",
        "DELETE FROM node",
        "TRUNCATE node",
        "INSERT INTO event SELECT * FROM event",
        "INSERT INTO event SELECT * FROM event ON CONFLICT (seq) DO UPDATE SET kind = 'refused'",
    ],
)
def test_the_database_itself_refuses_to_change_the_ledger(store: Store, database: str, statement: str) -> None:
    store.write(give)
    with psycopg.connect(plain(database)) as connection, pytest.raises(psycopg.errors.IntegrityError):
        connection.execute(statement)
    assert whole(database) == 1


def test_a_role_that_may_only_add_is_enough_and_can_do_no_more(database: str, tmp_path: Path) -> None:
    role = f"r{secrets.token_hex(4)}"
    with psycopg.connect(plain(database), autocommit=True) as owner:
        owner.execute(f"CREATE ROLE {role} LOGIN")
    assert main(["migrate", "--database", database, "--grant", role]) == 0
    as_role = database.replace("postgres@", f"{role}@")
    config = replace(published(tmp_path), database=as_role)
    app = create_app(config, FakeClock())
    client = app.test_client(use_cookies=False)
    sent = form(V1, service_news="given") | {"email": "resident@example.org"}
    receipt = client.post(
        "/consent/family-hubs", data=sent, headers={"Idempotency-Key": secrets.token_hex(16)}
    ).location
    assert client.post(f"{receipt}/withdraw", data={"consent": "service-news"}).status_code == 303
    assert client.post("/withdraw", data={"email": "resident@example.org"}).status_code == 303
    assert client.get("/readyz").status_code == 200
    withdrawn = str(len(MANIFEST.versions) + 2)
    told = ("--by", "FH-3", "--happened", "2026-11-22")
    more = ("--database", as_role, "--keys", str(config.keys_folder))
    published_by = ("--manifest", str(config.manifest))
    assert main(["send", *more, *published_by, "--mail", f"folder:{tmp_path / 'mail'}"]) == 0
    for letter in (tmp_path / "mail").glob("*.eml"):
        body = email.message_from_bytes(letter.read_bytes(), policy=email.policy.default).get_content()
        for link in re.findall(r"/confirm/\S+", body):
            assert client.post(link, data={"_": ""}).status_code in (200, 400)
    assert main(["acted", withdrawn, "stopped", "--note", "Taken off the list", *told, *more, *published_by]) == 0
    assert main(["key", "add", "case system", *more]) == 0
    with psycopg.connect(plain(database)) as owner:
        (made,) = owner.execute("SELECT key_id FROM api_key").fetchone() or ("",)
    assert main(["key", "revoke", str(made), *more]) == 0
    words = tmp_path / "form.txt"
    words.write_text("I am happy to hear from the hub.")
    earlier = (
        "--notice",
        "family-hubs",
        "--decision",
        "service-news=given",
        "--channel",
        "post",
        "--earlier",
        str(words),
    )
    assert main(["record", *earlier, *told, *more, *published_by]) == 0
    assert main(["erase", "--email", "resident@example.org", "--by", "DPO", *more, *published_by]) == 0
    assert main(["purge", "--do", *more, *published_by]) == 0
    close_app(app)
    for statement in (
        "UPDATE event SET kind = 'refused'",
        "DELETE FROM node",
        "TRUNCATE event CASCADE",
        "DROP TRIGGER event_is_append_only ON event",
        "UPDATE api_key SET hash = ''",
        "DELETE FROM receipt",
        "CREATE TABLE mine (a int)",
    ):
        with psycopg.connect(plain(as_role)) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement)
    assert whole(database) > len(MANIFEST.versions)
    with psycopg.connect(plain(database), autocommit=True) as owner:
        owner.execute(f"DROP OWNED BY {role}; DROP ROLE {role}")


def test_a_dump_that_is_put_back_is_cleaned_again_and_goes_on_under_a_new_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As docs/backup.md says: dumped and restored as the owner, gone on with as the role that may only add."""
    owner, role, name = (f"{letter}{secrets.token_hex(4)}" for letter in "orn")
    with cluster().connect() as server:
        server.execute(f"CREATE ROLE {owner} LOGIN")
        server.execute(f"CREATE ROLE {role} LOGIN")
        server.execute(f"CREATE DATABASE {name} OWNER {owner}")
    as_owner, as_role = (cluster().url(name).replace("postgres@", f"{who}@") for who in (owner, role))
    assert main(["migrate", "--database", as_owner, "--grant", role]) == 0
    config = replace(published(tmp_path), database=as_role)
    app = create_app(config, FakeClock())
    client = app.test_client(use_cookies=False)
    before = client.post("/consent/family-hubs", data=form(V1, photos="given") | {"email": "a@example.org"}).location
    dump = tmp_path / "consents.dump"
    where = (f"--host={cluster().folder}", f"--username={owner}")
    run_postgresql("pg_dump", "--format=custom", f"--file={dump}", *where, name)
    after = client.post("/consent/family-hubs", data=form(V1, photos="given")).location
    lost = client.get(f"{after}/file").data
    close_app(app)
    more = ("--database", as_role, "--keys", str(config.keys_folder))
    published_by = ("--manifest", str(config.manifest))
    assert main(["erase", "--email", "a@example.org", "--by", "DPO", *more, *published_by]) == 0
    heads = [(config.keys_folder / name).read_text() for name in ("head.1", "head.2")]
    old_head, old_key = (
        max(heads, key=lambda text: int(text.split("\n")[1])),
        (config.keys_folder / "log.vkey").read_text(),
    )

    with cluster().connect() as server:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {name} OWNER {owner}")
    run_postgresql("pg_restore", "--exit-on-error", *where, f"--dbname={name}", str(dump))
    with pytest.raises(StartRefused, match="were signed"):
        create_app(config, FakeClock())
    capsys.readouterr()
    assert main(["restore", *more, *published_by]) == 0
    said = capsys.readouterr().out
    assert "3 signed events are not in it" in said and "1 erasures were done again" in said
    assert main(["verify", *more]) == 0
    app = create_app(config, FakeClock())
    client = app.test_client(use_cookies=False)
    assert client.get("/log/key").text != old_key
    cited = old_head.splitlines()
    assert cited[0] in client.get("/log/checkpoint").text and cited[2] in client.get("/log/checkpoint").text
    assert "were erased on" in client.get(before).text
    assert client.post("/consent/family-hubs", data=form(V1, photos="given")).status_code == 303
    close_app(app)
    (tmp_path / "lost.json").write_bytes(lost)
    (old,) = (config.keys_folder / "before").glob("*/log.vkey")
    assert main(["verify-receipt", str(tmp_path / "lost.json"), "--key", str(old)]) == 0
    with psycopg.connect(plain(as_role)) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("DELETE FROM event")
    with cluster().connect() as server:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")
        server.execute(f"DROP ROLE {owner}")
        server.execute(f"DROP ROLE {role}")


def test_every_table_has_its_rights_and_the_shipped_file_tells_them() -> None:
    assert set(RIGHTS) == set(METADATA.tables) | {"alembic_version"}
    shipped = (PROJECT / "deploy" / "postgresql.sql").read_text("utf-8")
    told = [line.removeprefix("-- ").removesuffix(";") for line in shipped.splitlines() if line.startswith("-- GRANT")]
    assert told == grants("consents")


def test_sqlite_has_no_roles(tmp_path: Path) -> None:
    assert main(["migrate", "--database", f"sqlite:///{tmp_path}/c.db", "--grant", "x"]) == 2
    assert main(["migrate", "--database", f"sqlite:///{tmp_path}/c.db"]) == 0


def test_a_commit_is_flushed_though_the_servers_default_is_not_to(database: str) -> None:
    with psycopg.connect(plain(database), autocommit=True) as owner:
        owner.execute(f"ALTER DATABASE {owner.info.dbname} SET synchronous_commit = off")
    engine = open_engine(database, 5)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SHOW synchronous_commit").scalar_one() == "on"
    engine.dispose()
