"""For the service: note what was done about a withdrawal or a request."""

from __future__ import annotations

import argparse

from widget.commands import opening
from widget.commands.codes import DONE
from widget.commands.moments import moment_after
from widget.config import Config
from widget.consent.acting import STAFF_CHANNEL, Report, record_acted
from widget.consent.recording import Recorder
from widget.errors import StartRefused
from widget.ledger.events import TO_ACT_ON, Done, utc
from widget.people.notes import LONGEST


def acted(config: Config, given: argparse.Namespace) -> int:
    """Run `consents acted`. Returns the exit code."""
    if given.code not in list(Done):
        raise StartRefused(f"{given.code} is no code. Write one of {', '.join(Done)}; --note takes your own words.")
    if len(given.note or "") > LONGEST:
        raise StartRefused(f"--note has more than {LONGEST} characters. Put the rest into the case file.")
    report = Report(Done(given.code), (given.note or "").strip())
    with opening.service(config) as here:
        with here.store.reading() as reading:
            event = reading.event_at(given.event)
        if event is None or event.kind not in TO_ACT_ON:
            raise StartRefused(f"Event {given.event} is not a withdrawal or a request for one.")
        done = utc(moment_after(given.happened, event, here.clock())) if given.happened else None
        by = Recorder(STAFF_CHANNEL, given.by, done)
        key = here.keys.details_key
        recorded, new = here.store.write(lambda writing: record_acted(writing, event, report, by, key))
    if new:
        print(f"Recorded about event {given.event}: event {recorded.seq}.")
    else:
        print(f"Recorded before, as event {recorded.seq}.")
    return DONE
