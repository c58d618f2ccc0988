"""Faults of the disk, the power, the clock and other processes under the ledger: nothing that was confirmed is lost.

Each runs in a short form here; `make faults` runs the long one.
"""

from __future__ import annotations

import json
import os
import random
import re
import resource
import secrets
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from tests import strace
from tests.consent_fixtures import FakeClock, answer, published
from tests.databases import Cluster, locked
from tests.endpoint import served
from tests.site_fixtures import PROJECT
from widget.app import close_app, create_app
from widget.cli import main
from widget.config import Config
from widget.errors import StartRefused, Unavailable
from widget.ledger.checkpoint import BadCheckpoint, Verifier, verify_tlog_proof
from widget.ledger.events import Act, Kind
from widget.ledger.merkle import Tree, leaf_hash, stored_nodes
from widget.store.audit import faults
from widget.store.engine import open_engine, open_to_read, sqlite_module
from widget.store.group_commit import Store, reading_of
from widget.store.transaction import Writing

LONG = os.environ.get("FAULTS") == "long"
GIVEN = Act(Kind.GIVEN, "s", "family-hubs", 1, "en", "0" * 64, "news", channel="web", acting_for="self")
RANDOM = random.Random(20261124)  # noqa: S311 (a test that can be repeated)


def make_store(database: str, clock: object = None) -> Store:
    store = Store(open_engine(database, 2), clock or (lambda: datetime.now(UTC)), secrets.token_bytes)  # type: ignore[arg-type]
    store.make()
    return store


def give(writing: Writing) -> str:
    return writing.append([GIVEN])[0].event_id


def kept_in(database: str) -> set[str]:
    """The ids of all events of a ledger, which must be whole."""
    engine = open_to_read(database, 5)
    with reading_of(engine) as reading:
        assert faults(reading, None)[1] == []
        ids = {event.event_id for event in reading.events()}
    engine.dispose()
    return ids


@pytest.fixture
def database(tmp_path: Path) -> str:
    """An empty ledger in an SQLite file."""
    url = f"sqlite:///{tmp_path}/consents.db"
    make_store(url).close()
    return url


def record(
    database: str, count: int, *mode: str, before: tuple[str, ...] = (), **more: object
) -> subprocess.CompletedProcess[str]:
    command = [*before, sys.executable, "-m", "tests.recorder", database, str(count), *mode]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=120, **more)  # type: ignore[call-overload,no-any-return]


def answers(done: subprocess.CompletedProcess[str]) -> list[str]:
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return re.findall(r"^answer (\S+)$", done.stdout, re.M)


# The process ends.


@pytest.mark.postgresql
def test_nothing_confirmed_is_lost_when_the_server_is_killed(each_database: str, tmp_path: Path) -> None:
    rounds, each = (200, 500) if LONG else (2, 60)
    config = published(tmp_path)
    confirmed: set[str] = set()
    for number in range(rounds):
        confirmed |= _until_killed(config, each)
        if not LONG or number % 20 == 0:
            assert confirmed <= kept_in(config.database)
    kept = kept_in(config.database)
    assert confirmed <= kept
    assert len(confirmed) >= rounds * each
    assert main(["verify", "--database", config.database, "--keys", str(config.keys_folder)]) == 0
    print(f"{rounds} rounds, {len(confirmed)} confirmed events, {len(kept)} kept, none lost")


def _until_killed(config: Config, enough: int) -> set[str]:
    """The answers to eight clients before the server and its workers were killed."""
    told: list[str] = []
    there = threading.Event()

    def client(address: str) -> None:
        body = json.dumps(answer(service_news="given", photos="refused")).encode()
        with closing(HTTPConnection(address.partition("://")[2], timeout=20)) as connection:
            try:
                for _ in range(10 * enough):
                    connection.request("POST", "/api/consents", body, {"Content-Type": "application/json"})
                    with connection.getresponse() as response:
                        told.extend(event["event_id"] for event in json.load(response).get("events", ()))
                    if len(told) >= enough:
                        there.set()
            except (OSError, HTTPException, ValueError):  # the server died before its answer was whole
                return

    with served(config) as (address, process), ThreadPoolExecutor(8) as clients:
        running = [clients.submit(client, address) for _ in range(8)]
        assert there.wait(120)
        os.killpg(process.pid, signal.SIGKILL)
        for one in running:
            one.result()
    return set(told)


