"""The words that people agree to are those that the ledger knows: a manifest that says otherwise is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.consent_fixtures import (
    LATER,
    MANIFEST,
    PRIMARY,
    V1,
    V2,
    FakeClock,
    answer,
    form,
    frozen,
    published,
    version,
)
from widget.app import close_app, create_app
from widget.cli import main as consents
from widget.config import Config
from widget.ledger.events import Act, Kind, entry
from widget.ledger.merkle import leaf_hash
from widget.manifest import Manifest, Retraction
from widget.views.shared import service_of

Forge = Callable[[dict[str, Any]], object]
NEWEST = version(number=4, effective=V2.effective)
WITH_NEWEST = replace(MANIFEST, versions=(*MANIFEST.versions, NEWEST))


def forged_statement(document: dict[str, Any]) -> None:
    """T6: a statement changed in published.json under the same digest, in the text as well."""
    entry = document["versions"][0]
    entry["consents"][0]["statement"] = "You may sell everything that you know about me."
    entry["text"] = entry["text"].replace("You may write to me", "You may sell my address and write to me")


def older(document: dict[str, Any]) -> None:
    """T7: the site of before the newest version."""
    document["versions"] = [entry for entry in document["versions"] if entry["version"] != 4]


def another_history(document: dict[str, Any]) -> None:
    """A version with other words and the digest of those words, as after a rewritten folder and lock."""
    entry = document["versions"][0]
    other = frozen(replace(V1, title="Another title"))
    entry |= {"digest": other.digest, "text": other.text}


FORGED = (forged_statement, older, another_history)


def forge(config: Config, change: Forge) -> None:
    document = json.loads(config.manifest.read_text("utf-8"))
    change(document)
    config.manifest.write_text(json.dumps(document), "utf-8")


def opened(config: Config) -> tuple[Flask, FlaskClient]:
    app = create_app(config, FakeClock())
    return app, app.test_client(use_cookies=False)


def answered(tmp_path: Path) -> tuple[Config, str]:
    """An endpoint that took an answer to the newest version, and stopped; with the receipt's address."""
    config = published(tmp_path, WITH_NEWEST)
    app, client = opened(config)
    receipt = client.post("/consent/family-hubs", data=form(V1, service_news="given")).location
    close_app(app)
    return config, receipt


@pytest.mark.parametrize("change", FORGED)
def test_a_manifest_that_says_otherwise_is_refused_at_a_reload_and_the_last_good_one_stays(
    tmp_path: Path, change: Forge, caplog: pytest.LogCaptureFixture
) -> None:
    config = published(tmp_path, WITH_NEWEST)
    app, client = opened(config)
    assert client.get("/readyz").status_code == 200
    forge(config, change)
    service_of(app).files.look()
    assert client.get("/readyz").status_code == 503
    assert "is refused, the last good one stays" in caplog.text
    assert client.post("/api/consents", json=answer(NEWEST, service_news="given")).status_code == 201
    assert V1.consents[0].statement in client.get("/consent/family-hubs?version=1").text
    published(tmp_path, WITH_NEWEST)
    service_of(app).files.look()
    assert client.get("/readyz").status_code == 200
    close_app(app)


@pytest.mark.postgresql
@pytest.mark.parametrize("change", FORGED)
def test_at_the_start_nobody_can_answer_words_that_nothing_proves_and_receipts_go_on(
    each_database: str, tmp_path: Path, change: Forge, caplog: pytest.LogCaptureFixture
) -> None:
    config, receipt = answered(tmp_path)
    forge(config, change)
    app, client = opened(config)
    assert "nobody can answer until there is" in caplog.text
    assert client.get("/readyz").status_code == 503
    page = client.get("/consent/family-hubs")
    assert page.status_code == 503 and "0161 496 0001" in page.text and "council@example.org" in page.text
    assert page.headers["Retry-After"]
    assert client.post("/api/consents", json=answer(V2, service_news="given")).status_code == 503
    assert client.get("/withdraw").status_code == 200
    if change is older:
        assert V1.consents[0].statement in client.get(receipt).text
        assert client.post(f"{receipt}/withdraw", data={"consent": "service-news"}).status_code == 303
    published(tmp_path, WITH_NEWEST)
    service_of(app).files.look()
    assert client.get("/readyz").status_code == 200
    assert client.post("/api/consents", json=answer(NEWEST, service_news="given")).status_code == 201
    assert V1.consents[0].statement in client.get(receipt).text
    close_app(app)


