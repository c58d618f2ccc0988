"""One import in a process of its own, which is ended when it takes too much time or memory: files come from anywhere."""

from __future__ import annotations

import base64
import json
import sys
from dataclasses import asdict
from datetime import date
from typing import Any

from generator import own_process
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
WAITING = 10 if own_process.LIMITED else 2
"""How many times as long the clock may run: a busy machine must not fail an import."""
_TOO_HARD = ("This file takes too much time or memory to read.", "Import it in smaller pieces.")


def imported(data: bytes, settings: Settings, seconds: int = SECONDS, memory: int = MEMORY) -> Imported:
    """The notice that a file becomes. `NotTaken` where it cannot be taken, or not within seconds and bytes."""
    given = {**asdict(settings), "today": settings.today.isoformat(), "data": base64.b64encode(data).decode("ascii")}
    try:
        answer: dict[str, Any] = own_process.answer(
            "generator.importing.confined",
            json.dumps(given).encode("ascii"),
            str(seconds),
            str(memory),
            clock=seconds * WAITING,
        )
    except own_process.TakesTooMuch as failure:
        raise NotTaken(*_TOO_HARD) from failure
    if "refused" in answer:
        raise NotTaken(*answer["refused"])
    return _imported(answer)


def converted(data: bytes, settings: Settings) -> Imported:
    """The same in this process, without its limits. `NotTaken` where it cannot be taken."""
    try:
        return to_notice(read(data, settings.name, settings.read_as), settings)
    except (RecursionError, MemoryError) as failure:
        raise NotTaken(*_TOO_HARD) from failure


def _imported(answer: dict[str, Any]) -> Imported:
    report = answer.pop("report")
    losses = tuple(Loss(**loss) for loss in report.pop("left"))
    return Imported(**answer, report=Report(**{name: tuple(value) for name, value in report.items()}, left=losses))


def main() -> None:
    """Convert what standard input holds, within the limits, and write the result as JSON."""
    own_process.limit(*map(int, sys.argv[1:]))
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
