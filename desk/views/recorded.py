"""Commits what the desk wrote, and says in one sentence what came of it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from desk.guard import access, person, words
from desk.people.acts import Act
from desk.publication.acting import Done
from desk.saving import git
from desk.saving.files import turn
from desk.saving.git import Entry, Git
from desk.saving.outcome import InHistory, Person, Reason, SavedNotInHistory
from desk.saving.unrecorded import WORDS
from desk.workplace import workplace
from generator.problems import ContentError

LOG = logging.getLogger("desk")


def author() -> Person:
    """The person at the desk, as history names them."""
    found = person()
    return Person(found.name, found.address)


def record(done: Done, act: Act, notice: str, message: str, version: str = "") -> str:
    """Commit the files of an act as the person at the desk, with a tag for each version, and note the act.

    Returns what the officer has to know besides that it is done: nothing where history has it.
    """
    access().write(person().id, act, notice, version)
    if not done.files:
        return ""
    folder = Git(workplace().root)
    files = [workplace().root / name for name in done.files]
    entry = Entry(author(), message, access().clock())
    kept = _committed(folder, files, done.tags, entry)
    if isinstance(kept, SavedNotInHistory):
        LOG.warning("%s of %s is in no history: %s (%s)", act, notice, WORDS[kept.reason].operator, kept.detail)
        return str(WORDS[kept.reason].officer[words().language])
    return ""


def _committed(folder: Git, files: Sequence[Path], tags: Sequence[str], entry: Entry) -> InHistory | SavedNotInHistory:
    """One commit of the files, with every tag on it, while no save of the site makes another."""
    try:
        with turn(workplace().root):
            if not tags:
                return git.commit(folder, files, entry)
            every = [git.publish(folder, files, tag, entry) for tag in tags]
    except ContentError as failure:
        return SavedNotInHistory(Reason.LOCKED, str(failure))
    return next((one for one in every if isinstance(one, SavedNotInHistory)), every[0])
