"""Connections to PostgreSQL that died while nobody used them: the first answer after a quiet night is no 503."""

from __future__ import annotations

import json
import logging
import socket
import threading
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from flask.testing import FlaskClient

from tests.consent_fixtures import FakeClock, answer, form, published
from tests.databases import Cluster
from tests.endpoint import served
from widget.app import close_app, create_app
from widget.cli import main
from widget.config import Config
from widget.ledger import key_folder
from widget.ledger.checkpoint import verify


@pytest.fixture(scope="module")
def own() -> Iterator[Cluster]:
    """A server that may be stopped: nobody else uses it."""
    made = Cluster()
    yield made
    made.server.cleanup()


class Firewall:
    """Between the endpoint and PostgreSQL; drops what it has seen idle without a word to either side."""

    def __init__(self, target: Path) -> None:
        self._target = str(target)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._open: list[socket.socket] = []
        self._dropped: set[socket.socket] = set()
        self.connected = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def drop(self) -> None:
        """Forget every connection: what is sent on it from now on arrives nowhere."""
        self._dropped |= set(self._open)

    def close(self) -> None:
        for one in (self._listener, *self._open):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.socket(socket.AF_UNIX)
                server.connect(self._target)
                self.connected += 1
                self._open += [client, server]
                for one, other in ((client, server), (server, client)):
                    threading.Thread(target=self._forward, args=(one, other), daemon=True).start()

    def _forward(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while content := source.recv(65536):
                if source not in self._dropped:
                    target.sendall(content)
            if source not in self._dropped:
                target.shutdown(socket.SHUT_WR)


@contextmanager
def asking(config: Config) -> Iterator[FlaskClient]:
    app = create_app(config, FakeClock())
    yield app.test_client(use_cookies=False)
    close_app(app)


def first_answers(client: FlaskClient, token: str) -> list[int]:
    """The answers to a question, an answer and a form, each the first to use its connection."""
    return [
        client.get(f"/receipt/{token}").status_code,
        client.post("/api/consents", json=answer(service_news="given")).status_code,
        client.post("/consent/family-hubs", data=form(photos="given") | {"request_id": "r" * 22}).status_code,
    ]


def give(client: FlaskClient) -> str:
    return str((client.post("/api/consents", json=answer(service_news="given")).json or {})["token"])


@pytest.mark.parametrize("write_first", [False, True])
def test_after_a_restart_of_the_database_the_first_answers_are_recorded(
    own: Cluster, tmp_path: Path, write_first: bool
) -> None:
    config = replace(published(tmp_path), database=own.make(f"restarted_{write_first}".lower()))
    with asking(config) as client:
        token = give(client)
        assert client.get(f"/receipt/{token}").status_code == 200
        own.stop_hard()
        own.start()
        if write_first:
            give(client)
        assert first_answers(client, token) == [200, 201, 303]


def test_behind_a_firewall_that_drops_idle_connections_silently_the_first_answers_are_recorded(
    own: Cluster, tmp_path: Path
) -> None:
    own.make("firewalled")
    firewall = Firewall(own.folder / ".s.PGSQL.5432")
    database = f"postgresql+psycopg://postgres@127.0.0.1:{firewall.port}/firewalled"
    config = replace(published(tmp_path), database=database, idle_seconds=0.5)
    with asking(config) as client:
        token = give(client)
        time.sleep(1)  # a quiet night
        firewall.drop()
        before = firewall.connected
        assert first_answers(client, token) == [200, 201, 303]
        assert firewall.connected > before
    firewall.close()


def test_the_start_says_what_a_fail_over_to_a_standby_can_lose(
    own: Cluster, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    config = replace(published(tmp_path), database=own.make("failing_over"))
    caplog.set_level(logging.INFO)
    where = f"host={own.folder} user=postgres dbname=failing_over"
    for standbys, level in ((0, "INFO"), (1, "WARNING")):
        caplog.clear()
        connected = [psycopg.connect(f"{where} replication=true", autocommit=True) for _ in range(standbys)]
        close_app(create_app(config, FakeClock()))
        (said,) = [record for record in caplog.records if "acknowledged acts can be lost" in record.message]
        assert said.levelname == level
        for one in connected:
            one.close()


def test_four_workers_keep_every_head_before_they_give_it_out(own: Cluster, tmp_path: Path) -> None:
    """Killed while they answer: SIGTERM leaves less undone."""
    config = replace(published(tmp_path), database=own.make("workers"), workers=4)
    close_app(create_app(config))
    sizes: list[int] = []
    verifier = key_folder.read(config.keys_folder).verifier
    body = json.dumps(answer(service_news="given")).encode()

    def burst(address: str) -> None:
        for _ in range(15):
            request = urllib.request.Request(  # noqa: S310 (this machine)
                f"{address}/api/consents", body, {"Content-Type": "application/json"}
            )
            with urllib.request.urlopen(request, timeout=60) as response:  # noqa: S310
                head = verify(json.load(response)["checkpoint"], verifier)
            kept = key_folder.kept_head(config.keys_folder)
            assert kept and kept.size >= head.size
            sizes.append(head.size)

    with served(config) as (address, _process), ThreadPoolExecutor(12) as clients:
        for one in [clients.submit(burst, address) for _ in range(12)]:
            one.result()
    kept = key_folder.kept_head(config.keys_folder)
    assert kept and kept.size == max(sizes) == len(sizes) + 4
    assert main(["verify", "--database", config.database, "--keys", str(config.keys_folder)]) == 0
