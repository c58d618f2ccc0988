"""Work on what anybody may have written, in a process of its own that is ended when it takes too much time or memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

try:
    import resource
except ImportError:  # Windows limits neither processor time nor memory; the clock alone ends the process there
    resource = None  # type: ignore[assignment]

LIMITED = resource is not None
"""Whether the system limits processor time, so that the clock may run longer: a busy machine must fail nothing."""
_NEEDED = ("PATH", "PYTHONHOME", "VIRTUAL_ENV", "LD_LIBRARY_PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR")
_FOLDER = str(Path(__file__).resolve().parent.parent)


class TakesTooMuch(Exception):
    """The work did not end within its limits, or its process failed."""


def answer(module: str, given: bytes, *arguments: str, clock: float) -> Any:
    """The JSON that `python -m module` writes when it reads `given`. `TakesTooMuch` after `clock` seconds at the latest."""
    path = os.pathsep.join([_FOLDER, os.environ.get("PYTHONPATH", "")])
    try:
        done = subprocess.run(  # noqa: S603 (a module of ours)
            [sys.executable, "-m", module, *arguments],
            input=given,
            capture_output=True,
            timeout=clock,
            env={**_bare(), "PYTHONPATH": path.rstrip(os.pathsep), "PYTHONIOENCODING": "utf-8"},
            check=True,
        )
        return json.loads(done.stdout)
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError, ValueError) as failure:
        raise TakesTooMuch from failure


def _bare() -> dict[str, str]:
    """The environment that a Python needs, without the keys and addresses that this process may have been given in its own."""
    return {name: os.environ[name] for name in _NEEDED if name in os.environ}


def limit(seconds: int, memory: int | None = None) -> None:
    """Limit this process to seconds of processor time and bytes of memory, where the system can."""
    if resource is None:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    if memory is not None:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
