"""The database, on real SQLite files: what it keeps, what it refuses, and how it behaves when it cannot write."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.consent_fixtures import FakeClock
from widget.errors import Refusal, Unavailable
from widget.ledger.events import Act, Kind
from widget.ledger.receipt import Receipt
from widget.store.audit import faults
from widget.store.engine import durable_mode, open_engine, open_to_read, sqlite_module
from widget.store.group_commit import Store, reading_of
from widget.store.transaction import Writing

GIVEN = Act(Kind.GIVEN, "s", "family-hubs", 1, "en", "0" * 64, "news", channel="web", acting_for="self")
DRIVER = sqlite_module()  # one library in one process: two would not see each other's locks


class Counter:
    """Randomness that never says the same twice."""

    def __init__(self) -> None:
        self.number = 0
        self.lock = threading.Lock()

    def __call__(self, size: int) -> bytes:
        with self.lock:
            self.number += 1
            return hashlib.shake_128(self.number.to_bytes(8)).digest(size)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "consents.db"


@pytest.fixture
def store(file: Path) -> Iterator[Store]:
    made = Store(open_engine(f"sqlite:///{file}", 0.2), FakeClock(), Counter())
    made.make()
    yield made
    made.close()


def give(writing: Writing) -> int:
    return writing.append([GIVEN])[0].seq


def raw(file: Path, statement: str) -> None:
    """The means of somebody with the file and another program."""
    connection = DRIVER.connect(file)
    try:
        with connection:
            connection.execute(statement)
    finally:
        connection.close()


def audit(file: Path) -> list[str]:
    engine = open_to_read(f"sqlite:///{file}", 0.2)
    with reading_of(engine) as reading:
        found = faults(reading, None)[1]
    engine.dispose()
    return found


def test_events_are_numbered_from_one_without_gaps(store: Store) -> None:
    assert [store.write(give) for _ in range(5)] == [1, 2, 3, 4, 5]
    with store.reading() as reading:
        assert [event.seq for event in reading.events()] == [1, 2, 3, 4, 5]
        assert reading.size() == 5


def test_a_job_that_fails_leaves_nothing_and_disturbs_no_other(store: Store, file: Path) -> None:
    def fails(writing: Writing) -> None:
        give(writing)
        raise Refusal(409)

    store.write(give)
    with pytest.raises(Refusal):
        store.write(fails)
    assert store.write(give) == 2
    assert audit(file) == []


def test_jobs_of_many_threads_are_each_done_once(store: Store, file: Path) -> None:
    def odd_ones_fail(number: int) -> int | None:
        def job(writing: Writing) -> int:
            seq = give(writing)
            if number % 5 == 0:
                raise Refusal(400)
            return seq

        try:
            return store.write(job)
        except Refusal:
            return None

    with ThreadPoolExecutor(16) as pool:
        results = list(pool.map(odd_ones_fail, range(500)))
    kept = [seq for seq in results if seq is not None]
    assert sorted(kept) == list(range(1, 401))
    assert audit(file) == []


def test_a_second_process_may_write_in_between(store: Store, file: Path) -> None:
    other = Store(open_engine(f"sqlite:///{file}", 5), FakeClock(), lambda size: b"\xff" * size)
    store.write(give)
    other.write(give)
    assert store.write(give) == 3
    other.close()
    assert audit(file) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET kind = 'refused'",
        "UPDATE OR REPLACE event SET seq = 2 WHERE seq = 1",
        "DELETE FROM event WHERE seq = 2",
        "INSERT OR REPLACE INTO event SELECT * FROM event WHERE seq = 1",
        "REPLACE INTO event (seq, v, event_id, kind, happened, at) SELECT 3, 1, event_id, 'given', '', '' FROM event",
        "INSERT INTO event (seq, v, event_id, kind, happened, at) VALUES (9, 1, 'x', 'given', '', '')",
        "UPDATE node SET hash = x'00'",
        "DELETE FROM node",
        "INSERT OR REPLACE INTO node SELECT * FROM node",
    ],
)
def test_the_database_itself_refuses_to_change_the_ledger(store: Store, file: Path, statement: str) -> None:
    store.write(lambda writing: writing.append([GIVEN, GIVEN]))
    with pytest.raises(DRIVER.IntegrityError):
        raw(file, statement)
    assert audit(file) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET kind = 'refused' WHERE seq = 2",
        "UPDATE event SET kind = 'nonsense' WHERE seq = 2",
        "UPDATE event SET version = 1.5 WHERE seq = 2",
        "UPDATE event SET at = '2020-01-01T00:00:00.000Z' WHERE seq = 3",
        "DELETE FROM event WHERE seq = 2",
        "DELETE FROM event WHERE seq = 3",
        "DELETE FROM node WHERE position = 3",
        "UPDATE node SET hash = zeroblob(32) WHERE position = 0",
    ],
)
def test_a_change_behind_the_rules_is_found(store: Store, file: Path, statement: str) -> None:
    store.write(lambda writing: writing.append([GIVEN] * 3))
    for rule in ("event_is_not_updated", "event_is_not_deleted", "node_is_not_updated", "node_is_not_deleted"):
        raw(file, f"DROP TRIGGER {rule}")
    raw(file, statement)
    assert audit(file) != []


def test_a_locked_database_is_unavailable_and_then_well_again(store: Store, file: Path) -> None:
    blocker = DRIVER.connect(file, isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    with pytest.raises(Unavailable):
        store.write(give)
    with pytest.raises(Unavailable):
        store.check_writable()
    blocker.execute("ROLLBACK")
    blocker.close()
    store.check_writable()
    assert store.write(give) == 1


def test_a_full_database_is_unavailable_and_then_well_again(store: Store, file: Path) -> None:
    with store._engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(Unavailable):
        store.write(lambda writing: writing.append([GIVEN] * 500))
    assert store.write(give) == 1
    assert audit(file) == []


def test_asking_whether_it_can_write_writes_nothing(store: Store) -> None:
    store.write(give)
    store.check_writable()
    with store.reading() as reading:
        assert reading.size() == 1


def test_a_reading_sees_one_state_whatever_is_written_meanwhile(store: Store) -> None:
    if durable_mode(DRIVER.sqlite_version_info)[0] != "WAL":
        pytest.skip("without WAL a reader keeps the writer waiting instead")
    store.write(give)
    with store.reading() as reading:
        assert reading.size() == 1
        store.write(give)
        assert reading.size() == 1


def test_receipts_are_found_again(store: Store) -> None:
    def job(writing: Writing) -> Receipt:
        return writing.add_receipt("s", "family-hubs")

    made = store.write(job)
    with store.reading() as reading:
        assert reading.receipt(made.receipt_id) == made == reading.receipt_about("s", "family-hubs")
        assert reading.receipt(b"nothing") is None


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 40, 1), ("DELETE", "EXTRA")),
        ((3, 44, 5), ("DELETE", "EXTRA")),
        ((3, 44, 6), ("WAL", "FULL")),
        ((3, 45, 0), ("DELETE", "EXTRA")),
        ((3, 50, 6), ("DELETE", "EXTRA")),
        ((3, 50, 7), ("WAL", "FULL")),
        ((3, 51, 2), ("DELETE", "EXTRA")),
        ((3, 51, 3), ("WAL", "FULL")),
        ((3, 53, 0), ("WAL", "FULL")),
    ],
)
def test_the_journal_mode_follows_from_the_version(version: tuple[int, ...], mode: tuple[str, str]) -> None:
    assert durable_mode(version) == mode


def test_a_connection_is_in_the_mode_that_was_chosen(store: Store) -> None:
    journal, synchronous = durable_mode(DRIVER.sqlite_version_info)
    with store._engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == journal.lower()
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == {"FULL": 2, "EXTRA": 3}[synchronous]


def test_looking_at_a_database_that_is_not_there_makes_none(tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        open_to_read(f"sqlite:///{tmp_path}/nothing.db", 1)
    assert list(tmp_path.iterdir()) == []
