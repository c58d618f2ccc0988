"""The open site: a folder with its memo, asked for one thing after another while its files change."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from generator.building import memory
from generator.building.site import memo_file
from generator.building.site.judged import Judged
from generator.building.site.memo import Key, Memo
from generator.building.site.reading import Changed, Folder, Queries, Reading
from generator.content.site_file import SiteSource
from generator.problems import ContentError
from generator.publishing.drafts import Draft, Outcome
from generator.rules.check import Inspection
from generator.wording.strings import Words

MEMO = Path(".noticeboard") / "memo"
"""Where the memo lies between two runs, within the site's folder. Deleting it costs time and nothing else."""
ATTEMPTS = 50
"""How often a site that changes while it is read is read again, until somebody is told so."""
T = TypeVar("T")


class OpenSite:
    """A site's folder, for as long as somebody works with it. `shown` alters site.yml for a preview.

    Safe to use from many threads. Whoever asks gets what the files said at one moment, never a mixture of two.
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
        self._today = today
        self._file = root / MEMO
        self._release = memory.release()
        self._folder = Folder(root, shown)
        stored = memo_file.read(self._file, self._release) if keep else {}
        self._memo = self._folder.memo = Memo({}, self._folder.inputs(), stored)
        self._queries = Queries(self._folder)
        self.repository = Reading(self._folder)
        self._judged = Judged(self._queries, self.repository)
        for name, query in (self._queries.all() | self._judged.all()).items():
            self._memo.add(name, query)
        self._made_at_saving = 0

    @property
    def root(self) -> Path:
        return self._folder.root

    @property
    def made(self) -> int:
        """How many values were made since the site was opened, rather than remembered."""
        return self._memo.made

    def asked(self, question: Callable[[], T]) -> T:
        """The answer to a question that reads the site, from its files as they are now.

        A question that reads files while they change is asked again. Raises what it raises, such as `ContentError`.
        """
        with self._lock:
            for _ in range(ATTEMPTS):
                self._renew()
                self._folder.looked_at_disk = False
                try:
                    answer = question()
                except ContentError:
                    if not self._folder.looked_at_disk or not self._folder.renew():
                        raise
                except (Changed, FileNotFoundError):
                    time.sleep(0.005)  # somebody is writing
                else:
                    if not self._folder.looked_at_disk or not self._folder.renew():
                        return answer
                self._changed()
        raise Changed

    def _renew(self) -> None:
        """Look at the files and the day."""
        day = self._today()
        if self._folder.renew() or day != self._folder.day:
            self._folder.day = day
            self._changed()
        try:
            covered = self._folder.cover(self._memo.read("site")[0])
        except ContentError:
            return  # what is asked says so too
        if covered and self._folder.renew():
            self._changed()

    def _changed(self) -> None:
        self._memo.renew()

    def read(self, *key: str) -> Any:
        """The value of a query, within a question."""
        return self._memo.read(*key)

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
        """What came of comparing one working text, within a question."""
        return self._memo.read("outcome", notice, language)  # type: ignore[no-any-return]

    def save(self) -> None:
        """Keep the memo for the next run, if anything was made since it was kept."""
        with self._lock:
            if self._memo.made != self._made_at_saving:
                entries: dict[Key, Any] = dict(self._memo.to_store())
                memo_file.write(self._file, self._release, entries)
                self._made_at_saving = self._memo.made
