"""Recording a consent over HTTP, beside what Flask does with one row a commit, in turns on one server and one disk.

    python -m benchmarks.consent [--seconds 2] [--rounds 1] [--clients 16] [--postgresql] [--scale 20000]

Everything is on this machine's loopback and bounded in time. Ratios count: absolute figures are the machine's. The
processor time of the server for each request is told too: other work on the machine disturbs it least.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import psutil

from benchmarks.load import Load, post, run
from tests.consent_fixtures import answer, published
from tests.databases import cluster
from tests.serving import free_port
from tests.site_fixtures import PROJECT
from widget.consent import on_file
from widget.ledger import key_folder
from widget.ledger.events import Act, Kind
from widget.ledger.head_keeper import HeadKeeper
from widget.ledger.merkle import inclusion_path
from widget.people.details import Details, Sealing
from widget.store.engine import open_engine
from widget.store.group_commit import Store
from widget.store.transaction import Writing

OURS = "Noticeboard: event, tree, receipt, signed proof"
MAILED = "Noticeboard: the same with sealed details and the outbox"


@dataclass
class Contender:
    """A way to record, and what its rounds gave."""

    name: str
    app: str | None
    database: str
    email: bool = False
    loads: list[Load] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return statistics.median(load.rate for load in self.loads)


@contextmanager
def server(contender: Contender, folder: Path, threads: int) -> Iterator[tuple[int, psutil.Process]]:
    """The contender's server, of one worker process; its port."""
    port = free_port()
    environment = os.environ | {"DATABASE_URL": contender.database, "CONSENTS_RATELIMIT": "off"}
    if contender.app is None:
        config = published(folder)
        command = ["widget.cli", "serve", "--manifest", str(config.manifest), "--keys", str(folder / "keys")]
        command += ["--database", contender.database, "--port", str(port), "--threads", str(threads)]
    else:
        command = ["benchmarks.baselines", contender.app, str(port), str(threads)]
    process = subprocess.Popen(  # noqa: S603 (the project's own commands)
        [sys.executable, "-m", *command], cwd=PROJECT, env=environment, stderr=(folder / "log").open("w")
    )
    try:
        for _ in range(600):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield port, psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(30)


def used(process: psutil.Process) -> float:
    """Processor seconds of a process and its children."""
    return sum(sum(one.cpu_times()[:2]) for one in (process, *process.children(recursive=True)))


def measure(contender: Contender, clients: int, seconds: float) -> None:
    """One round."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as name, server(contender, Path(name), 16) as (port, process):
        sent = answer(photos="given") | ({"email": "resident@example.org"} if contender.email else {})
        request = post("/api/consents", json.dumps(sent).encode(), port)
        run(port, clients, 0.5, lambda number: request)
        before = used(process)
        load = run(port, clients, seconds, lambda number: request)
        contender.loads.append(load)
        contender.processor.append((used(process) - before) / max(1, len(load.latencies)))


def compare(contenders: list[Contender], clients: int, seconds: float, rounds: int, fresh: Callable[[], str]) -> None:
    """All of them in turns, so that whatever else the machine does meets each alike; then a table."""
    for _ in range(rounds):
        for contender in contenders:
            contender.database = fresh()
            measure(contender, clients, seconds)
    base = contenders[1].rate
    print(f"| {clients} clients | requests/s | of SQLAlchemy's | p50 ms | p99 ms | processor µs | errors |")
    print("|---|---|---|---|---|---|---|")
    for contender in contenders:
        middle, last = (statistics.median(load.quantile(part) for load in contender.loads) for part in (0.5, 0.99))
        errors = sum(len(load.errors) for load in contender.loads)
        print(
            f"| {contender.name} | {contender.rate:,.0f} | {contender.rate / base:.2f} | {middle * 1000:.1f} "
            f"| {last * 1000:.1f} | {statistics.median(contender.processor) * 1e6:,.0f} | {errors} |",
            flush=True,
        )


def scale(most: int) -> None:
    """The cost of an append and of a proof at the beginning and at the end of a long ledger, in one process."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as name:
        engine = open_engine(f"sqlite:///{name}/consents.db", 5)
        store = Store(engine, lambda: datetime.now(UTC), secrets.token_bytes)
        store.make()
        key_folder.make(Path(name) / "keys", "https://privacy.example.org", secrets.token_bytes)
        store.sign_with(HeadKeeper(key_folder.read(Path(name) / "keys")))
        acts = [Act(Kind.GIVEN, secrets.token_hex(16), "family-hubs", 1, "en", "0" * 64, "news") for _ in range(1000)]
        costs: dict[int, tuple[float, float]] = {}
        for size in range(1000, most + 1, 1000):
            store.write(lambda writing: writing.append(acts))
            if size in (1000, most):
                costs[size] = (_append(store), _proof(store))
        store.close()
    for size, (append, proof) in costs.items():
        print(f"{size:>9,} events: {append * 1e6:,.0f} µs processor time an append, {proof * 1e6:,.0f} µs a proof")
    print(f"ratio of the appends: {costs[most][0] / costs[1000][0]:.2f}")


