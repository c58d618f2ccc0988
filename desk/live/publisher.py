"""Makes what was published live: builds in a child process, runs the operator's `deploy`, looks. One at a time, never in a request.

A publication notes its time and wakes the thread. While one try runs, further publications lead to one more after it.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

import generator
from desk.access import Access
from desk.letters import writing
from desk.letters.writing import Send
from desk.live import child, looking, page_marks
from desk.live.child import Ended
from desk.live.looking import NotSeen
from desk.live.state import Last, LiveFolder, Outcome, is_due
from generator import repository
from generator.problems import ContentError
from generator.versions import timeline

LOG = logging.getLogger("desk.live")
BUILT = "{built}"
"""The place in DESK_DEPLOY for the folder with the built site."""
WAITS = (0.0, 2.0, 5.0, 15.0, 30.0, 60.0)
"""Seconds before each look: a web server or its cache may take a while to show what it was given."""
MOST_TRIES = 10
"""Tries in a row where something is published all the time; the next publication or check goes on."""
PATIENCE = 10.0
"""Seconds to wait at the end for a look at the live site that is under way."""
OPERATOR = ("en", "cy")


class Publisher:
    """The tries to make the site live. `send` hands over the letter to the operator, where one is set."""

    def __init__(
        self,
        root: Path,
        access: Access,
        today: Callable[[], date],
        send: Send | None,
        environ: Mapping[str, str] = os.environ,
        waits: Sequence[float] = WAITS,
    ) -> None:
        self.folder = LiveFolder(access.config.folder)
        self._root = root
        self._access = access
        self._today = today
        self._send = send
        self._environment = child.bare(environ)
        self.waits = waits
        self._stop = threading.Event()
        self._starting = threading.Lock()
        self._woken = threading.Event()
        self._thread: threading.Thread | None = None
        self._idle = threading.Condition()
        self._is_busy = False

    @property
    def is_on(self) -> bool:
        """Whether the operator has set DESK_DEPLOY."""
        return self._access.config.deploy is not None

    def published(self) -> None:
        """Something was published: note it, and let the thread make it live."""
        if not self.is_on:
            return
        self.folder.ask(self._access.clock())
        with self._idle:
            self._is_busy = True
            self._woken.set()
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="desk-live", daemon=True)
                self._thread.start()

    def run(self, *, checking: bool) -> None:
        """Make the site live while something was published that is not. `checking`: also where a day or a failure asks for it."""
        if not self.is_on:
            return
        with self.folder.turn() as ours:
            if not ours:
                return  # another process is at it, and sees what was asked
            for attempt in range(MOST_TRIES):
                if self._stop.is_set() or not self._is_due(checking and attempt == 0):
                    return
                self._try()

    def wait(self) -> None:
        """Wait until nothing is left that was published before."""
        with self._idle:
            self._idle.wait_for(lambda: not self._is_busy)

    def close(self) -> None:
        """End a child that runs, and the thread. The next start goes on with it."""
        self._stop.set()
        self._woken.set()
        if self._thread is not None:
            self._thread.join(PATIENCE)

    def _work(self) -> None:
        while True:
            self._woken.wait()
            if self._stop.is_set():
                return
            self._woken.clear()
            try:
                self.run(checking=False)
            except Exception:
                LOG.exception("the site was not made live")
            with self._idle:
                self._is_busy = self._woken.is_set()
                self._idle.notify_all()

    def _is_due(self, checking: bool) -> bool:
        asked, last = self.folder.asked(), self.folder.last()
        if not checking:
            return asked is not None and (last is None or last.started < asked)
        if last is None:
            return is_due(asked, last, None, self._today())
        _, kept = repository.read_frozen(self._root)
        return is_due(asked, last, timeline.next_change(kept, last.day), self._today())

    def _try(self) -> None:
        before = self.folder.last()
        now, day = self._access.clock(), self._today()
        started = max(now, self.folder.asked() or now)
        read = self._pages()
        outcome = self._outcome(day)
        if self._stop.is_set():
            return  # cut short, and so due at the next start
        last = Last(started, self._access.clock(), day, outcome)
        self.folder.keep(last)
        if last.is_well:
            self.folder.keep_pages(read)
        if not last.is_well and (before is None or before.is_well or _is_new(self.folder, before)):
            self._tell(outcome)

    def _pages(self) -> dict[str, str]:
        """The marks of the ordinary pages just before the build: it has these words, or newer ones."""
        try:
            return page_marks.of_all(repository.read_frame(self._root))
        except (ContentError, OSError):  # the build says why
            return {}

    def _outcome(self, day: date) -> Outcome:
        for what, run in (("build", partial(self._build, day)), ("DESK_DEPLOY", self._deploy)):
            ended = run()
            if not ended.well:
                LOG.error("the site is not live: %s failed, %s. It said: %s", what, ended.why, ended.said or "nothing")
                return Outcome.FAILED
        return self._look(day) if self._access.config.look_live else Outcome.HANDED_OVER

    def _build(self, day: date) -> Ended:
        out = self.folder.built
        arguments = [sys.executable, "-m", "generator.cli", "build", "--quiet", "--root", str(self._root.resolve())]
        arguments += ["--out", str(out), "--date", str(day)]
        package = Path(generator.__file__).resolve().parent.parent
        return child.run(arguments, self._environment, package, self._access.config.deploy_seconds, self._stop)

    def _deploy(self) -> Ended:
        given, built = self._access.config.deploy or (), str(self.folder.built.resolve())
        arguments = [one.replace(BUILT, built) for one in given]
        if not any(BUILT in one for one in given):
            arguments.append(built)
        return child.run(arguments, self._environment, self._root, self._access.config.deploy_seconds, self._stop)

    def _look(self, day: date) -> Outcome:
        why = "it lacks something that was published"
        try:
            base_url = str(repository.read_site(self._root).base_url)
            _, kept = repository.read_frozen(self._root)
            for wait in self.waits:
                if self._stop.wait(wait):
                    break
                try:
                    if looking.is_live(base_url, self.folder.built, kept, day):
                        return Outcome.LIVE
                except NotSeen as failure:
                    why = str(failure)
        except (ContentError, OSError) as failure:
            why = f"the site's folder cannot be read: {failure}"
        LOG.error("the site was deployed and is not live: %s", why)
        return Outcome.NOT_LIVE

    def _tell(self, outcome: Outcome) -> None:
        to = self._access.config.operator
        if to is None or self._send is None:
            return
        try:
            self._send(writing.letter(self._access, to, f"told.live_{outcome.replace('-', '_')}", OPERATOR))
        except Exception as error:
            LOG.error("the operator's letter was not handed over: %s", type(error).__name__, exc_info=error)


def _is_new(folder: LiveFolder, before: Last) -> bool:
    """Whether something was published since the try before, which is the operator's to hear of again."""
    asked = folder.asked()
    return asked is not None and asked > before.started