@pytest.mark.postgresql
def test_requests_under_way_are_answered_when_the_server_is_told_to_stop(each_database: str, tmp_path: Path) -> None:
    config = published(tmp_path)
    body = json.dumps(answer(service_news="given")).encode()

    def ask(address: str) -> int:
        request = urllib.request.Request(  # noqa: S310 (this machine)
            f"{address}/api/consents", body, {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=20) as response:  # noqa: S310
            return int(response.status)

    with served(config) as (address, process), ThreadPoolExecutor(4) as clients:
        with locked(config.database):
            asked = [clients.submit(ask, address) for _ in range(4)]
            time.sleep(1)  # they are under way now, and wait for the lock
            process.terminate()
            time.sleep(0.5)
        assert [one.result() for one in asked] == [201] * 4
        assert process.wait(30) in (0, -signal.SIGTERM)


def test_a_server_with_a_long_poll_open_ends_soon_after_it_is_told_to(tmp_path: Path, capfd: Any) -> None:
    config = published(tmp_path)
    close_app(create_app(config, FakeClock()))
    assert main(["key", "add", "feed", "--database", config.database]) == 0
    key = capfd.readouterr().out.strip()

    def wait(address: str) -> dict[str, Any]:
        request = urllib.request.Request(  # noqa: S310 (this machine)
            f"{address}/api/events?after=1000&wait=30", headers={"Authorization": f"Bearer {key}"}
        )
        with urllib.request.urlopen(request, timeout=60) as response:  # noqa: S310
            return dict(json.load(response))

    with served(config) as (address, process), ThreadPoolExecutor(1) as clients:
        waiting = clients.submit(wait, address)
        time.sleep(1)  # it waits now
        process.terminate()
        assert process.wait(20) in (0, -signal.SIGTERM)  # a poll alone takes 30 seconds
        assert waiting.result() == {"events": [], "next": 1000}


# The power fails.


def statements(database: str, writes: int) -> list[list[tuple[str, Any]]]:
    """The statements of the store to SQLite: the first list makes the tables, each other one records an event."""
    said: list[tuple[str, Any]] = []
    engine = open_engine(database, 1)

    class Told(sqlite_module().Connection):  # type: ignore[name-defined,misc]
        """A connection that notes what its cursors are given, by SQLAlchemy or by the store itself."""

        def cursor(self, *_factory: object) -> Any:
            return super().cursor(ToldCursor)

        def execute(self, *setting: Any) -> Any:
            return super().cursor().execute(*setting)  # the mode is what the tests themselves set

    class ToldCursor(sqlite_module().Cursor):  # type: ignore[name-defined,misc]
        def execute(self, statement: str, values: Any = ()) -> Any:
            said.append((statement, values))
            return super().execute(statement, values)

    event.listen(engine, "do_connect", lambda _dialect, _record, _place, how: how.update(factory=Told))
    event.listen(engine, "commit", lambda connection: said.append(("COMMIT", ())))
    event.listen(engine, "rollback", lambda connection: said.append(("ROLLBACK", ())))
    store = Store(engine, FakeClock(), secrets.token_bytes)
    store.make()
    parts = [said.copy()]
    for _ in range(writes):
        said.clear()
        store.write(give)
        parts.append(said.copy())
    store.close()
    return parts


def lost_to_power(folder: Path, journal: str, synchronous: str, writes: int) -> int:
    """After how many of the commits a loss of power takes away a confirmed event."""
    apsw = pytest.importorskip("apsw", reason="apsw is not installed: no disk that forgets")
    from tests.power import Disk

    making, *recording = statements(f"sqlite:///{folder}/model.db", writes)
    (folder / "disk").mkdir()
    disk = Disk(f"forgets-{journal}-{synchronous}", folder / "disk")
    connection = apsw.Connection(str(folder / "disk" / "consents.db"), vfs=disk.name)
    if journal == "WAL":
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")  # this disk shares no memory
    connection.execute(f"PRAGMA journal_mode = {journal}")
    connection.execute(f"PRAGMA synchronous = {synchronous}")
    for statement, values in making:
        connection.execute(statement, values)
    lost = 0
    for number, act in enumerate(recording, 1):
        for statement, values in act:
            connection.execute(statement, values)
        after = folder / f"after-{number}"
        disk.after_power_failure(after)
        rest = apsw.Connection(str(after / "consents.db"))
        try:
            count = rest.execute("SELECT count(*) FROM event").fetchone()[0]
        except apsw.SQLError:
            count = 0
        lost += count < number
        rest.close()
        shutil.rmtree(after)
    connection.close()
    return lost


@pytest.mark.parametrize(
    ("journal", "synchronous", "safe"),
    [("WAL", "FULL", True), ("DELETE", "EXTRA", True), ("WAL", "NORMAL", False), ("DELETE", "FULL", False)],
)
def test_a_loss_of_power_takes_no_confirmed_event(tmp_path: Path, journal: str, synchronous: str, safe: bool) -> None:
    writes = 300 if LONG else 20
    lost = lost_to_power(tmp_path, journal, synchronous, writes)
    print(f"{journal} {synchronous}: lost after {lost} of {writes} commits")
    assert (lost == 0) is safe


@pytest.mark.parametrize(("mode", "safe"), [((), True), (("WAL", "NORMAL"), False)])
def test_the_flush_comes_before_the_answer(database: str, tmp_path: Path, mode: tuple[str, ...], safe: bool) -> None:
    strace.required()
    count = 100 if LONG else 10
    log = tmp_path / "calls"
    calls = (*strace.command(), "-y", "-e", "trace=fdatasync,fsync,write", "-s", "40", "-o", str(log))
    assert len(answers(record(database, count, *mode, before=calls))) == count
    flushed, first = False, 0
    for line in log.read_text().splitlines():
        if re.search(r"f(data)?sync\(.*consents\.db", line):
            flushed = True
        elif re.search(r"write\(1.*answer ", line):
            first += flushed
            flushed = False
    print(f"{mode or 'as chosen'}: flushed before {first} of {count} answers")
    assert (first == count) is safe


# The disk fails.


@pytest.mark.parametrize("error", ["EIO", "ENOSPC"])
@pytest.mark.parametrize("call", ["pwrite64", "fdatasync", "fsync", "ftruncate", "openat", "unlink"])
def test_a_disk_that_fails_at_any_call_leads_to_no_false_word(
    database: str, tmp_path: Path, call: str, error: str
) -> None:
    strace.required()
    file, log = Path(database.removeprefix("sqlite:///")), tmp_path / "calls"
    places = range(1, 25) if LONG else (1, 2, 5)
    paths = [part for ending in ("", "-wal", "-shm", "-journal") for part in ("-P", f"{file}{ending}")]
    once_or_for_ever = "" if error == "EIO" else "+"  # a sector that cannot be written, a disk that stays full
    confirmed: set[str] = set()
    injected = 0
    for place in places:
        for forever in ("", "+") if LONG else (once_or_for_ever,):
            inject = f"inject={call}:error={error}:when={place}{forever}"
            calls = (*strace.command(), *paths, "-e", f"trace={call}", "-e", inject, "-o", str(log))
            told = answers(record(database, 4, before=calls))
            assert len(told) == 4
            confirmed |= set(told) - {"unavailable"}
            assert confirmed <= kept_in(database)
            injected += (met := log.read_text().count("(INJECTED)"))
        if not met:  # there are not so many calls
            break
    print(f"{call} {error}: {injected} calls failed, {len(confirmed)} events confirmed, all there")
    store = make_store(database)
    assert store.write(give)
    store.close()


def test_a_file_that_may_not_grow_is_unavailable_and_then_well_again(database: str) -> None:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))

    told = answers(record(database, 200, preexec_fn=limit))
    confirmed = set(told) - {"unavailable"}
    assert confirmed and "unavailable" in told
    assert confirmed <= kept_in(database)
    assert "unavailable" not in answers(record(database, 2))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 600 kB."""
    place = tmp_path / "small"
    place.mkdir()
    if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=600k", "none", str(place)]).returncode:
        pytest.skip("a small file system can only be mounted as root")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def test_a_full_disk_is_unavailable_and_then_well_again(small_disk: Path) -> None:
    database = f"sqlite:///{small_disk}/consents.db"
    make_store(database).close()
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(200_000))
    told = answers(record(database, 1000))
    confirmed = set(told) - {"unavailable"}
    assert confirmed and told[-1] == "unavailable"
    ballast.unlink()
    assert "unavailable" not in answers(record(database, 2))
    assert confirmed <= kept_in(database)


def test_a_disk_that_became_read_only_is_unavailable_and_then_well_again(small_disk: Path) -> None:
    store = make_store(f"sqlite:///{small_disk}/consents.db")
    confirmed = store.write(give)
    store.close()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    assert answers(record(f"sqlite:///{small_disk}/consents.db", 2)) == ["unavailable"] * 2
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    assert "unavailable" not in answers(record(f"sqlite:///{small_disk}/consents.db", 2))
    assert confirmed in kept_in(f"sqlite:///{small_disk}/consents.db")


def test_a_keys_folder_that_became_read_only_makes_it_not_ready_and_nothing_is_confirmed(
    small_disk: Path, tmp_path: Path
) -> None:
    config = replace(published(tmp_path), keys=small_disk / "keys")
    app = create_app(config, FakeClock())
    client = app.test_client()
    sent = answer(service_news="given")
    assert client.post("/api/consents", json=sent).status_code == 201
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    told = [client.post("/api/consents", json=sent).status_code, client.get("/readyz").status_code]
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    assert told == [503, 503]
    (small_disk / "ballast").write_bytes(b"")
    with suppress(OSError), (small_disk / "ballast").open("wb") as ballast:
        while True:
            ballast.write(bytes(4096))
    # a full disk is no hindrance: both files of the head are there, and are written in place
    assert client.get("/readyz").status_code == 200
    assert client.post("/api/consents", json=sent).status_code == 201
    close_app(app)


# The database server fails.


def test_postgresql_stopped_hard_under_load_loses_nothing_and_comes_back() -> None:
    own = Cluster(on_disk=True)
    database = own.make("hard")
    store = make_store(database)
    confirmed: list[str] = []
    over = threading.Event()

    def client() -> None:
        while not over.is_set():
            try:
                confirmed.append(store.write(give))
            except Unavailable:
                time.sleep(0.02)

    clients = [threading.Thread(target=client) for _ in range(8)]
    for one in clients:
        one.start()
    for _ in range(5 if LONG else 1):
        time.sleep(1)
        own.stop_hard()
        before = len(confirmed)
        own.start()
        began = time.monotonic()
        while len(confirmed) == before and time.monotonic() - began < 30:
            time.sleep(0.02)
        assert len(confirmed) > before
        print(f"back {time.monotonic() - began:.2f} s after PostgreSQL")
    over.set()
    for one in clients:
        one.join()
    store.close()
    assert set(confirmed) <= kept_in(database)
    own.server.cleanup()


# The clock jumps.


def test_events_keep_their_order_when_the_clock_jumps(tmp_path: Path) -> None:
    clock = FakeClock()
    database = f"sqlite:///{tmp_path}/consents.db"
    store = make_store(database, clock)
    ids = []
    for hours in (0, -2, 48, -9000, 1):
        clock.move(hours=hours)
        ids.append(store.write(give))
    with store.reading() as reading:
        assert [event.event_id for event in reading.events()] == ids
    store.close()
    assert kept_in(database) == set(ids)


@pytest.mark.postgresql
def test_a_receipt_is_good_whatever_the_clock_says(tmp_path: Path, each_database: str) -> None:
    clock = FakeClock()
    app = create_app(published(tmp_path), clock)
    client = app.test_client()
    receipt = client.post("/api/consents", json=answer(service_news="given")).json or {}
    clock.move(hours=-3)
    withdrawn = client.post(
        f"/api/receipts/{receipt['reference']}/withdrawals",
        json={"consents": ["service-news"]},
        headers={"Authorization": f"Bearer {receipt['token']}"},
    )
    assert withdrawn.status_code == 201
    assert (withdrawn.json or {})["state"] == {"service-news": "withdrawn"}
    close_app(app)


# Somebody forges.


def test_no_flipped_bit_of_a_receipt_is_accepted(tmp_path: Path) -> None:
    app = create_app(published(tmp_path), FakeClock())
    client = app.test_client()
    for _ in range(5):
        receipt = client.post("/api/consents", json=answer(service_news="given")).json or {}
    verifier = Verifier.parse(client.get("/log/key").text)
    close_app(app)
    leaf, proof = receipt["leaves"][0].encode(), receipt["proof"][0].encode()
    verify_tlog_proof(leaf_hash(leaf), proof.decode(), verifier)
    for _ in range(10_000 if LONG else 1_000):
        both = bytearray(leaf + proof)
        both[RANDOM.randrange(len(both))] ^= 1 << RANDOM.randrange(8)
        with pytest.raises((BadCheckpoint, UnicodeDecodeError)):
            verify_tlog_proof(leaf_hash(bytes(both[: len(leaf)])), both[len(leaf) :].decode(), verifier)


def edited(file: Path) -> None:
    _behind_the_rules(file, "UPDATE event SET kind = 'refused' WHERE seq = 6")


def recomputed(file: Path) -> None:
    """A row is edited and the whole tree made anew: nothing in the database tells."""
    edited(file)
    engine = open_to_read(f"sqlite:///{file}", 1)
    tree = Tree()
    nodes: list[tuple[int, bytes]] = []
    with reading_of(engine) as reading:
        for entry in reading.events():
            first = stored_nodes(tree.size)
            tree, completed = tree.append(leaf_hash(entry.leaf()))
            nodes += enumerate(completed, first)
        engine.dispose()
    connection = sqlite_module().connect(str(file))
    with connection:
        connection.execute("DELETE FROM node")
        connection.executemany("INSERT INTO node VALUES (?, ?)", nodes)
    connection.close()
    assert kept_in(f"sqlite:///{file}")


def cut(file: Path) -> None:
    _behind_the_rules(
        file,
        "DELETE FROM event WHERE seq > 6",
        "DELETE FROM node WHERE position >= 10",  # stored_nodes(6)
    )


def restored(file: Path) -> None:
    shutil.copy(file.parent / "backup.db", file)
    for ending in ("-wal", "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)


def _behind_the_rules(file: Path, *statements: str) -> None:
    connection = sqlite_module().connect(str(file))
    rules = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
    with connection:
        for rule in rules:
            connection.execute(f"DROP TRIGGER {rule}")
        for statement in statements:
            connection.execute(statement)
    connection.close()


@pytest.mark.parametrize("tamper", [edited, recomputed, cut, restored])
def test_each_way_to_tamper_is_found(tmp_path: Path, tamper: object, capsys: pytest.CaptureFixture[str]) -> None:
    config = published(tmp_path)
    file = tmp_path / "consents.db"
    for turn in range(2):
        app = create_app(config, FakeClock())
        for _ in range(3):
            assert app.test_client().post("/api/consents", json=answer(service_news="given")).status_code == 201
        close_app(app)
        if turn == 0:
            connection = sqlite_module().connect(str(file))
            connection.execute(f"VACUUM INTO '{tmp_path / 'backup.db'}'")
            connection.close()
    verifying = ["verify", "--database", config.database, "--keys", str(config.keys_folder)]
    assert main(verifying) == 0
    tamper(file)  # type: ignore[operator]
    assert main(verifying) == 1
    assert capsys.readouterr().out
    if tamper is not edited:  # an edited row alone is for `verify`: start-up reads heads, not every row
        with pytest.raises(StartRefused):
            create_app(config, FakeClock())
