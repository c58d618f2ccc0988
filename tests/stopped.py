"""Ends a command of the generator before its n-th change of a file below content/: a real stop of a process of its own.

The processes are forked (`tests.forked`), so that a test can stop a command at every one of its changes.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from generator.cli import main
from tests.forked import SERVER
from tests.site_fixtures import PROJECT

CHANGES = {"os.rename", "os.remove", "os.chmod"}
STOPPED = 9


def stopped(root: Path, number: int, *arguments: str, on: str = "2026-11-01") -> int:
    """Run a command that ends before its n-th change of a file; the exit code, `STOPPED` where it was."""
    command = [arguments[0], "--root", str(root), "--date", on, *arguments[1:]]
    process = SERVER.Process(target=_run, args=(number, command))
    process.start()
    process.join(60)
    assert process.exitcode is not None, "it never ended"
    return process.exitcode


def _run(number: int, command: list[str]) -> None:
    os.chdir(PROJECT)
    with Path(os.devnull).open("w") as nothing:
        os.dup2(nothing.fileno(), 1)
        os.dup2(nothing.fileno(), 2)
    _stop_before(number)
    code = main(command)
    sys.stdout.flush()
    os._exit(code)


def _stop_before(number: int) -> None:
    left = number

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        written = event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wxa")
        if (written or event in CHANGES) and f"{os.sep}content{os.sep}" in str(arguments[0]):
            if left == 0:
                os._exit(STOPPED)
            left -= 1

    sys.addaudithook(watch)
