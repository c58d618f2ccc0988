"""Processes that are forked: a server that has imported both programs once (`multiprocessing`, forkserver) forks each
of them.

A command that is spawned imports for a second before it does anything. Options that a test asks of the interpreter
(its streams, its signals, how it ends) is spawned all the same.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from tests.site_fixtures import PROJECT

SERVER = multiprocessing.get_context("forkserver")
SERVER.set_forkserver_preload(["tests.warm"])
Main = Callable[[list[str]], int]
"""The function behind a command: `generator.cli.main` or `widget.cli.main`."""


def start(main: Main, arguments: list[str], output: Path) -> ForkServerProcess:
    """Start a command as if in a shell at the project's folder; all that it says goes to a file."""
    process = SERVER.Process(target=_run, args=(main, arguments, output, dict(os.environ)), daemon=True)
    process.start()
    return process


def _run(main: Main, arguments: list[str], output: Path, environment: dict[str, str]) -> None:
    os.chdir(PROJECT)
    os.environ.clear()
    os.environ.update(environment)
    with output.open("wb") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    sys.exit(main(arguments))