def verified(most: int) -> None:
    """How long `consents verify` takes over so many answers, each with a receipt and details, and its peak of memory."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as name:
        database, folder = f"sqlite:///{name}/consents.db", Path(name) / "keys"
        store = Store(open_engine(database, 5), lambda: datetime.now(UTC), secrets.token_bytes)
        store.make()
        key_folder.make(folder, "https://privacy.example.org", secrets.token_bytes)
        keys = key_folder.read(folder)
        store.sign_with(HeadKeeper(keys))
        words = ("family-hubs", 1, "en", "0" * 64)
        store.write(lambda writing: writing.append([Act(Kind.NOTICE_PUBLISHED, None, *words)]))
        for _ in range(0, most, 1000):
            store.write(lambda writing: _answers(writing, words, Sealing.of(keys)))
        store.close()
        began = time.monotonic()
        command = [sys.executable, "-m", "widget.cli", "verify", "--database", database, "--keys", str(folder)]
        subprocess.run(command, cwd=PROJECT, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 (our own command)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"{most:>9,} answers verified in {time.monotonic() - began:,.0f} s, with {peak:,.0f} MiB at most")


def _answers(writing: Writing, words: tuple[str, int, str, str], sealing: Sealing) -> None:
    acts = []
    for _ in range(1000):
        subject = secrets.token_hex(16)
        commit = on_file.keep_new(writing, sealing, subject, Details(name="A Resident", case=subject[:8]), "web")
        acts.append(Act(Kind.GIVEN, subject, *words, "news", channel="web", detail_commit=commit))
        writing.add_receipt(subject, words[0])
    writing.append(acts)


def _append(store: Store) -> float:
    act = [Act(Kind.GIVEN, secrets.token_hex(16), "family-hubs", 1, "en", "0" * 64, "news")]
    return _median(lambda: store.write(lambda writing: writing.append(act)), 500)


def _proof(store: Store) -> float:
    def one() -> None:
        with store.reading() as reading:
            size = reading.size()
            reading.proof(inclusion_path(secrets.randbelow(size), size))

    return _median(one, 300)


def _median(job: Callable[[], object], times: int) -> float:
    taken = []
    for _ in range(times):
        began = time.process_time()
        job()
        taken.append(time.process_time() - began)
    return statistics.median(taken)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--postgresql", action="store_true", help="measure on PostgreSQL as well")
    parser.add_argument("--verify", type=int, default=5_000, help="measure `consents verify` of so many answers")
    parser.add_argument("--scale", type=int, default=20_000, help="measure appends to a ledger of so many events")
    given = parser.parse_args()
    empty = Contender("an empty Flask view", "empty", "")
    core = "Flask + SQLAlchemy Core, one row a commit"
    with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:
        contenders = [
            empty,
            Contender(core, "sqlalchemy_core", ""),
            Contender("Flask + sqlite3 directly, one row a commit", "sqlite_directly", ""),
            Contender(OURS, None, ""),
            Contender(MAILED, None, "", email=True),
        ]
        print("SQLite")
        fresh = lambda: f"sqlite:///{folder}/{secrets.token_hex(4)}.db"  # noqa: E731
        compare(contenders, given.clients, given.seconds, given.rounds, fresh)
    if given.postgresql:
        contenders = [
            Contender("an empty Flask view", "empty", ""),
            Contender(core, "sqlalchemy_core", ""),
            Contender(OURS, None, ""),
            Contender(MAILED, None, "", email=True),
        ]
        print("PostgreSQL")
        compare(
            contenders,
            given.clients,
            given.seconds,
            given.rounds,
            lambda: cluster(on_disk=True).make(f"b{secrets.token_hex(4)}"),
        )
    if given.scale:
        scale(given.scale)
    if given.verify:
        verified(given.verify)


if __name__ == "__main__":
    main()
