"""`noticeboard serve` as a newcomer runs it: a process of its own on a free port of this machine."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.site_fixtures import PROJECT


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def built_files(folder: Path) -> Callable[[str], bytes | None]:
    """What is in the files of a built site, for `OneAddress`."""

    def read(name: str) -> bytes | None:
        path = folder / name
        return path.read_bytes() if path.is_file() else None

    return read


@contextmanager
def served(root: Path, *arguments: str, port: int = 0, project: Path = PROJECT) -> Iterator[str]:
    """The address of the site in a folder, served until the block ends by the Noticeboard in the folder `project`."""
    port = port or free_port()
    command = [sys.executable, "-m", "generator.cli", "serve", "--root", str(root), "--port", str(port), *arguments]
    log = root / "serve.log"
    with log.open("w") as output:
        process = subprocess.Popen(command, cwd=project, stdout=output, stderr=output)
        try:
            address = f"http://127.0.0.1:{port}"
            await_ready(address, process, lambda: log.read_text())
            yield address
        finally:
            process.terminate()
            process.wait(timeout=10)


def await_ready(address: str, process: subprocess.Popen[bytes], said: Callable[[], str] = str) -> None:
    """Wait until the site and the consent service answer; what `serve` said where it does not come to that."""
    for _ in range(200):
        if process.poll() is not None:
            raise AssertionError(f"serve ended: {said()}")
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=2):  # noqa: S310 (this machine)
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"serve did not answer: {said()}")
