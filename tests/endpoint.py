"""`consents serve` as an operator runs it: processes of their own, on a free port of this machine."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tests.serving import free_port
from tests.site_fixtures import PROJECT
from widget.config import Config


@contextmanager
def served(config: Config) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The address, and the process that leads the group of the server's."""
    port = free_port()
    environment = os.environ | config.environ() | {"CONSENTS_PORT": str(port)}
    log = config.manifest.parent / "serve.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "widget.cli", "serve"],
            cwd=PROJECT,
            env=environment,
            stderr=output,
            start_new_session=True,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            assert process.poll() is None, log.read_text()
            with suppress(urllib.error.URLError, ConnectionError, TimeoutError):
                urllib.request.urlopen(f"{address}/healthz", timeout=2).close()  # noqa: S310 (this machine)
                break
            time.sleep(0.1)
        yield address, process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(20)
