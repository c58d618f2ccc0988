"""Saves a person's changes: the one way by which the desk writes a text of the site. Nothing is overwritten unseen.

Each save reads the file's bytes again, under the site's lock. Where they are not those that the form started from, what
goes together is put together, and what both changed is shown to choose.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from desk.saving import files, git, history, merging, posts, starting_points
from desk.saving.beside import Beside
from desk.saving.editing.changes import Change, Restore, SetText
from desk.saving.editing.edit import content, edited
from desk.saving.editing.source_text import Form, form_of, split
from desk.saving.files import ChangedMeanwhileError
from desk.saving.git import Entry, Git
from desk.saving.merging import Merge
from desk.saving.outcome import (
    Choice,
    Choices,
    Conflict,
    ConflictPart,
    InHistory,
    Outcome,
    Person,
    Refused,
    Same,
    Saved,
    SavedNotInHistory,
    Side,
    Where,
)
from generator.problems import ContentError, Place, error

RULE = "D04"
NEW = ""
"""The digest that a file has which does not exist yet."""
MOST_TRIES = 5


@dataclass(frozen=True)
class Opened:
    """A file as a form shows it, and the digest that the form sends back."""

    data: bytes
    digest: str


def opened(root: Path, file: str) -> Opened:
    """A file to fill a form from. `ContentError` where the desk may not open it or it cannot be read."""
    _refuse_others(file)
    data = files.read(root, file)
    if data is None:
        raise ContentError([error(RULE, Place(file), "There is no such file.", "Choose one from the list.")])
    return Opened(data, starting_points.keep(root, data))


def save(
    root: Path,
    file: str,
    base_digest: str,
    changes: Sequence[Change],
    person: Person,
    message: str,
    now: datetime,
    *,
    key: str = "",
    choices: Choices | None = None,
    beside: Beside | None = None,
) -> Outcome:
    """Save changes of a file of the site, whose name is relative to its folder.

    `base_digest` is that of `opened`, or `NEW` for a file that does not exist yet. `now` has a time zone. A post with
    the `key` of one that was saved before is answered as that was. `choices` are those of a conflict that the same
    post met before. Pictures `beside` are written and go with the text, in its commit; `NameTakenError` where one's name
    has another.
    """
    post = _Post(root, file, base_digest, tuple(changes), Entry(person, message, now), choices, beside or Beside())
    try:
        _refuse_others(file)
        post.beside.refuse_others()
        with files.turn(root):
            if key and (before := posts.answered(root, key)) is not None:
                return before
            outcome = post.outcome()
            if key and isinstance(outcome, Saved):
                posts.keep(root, key, outcome)
            return outcome
    except ContentError as refused:
        return Refused(tuple(refused.problems))


def _refuse_others(file: str) -> None:
    if not files.is_ours(file):
        remedy = "Name site.yml, a notice, a page or shared wording."
        raise ContentError([error(RULE, Place(file[:200]), "The desk saves no file of this name.", remedy)])


@dataclass(frozen=True)
class _Post:
    root: Path
    file: str
    base_digest: str
    changes: tuple[Change, ...]
    entry: Entry
    choices: Choices | None
    beside: Beside

    def outcome(self) -> Outcome:
        """Try until nobody else writes between reading and writing."""
        for _ in range(MOST_TRIES):
            now = files.read(self.root, self.file)
            self.beside.refuse_taken(self.root)
            try:
                return self._on(now)
            except ChangedMeanwhileError:
                continue
        remedy = "Another program keeps writing it: wait until it ends, and save again."
        raise ContentError([error(RULE, Place(self.file), "This file changes all the time.", remedy)])

    def _on(self, now: bytes | None) -> Outcome:
        """The outcome where the file has these bytes now."""
        if now is None and self.base_digest != NEW:
            remedy = "Your words are still in the form. Ask IT who took it away; save them as a new notice if need be."
            raise ContentError([error(RULE, Place(self.file), "This file is not there any more.", remedy)])
        if now is None:
            return self._written(None, edited(b"", self.file, self.changes))
        if files.digest(now) == self.base_digest:
            return self._written(now, edited(now, self.file, self.changes))
        return self._late(now)

    def _written(self, now: bytes | None, new: bytes, merged: tuple[str, ...] = ()) -> Saved | Same:
        if now == new:
            return Same(files.digest(new))
        path = files.target(self.root, self.file)
        committed = self._is_recorded(path, now)
        with self.beside.put(self.root):
            files.write(self.root, self.file, new, now)
        starting_points.keep(self.root, new)
        pictures = (*self.beside.new, *self.beside.take_away(self.root))
        every = [path, *(files.target(self.root, name) for name in pictures)]
        done = git.commit(Git(path.parent), every, self._entry(committed))
        if isinstance(done, InHistory):
            done = replace(done, with_earlier=not committed)
        return Saved(files.digest(new), done, merged)

    def _is_recorded(self, path: Path, now: bytes | None) -> bool:
        """Whether the bytes that are about to be replaced are in the last commit, or no history is kept."""
        folder = Git(path.parent)
        if not path.parent.is_dir() or git.unfit(folder) is not None:
            return True
        return git.is_recorded(folder, path, now)

    def _entry(self, committed: bool) -> Entry:
        if committed:
            return self.entry
        return replace(self.entry, message=f"{self.entry.message}\n\n{WITH_EARLIER}")

    def _late(self, now: bytes) -> Outcome:
        """The file is another than the form started from."""
        base = starting_points.find(self.root, self.file, self.base_digest) if self.base_digest else b""
        if base is None:
            return self._unknown_base(now)
        mine = edited(base, self.file, self.changes)
        if mine in (base, now):
            return Same(files.digest(now))
        found = self._merge(base, mine, now)
        return self._settled(now, found)

    def _settled(self, now: bytes, found: Merge) -> Outcome:
        """Write the merged text where nothing is left to choose; else nothing."""
        chosen: list[Change] = []
        for part in found.parts:
            choice = self._choice(now, part)
            if choice is None:
                mine = Side(Where.FORM, self.entry.now, self.entry.person)
                starting_points.keep(self.root, now)
                theirs = side_of(self.root, self.file, now)
                return Conflict(files.digest(now), found.parts, mine, theirs, found.mine)
            chosen += part.to_mine if choice is Choice.MINE else ()
        return self._written(now, edited(now, self.file, [*found.changes, *chosen]), found.theirs)

    def _choice(self, now: bytes, part: ConflictPart) -> Choice | None:
        """Somebody's choice for a part, with this file before them."""
        if self.choices is None or self.choices.seen != files.digest(now):
            return None
        return self.choices.taken.get(part.key)

    def _merge(self, base: bytes, mine: bytes, now: bytes) -> Merge:
        """The parts that merge; one part for the whole where facts cannot be read on all sides, or there are none."""
        wrong = any(split(data, self.file).facts_problems for data in (base, mine, now))
        form = form_of(self.file)
        if form is Form.SHARED or wrong or self.base_digest == NEW:
            return Merge((), (merging.whole(base, mine, now),), (), ())
        start, own, theirs = (content(data, self.file) for data in (base, mine, now))
        return merging.merge(start, own, theirs, form.kind)

    def _unknown_base(self, now: bytes) -> Outcome:
        """Nobody knows what the form started from: every difference is shown."""
        mine = edited(now, self.file, self.changes)
        if mine == now:
            return Same(files.digest(now))
        if any(isinstance(change, SetText | Restore) for change in self.changes):
            return self._settled(now, Merge((), (merging.whole(None, mine, now),), (), ()))
        own, theirs = content(mine, self.file), content(now, self.file)
        parts = merging.without_base(own, theirs, form_of(self.file).kind)
        return self._settled(now, Merge((), parts, (), ()))


WITH_EARLIER = "With words that were in the file before this save and in no commit."


def side_of(root: Path, file: str, data: bytes) -> Side:
    """By whom and when a file got the bytes that it has: the last commit's person if they are its, else nobody known."""
    last = next(iter(history.earlier(root, file, 1)), None)
    if last is not None and history.bytes_at(root, file, last.commit) == data:
        return Side(Where.HISTORY, last.when, last.person)
    return Side(Where.FILE, datetime.fromtimestamp(os.stat(root / file).st_mtime, UTC))  # noqa: PTH116


def publish(root: Path, names: Sequence[str], tag: str, entry: Entry) -> InHistory | SavedNotInHistory:
    """Record a publication that was written: a commit of exactly these files with a tag on it, such as `library/v3`."""
    paths = [Path(os.path.realpath(root)) / name for name in names]
    with files.turn(root):
        return git.publish(Git(Path(os.path.realpath(root))), paths, tag, entry)
