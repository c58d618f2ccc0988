"""The council's own records: `records` in site.yml, from an editor's words to the day on which `consents purge` erases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from generator.cli import main as noticeboard
from generator.content import site_file
from tests.consent_fixtures import MANIFEST, FakeClock, form, version
from tests.site_fixtures import SITE, make_site
from tests.test_desk import run
from widget import manifest as manifests
from widget.config import Config
from widget.manifest import OwnRecords, PublishedVersion
from widget.record_period import RecordPeriod, Start, Unit
from widget.views.shared import service_of

RECORDS = "records: {requests: 2 years, problems: 6 months, staff_logs: up to 1 year}\n"
HALF = RecordPeriod(6, Unit.MONTH, Start.LAST_ENTRY)
SAID = OwnRecords(RecordPeriod(2, Unit.YEAR, Start.LAST_ENTRY), RecordPeriod(1, Unit.YEAR, Start.LAST_ENTRY), HALF)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client(use_cookies=False)


def test_the_consent_service_gets_the_periods_that_it_needs(tmp_path: Path) -> None:
    root = make_site(tmp_path, site=SITE + RECORDS)
    assert noticeboard(["build", "--root", str(root), "--quiet"]) == 0
    published = (root / "public/published.json").read_bytes()
    assert manifests.from_json(published).site.records == SAID


@pytest.mark.parametrize("key", ["requests", "problems", "staff_logs"])
@pytest.mark.parametrize("keep", ["as long as needed", "permanently", "at least 2 years", "2 years after case closure"])
def test_what_is_no_plain_period_is_refused_at_its_line(key: str, keep: str) -> None:
    site, problems = site_file.read((SITE + f"records:\n  {key}: {keep}\n").encode())
    assert site is None
    assert [(one.message, one.place.line) for one in problems] == [
        (f"`{keep}` is not a plain period.", SITE.count("\n") + 2)
    ]
    assert "such as `3 years`" in problems[0].remedy


def tell(config: Config, records: OwnRecords, older: PublishedVersion) -> None:
    """Have the site say how long these records are kept, beside a notice that is older than they are."""
    site = replace(MANIFEST.site, records=records)
    said = replace(MANIFEST, site=site, versions=(*MANIFEST.versions, older))
    config.manifest.write_text(manifests.to_json(said), "utf-8")


@pytest.mark.postgresql
def test_purge_erases_requests_and_staff_logs_by_their_own_periods(
    app: Flask, client: FlaskClient, config: Config, clock: FakeClock, capsys: pytest.CaptureFixture[str]
) -> None:
    first = version("library", 1, published=date(2019, 1, 1), effective=date(2019, 1, 1))
    tell(config, OwnRecords(), first)
    today = datetime.now(clock.now.tzinfo)
    years = timedelta(days=366)
    clock.now = today - 2 * years
    client.post("/withdraw", data={"notice": "family-hubs", "phone": "0161 496 0002"})
    client.post("/consent/library", data=form(first, photos="refused") | {"email": "consent@example.org"})
    clock.now = today - years
    client.post("/withdraw", data={"notice": "family-hubs", "phone": "0161 496 0003"})
    with service_of(app).store.reading() as reading:
        oldest, answered, newer = reading.subjects()
    service_of(app).store.write(lambda writing: writing.note_listing("FH-3", "family-hubs", "photos", 1, 0))
    clock.now = today
    service_of(app).store.write(lambda writing: writing.note_listing("FH-4", "family-hubs", "photos", 1, 0))

    assert run(config, "purge", "--do") == 0
    assert "0 records erased" in capsys.readouterr().out

    tell(config, SAID, first)
    assert run(config, "purge") == 0
    told = capsys.readouterr().out
    assert "1 notes of lists that staff asked for are past `staff_logs`" in told
    assert oldest in told and newer not in told
    assert run(config, "purge", "--do") == 0
    with service_of(app).store.reading() as reading:
        assert list(reading.subjects()) == [answered, newer]
        assert [one.asked_by for one in reading.listings()] == ["FH-4"]
    assert run(config, "verify") == 0
