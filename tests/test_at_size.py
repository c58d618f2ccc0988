"""Long ledgers are read part by part: what comes out is the same as if all were held, and nothing waits for the end of it."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.consent_fixtures import MANIFEST, V1, V2, FakeClock, answer, confirm_address
from widget.app import close_app, create_app
from widget.commands.office import _past
from widget.commands.progress import Progress
from widget.config import Config
from widget.consent import export
from widget.consent.erasure import _first_that_runs, past
from widget.consent.export import Wanted
from widget.consent.recording import Recorder
from widget.ledger.events import Act, Kind, with_states
from widget.ledger.receipt import read_reference
from widget.mail import renewals
from widget.manifest import Records, to_json
from widget.record_period import RecordPeriod, Start, Unit
from widget.service import Service
from widget.store import at_size
from widget.store.audit import faults, tree
from widget.views.shared import service_of

EVERY = Wanted()


@pytest.fixture
def here(app: Flask) -> Service:
    return service_of(app)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of two, so that a few events have many."""
    monkeypatch.setattr(at_size, "PART", 2)


def agree(client: FlaskClient, read: object = V2, **more: object) -> dict[str, str]:
    """Somebody agrees to news and photos: their receipt's token and reference."""
    sent = answer(read, service_news="given", photos="given") | more  # type: ignore[arg-type]
    response = client.post("/api/consents", json=sent)
    assert response.status_code == 201
    return dict(response.json or {})


def subject_of(here: Service, receipt: dict[str, str]) -> str:
    with here.store.reading() as reading:
        found = reading.receipt_with(read_reference(receipt["reference"]) or "")
    assert found is not None
    return found.subject


def lived(client: FlaskClient, here: Service, clock: FakeClock) -> None:
    """Five days: people agree with and without an address, refuse, withdraw, ask to withdraw, and one is erased."""
    people = [agree(client, email=f"r{number}@example.org") for number in range(3)]
    refused = answer(service_news="refused", photos="refused") | {"email": "no@example.org"}
    assert client.post("/api/consents", json=refused).status_code == 201
    clock.move(days=1)
    people.append(agree(client))
    bearer = {"Authorization": f"Bearer {people[0]['token']}"}
    withdrawn = {"consents": ["photos"]}
    path = f"/api/receipts/{people[0]['reference']}/withdrawals"
    assert client.post(path, json=withdrawn, headers=bearer).status_code == 201
    clock.move(days=1)
    client.post("/withdraw", data={"notice": "family-hubs", "phone": "0161 496 0002"})
    here.erasures.erase_all([subject_of(here, people[1])], Recorder("staff", "FH-1"))
    clock.move(days=2)
    agree(client, email="late@example.org")


def days(clock: FakeClock) -> list[tuple[date | None, date | None]]:
    first = clock.now.date() - timedelta(days=4)
    some = [first + timedelta(days=number) for number in range(5)]
    return [(None, None), *((day, day) for day in some), (some[1], None), (None, some[2])]


@pytest.mark.postgresql
def test_an_export_of_some_days_is_that_part_of_the_whole_one(
    client: FlaskClient, here: Service, clock: FakeClock
) -> None:
    lived(client, here, clock)
    with here.store.reading() as reading:
        events = list(reading.events())
        states = {event.seq: state for event, state in with_states(events)}
        whole = list(export.rows(reading, here.keys, EVERY))
        assert [row["seq"] for row in whole] == [event.seq for event in events]
        assert {row["seq"]: row["state"] for row in whole} == states
        assert sum(row["said_email"] is not None for row in whole) >= 3
        for notice in (None, "family-hubs", "primary"):
            for first, last in days(clock):
                wanted = Wanted(notice, first, last)
                asked = {event.seq for event in events if wanted.takes(event)}
                assert list(export.rows(reading, here.keys, wanted)) == [row for row in whole if row["seq"] in asked]


