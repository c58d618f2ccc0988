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
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from tests.consent_fixtures import answer, published
from tests.databases import locked
from tests.serving import free_port
from tests.site_fixtures import PROJECT
from widget.cli import main


def documented() -> list[str]:
    """The words of the command in the docs."""
    (line,) = re.findall(r"`(gunicorn .*)`", (PROJECT / "docs" / "operators.md").read_text("utf-8"))
    return shlex.split(line)


def test_gunicorn_records_consent_and_ends_when_it_is_told(tmp_path: Path) -> None:
    config, port = published(tmp_path), free_port()
    address = f"http://127.0.0.1:{port}"
    command = [word.replace("127.0.0.1:8001", f"127.0.0.1:{port}") for word in documented()]
    log = tmp_path / "log"
    environment = os.environ | config.environ() | {"HOME": str(tmp_path)}  # it puts a socket there
    with log.open("w") as output:
        process = subprocess.Popen([sys.executable, "-m", *command], cwd=PROJECT, env=environment, stderr=output)

    def give() -> int:
        body = json.dumps(answer(service_news="given")).encode()
        request = urllib.request.Request(f"{address}/api/consents", body, {"Content-Type": "application/json"})  # noqa: S310
        with urllib.request.urlopen(request, timeout=20) as response:  # noqa: S310 (this machine)
            return int(response.status)

    try:
        for _ in range(300):
            assert process.poll() is None, log.read_text()
            with suppress(OSError):
                urllib.request.urlopen(f"{address}/readyz", timeout=2).close()  # noqa: S310
                break
            time.sleep(0.1)
        assert give() == 201
        with ThreadPoolExecutor(4) as clients:
            with locked(config.database):
                asked = [clients.submit(give) for _ in range(4)]
                time.sleep(1)  # they are under way now, and wait for the lock
                process.terminate()
                time.sleep(0.5)
            assert [one.result() for one in asked] == [201] * 4
        assert process.wait(40) in (0, -signal.SIGTERM)
    finally:
        process.kill()
        process.wait(20)
    assert "Traceback" not in log.read_text()
    assert main(["verify", "--database", config.database, "--keys", str(config.keys_folder)]) == 0
