"""Work on many texts, done by several processes: each gives back what its memo made, and what it read for its answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Generic, TypeVar

from generator.building import workers
from generator.building.site.memo import Key, Reads, Stored
from generator.building.site.open_site import OpenSite

WORTH_WORKERS = 60
"""From how many texts on it pays to start other processes."""
TURNS = 16
"""How many pieces each process is given at least: few texts at a time, so that all end together."""
Text = tuple[str, str]
T = TypeVar("T")


@dataclass(frozen=True)
class _Setting(Generic[T]):
    root: Path
    day: date
    work: Callable[[OpenSite, Sequence[Text]], T]
    site: OpenSite | None


def look(site: OpenSite, query: str, texts: Iterable[Text], day: date, jobs: int | None = None) -> None:
    """Have `query` (inspection or outcome) made of all these texts that it is not known of, be it worth other
    processes."""
    unknown = site.asked(lambda: [key for key in texts if not site.knows(query, *key)])
    for made in spread(site, partial(OpenSite.made_of, query=query), unknown, day, jobs):
        site.take(made)


def answered(
    site: OpenSite, question: Callable[[OpenSite, str], T], notices: dict[str, list[str]], day: date
) -> dict[str, tuple[T, Reads]]:
    """The answers of other processes about each of these notices, given with its languages, and their sources.

    Empty where so few are not worth them. An answer counts only while the site is the `same` as they read.
    """
    texts = [(notice, language) for notice, languages in notices.items() for language in languages]
    found: dict[str, tuple[T, Reads]] = {}
    for made, answers in spread(site, partial(_answers, question=question), texts, day):
        site.take(made)
        found |= answers
    return found


def spread(
    site: OpenSite,
    work: Callable[[OpenSite, Sequence[Text]], T],
    texts: Sequence[Text],
    day: date,
    jobs: int | None = None,
) -> Iterator[T]:
    """The results of `work` on the texts, piece by piece, in other processes; nothing where so few are not worth them.

    Not from a process with threads: on Linux the others are forked, and have the site as it was looked at here.
    """
    jobs = jobs or workers.cores()
    if jobs < 2 or len(texts) < WORTH_WORKERS:
        return
    site.asked(lambda: site.read("whole"))
    if not workers.FORKS:
        site.save()  # what was published need not be read again by each
    size = -(-len(texts) // (jobs * TURNS))
    pieces = [texts[start : start + size] for start in range(0, len(texts), size)]
    yield from workers.spread(_start, _Setting(site.root, day, work, site if workers.FORKS else None), pieces, jobs)


def _start(setting: _Setting[T]) -> Callable[[Sequence[Text]], T]:
    site = setting.site or OpenSite(setting.root, lambda: setting.day)
    return lambda piece: site.asked(lambda: setting.work(site, piece))


def _answers(
    site: OpenSite, piece: Sequence[Text], question: Callable[[OpenSite, str], T]
) -> tuple[list[tuple[Key, Stored]], dict[str, tuple[T, Reads]]]:
    """The judgements of the texts, and the answers about those of their notices whose first text is here."""
    notices = [notice for notice, language in piece if language == site.repository.site.language]
    return site.made_of(piece, "outcome"), {
        notice: site.recorded(partial(question, site, notice)) for notice in notices
    }
