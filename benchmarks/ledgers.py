"""Makes a long ledger quickly, by the real tree, seals and signed heads: people who agreed, confirmed and withdrew over 400 days.

    python -m benchmarks.ledgers [--events 20000] [--folder FOLDER] [--database URL]

Without a folder it is made in a temporary one and thrown away. 45 events in 100 are answers, 45 confirm an address and 10
withdraw. One person in 100 agreed to words that have changed since, and is to be asked again.
"""

from __future__ import annotations

import argparse
import secrets
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import update

from tests.consent_fixtures import MANIFEST, V1, V2, published
from widget.config import Config
from widget.consent.publications import record_publications
from widget.ledger import key_folder
from widget.ledger.events import Act, ConsentEvent, Kind, utc
from widget.ledger.head_keeper import HeadKeeper
from widget.manifest import PublishedVersion, Records
from widget.people.addresses import FOLDING, lookup
from widget.people.details import EMAIL, Entry, Held, Sealing, seal
from widget.record_period import RecordPeriod, Start, Unit
from widget.store.engine import open_engine
from widget.store.group_commit import Store
from widget.store.schema import OUTBOX, SUBJECT
from widget.store.transaction import Writing

DAYS = 400
TOGETHER = 1000
ANSWERS, WITHDRAWALS = 450, 100
CONSENT = "service-news"
PERIOD = Records("1 year", None, RecordPeriod(1, Unit.YEAR, Start.CONSENT_END))


def make(folder: Path, events: int, database: str = "") -> Config:
    """A ledger of so many events, to the last thousand, that ends today; the endpoint's configuration."""
    site = replace(MANIFEST.site, consent_records=PERIOD)
    config = published(folder, replace(MANIFEST, site=site))
    config = replace(config, database=database or config.database)
    end = datetime.now(UTC)
    moments = iter(end - timedelta(days=DAYS) * (1 - step / (events / TOGETHER)) for step in range(10**6))
    times = [end - timedelta(days=DAYS)]
    store = Store(open_engine(config.database, 60), lambda: times[0], secrets.token_bytes)
    store.make()
    key_folder.make(config.keys_folder, site.base_url, secrets.token_bytes)
    keys = key_folder.read(config.keys_folder)
    store.sign_with(HeadKeeper(keys))
    store.write(lambda writing: record_publications(writing, replace(MANIFEST, site=site)))
    for _ in range(0, events, TOGETHER):
        times[0] = next(moments)
        store.write(lambda writing: _acts(writing, Sealing.of(keys)))
    store.write(lambda writing: writing.connection.execute(update(OUTBOX).values(sent=OUTBOX.c.made, tries=1)))
    store.close()
    return config


def _acts(writing: Writing, sealing: Sealing) -> None:
    people = [secrets.token_hex(16) for _ in range(ANSWERS)]
    given = writing.append([_answer(person, V1 if place % 100 == 0 else V2) for place, person in enumerate(people)])
    for event in given:
        writing.add_receipt(str(event.subject), V2.notice)
        writing.owe("receipt", event)
    writing.append([_confirmed(writing, sealing, person) for person in people])
    for event in writing.append([_withdrawal(event) for event in given[:WITHDRAWALS]]):
        writing.owe("withdrawn", event)


def _answer(person: str, read: PublishedVersion) -> Act:
    words = (read.notice, read.version, read.language, read.digest, CONSENT)
    return Act(Kind.GIVEN, person, *words, channel="web", detail_commit=secrets.token_hex(32))


def _withdrawal(event: ConsentEvent) -> Act:
    words = (event.notice, event.version, event.language, event.digest, event.consent)
    return Act(Kind.WITHDRAWN, event.subject, *words, prior=event.event_id, channel="web")


def _confirmed(writing: Writing, sealing: Sealing, person: str) -> Act:
    """The row of somebody who typed an address and pressed the link in the letter, and the entry that says so."""
    email = f"{person[:12]}@example.org"
    held = Held((Entry(EMAIL, email, "web", writing.now, confirmed=writing.now),))
    sealed = seal(held, person, sealing.details_key, writing.randomness)
    row = {"subject": person, "row_key": sealed.row_key, "sealed": sealed.sealed, "made": writing.now}
    marks = {"lookup": lookup(email, sealing.pepper), "confirmed": True, "quiet": False, "folding": FOLDING}
    writing._add(SUBJECT, row | marks)
    return Act(Kind.DETAILS_CHANGED, person, channel="web", detail_commit=sealed.commit)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--events", type=int, default=20_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--database", default="", help="an empty database in place of an SQLite file in the folder")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir="/var/tmp") as name:
        began, busy = time.monotonic(), time.process_time()
        make(given.folder or Path(name), given.events, given.database)
        took, busy = time.monotonic() - began, time.process_time() - busy
    print(f"{utc(datetime.now(UTC))} {given.events:,} events made in {took:.0f} s, {busy:.0f} s of processor time")


if __name__ == "__main__":
    main()
