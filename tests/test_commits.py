"""Acts that share a commit: each is kept or refused for itself, and all are proved by one signed head."""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pymerkle
import pytest
from sqlalchemy import event

from tests.consent_fixtures import MANIFEST, V2
from tests.databases import CHOSEN
from widget.consent.input import Answer
from widget.consent.recording import Once, Recorded, record_answer
from widget.errors import Refusal, Unavailable
from widget.ledger.checkpoint import verify_tlog_proof
from widget.ledger.events import Act, Decision, Kind
from widget.ledger.head_keeper import HeadKeeper
from widget.ledger.key_folder import make, read
from widget.ledger.merkle import leaf_hash
from widget.ledger.proofs import evidence
from widget.ledger.receipt import Receipt
from widget.people.details import Details, Sealing
from widget.store.audit import faults
from widget.store.engine import open_engine
from widget.store.group_commit import Commit, Store
from widget.store.schema import RECEIPT
from widget.store.transaction import Writing

GIVEN = Act(Kind.GIVEN, "s", "family-hubs", 1, "en", "0" * 64, "news", channel="web", acting_for="self")
SEALING = Sealing(b"k" * 32, b"p" * 32)
SAME = Receipt(b"r" * 16, "222-222-222", "somebody", "family-hubs", "2026-11-22T09:30:00.000Z")
Job = Callable[[Writing], object]


@pytest.fixture
def store(tmp_path: Path, each_database: str) -> Iterator[Store]:
    made = Store(open_engine(CHOSEN.url(tmp_path), 5), lambda: datetime.now(UTC), secrets.token_bytes)
    made.make()
    yield made
    made.close()


def give(writing: Writing) -> str:
    return writing.append([GIVEN])[0].event_id


def answered(key: str, decision: Decision = Decision.GIVEN, email: str | None = None) -> Callable[[Writing], Recorded]:
    """An answer as the API records it, under an idempotency key."""
    sent = Answer(V2, {"photos": decision}, said=Details(email))
    once = Once.of("api", key, decision.encode())
    return lambda writing: record_answer(writing, sent, MANIFEST, SEALING, once)


def refused(writing: Writing) -> None:
    give(writing)
    raise Refusal(409)


def asks_and_is_refused(writing: Writing) -> None:
    """The database is asked first, so that the act has rows in it to be taken back."""
    give(writing)
    writing.size()
    refused(writing)


def same_receipt(writing: Writing) -> None:
    """A row that the database takes once."""
    writing._add(RECEIPT, vars(SAME))


def together(store: Store, jobs: Sequence[Job]) -> list[Commit[object] | Exception]:
    """The results of jobs that wait for one writer, and so share its next commit."""
    begun, go = threading.Event(), threading.Event()

    def busy(_writing: Writing) -> None:
        begun.set()
        assert go.wait(60)

    def done(job: Job) -> Commit[object] | Exception:
        try:
            return store.commit(job)
        except (Refusal, Unavailable, *store._failures.every) as error:
            return error

    with ThreadPoolExecutor(len(jobs) + 1) as pool:
        first = pool.submit(store.write, busy)
        assert begun.wait(60)
        running = []
        for number, job in enumerate(jobs, 1):
            running.append(pool.submit(done, job))
            while len(store._waiting) < number:  # so that they keep their order
                time.sleep(0.001)
        go.set()
        first.result()
        return [one.result() for one in running]


def kept(store: Store) -> list[str]:
    """The ids in the ledger, which must be whole."""
    with store.reading() as reading:
        assert faults(reading, None)[1] == []
        return [event.event_id for event in reading.events()]


def commits(store: Store) -> list[int]:
    """Grows by one with each commit."""
    counted: list[int] = []
    event.listen(store._engine, "commit", lambda _connection: counted.append(1))
    return counted


@pytest.mark.postgresql
def test_acts_that_wait_share_one_commit_and_one_tree(store: Store) -> None:
    counted = commits(store)
    done = together(store, [give] * 20)
    assert len(counted) == 2  # the busy one's, and theirs
    assert {commit.tree.size for commit in done} == {20}
    assert [commit.result for commit in done] == kept(store)


