"""Two processes of the endpoint that count requests in Redis, and what they do when it is gone."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from tests import programs
from tests.consent_fixtures import answer, published
from tests.databases import CHOSEN, POSTGRESQL, SQLITE
from tests.endpoint import served
from tests.serving import free_port
from widget.config import Config


@contextmanager
def redis(folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A Redis that keeps nothing, from its first answer on."""
    command = [programs.required("redis-server"), "--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder)]
    command += ["--save", "", "--appendonly", "no"]
    process = subprocess.Popen(command, env=programs.environment(), stdout=subprocess.DEVNULL)
    try:
        for _ in range(200):
            assert process.poll() is None
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1) as asked:
                asked.sendall(b"PING\r\n")
                if asked.recv(10).startswith(b"+PONG"):
                    break
            time.sleep(0.05)
        yield process
    finally:
        process.kill()
        process.wait(20)


@pytest.fixture
def counted(tmp_path: Path) -> Iterator[tuple[Config, int]]:
    """Two processes may share this configuration; and the port that their Redis must listen on."""
    programs.required("redis-server")
    CHOSEN.kind = POSTGRESQL
    port = free_port()
    yield (
        replace(published(tmp_path), ratelimit="on", ratelimit_storage=f"redis://127.0.0.1:{port}"),
        port,
    )
    CHOSEN.drop()
    CHOSEN.kind = SQLITE


def give(address: str) -> int:
    """Ask for a consent to be recorded: the status."""
    body = json.dumps(answer(service_news="given")).encode()
    return _post(f"{address}/api/consents", body, "application/json")


def ask(address: str) -> int:
    """Ask for a withdrawal without a receipt, which a bot must not do without end: the status."""
    return _post(f"{address}/withdraw", b"notice=family-hubs&phone=0161", "application/x-www-form-urlencoded")


def _post(url: str, body: bytes, kind: str) -> int:
    request = urllib.request.Request(url, body, {"Content-Type": kind})  # noqa: S310 (this machine)
    try:
        with urllib.request.urlopen(request, timeout=20) as response:  # noqa: S310
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code


def is_held(address: str) -> bool:
    """Whether the limit holds somebody who asks a hundred times."""
    return any(ask(address) == 429 for _ in range(100))


def test_two_processes_hold_one_limit_and_no_consent_is_lost_when_redis_is(
    counted: tuple[Config, int], tmp_path: Path
) -> None:
    config, port = counted
    with redis(tmp_path, port) as counting, served(config) as (one, _), served(config) as (other, _):
        # The count begins anew each minute, perhaps between the two lines: then it is tried again.
        assert any(is_held(one) and ask(other) == 429 for _ in range(3))
        assert give(one) == give(other) == 201
        counting.send_signal(signal.SIGSTOP)  # it takes connections and does not answer
        assert give(one) == 201
        counting.kill()
        assert give(one) == give(other) == 201
        assert is_held(other), "each process counts by itself until Redis is back"


def test_the_endpoint_starts_without_its_redis(counted: tuple[Config, int]) -> None:
    config, _ = counted
    with served(config) as (address, _):
        assert give(address) == 201
