"""Records of consent have what ISO/IEC TS 27560 asks for, whatever became of the consent."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from generator.cli import main
from generator.versions import handling
from tests.consent_fixtures import MANIFEST, V1, V2, FakeClock, answer, published, version
from tests.site_fixtures import make_site, publish
from tests.test_desk import bearer, give, run
from tests.ts27560_shape import RECEIPT, RECORD, faults
from widget.app import close_app, create_app
from widget.config import Config
from widget.manifest import Contact, Handling, Renewal, Storage, from_json

HANDLING = Handling(
    ("contact details",), ("health",), ("Other teams",), (Storage("enquiries", "2 years", "P2Y"),), ("Iceland",)
)
TOLD = replace(
    MANIFEST,
    site=replace(
        MANIFEST.site, controller=Contact("Example Borough Council", post="Town Hall", url="https://www.example.org")
    ),
    versions=tuple(replace(one, handling=HANDLING) for one in MANIFEST.versions),
)


@pytest.fixture
def clock() -> FakeClock:
    """Now: commands use the real time."""
    return FakeClock(datetime.now(UTC))


@pytest.fixture
def config(tmp_path: Path, each_database: str) -> Config:
    """An endpoint beside a site whose notices say what is done with the data."""
    return published(tmp_path, TOLD)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client(use_cookies=False)


def records(config: Config, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert run(config, "export", "--format", "jsonld") == 0
    return list(json.loads(capsys.readouterr().out)["@graph"])


def states(record: dict[str, Any]) -> list[str]:
    return [status["@type"][0].removeprefix("dpv:") for status in record["dpv:hasConsentStatus"]]


def renewed_and_withdrawn(client: FlaskClient) -> dict[str, Any]:
    receipt = give(client, V1, service_news="given", photos="refused")
    client.post("/api/consents", json=answer(V2, service_news="given"), headers=bearer(receipt))
    client.post(f"/receipt/{receipt['token']}/withdraw", data={"consent": "service-news"})
    return client.get(f"/receipt/{receipt['token']}/file").json or {}


def test_a_receipt_and_its_records_are_of_the_standards_shape(client: FlaskClient) -> None:
    document = renewed_and_withdrawn(client)
    assert faults(document, RECEIPT) == []
    news, photos = document["dpv:hasRecordOfActivity"]
    assert states(news) == ["ConsentGiven", "RenewedConsentGiven", "ConsentWithdrawn"]
    assert states(photos) == ["ConsentRefused"]
    (process,) = news["dpv:hasProcess"]
    assert [one["dct:title"] for one in process["dpv:hasPersonalData"]] == ["contact details", "health"]
    assert [one["dpv:hasName"] for one in process["dpv:hasRecipient"]] == ["Other teams"]
    assert process["dpv:hasDataController"][0]["dpv:hasAddress"] == "Town Hall"
    lengths = [one["dpv:hasDuration"]["rdf:value"]["@value"] for one in process["dpv:hasStorageCondition"][1:]]
    assert lengths == ["P2Y", "P6Y"]


def test_a_child_a_form_by_post_and_an_erasure_are_of_that_shape_too(
    app: Flask, config: Config, client: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    said = ("--channel", "post", "--by", "FH-3", "--happened", "2026-11-20", "--acting-for", "child")
    assert run(config, "record", "--notice", "family-hubs", "--decision", "photos=given", *said) == 0
    reference = capsys.readouterr().out.partition("Reference: ")[2].split()[0]
    (record,) = records(config, capsys)
    assert faults(record, RECORD) == []
    (status,) = record["dpv:hasConsentStatus"]
    assert status["dpv:isIndicatedBy"]["@type"] == ["dpv:ParentOfDataSubject"]
    assert status["dpv:isIndicatedBy"]["@id"] != record["dpv:hasDataSubject"]["@id"]
    assert status["dct:contributor"]["@id"].endswith("FH-3")
    assert run(config, "erase", "--reference", reference, "--by", "DPO") == 0
    file = client.get(f"/api/receipts/{reference}")
    assert file.status_code == 404


def test_the_council_revokes_and_only_the_person_withdraws(app: Flask, config: Config, client: FlaskClient) -> None:
    receipt = give(client)
    assert run(config, "erase", "--reference", receipt["reference"], "--by", "DPO") == 0
    document = client.get(f"/receipt/{receipt['token']}/file").json or {}
    assert faults(document, RECEIPT) == []
    (record,) = document["dpv:hasRecordOfActivity"]
    assert states(record) == ["ConsentGiven", "ConsentRevoked"]
    given, revoked = record["dpv:hasConsentStatus"]
    assert given["dpv:isIndicatedBy"]["@id"] == record["dpv:hasDataSubject"]["@id"]
    assert revoked["dpv:isIndicatedBy"]["@id"] == document["dct:publisher"]["@id"]


def test_a_consent_that_lapsed_has_expired_on_that_day_by_the_council(tmp_path: Path, clock: FakeClock) -> None:
    changed = version(number=2, consents=V2.consents, renewal=Renewal(False, 30))
    app = create_app(published(tmp_path, replace(TOLD, versions=(V1, changed))), clock)
    document = app.test_client().get(f"/receipt/{give(app.test_client(), V1)['token']}/file").json or {}
    close_app(app)
    assert faults(document, RECEIPT) == []
    (record,) = document["dpv:hasRecordOfActivity"]
    assert states(record) == ["ConsentGiven", "ConsentExpired"]
    given, expired = record["dpv:hasConsentStatus"]
    assert given["dpv:hasDuration"]["rdf:value"] == expired["dpv:isIndicatedAtTime"]


MANDATORY = (
    "dct:identifier", "dct:conformsTo", "schema:schemaVersion", "dpv:hasDataSubject", "dpv:hasNotice", "dct:language",
    "dpv:hasProcess", "dpv:hasConsentStatus", "dpv:hasPurpose", "dpv:hasPersonalData", "dpv:hasDataController",
    "dpv:hasStorageCondition", "dpv:hasJurisdiction", "dpv:hasRecipient", "dpv:hasConsentControl", "dpv:hasAddress",
    "dpv:hasContact", "dpv:isIndicatedAtTime", "dpv:hasDuration", "dpv:isIndicatedBy",
)  # fmt: skip


@pytest.mark.parametrize("name", MANDATORY)
def test_the_shape_misses_each_mandatory_field(client: FlaskClient, name: str) -> None:
    document = renewed_and_withdrawn(client)
    without = copy.deepcopy(document)
    _take_out(without, name)
    assert faults(document, RECEIPT) == []
    assert faults(without, RECEIPT) != []


def _take_out(part: Any, name: str) -> None:
    if isinstance(part, dict):
        part.pop(name, None)
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        _take_out(inner, name)


def test_a_manifest_of_the_release_before_still_makes_whole_records(tmp_path: Path, clock: FakeClock) -> None:
    app = create_app(published(tmp_path, MANIFEST), clock)
    document = app.test_client().get(f"/receipt/{give(app.test_client())['token']}/file").json or {}
    close_app(app)
    assert faults(document, RECEIPT) == []


# What the generator hands over.


def test_the_manifest_names_what_the_notice_says_is_done_with_the_data(tmp_path: Path) -> None:
    make_site(tmp_path)
    assert publish(tmp_path, "2026-01-05", "First.") == 0
    assert main(["build", "--root", str(tmp_path)]) == 0
    manifest = from_json((tmp_path / "public" / "published.json").read_text("utf-8"))
    (first,) = manifest.versions
    assert first.handling == Handling(
        data=("your name", "your address"),
        storage=(Storage("your membership", "2 years, after end of financial year", "P2Y"),),
    )
    assert manifest.site.controller == Contact("Exampleshire County Council", url="https://www.example.org")


def test_facts_are_read_in_every_form_that_a_version_may_keep() -> None:
    facts = {
        "data": [{"label": "name"}, {"label": "health", "special": True}],
        "special_category": [{"label": "health"}, {"label": "faith"}],
        "sharing": [{"who": "the NHS", "why": "to help"}],
        "transfers": [{"country": "Iceland"}],
        "retention": [{"record": "files", "keep": "per schedule"}, {"record": "logs", "keep": "6 weeks"}, "odd"],
    }
    assert handling.of(facts) == Handling(
        ("name",),
        ("health", "faith"),
        ("the NHS",),
        (Storage("files", "per schedule"), Storage("logs", "6 weeks", "P42D")),
        ("Iceland",),
    )
    assert handling.of({"sharing": "none"}) == handling.of({}) == Handling()
