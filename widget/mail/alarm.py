"""Tells the operator, in the log, that mail is too old: once an hour at most, and apart from whether acts are taken."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from widget.mail.context import MailContext

log = logging.getLogger("consents")
LOOK = timedelta(minutes=1)
REPEAT = timedelta(hours=1)


class MailAlarm:
    """Looks once a minute at the oldest letter that is owed. Letters that wait for their turn by a limit do not count."""

    def __init__(self, here: MailContext) -> None:
        self._here = here
        self._looked: datetime | None = None
        self._told: datetime | None = None

    def look(self) -> None:
        """Log an error where the oldest letter is older than `CONSENTS_MAIL_AGE`."""
        now = self._here.clock()
        if self._looked and now - self._looked < LOOK:
            return
        self._looked = now
        with self._here.store.reading() as reading:
            made, waiting = reading.oldest_late(), reading.unsent()
        if made is None or (self._told and now - self._told < REPEAT):
            return
        age = now - datetime.fromisoformat(made)
        if age.total_seconds() > self._here.config.mail_age:
            self._told = now
            log.error("the oldest letter waits since %s, %d are owed: see `consents mail`", made, waiting)
