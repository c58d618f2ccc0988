"""Two endpoints on one PostgreSQL come to a later release one after the other, under load: no act fails, none is doubled.

`make faults ONLY=rolling` does it at length.
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import psycopg
import pytest

from tests import later_release
from tests.consent_fixtures import answer, published
from tests.databases import cluster, plain
from tests.serving import free_port
from tests.site_fixtures import PROJECT
from widget import __version__
from widget.app import close_app, create_app
from widget.cli import main
from widget.config import Config
from widget.errors import StartRefused

LONG = os.environ.get("FAULTS") == "long"
CLIENTS, PAUSE, ROUNDS, BREATH = 16, 10.0, 3, 0.0
PATIENCE = 20.0
"""For how many seconds a proxy tries one host after the other before somebody sees a fault."""


@dataclass
class Host:
    """One endpoint with a folder of keys of its own, as on a machine of its own."""

    config: Config
    log: Path
    process: subprocess.Popen[bytes] | None = None

    def start(self, code: Path) -> None:
        """Start a release."""
        with self.log.open("a") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "widget.cli", "serve"],
                cwd=code,
                env=os.environ | self.config.environ(),
                stderr=output,
                start_new_session=True,
            )

    def await_ready(self) -> None:
        """Wait until it takes events."""
        for _ in range(600):
            assert self.process is not None and self.process.poll() is None, self.log.read_text()
            with suppress(urllib.error.URLError, ConnectionError, TimeoutError):
                urllib.request.urlopen(f"http://127.0.0.1:{self.config.port}/readyz", timeout=5).close()
                return
            time.sleep(0.05)
        raise AssertionError(self.log.read_text())

    def stop(self) -> None:
        """Stop as an operator does."""
        assert self.process is not None
        self.process.terminate()
        assert self.process.wait(30) in (0, -signal.SIGTERM)

    def kill(self) -> None:
        """End whatever is left of it."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(20)


@dataclass
class Proxy:
    """Takes the hosts in turn; one that does not answer has the request passed on to the other, as a proxy does."""

    ports: tuple[int, ...]
    turn: Iterator[int] = field(default_factory=itertools.count)
    retried: int = 0
    recorded: int = 0
    failed: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def send_until_over(self) -> None:
        """Record one consent after the other."""
        while not self.over.is_set():
            key, until = str(uuid.uuid4()), time.monotonic() + PATIENCE
            while (said := self._send(key)) is None and time.monotonic() < until:
                self.retried += 1
                time.sleep(0.02)
            if said == 201:
                self.recorded += 1
            else:
                self.failed.append(f"{key}: {said}")
            time.sleep(BREATH)

    def _send(self, key: str) -> int | None:
        """The status of an answer; None where the host is not there, or is going."""
        port = self.ports[next(self.turn) % len(self.ports)]
        body = json.dumps(answer(service_news="given"))
        headers = {"Content-Type": "application/json", "Idempotency-Key": key}
        with closing(HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
            try:
                connection.request("POST", "/api/consents", body, headers)
                return 201 if (status := connection.getresponse().status) == 200 else status
            except (OSError, HTTPException):
                return None


@pytest.fixture
def hosts(tmp_path: Path) -> Iterator[tuple[Host, Host]]:
    """Two of them, on one database."""
    name = "rolling"
    config = replace(published(tmp_path), database=cluster().make(name))
    assert main(["migrate", "--database", config.database]) == 0
    both = tuple(
        Host(replace(config, port=free_port(), keys=tmp_path / f"keys-{letter}"), tmp_path / f"{letter}.log")
        for letter in "ab"
    )
    yield both  # type: ignore[misc]
    for host in both:
        host.kill()
    with cluster().connect() as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.mark.skipif(not LONG, reason="at length: make faults ONLY=rolling")
@pytest.mark.parametrize("number", range(ROUNDS))
def test_two_hosts_are_upgraded_one_after_the_other_and_no_act_fails(
    hosts: tuple[Host, Host], tmp_path: Path, number: int
) -> None:
    first, second = hosts
    later = later_release.make(tmp_path / "later")
    close_app(create_app(first.config))
    shutil.copytree(first.config.keys_folder, second.config.keys_folder)
    for host in hosts:
        host.start(PROJECT)
    for host in hosts:
        host.await_ready()
    proxy = Proxy((first.config.port, second.config.port))
    clients = [threading.Thread(target=proxy.send_until_over) for _ in range(CLIENTS)]
    for client in clients:
        client.start()
    time.sleep(PAUSE)
    said = _run(later, "migrate", "--database", first.config.database)
    assert (said.returncode, said.stdout) == (0, "The database has the tables of this release.\n"), said.stderr
    time.sleep(PAUSE)
    for host in hosts:
        before = proxy.recorded
        host.stop()
        host.start(later)
        host.await_ready()
        time.sleep(PAUSE)
        assert proxy.recorded > before
    proxy.over.set()
    for client in clients:
        client.join()
    print(
        f"round {number}: {proxy.recorded} acts, {len(proxy.failed)} failed, {proxy.retried} passed on to the other host"
    )
    assert proxy.failed == []
    assert _running(first.config) == {__version__, later_release.NUMBER}  # one that ended counts for ten minutes more
    with psycopg.connect(plain(first.config.database)) as connection:
        given = connection.execute("SELECT count(*) FROM event WHERE kind = 'given'").fetchone()
    assert given == (proxy.recorded,)
    second.stop()
    said = _run(later, "verify", "--database", second.config.database, "--keys", str(second.config.keys_folder))
    assert said.returncode == 0, said.stdout + said.stderr
    with pytest.raises(StartRefused, match=rf"a newer release \({later_release.NUMBER}\) brought it to revision 9000"):
        create_app(second.config)


def _running(config: Config) -> set[str]:
    """The releases that the database knows to run."""
    with psycopg.connect(plain(config.database)) as connection:
        return {release for (release,) in connection.execute("SELECT release FROM release")}


def _run(code: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "widget.cli", *arguments]
    return subprocess.run(command, cwd=code, capture_output=True, text=True, timeout=60)
