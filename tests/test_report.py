"""Reporting a problem with a page: by a form without script, to the service's mailbox, seen by nobody else, erased in time."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, update

from generator.building import build
from tests.consent_fixtures import MANIFEST, SERVICE, FakeClock, english, published, version
from tests.site_fixtures import SITE, TODAY, make_site, publish, read
from tests.test_desk import run
from tests.test_mail import Box
from widget import manifest as manifests
from widget.app import close_app, create_app
from widget.config import Config
from widget.mail.delivery import send_due
from widget.manifest import OwnRecords
from widget.record_period import RecordPeriod, Start, Unit
from widget.store.schema import OUTBOX, REPORT
from widget.views.shared import service_of

SAID = "The link to the map\r\nleads nowhere."
REPORT_OF = {"problem": SAID, "email": "sam@example.org", "notice": "family-hubs", "version": "2"}


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client(use_cookies=False)


def shown(client: FlaskClient, address: str) -> tuple[int, str]:
    page = client.get(address)
    return page.status_code, unescape(page.get_data(as_text=True))


@pytest.mark.postgresql
def test_a_report_reaches_the_mailbox_of_the_service_and_is_shown_to_nobody(
    app: Flask, client: FlaskClient, config: Config
) -> None:
    status, form = shown(client, "/report?notice=family-hubs&version=2")
    assert status == 200
    assert "Family Hubs privacy notice, version 2" in form
    assert "We do not read this straight away." in form
    (view,) = re.findall(r'name="request_id" value="(\w+)"', form)
    sent = [client.post("/report", data=REPORT_OF | {"request_id": view}) for _ in range(2)]
    (address,) = {answer.headers["Location"] for answer in sent}
    for _ in range(2):  # it survives a reload
        status, page = shown(client, address)
        assert status == 200
        assert "We have your report" in page
        assert "sam@example.org" not in page and "map" not in page
    post = Box()
    assert send_due(service_of(app), post).sent == 1, "sent twice from one view it is one report"
    (letter,) = post.letters
    assert letter.to == "family.hubs@example.org"
    assert letter.subject == "Privacy notices: a problem with a page"
    for words in ("Family Hubs privacy notice", "Version: 2", "The link to the map, leads nowhere.", "sam@example.org"):
        assert words in letter.body
    assert run(config, "verify") == 0


def test_a_page_of_no_notice_and_a_name_that_nobody_published_hinder_no_report(app: Flask, client: FlaskClient) -> None:
    for about in ({}, {"notice": "no-such", "version": "9"}, {"notice": "family-hubs", "version": "x"}):
        assert client.post("/report", data={"problem": "Too small.", **about}).status_code == 303
    post = Box()
    send_due(service_of(app), post)
    assert {letter.to for letter in post.letters} == {"council@example.org"}
    assert all("a page that belongs to no notice" in letter.body for letter in post.letters)


def test_a_report_made_in_a_language_that_the_notice_lacks_is_about_that_notice(tmp_path: Path) -> None:
    bins = version("bins", 1, (), service=replace(SERVICE, email="bins@example.org"))
    site = replace(MANIFEST.site, languages=("en", "cy"))
    words = {"en": english(), "cy": english()}
    app = create_app(published(tmp_path, replace(MANIFEST, site=site, versions=(bins,)), words), FakeClock())
    client = app.test_client(use_cookies=False)
    sent = client.post("/report?language=cy", data={"problem": "Too small.", "notice": "bins", "version": "1"})
    assert f'<a href="{bins.url}">Back to the notice</a>' in client.get(sent.location).text
    post = Box()
    send_due(service_of(app), post)
    assert [letter.to for letter in post.letters] == ["bins@example.org"]
    assert "Notice: Bins privacy notice\nVersion: 1" in post.letters[0].body
    close_app(app)


def test_where_nothing_is_published_yet_a_report_is_not_said_to_be_kept(tmp_path: Path) -> None:
    app = create_app(published(tmp_path, replace(MANIFEST, versions=())), FakeClock())
    sent = app.test_client(use_cookies=False).post("/report", data={"problem": "Too small."})
    assert (sent.status_code, "0161 496 0001" in sent.text) == (503, True)
    close_app(app)


@pytest.mark.parametrize(
    ("fields", "wrong", "field"),
    [
        ({"problem": " "}, "Say what is wrong.", "problem"),
        ({"problem": "\u200b"}, "Say what is wrong.", "problem"),
        ({"problem": "x" * 2001}, "This is too long.", "problem"),
        ({"problem": SAID, "email": "sam@"}, "The part of the email address after the @", "email"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    client: FlaskClient, fields: dict[str, str], wrong: str, field: str
) -> None:
    sent = client.post("/report", data={"notice": "family-hubs", "version": "2"} | fields)
    page = unescape(sent.get_data(as_text=True))
    assert sent.status_code == 400
    assert "<title>Error: " in page
    assert f'<a href="#{field}">{wrong}' in page
    assert f'aria-describedby="hint-{field} wrong-{field}"' in page
    assert fields["problem"].strip()[:2000].replace("\r", "") in page.replace("\r", "")
    assert "Family Hubs privacy notice, version 2" in page


def test_purge_erases_reports_by_their_own_period(
    app: Flask, client: FlaskClient, config: Config, clock: FakeClock, capsys: pytest.CaptureFixture[str]
) -> None:
    period = OwnRecords(problems=RecordPeriod(6, Unit.MONTH, Start.LAST_ENTRY))
    config.manifest.write_text(
        manifests.to_json(replace(MANIFEST, site=replace(MANIFEST.site, records=period))), "utf-8"
    )
    clock.now = datetime.now(UTC) - timedelta(days=200)
    old = client.post("/report", data={"problem": "Old."}).headers["Location"]
    clock.now = datetime.now(UTC)
    new = client.post("/report", data={"problem": "New."}).headers["Location"]
    assert run(config, "purge") == 0
    assert "1 reports of problems are past `problems`" in capsys.readouterr().out
    assert run(config, "purge", "--do") == 0
    assert (client.get(old).status_code, client.get(new).status_code) == (404, 200)
    assert run(config, "verify") == 0


def test_verify_finds_a_report_that_was_changed_and_one_whose_letter_is_gone(
    app: Flask, client: FlaskClient, config: Config, capsys: pytest.CaptureFixture[str]
) -> None:
    for said in ("One.", "Two."):
        client.post("/report", data={"problem": said})
    store = service_of(app).store

    def tamper(writing):  # type: ignore[no-untyped-def]
        first, second = (row.report for row in writing.reports())
        writing._connection.execute(update(REPORT).where(REPORT.c.report == first).values(sealed=b"x" * 40))
        writing._connection.execute(delete(OUTBOX).where(OUTBOX.c.kind == f"problem {second}"))

    store.write(tamper)
    assert run(config, "verify") != 0
    told = capsys.readouterr().out
    assert "it cannot be opened" in told
    assert "its letter is missing from the outbox" in told


def test_help_and_the_way_to_report_stand_in_the_foot_of_every_page(tmp_path: Path) -> None:
    for endpoint, place in (("", "/report"), ("consent: {endpoint: no}\n", "/report/")):
        root = make_site(tmp_path, site=SITE.replace("complaints:", f"{endpoint}complaints:"))
        if not (root / "content/library/versions").exists():
            assert publish(root, "2026-10-01", "First.", "material") == 0
        build.build(read(root), root / "public", TODAY)
        feet = {}
        for path in (root / "public").rglob("*.html"):
            foot = path.read_text("utf-8").partition('<footer class="site">')[2]
            assert "Need help?" in foot and "mailto:dpo@example.org" in foot, path
            (feet[path.relative_to(root / "public").as_posix()],) = re.findall(r'href="(/report[^"]*)"', foot)
        about = "?notice=library" if not endpoint else ""
        version = "&amp;version=1" if not endpoint else ""
        assert feet["index.html"] == feet["404.html"] == place
        assert feet["library/index.html"] == feet["library/v/1/index.html"] == f"{place}{about}{version}"
        shell = (root / "public/endpoint.json").read_text("utf-8")
        assert "Report a problem with this page" in shell
        if endpoint:
            assert "dpo@example.org" in (root / "public/report/index.html").read_text("utf-8")
