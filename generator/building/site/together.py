"""Texts that nobody has looked at yet, looked at by several processes: each gives back what its memo made of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.building import workers
from generator.building.site.memo import Key, Stored
from generator.building.site.open_site import OpenSite

WORTH_WORKERS = 60
"""From how many texts on it pays to start other processes, each of which opens the site for itself."""
A_PIECE = 8
Made = list[tuple[Key, Stored]]


@dataclass(frozen=True)
class _Setting:
    root: Path
    day: date
    query: str


def look(site: OpenSite, query: str, keys: Sequence[tuple[str, str]], day: date, jobs: int | None = None) -> None:
    """Have `query` (inspection or outcome) made of all these texts that it is not known of, be it worth other processes.

    Not from a process with threads: on Linux the others are forked.
    """
    jobs = jobs or workers.cores()
    unknown = site.asked(lambda: [key for key in keys if not site.knows(query, *key)])
    if jobs < 2 or len(unknown) < WORTH_WORKERS:
        return
    site.asked(lambda: site.read("whole"))
    site.save()  # what was published need not be read again by each
    pieces = [unknown[start : start + A_PIECE] for start in range(0, len(unknown), A_PIECE)]
    for made in workers.spread(_start, _Setting(site.root, day, query), pieces, jobs):
        site.take(made)


def _start(setting: _Setting) -> Callable[[Sequence[tuple[str, str]]], Made]:
    site = OpenSite(setting.root, lambda: setting.day)

    def answer(piece: Sequence[tuple[str, str]]) -> Made:
        return site.asked(lambda: site.made_of(setting.query, piece))

    return answer
