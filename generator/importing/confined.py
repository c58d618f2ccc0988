"""One import in a process of its own, which is ended when it takes too much time or memory: files come from anywhere."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

try:
    import resource
except ImportError:  # Windows limits neither processor time nor memory; the clock alone ends the process there
    resource = None  # type: ignore[assignment]

import generator
from generator.importing.document import Loss
from generator.importing.notice import Imported, to_notice
from generator.importing.reading import read
from generator.importing.refusal import NotTaken
from generator.importing.report import Report
from generator.importing.settings import Settings

SECONDS = 20
"""How much of the processor's time one file may take."""
MEMORY = 512_000_000
"""How many bytes of memory."""
WAITING = 10 if resource is not None else 2
"""How many times as long the clock may run: a busy machine must not fail an import."""
_TOO_HARD = ("This file takes too much time or memory to read.", "Import it in smaller pieces.")


def imported(data: bytes, settings: Settings) -> Imported:
    """The notice that a file becomes. `NotTaken` where it cannot be taken, or not within the limits."""
    path = os.pathsep.join([str(Path(generator.__file__).resolve().parent.parent), os.environ.get("PYTHONPATH", "")])
    given = {**asdict(settings), "today": settings.today.isoformat(), "data": base64.b64encode(data).decode("ascii")}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "generator.importing.confined"],
            input=json.dumps(given).encode("ascii"),
            capture_output=True,
            timeout=SECONDS * WAITING,
            env={**os.environ, "PYTHONPATH": path.rstrip(os.pathsep)},
            check=True,
        )
        answer: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError, ValueError) as failure:
        raise NotTaken(*_TOO_HARD) from failure
    if "refused" in answer:
        raise NotTaken(*answer["refused"])
    return _imported(answer)


def converted(data: bytes, settings: Settings) -> Imported:
    """The same in this process, without its limits. `NotTaken` where it cannot be taken."""
    try:
        return to_notice(read(data, settings.name), settings)
    except (RecursionError, MemoryError) as failure:
        raise NotTaken(*_TOO_HARD) from failure


def _imported(answer: dict[str, Any]) -> Imported:
    report = answer.pop("report")
    losses = tuple(Loss(**loss) for loss in report.pop("left"))
    return Imported(**answer, report=Report(**{name: tuple(value) for name, value in report.items()}, left=losses))


def main() -> None:
    """Convert what standard input holds, within the limits, and write the result as JSON."""
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    given: dict[str, Any] = json.load(sys.stdin)
    data = base64.b64decode(given.pop("data"))
    settings = Settings(**{**given, "today": date.fromisoformat(given["today"])})
    try:
        answer = asdict(converted(data, settings))
    except NotTaken as refused:
        answer = {"refused": [refused.message, refused.remedy]}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
