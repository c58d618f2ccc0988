"""The open site: a folder with its memo, asked for one thing after another while its files change."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from generator.building import memory
from generator.building.site import first_versions, memo_file
from generator.building.site.files import Files
from generator.building.site.folder import Changed, Folder
from generator.building.site.judged import Judged
from generator.building.site.memo import Key, Memo, Reads, Stored
from generator.building.site.queries import Queries
from generator.building.site.reading import Reading
from generator.content import site_file
from generator.content.site_file import SiteSource
from generator.problems import ContentError, Place
from generator.publishing.drafts import Draft, Outcome
from generator.repository import CONTENT
from generator.rules.check import Inspection
from generator.rules.law.ahead import Broken
from generator.rules.text.pictures import B05
from generator.versions.version import Version
from generator.wording.strings import Words

MEMO = Path(".noticeboard") / "memo"
"""Where the memo lies between two runs, within the site's folder. Deleting it costs time and nothing else."""
ATTEMPTS = 50
"""How often a site that changes while it is read is read again, until the answer says so."""
A_MOMENT = 2.0
"""Seconds after which the files are looked at again also for work that nobody waits for."""
T = TypeVar("T")


class OpenSite:
    """A site's folder, for as long as somebody works with it. `shown` alters site.yml for a preview.

    Safe to use from many threads. Each answer shows the files as they were at one moment, never a mixture of two.
    """

    def __init__(
        self,
        root: Path,
        today: Callable[[], date],
        shown: Callable[[SiteSource], SiteSource] = lambda site: site,
        *,
        keep: bool = True,
    ) -> None:
        self._lock = threading.RLock()
        self._counting = threading.Lock()
        self._today = today
        self._file = root / MEMO
        self._release = memory.release()
        self._folder = Folder(root, shown)
        stored = memo_file.read(self._file, self._release) if keep else {}
        self._memo = self._folder.memo = Memo({}, self._folder.inputs(), stored)
        self._queries = Queries(self._folder)
        self.repository = Reading(self._folder)
        self._judged = Judged(self._queries, self.repository)
        self._files = Files(self._queries, self.repository)
        for name, query in (self._queries.all() | self._judged.all() | self._files.all()).items():
            self._memo.add(name, query)
        self._looked = -math.inf
        self._waiting = 0
        self._answered = -math.inf
        self._made_at_saving = 0
        self._taken = False

    @property
    def root(self) -> Path:
        return self._folder.root

    @property
    def made(self) -> int:
        """How many values were made since the site was opened, rather than remembered."""
        return self._memo.made

    def asked(self, question: Callable[[], T], *, now: bool = True) -> T:
        """The answer to a question that reads the site, from its files as they are now; without `now`, as they were a
        moment ago.

        A question that reads files while they change is asked again. Raises what it raises, such as `ContentError`;
        without `now` also `GaveWay`, as soon as somebody asks who waits for the answer.
        """
        came = time.monotonic()
        if not now:
            with self._lock:
                self._memo.gives_way = lambda: self._waiting > 0
                try:
                    return self._answer(question, came - A_MOMENT)
                finally:
                    self._memo.gives_way = lambda: False
        with self._counting:
            self._waiting += 1
        with self._lock:
            with self._counting:
                self._waiting -= 1
            try:
                return self._answer(question, came)
            finally:
                self._answered = time.monotonic()

    def rests(self, seconds: float) -> bool:
        """Whether nobody has waited for an answer for so long."""
        return not self._waiting and time.monotonic() - self._answered > seconds

    def _answer(self, question: Callable[[], T], since: float) -> T:
        """The answer from the files as they were at a moment of the clock, or later."""
        file = ""
        for attempt in range(ATTEMPTS):
            self._memo.begin()
            self._folder.looked_at_disk = False
            try:
                # Somebody who waited while another question looked at the files need not look again.
                if attempt or self._looked < since or self._today() != self._folder.day:
                    self._renew()
                answer = question()
            except ContentError:
                if not self._folder.looked_at_disk or not self._folder.is_another():
                    raise
                file = self._folder.last_touched()
            except (Changed, FileNotFoundError) as failure:
                file = self._folder.name(failure.filename or "") if isinstance(failure, OSError) else str(failure)
                time.sleep(0.005)  # somebody is writing
            except Exception:  # as of work that gave way: nobody looked whether its files stayed as they were
                if self._folder.looked_at_disk:
                    self._forget()
                raise
            else:
                if not self._folder.looked_at_disk or not self._folder.is_another():
                    return answer
                file = self._folder.last_touched()
            self._forget()
        message = f"{'This changes' if file else 'The files of the site change'} while the site is read."
        raise ContentError([B05.problem(Place(file or CONTENT), message, "Try again.")])

    def _forget(self) -> None:
        """Have nothing of this attempt hold: neither what it made nor what it found to hold because of that."""
        self._memo.forget()
        self._changed()

    def _renew(self) -> None:
        """Look at the files and the day. `Changed` where site.yml names other files each time."""
        looked = time.monotonic()
        day = self._today()
        if self._folder.renew() or day != self._folder.day:
            self._folder.day = day
            self._changed()
        for _ in range(ATTEMPTS):
            if not self._covers_others():
                self._looked = looked
                return
            self._folder.renew()
            self._forget()  # site.yml was read before this look
        raise Changed(site_file.FILE)

    def _covers_others(self) -> bool:
        """Have the folder cover what the site names. Returns whether it covered others before."""
        try:
            return self._folder.cover(self._memo.read("site")[0])
        except ContentError:  # what is asked says so too
            return False

    def _changed(self) -> None:
        self._memo.renew()

    def read(self, *key: str) -> Any:
        """The value of a query, within a question."""
        return self._memo.read(*key)

    def texts_of(self, notices: Iterable[str]) -> list[tuple[str, str]]:
        """The texts of some notices, by (notice, language), be they readable or not; within a question."""
        languages = sorted(self.repository.site.languages)
        keys = ((notice, language) for notice in sorted(set(notices)) for language in languages)
        return [key for key in keys if self._memo.read("there", *key)]

    def words(self) -> dict[str, Words]:
        """The words of the site's languages, within a question."""
        return self._memo.read("words")  # type: ignore[no-any-return]

    def inspection(self, notice: str, language: str) -> Inspection:
        """The check of one working text, within a question."""
        return self._memo.read("inspection", notice, language)  # type: ignore[no-any-return]

    def draft(self, notice: str, language: str) -> Draft:
        """One working text composed and compared, within a question."""
        return self._memo.read("draft", notice, language)  # type: ignore[no-any-return]

    def outcome(self, notice: str, language: str) -> Outcome:
        """The outcome of comparing one working text, within a question."""
        return self._memo.read("outcome", notice, language)  # type: ignore[no-any-return]

    def knows(self, query: str, notice: str, language: str) -> bool:
        """Whether a query about one text need not be made, within a question."""
        return self._memo.holds(query, notice, language)

    def recorded(self, question: Callable[[], T]) -> tuple[T, Reads]:
        """The answer to a question and all that it read, within a question."""
        return self._memo.recorded(question)

    def same(self, reads: Reads) -> bool:
        """Whether what was read is still as it was, within a question."""
        return self._memo.same(reads)

    def made_of(self, texts: Iterable[tuple[str, str]], query: str) -> list[tuple[Key, Stored]]:
        """A query's value for each of these texts that can be read, for another process to take; within a question."""
        found: list[tuple[Key, Stored]] = []
        for key in texts:
            wanted = ["head", "text problems"]
            if key in self.repository.notices:
                wanted += dict.fromkeys(["inspection", query])
            found += (((name, *key), self._memo.stored(name, *key)) for name in wanted)
        return found

    def take(self, made: Iterable[tuple[Key, Stored]]) -> None:
        """Have what another process made of texts."""
        with self._lock:
            self._memo.take(made)
            self._taken = True

    def foresee(self, files: Mapping[str, bytes]) -> None:
        """Know at the next start what notices say that are published first with these files, which are about to be
        written."""
        with self._lock:
            self._memo.foresee(first_versions.facts(files))
            self._taken = True

    def file(self, name: str) -> bytes | None:
        """The bytes of a file of the site, with its working texts; None where there is no such file. As `asked`."""
        return self.asked(lambda: self._memo.read("page", name))  # type: ignore[no-any-return]

    def published(self) -> list[str]:
        """Every notice of which anything was published, within a question. `ContentError` where history was altered."""
        self._memo.read("whole")
        return self._folder.frozen_notices()

    def facts(self) -> list[Version]:
        """Every version that can be read, without its sections, within a question."""
        return [version for version in self._queries.all_published() if version.retracted is None]

    def broken(self) -> list[Broken]:
        """The published versions that a change of law breaks, without their sections, within a question."""
        return list(self._judged.broken())

    def asking(self) -> list[tuple[str, str, str]]:
        """The notice, language and title of each version that asks for consent and applies, within a question."""
        return [(notice, *one) for notice in self.published() for one in self._memo.read("asking", notice)]

    def hand_over(self, folder: Path) -> None:
        """Have the manifest and the layout in a folder for the consent service, as the site is now. As `asked`."""
        self.asked(lambda: self._memo.read("handed over", str(folder)))

    def save(self) -> None:
        """Keep the memo for the next run, if anything was made since it was kept."""
        with self._lock:
            if self._taken or self._memo.made != self._made_at_saving:
                self._taken = False
                entries: dict[Key, Any] = dict(self._memo.to_store())
                memo_file.write(self._file, self._release, entries)
                self._made_at_saving = self._memo.made
