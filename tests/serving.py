"""`noticeboard serve` as a newcomer runs it: a process of its own on a free port of this machine."""

from __future__ import annotations

import socket
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.cli import main
from tests import forked


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def built_files(folder: Path) -> Callable[[str], bytes | None]:
    """The files of a built site, for `OneAddress`."""

    def read(name: str) -> bytes | None:
        path = folder / name
        return path.read_bytes() if path.is_file() else None

    return read


@contextmanager
def served(root: Path, *arguments: str, port: int = 0) -> Iterator[str]:
    """The address of the site in a folder, served until the block ends."""
    port = port or free_port()
    log = root / "serve.log"
    process = forked.start(main, ["serve", "--root", str(root), "--port", str(port), *arguments], log)
    try:
        address = f"http://127.0.0.1:{port}"
        await_ready(address, process.is_alive, log.read_text)
        yield address
    finally:
        process.terminate()
        process.join(10)
        assert not process.is_alive()


def await_ready(address: str, is_running: Callable[[], bool], said: Callable[[], str] = str) -> None:
    """Wait until the site and the consent service answer; what `serve` said where it does not come to that."""
    for _ in range(600):
        if not is_running():
            raise AssertionError(f"serve ended: {said()}")
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=2):  # noqa: S310 (this machine)
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"serve did not answer: {said()}")