@pytest.mark.postgresql
def test_json_ld_in_parts_has_each_consent_once_with_all_its_events(
    client: FlaskClient, here: Service, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    lived(client, here, clock)

    def graph(wanted: Wanted) -> list[dict[str, object]]:
        out = io.StringIO()
        with here.store.reading() as reading:
            export.write_jsonld(export.records(reading, here.manifest, here.today(), wanted), out)
        whole = json.loads(out.getvalue())
        assert out.getvalue() == json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
        return list(whole["@graph"])

    for first, last in days(clock):
        wanted = Wanted(None, first, last)
        in_parts = graph(wanted)
        monkeypatch.setattr(at_size, "PART", 10_000)
        assert graph(wanted) == in_parts
        monkeypatch.setattr(at_size, "PART", 2)
    assert len(graph(EVERY)) == 12, "six people's two consents, those of the one who was erased too"


def test_json_ld_is_written_while_it_is_read() -> None:
    out = io.StringIO()
    written: list[int] = []

    def records() -> Iterator[dict[str, object]]:
        for number in range(3):
            written.append(len(out.getvalue()))
            yield {"number": number, "said": "a\u2028b"}

    export.write_jsonld(records(), out)
    assert written == sorted(set(written)), "each record is written before the next is asked for"
    assert [one["said"] for one in json.loads(out.getvalue())["@graph"]] == ["a\u2028b"] * 3


def confirmed(client: FlaskClient, here: Service, number: int, read: object = V1) -> dict[str, str]:
    receipt = agree(client, read, email=f"c{number}@example.org")
    confirm_address(here, subject_of(here, receipt))
    return receipt


def owed(here: Service) -> list[tuple[str, int]]:
    """The letters that ask again, by the event that they are about."""
    with here.store.reading() as reading:
        rows = [one for one in reading.owed("9999", most=1000) if one.kind.startswith("renewal ")]
    return sorted((one.kind, one.seq) for one in rows)


@pytest.mark.postgresql
def test_only_those_are_asked_again_whose_last_word_is_a_yes_to_words_that_changed(
    client: FlaskClient, here: Service, clock: FakeClock
) -> None:
    asked = [confirmed(client, here, number) for number in range(5)]
    confirmed(client, here, 10, V2)  # the newest words
    agree(client, V1, email="unconfirmed@example.org")
    withdrew, hushed, erased, late = (confirmed(client, here, number) for number in range(20, 24))
    bearer = {"Authorization": f"Bearer {withdrew['token']}"}
    client.post(
        f"/api/receipts/{withdrew['reference']}/withdrawals", json={"consents": ["service-news"]}, headers=bearer
    )
    here.store.write(lambda writing: writing.hush(subject_of(here, hushed)))
    here.erasures.erase_all([subject_of(here, erased)], Recorder("staff", "FH-1"))
    old_form = Act(
        *(Kind.GIVEN, subject_of(here, late), "family-hubs", 2, "en", V2.digest, "service-news"),
        channel="post",
        recorded_by="FH-1",
        happened="2026-01-05T00:00:00.000Z",
    )
    here.store.write(lambda writing: writing.append([old_form]))  # it counts no more than the answer that came after it
    clock.move(days=1)
    assert renewals.owe_renewals(here) == len(asked) + 1
    with here.store.reading() as reading:
        names = {subject_of(here, one) for one in (*asked, late)}
        assert {event.subject for event in map(reading.event_at, (seq for _, seq in owed(here))) if event} == names
    assert {kind for kind, _ in owed(here)} == {"renewal 2"}
    clock.move(days=1)
    assert renewals.owe_renewals(here) == 0, "each is asked once"


@pytest.mark.postgresql
def test_looking_for_renewals_lets_letters_go_on_and_ends_where_it_was(
    client: FlaskClient, here: Service, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        confirmed(client, here, number)
    clock.move(days=1)
    monkeypatch.setattr(renewals, "SLICE", 0.0001)
    found = [renewals.owe_renewals(here, whole=False) for _ in range(6)]
    assert sum(found) == 5 and max(found) <= 2 and len(owed(here)) == 5


@pytest.mark.postgresql
def test_of_several_processes_one_looks_and_the_next_finds_nothing_left(
    config: Config, client: FlaskClient, here: Service, clock: FakeClock, each_database: str
) -> None:
    for number in range(3):
        confirmed(client, here, number)
    clock.move(days=1)
    other = create_app(config, clock)
    there = service_of(other)
    if each_database == "postgresql":
        with there.store.looking_alone() as alone:
            assert alone
            assert renewals.owe_renewals(here) == 0, "another process looks"
    assert renewals.owe_renewals(there) == 3
    assert renewals.owe_renewals(here) == 0
    assert len(owed(here)) == 3
    close_app(other)


PERIODS = st.builds(
    RecordPeriod,
    st.integers(1, 10),
    st.sampled_from([Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.YEAR]),
    st.sampled_from(Start),
    st.sampled_from([None, "03-31", "12-31", "08-31"]),
)


@settings(max_examples=100)
@given(PERIODS, st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.integers(0, 8000))
def test_nobody_is_left_out_whose_period_is_over(period: RecordPeriod, today: date, back: int) -> None:
    start = today - timedelta(days=back)
    first = _first_that_runs(period, today)
    assert (first is not None and start >= first) == (period.last_day(start) >= today)


@pytest.mark.postgresql
def test_purge_finds_part_by_part_whom_it_finds_one_by_one(
    client: FlaskClient, here: Service, clock: FakeClock, config: Config
) -> None:
    lived(client, here, clock)
    for keep in (RecordPeriod(1, Unit.DAY, Start.LAST_ENTRY), RecordPeriod(3, Unit.DAY, Start.CONSENT_END), None):
        site = replace(MANIFEST.site, consent_records=Records("a while", None, keep))
        config.manifest.write_text(to_json(replace(MANIFEST, site=site)), "utf-8")
        here.files.look()
        with here.store.reading() as reading:
            one_by_one = [
                found
                for subject in sorted(reading.subjects())
                if (found := past(subject, reading.events_of(subject), here.manifest, here.today())) is not None
            ]
            assert list(_past(reading, here)) == one_by_one
        assert one_by_one
    with here.store.reading() as reading:
        everybody = list(reading.subjects())
    assert here.erasures.erase_all(everybody, Recorder("staff", "FH-1")) == len(everybody)
    with here.store.reading() as reading:
        assert list(reading.subjects()) == []


def test_progress_is_shown_on_a_terminal_and_gone_at_the_end() -> None:
    terminal = io.StringIO()
    shown = Progress(terminal)
    shown.tell("1,000 of 3,000 events")
    shown.tell("1,001 of 3,000 events")
    shown.end()
    assert terminal.getvalue().count("of 3,000 events") == 1
    assert terminal.getvalue().endswith("\r\x1b[K")
    Progress(None).tell("nothing")


def test_a_long_check_says_how_far_it_is(here: Service, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "STEP", 2)
    agree(client)
    heard: list[str] = []
    with here.store.reading() as reading:
        faults(reading, None, told=heard.append)
    assert heard and all(said.endswith(f" of {len(MANIFEST.versions) + 2} events") for said in heard)
