"""The consequences of an act that its answer does not wait for: letters about approvals, and the way to the live site.

`Rounds` does what no act asks for: reminders, versions that start today, letters and sites that failed before.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import cast

from flask import Flask, current_app

from desk.access import Access
from desk.letters.approvals import ApprovalLetters
from desk.letters.writing import Send
from desk.live.publisher import Publisher
from desk.people.act_log import ActLog
from desk.sign_in.postbox import Postbox
from desk.workplace import Workplace
from generator.content import own_records
from generator.problems import ContentError

LOG = logging.getLogger("desk")
NAME = "desk.afterwards"
A_ROUND = 1_800.0
"""Seconds between two rounds."""


@dataclass(frozen=True)
class Afterwards:
    """The way to the live site, and the letters; those are None where the operator has set no mail."""

    publisher: Publisher
    letters: ApprovalLetters | None
    postbox: Postbox | None
    keep_log: Callable[[], None]
    """Drops what is past its time from the log of acts."""

    def published(self) -> None:
        """Something was published, called off or taken down."""
        self.publisher.published()

    def asked(self, notice: str) -> None:
        """Somebody asked for an approval."""
        if self.letters is not None and self.postbox is not None:
            self.postbox.put(partial(self.letters.asked, notice))

    def asked_together(self) -> None:
        """Somebody asked for one approval of a change in several notices."""
        if self.letters is not None and self.postbox is not None:
            self.postbox.put(self.letters.asked_together)

    def returned_together(self, log_id: str, digest: str, by: str) -> None:
        """The person of the id `by` asked for changes of it; the log has the person who asked under `log_id`."""
        if self.letters is not None and self.postbox is not None:
            self.postbox.put(partial(self.letters.returned_together, log_id, digest, by))

    def approved_together(self, log_id: str, digest: str, by: str) -> None:
        """The person of the id `by` approved it; the log has the person who asked under `log_id`."""
        if self.letters is not None and self.postbox is not None:
            self.postbox.put(partial(self.letters.approved_together, log_id, digest, by))

    def answered(self, notice: str, answer: str, by: str) -> None:
        """The person of the id `by` answered a request: `approved` or `returned`."""
        if self.letters is not None and self.postbox is not None:
            self.postbox.put(partial(self.letters.answered, notice, answer, by))

    def check(self) -> None:
        """One round."""
        self.keep_log()
        if self.letters is not None:
            self.letters.check()
        self.publisher.run(checking=True)

    def close(self) -> None:
        """Hand over the letters that wait, and end a build that runs."""
        if self.postbox is not None:
            self.postbox.close()
        self.publisher.close()


class Rounds:
    """A thread that makes a round now and every half hour."""

    def __init__(self, afterwards: Afterwards) -> None:
        self._afterwards = afterwards
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work, name="desk-rounds", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Make no more rounds."""
        self._stop.set()

    def _work(self) -> None:
        while not self._stop.is_set():
            try:
                self._afterwards.check()
            except Exception:
                LOG.exception("the round of reminders and scheduled versions failed")
            self._stop.wait(A_ROUND)


def install(app: Flask, root: Path, access: Access, work: Workplace, send: Send | None) -> None:
    """Give the app what follows its acts."""
    app.extensions[NAME] = made(root, access, work, send)


def made(root: Path, access: Access, work: Workplace, send: Send | None) -> Afterwards:
    """The consequences of acts at the desk of a site."""
    publisher, keep_log = Publisher(root, access, work.today, send), partial(drop_past, access.log, work)
    if send is None:
        return Afterwards(publisher, None, None, keep_log)
    return Afterwards(publisher, ApprovalLetters(work, access, send), Postbox(), keep_log)


def drop_past(log: ActLog, work: Workplace) -> None:
    """Drop the months of the log that are past `records: {staff_logs: ...}` of site.yml; none where it says no plain period."""
    try:
        period = own_records.counted(work.ask(lambda site: site.repository.site.records.staff_logs))
    except ContentError as failure:
        LOG.warning("the log of acts is kept whole: site.yml cannot be read: %s", failure)
        return
    if period is not None and (count := log.drop_past(period.last_day, work.today())):
        LOG.info("%d months of the log of acts were past `staff_logs` of site.yml, and are dropped", count)


def afterwards() -> Afterwards:
    """The consequences of acts in the app of this request."""
    return afterwards_of(current_app)


def afterwards_of(app: Flask) -> Afterwards:
    """The consequences of acts in an app."""
    return cast(Afterwards, app.extensions[NAME])