def test_a_receipt_never_shows_words_that_nobody_read(tmp_path: Path) -> None:
    """The usable part of a forged manifest has only what the ledger knows."""
    config, receipt = answered(tmp_path)
    forge(config, forged_statement)
    app, client = opened(config)
    shown = client.get(receipt)
    assert "sell" not in shown.text
    close_app(app)


@pytest.mark.postgresql
def test_a_retraction_is_in_the_ledger_before_its_manifest_is_used(each_database: str, tmp_path: Path) -> None:
    config = published(tmp_path)
    app, client = opened(config)
    gone = frozen(replace(V1, retracted=Retraction(date(2026, 11, 22), "It named somebody.")))
    after = replace(MANIFEST, versions=(gone, *MANIFEST.versions[1:]))
    published(tmp_path, after)
    for _ in range(2):
        service_of(app).files.look()
    with service_of(app).store.reading() as reading:
        events = list(reading.events())
    (taken,) = [event for event in events if event.kind is Kind.RETRACTED]
    (first,) = [event for event in events if (event.notice, event.version) == ("family-hubs", 1) and event is not taken]
    assert gone.retracted is not None
    assert (taken.v, taken.prior, taken.digest) == (2, first.event_id, gone.retracted.digest)
    assert client.get("/readyz").status_code == 200
    published(tmp_path, MANIFEST)
    service_of(app).files.look()
    assert client.get("/readyz").status_code == 503, "what was taken down is not put back"
    close_app(app)
    app, client = opened(config)
    assert client.get("/readyz").status_code == 503, "and the ledger knows it after a restart"
    close_app(app)


def test_an_entry_keeps_the_fields_of_its_release() -> None:
    """The leaf of release 0.1, byte for byte, whatever later releases add."""
    first = entry(Act(Kind.GIVEN, "s", "n", 1, "en", "d", "c"), 1, "e", "2026-11-22T09:30:00.000Z")
    assert first.leaf() == (
        b'{"acting_for":null,"at":"2026-11-22T09:30:00.000Z","channel":null,"consent":"c","detail_commit":null,'
        b'"digest":"d","event_id":"e","happened":"2026-11-22T09:30:00.000Z","kind":"given","language":"en","notice":"n",'
        b'"prior":null,"recorded_by":null,"seq":1,"subject":"s","v":1,"version":1}'
    )
    assert leaf_hash(first.leaf()) != leaf_hash(replace(first, v=2).leaf())


def test_a_version_whose_text_is_left_out_is_asked_of_nobody(tmp_path: Path) -> None:
    """As in a manifest of release 0.1, or of a file that names a member of staff: its receipts open, and no more."""
    old: Manifest = replace(MANIFEST, versions=tuple(replace(one, text="") for one in MANIFEST.versions))
    app, client = opened(published(tmp_path, old))
    for response in (
        client.get("/consent/family-hubs"),
        client.post("/consent/family-hubs", data=form(V2, service_news="given")),
        client.post("/api/consents", json=answer(V2, service_news="given")),
        client.get("/api/notices/family-hubs"),
        client.get("/readyz"),
    ):
        assert response.status_code == 503
    assert client.get("/withdraw").status_code == 200
    close_app(app)


@pytest.mark.postgresql
@pytest.mark.parametrize("change", FORGED)
def test_verify_compares_the_entries_with_a_manifest(
    each_database: str, tmp_path: Path, change: Forge, capsys: pytest.CaptureFixture[str]
) -> None:
    config, _ = answered(tmp_path)
    verify = ["verify", "--database", config.database, "--keys", str(config.keys), "--manifest", str(config.manifest)]
    assert consents(verify) == 0
    assert capsys.readouterr().out.endswith("whole. The signed head covers 6 of them.\n")
    forge(config, change)
    assert consents(verify) == 1
    said = capsys.readouterr().out
    assert "family-hubs/1/en" in said or "family-hubs/4/en" in said


def test_verify_names_versions_that_nothing_proves(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config, _ = answered(tmp_path)
    old = replace(MANIFEST, versions=(replace(V1, text=""), V2, LATER, PRIMARY, NEWEST, version(number=5)))
    published(tmp_path, old)
    verify = ["verify", "--database", config.database, "--keys", str(config.keys), "--manifest", str(config.manifest)]
    assert consents(verify) == 0
    said = capsys.readouterr().out
    assert "family-hubs/1/en comes without its text" in said and "family-hubs/5/en is in no entry yet" in said
    config.manifest.write_text("{}", "utf-8")
    assert consents(verify) == 2
