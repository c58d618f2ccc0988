"""Work spread over processes, where there is enough of it to be worth starting them.

Each worker is a process of its own with a pipe; it gets one piece at a time and ends when its pipe does, so none outlives
a build that was killed by more than the piece in its hands.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import wait
from typing import Any, TypeVar

Setting = TypeVar("Setting")
Piece = TypeVar("Piece")
Answer = TypeVar("Answer")
FORKS = sys.platform == "linux"
"""Whether a process is forked: it then has all that this one has in memory."""


class WorkerError(RuntimeError):
    """A worker ended before its work did: the system was short of memory, or somebody ended it."""


def cores() -> int:
    """How many processes can run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(
    start: Callable[[Setting], Callable[[Piece], Answer]], setting: Setting, pieces: Sequence[Piece], jobs: int
) -> Iterator[Answer]:
    """The answers for all pieces, in the order in which they are ready; `start(setting)` makes what answers a piece.

    An exception in a worker is raised here.
    """
    if jobs < 2 or len(pieces) < 2:
        yield from map(start(setting), pieces)
        return
    # Forking costs a tenth of starting afresh; the build has no threads that it could harm.
    context: Any = multiprocessing.get_context("fork" if FORKS else "spawn")
    pipes: list[Any] = []
    processes = []
    try:
        for _ in range(min(jobs, len(pieces))):
            ours, theirs = context.Pipe()
            process = context.Process(target=_work, args=(start, setting, theirs, [*pipes, ours]), daemon=True)
            process.start()
            theirs.close()
            pipes.append(ours)
            processes.append(process)
        yield from _answers(pipes, pieces)
    finally:
        for pipe in pipes:
            pipe.close()
        for process in processes:
            process.join()


def _answers(pipes: Sequence[Any], pieces: Sequence[Any]) -> Iterator[Any]:
    left = iter(range(len(pieces)))
    busy = set(pipes)
    for idle in pipes:
        idle.send_bytes(pickle.dumps(pieces[next(left)]))
    while busy:
        ready: list[Any] = wait(list(busy))
        for pipe in ready:
            try:
                failed, answer = pickle.loads(pipe.recv_bytes())  # noqa: S301 (from our own process)
            except EOFError:
                raise WorkerError("A worker ended before its work did.") from None
            if failed:
                raise answer
            if (index := next(left, None)) is None:
                busy.discard(pipe)
            else:
                pipe.send_bytes(pickle.dumps(pieces[index]))
            yield answer


def _work(start: Callable[[Any], Callable[[Any], Any]], setting: Any, pipe: Any, others: list[Any]) -> None:
    """A worker's life. It closes its copies of the other ends, or it would never see them close."""
    if sys.platform == "linux":
        for other in others:
            other.close()
    gc.freeze()  # what the build holds is not searched again for circles at every turn
    gc.set_threshold(50_000)
    with suppress(EOFError, KeyboardInterrupt, BrokenPipeError):
        answer: Callable[[Any], Any] | None = None
        while True:
            piece = pickle.loads(pipe.recv_bytes())  # noqa: S301 (from our own process)
            try:
                answer = answer or start(setting)
                pipe.send_bytes(pickle.dumps((False, answer(piece))))
            except Exception as failure:
                pipe.send_bytes(pickle.dumps((True, failure)))
