"""gunicorn in place of `consents serve`, started by the line that docs/operators.md tells."""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.consent_fixtures import answer, published
from tests.databases import locked
from tests.serving import free_port
from tests.site_fixtures import PROJECT
from widget.cli import main
from widget.config import Config


def documented() -> list[str]:
    """The words of the command in the docs."""
    (line,) = re.findall(r"`(gunicorn .*)`", (PROJECT / "docs" / "operators.md").read_text("utf-8"))
    return shlex.split(line)


@contextmanager
def served(config: Config, folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """gunicorn by the documented line, once it is ready, and its address."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = [word.replace("127.0.0.1:8001", f"127.0.0.1:{port}") for word in documented()]
    log = folder / "log"
    environment = os.environ | config.environ() | {"HOME": str(folder)}  # it puts a socket there
    with log.open("w") as output:
        process = subprocess.Popen([sys.executable, "-m", *command], cwd=PROJECT, env=environment, stderr=output)
    try:
        for _ in range(300):
            assert process.poll() is None, log.read_text()
            with suppress(OSError):
                urllib.request.urlopen(f"{address}/readyz", timeout=2).close()  # noqa: S310
                break
            time.sleep(0.1)
        yield process, address
        assert process.wait(40) in (0, -signal.SIGTERM)
    finally:
        process.kill()
        process.wait(20)
    for line in log.read_text("utf-8").splitlines():
        json.loads(line)


def test_gunicorn_records_consent_and_ends_when_it_is_told(tmp_path: Path) -> None:
    config = published(tmp_path)
    with served(config, tmp_path) as (process, address):

        def give() -> int:
            body = json.dumps(answer(service_news="given")).encode()
            request = urllib.request.Request(f"{address}/api/consents", body, {"Content-Type": "application/json"})  # noqa: S310
            with urllib.request.urlopen(request, timeout=20) as response:  # noqa: S310 (this machine)
                return int(response.status)

        assert give() == 201
        with ThreadPoolExecutor(4) as clients:
            with locked(config.database):
                asked = [clients.submit(give) for _ in range(4)]
                time.sleep(1)  # they are under way now, and wait for the lock
                process.terminate()
                time.sleep(0.5)
            assert [one.result() for one in asked] == [201] * 4
    assert main(["verify", "--database", config.database, "--keys", str(config.keys_folder)]) == 0


def test_a_feed_request_that_waits_does_not_hold_up_the_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = published(tmp_path)
    where = ["--database", config.database, "--keys", str(config.keys_folder)]
    with served(config, tmp_path) as (process, address):
        assert main(["key", "add", "case system", *where]) == 0
        key = capsys.readouterr().out.strip()
        url = f"{address}/api/events?after=1000&wait=30"
        request = urllib.request.Request(url, headers={"Authorization": f"Bearer {key}"})  # noqa: S310 (this machine)
        with ThreadPoolExecutor(1) as clients:
            asked = clients.submit(lambda: urllib.request.urlopen(request, timeout=60).read())  # noqa: S310
            time.sleep(1)  # it waits now
            assert not asked.done()
            process.terminate()
            assert json.loads(asked.result(timeout=15)) == {"events": [], "next": 1000}
        process.wait(15)  # far less than the feed would wait


def test_what_stops_a_worker_ends_gunicorn_with_a_sentence(tmp_path: Path) -> None:
    config = published(tmp_path)
    config.manifest.write_text("{", "utf-8")
    command = [word.replace("127.0.0.1:8001", f"127.0.0.1:{free_port()}") for word in documented()]
    environment = os.environ | config.environ()
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 3
    said = [json.loads(line)["message"] for line in done.stderr.splitlines()]
    assert any("published.json cannot be used" in line for line in said)