@pytest.mark.postgresql
@pytest.mark.parametrize("bad", [refused, asks_and_is_refused])
def test_one_refused_act_leaves_the_others_of_its_commit_as_they_were(store: Store, bad: Job) -> None:
    done = together(store, [give, bad, give, bad, answered("k1"), bad, give])
    assert [isinstance(one, Refusal) for one in done] == [False, True, False, True, False, True, False]
    assert len(kept(store)) == 4


@pytest.mark.postgresql
def test_a_row_that_the_database_refuses_costs_its_own_act_alone(store: Store) -> None:
    done = together(store, [give, same_receipt, give, same_receipt, answered("k2"), give])
    assert [isinstance(one, Exception) for one in done] == [False, False, False, True, False, False]
    assert isinstance(done[3], store._failures.refused)
    assert len(kept(store)) == 4
    assert store.write(give) == kept(store)[-1]


@pytest.mark.postgresql
def test_one_idempotency_key_is_one_act_inside_a_commit_too(store: Store) -> None:
    other = answered("same key", Decision.REFUSED)
    done = together(store, [answered("same key"), answered("same key"), other, answered("another key")])
    first, again, clash, another = done
    assert isinstance(clash, Refusal)
    assert clash.status == 422
    assert (first.result.new, again.result.new, another.result.new) == (True, False, True)
    assert again.result.receipt == first.result.receipt != another.result.receipt
    assert len(kept(store)) == 2


@pytest.mark.postgresql
def test_fifty_at_once_with_five_keys_are_five_acts(store: Store) -> None:
    with ThreadPoolExecutor(50) as pool:
        done = list(pool.map(lambda number: store.write(answered(f"key {number % 5}")), range(50)))
    assert len({one.receipt.receipt_id for one in done}) == 5
    assert sum(one.new for one in done) == 5
    assert len(kept(store)) == 5


@pytest.mark.postgresql
def test_every_act_of_a_commit_is_proved_by_the_same_signed_head(store: Store, tmp_path: Path) -> None:
    make(tmp_path / "keys", "https://privacy.example.org", secrets.token_bytes)
    keys = read(tmp_path / "keys")
    store.sign_with(HeadKeeper(keys))
    for _ in range(3):
        store.write(give)
    jobs = [answered(f"key {number}", email="resident@example.org") for number in range(13)]
    done = together(store, jobs)
    heads = set()
    for commit in done:
        proved = evidence(commit.checkpoint, commit.tree.size, commit.nodes, commit.result.events, commit.leaves)
        (leaf,), (proof,) = proved.leaves, proved.proofs
        heads.add(verify_tlog_proof(leaf_hash(leaf.encode()), proof, keys.verifier))
    (head,) = heads
    oracle = pymerkle.InmemoryTree(algorithm="sha256")
    with store.reading() as reading:
        for entry in reading.events():
            oracle.append_entry(entry.leaf())
    assert (head.size, head.root) == (16, oracle.get_root())


@pytest.mark.postgresql
def test_ids_of_events_are_uuids_that_begin_with_their_time(store: Store) -> None:
    before = time.time_ns() // 1_000_000
    ids = [str(commit.result) for commit in together(store, [give] * 8)]
    assert len(set(ids)) == 8
    for text in ids:
        assert (text[14], text[19] in "89ab") == ("7", True)
        assert before <= int(text.replace("-", "")[:12], 16) <= time.time_ns() // 1_000_000


@pytest.mark.postgresql
@pytest.mark.parametrize("rows", [1, 2, 3, 32, 33, 63, 64, 65, 200])
def test_any_number_of_rows_is_inserted_in_order(store: Store, rows: int) -> None:
    assert [event.event_id for event in store.write(lambda writing: writing.append([GIVEN] * rows))] == kept(store)


@pytest.mark.postgresql
def test_what_is_written_is_read_back_to_the_letter(store: Store) -> None:
    odd = 'd\u0027"\\ \u00e9 \u20ac \U0001f600 %s ? $1 {} \t\n'
    act = Act(Kind.GIVEN, odd, odd, 2**31 - 1, "en", hashlib.sha256(b"").hexdigest(), odd)
    written = store.write(lambda writing: writing.append([act]))
    with store.reading() as reading:
        assert tuple(reading.events()) == written
