"""Runs a program with a bare environment, without a shell, and ends it with all that it started when its time is over."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

A_LOOK = 0.2
"""Seconds between two looks at whether the program is to stop."""
MOST_SAID = 4_000
"""Bytes of what it printed that are kept for the operator's log: the last ones."""
PATH = "/usr/local/bin:/usr/bin:/bin"


@dataclass(frozen=True)
class Ended:
    """How a program ended. `said` is for the operator's log alone."""

    well: bool
    why: str = ""
    said: str = ""


def bare(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment of a program: where programs are, UTF-8, and the home of its user. No secret of the desk."""
    return {"PATH": PATH, "LANG": "C.UTF-8"} | {
        name: environ[name] for name in ("HOME", "SYSTEMROOT") if name in environ
    }


def run(
    arguments: Sequence[str], environment: Mapping[str, str], folder: Path, seconds: float, stop: threading.Event
) -> Ended:
    """Run a program in a folder until it ends, its seconds are over, or `stop` is set."""
    with tempfile.TemporaryFile() as said:
        try:
            process = subprocess.Popen(  # noqa: S603 -- the operator's own list of arguments, no shell
                list(arguments),
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                cwd=folder,
                env=dict(environment),
                start_new_session=True,
            )
        except (OSError, ValueError) as failure:
            return Ended(False, f"it cannot be started: {failure}")
        why = _waited(process, seconds, stop)
        return Ended(not why, why, _tail(said.fileno()))


def _waited(process: subprocess.Popen[bytes], seconds: float, stop: threading.Event) -> str:
    """Why the program did not end well; empty where it did."""
    looks = max(1, round(seconds / A_LOOK))
    for _ in range(looks):
        try:
            code = process.wait(A_LOOK)
        except subprocess.TimeoutExpired:
            if not stop.is_set():
                continue
            _end(process)
            return "the desk was stopped meanwhile"
        return f"it ended with {code}" if code else ""
    _end(process)
    return f"it took longer than {seconds:g} seconds"


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program and everything it started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, AttributeError):  # it ended by itself; or Windows, which has no groups
        process.kill()
    process.wait()


def _tail(handle: int) -> str:
    size = os.lseek(handle, 0, os.SEEK_END)
    os.lseek(handle, max(0, size - MOST_SAID), os.SEEK_SET)
    return os.read(handle, MOST_SAID).decode("utf-8", "replace").strip()
