"""One picture made anew in a process of its own, with limits on time and memory, and not more than two at a time.

That process is `desk.pictures.encoding`. It has no key and no address of the desk's in its environment.
"""

from __future__ import annotations

import base64
import threading
from typing import Any

from desk.pictures.making import Made, NotTakenError, Wanted
from generator import own_process

MODULE = "desk.pictures.encoding"
SECONDS, MEMORY, CLOCK = 20, 1_000_000_000, 60.0
MOST_BYTES = 20_000_000
"""Bytes of a picture that is read: a photograph of a phone has up to 15 MB."""
AT_ONCE, PATIENCE = 2, 30.0
_TURNS = threading.BoundedSemaphore(AT_ONCE)


def remade(data: bytes, wanted: Wanted) -> Made:
    """The picture made anew. `NotTakenError` with the reason where there can be none."""
    if not data:
        raise NotTakenError("empty")
    if len(data) > MOST_BYTES:
        raise NotTakenError("too_large")
    if not _TURNS.acquire(timeout=PATIENCE):
        raise NotTakenError("busy")
    try:
        arguments = (SECONDS, MEMORY, wanted.edge, wanted.most_bytes, int(wanted.drawings))
        answer: dict[str, Any] = own_process.answer(MODULE, data, *map(str, arguments), clock=CLOCK)
    except own_process.TakesTooMuch as failure:
        raise NotTakenError("too_hard") from failure
    finally:
        _TURNS.release()
    if "refused" in answer:
        raise NotTakenError(str(answer["refused"]))
    return Made(base64.b64decode(answer["data"]), str(answer["suffix"]))
