"""Work of the council's staff and systems: the commands, the API with keys, receipts as files, limits, logs."""

from __future__ import annotations

import csv
import json
import logging
import os
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import validate
from referencing import Registry, Resource
from werkzeug.test import TestResponse

from tests.consent_fixtures import MANIFEST, V1, V2, FakeClock, acts, answer, confirm_address, form, published, version
from widget.app import close_app, create_app
from widget.cli import main, parser
from widget.config import Config
from widget.errors import StartRefused
from widget.json_logs import JsonLines
from widget.ledger.checkpoint import BadCheckpoint, Verifier
from widget.ledger.key_changes import LogKeys
from widget.ledger.receipt_file import check_receipt
from widget.manifest import to_json
from widget.views.openapi import openapi
from widget.views.shared import service_of

RESIDENT = "canary.resident@example.org"


class Described(FlaskClient):
    """A client that holds every answer against the OpenAPI document."""

    def open(self, *args: Any, **more: Any) -> TestResponse:
        response = super().open(*args, **more)
        check(self.application, response)
        return response


@pytest.fixture
def app(app: Flask) -> Flask:
    """The endpoint, whose every answer is compared with what /openapi.json says of it."""
    app.test_client_class = Described
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client(use_cookies=False)


def check(app: Flask, response: TestResponse) -> None:
    document = openapi("https://privacy.example.org")
    method = response.request.method
    if method not in ("GET", "POST"):
        return
    try:
        rule, _ = app.url_map.bind("x").match(response.request.path, method, return_rule=True)
    except Exception:
        return
    described = document["paths"][path_of(rule.rule)][method.lower()]["responses"]
    told = described.get(str(response.status_code)) or described["default"]
    if "$ref" in told:
        told = document["components"]["responses"][told["$ref"].rpartition("/")[2]]
    if "content" not in told:
        return
    assert response.mimetype in told["content"], (response.request.path, response.status_code, response.mimetype)
    schema = told["content"][response.mimetype]["schema"]
    if "json" in response.mimetype:
        root = {**document, "$id": "https://openapi/", "$ref": f"#{schema['$ref'][1:]}"} if "$ref" in schema else schema
        registry = Registry().with_resource("https://openapi/", Resource.opaque(root))  # type: ignore[var-annotated]
        Draft202012Validator(root, registry=registry, format_checker=FormatChecker()).validate(
            json.loads(response.text)
        )


def path_of(rule: str) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule)


def run(config: Config, *arguments: str) -> int:
    more = ("--database", config.database, "--keys", str(config.keys_folder))
    needs = {"record", "acted", "list", "erase", "purge", "export", "send", "restore"}
    manifest = ("--manifest", str(config.manifest)) if arguments[0] in needs else ()
    return main([*arguments, *more, *manifest])


def key_of(config: Config, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    assert run(config, "key", "add", "case system") == 0
    return {"Authorization": f"Bearer {capsys.readouterr().out.strip()}"}


def give(client: FlaskClient, read: Any = V2, **decisions: str) -> dict[str, Any]:
    return dict(client.post("/api/consents", json=answer(read, **(decisions or {"service_news": "given"}))).json or {})


def bearer(receipt: dict[str, Any]) -> dict[str, str]:
    return {"Authorization": f"Bearer {receipt['token']}"}


# The description.


def test_every_route_is_described_and_every_description_has_a_route(app: Flask) -> None:
    document = openapi("https://privacy.example.org")
    validate(document)
    described = {(path, method) for path, methods in document["paths"].items() for method in methods}
    routes = {
        (path_of(rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert described == routes


@pytest.mark.postgresql
def test_answers_are_as_described(app: Flask, client: FlaskClient) -> None:
    receipt = give(client)
    for path in (
        "/consent/family-hubs",
        f"/receipt/{receipt['token']}",
        f"/receipt/{receipt['token']}/file",
        "/withdraw",
        "/log/checkpoint",
        "/log/key",
        "/log/proof/inclusion?seq=1",
        "/log/proof/consistency?from=1",
        "/log/proof/inclusion?seq=9",
        "/log/verify",
        "/log/verify.js",
        "/openapi.json",
        "/healthz",
        "/readyz",
        "/metrics",
        "/api/notices/family-hubs",
        "/api/notices/nope",
        "/api/events",
        f"/api/receipts/{receipt['reference']}",
    ):
        assert client.get(path, headers=bearer(receipt)).status_code < 500


# The API of other systems.


@pytest.mark.postgresql
def test_the_feed_is_ordered_and_goes_on_where_it_was_left(
    config: Config, client: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    key = key_of(config, capsys)
    for _ in range(3):
        give(client)
    begun = len(MANIFEST.versions)
    first = client.get(f"/api/events?after={begun + 1}", headers=key).json or {}
    assert ([event["seq"] for event in first["events"]], first["next"]) == ([begun + 2, begun + 3], begun + 3)
    for wait in (0, 1):
        rest = client.get(f"/api/events?after={begun + 3}&wait={wait}", headers=key).json
        assert rest == {"events": [], "next": begun + 3}
    for path in ("/api/events?after=x", "/api/events?after=-1", "/api/events?wait=99999999"):
        assert client.get(path, headers=key).status_code == 400


@pytest.mark.postgresql
def test_only_a_key_in_use_opens_the_feed(
    config: Config, client: FlaskClient, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    key = key_of(config, capsys)
    for headers in ({}, {"Authorization": "Bearer x"}, {"Authorization": key["Authorization"][:-1] + "_"}):
        refused = client.get("/api/events", headers=headers)
        assert (refused.status_code, refused.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert client.get("/api/events", headers=key).status_code == 200
    held = [file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()]
    assert not any(key["Authorization"].split()[1].encode() in one for one in held)
    assert main(["key", "list", "--database", config.database]) == 0
    key_id = capsys.readouterr().out.split("\t")[0]
    assert run(config, "key", "revoke", key_id) == 0
    assert client.get("/api/events", headers=key).status_code == 401


@pytest.mark.postgresql
def test_status_believes_a_reference_or_a_confirmed_address_and_keeps_a_child_apart(
    app: Flask, config: Config, client: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    key = key_of(config, capsys)
    client.post("/consent/family-hubs", data=form(photos="given", acting_for="child") | {"email": RESIDENT})
    body = form(photos="given") | {"email": RESIDENT, "acting_for": "child"}
    client.post("/consent/family-hubs", data=body)

    def status(**asked: str) -> dict[str, Any]:
        sent = {"notice": "family-hubs", "consent": "photos", **asked}
        return dict(client.post("/api/status", json=sent, headers=key).json or {})

    assert status(email=RESIDENT)["state"] == "none"
    here = service_of(app)
    with here.store.reading() as reading:
        subjects = [event.subject or "" for event in acts(reading)]
    for subject in subjects:
        confirm_address(here, subject)
    assert status(email=RESIDENT, acting_for="child")["valid"] is True
    assert status(email=RESIDENT)["state"] == "none"
    receipt = give(client, photos="given")
    assert status(reference=receipt["reference"])["state"] == "given"
    client.post(f"/receipt/{receipt['token']}/withdraw", data={"consent": "photos"})
    assert status(reference=receipt["reference"])["valid"] is False
    assert client.post("/api/status", json={"notice": "family-hubs"}, headers=key).status_code == 400
    assert client.post("/api/status", json={"notice": "family-hubs"}).status_code == 401


def test_what_is_answered_for_a_child_is_kept_apart_from_what_is_answered_for_oneself(client: FlaskClient) -> None:
    own = give(client, photos="given")
    child = (
        client.post("/api/consents", json=answer(photos="refused") | {"acting_for": "child"}, headers=bearer(own)).json
        or {}
    )
    assert child["reference"] != own["reference"]
    now = client.get(f"/api/receipts/{own['reference']}", headers=bearer(own)).json or {}
    assert now["state"] == {"photos": "given"}


@pytest.mark.postgresql
def test_an_idempotency_key_is_long_and_expires(client: FlaskClient, clock: FakeClock) -> None:
    assert (
        client.post("/api/consents", json=answer(photos="given"), headers={"Idempotency-Key": "x" * 21}).status_code
        == 400
    )
    key = {"Idempotency-Key": "0123456789abcdef012345"}
    statuses = []
    for days in (0, 29, 2):
        clock.move(days=days)
        statuses.append(client.post("/api/consents", json=answer(photos="given"), headers=key).status_code)
    assert statuses == [201, 200, 201]


# Limits.


def test_a_flood_is_stopped_with_a_time_to_wait_and_a_forged_header_does_not_help(tmp_path: Path) -> None:
    app = create_app(replace(published(tmp_path), ratelimit="on"), FakeClock())
    client = app.test_client()
    statuses = []
    for number in range(35):
        headers = {"X-Forwarded-For": f"192.0.2.{number}"}
        response = client.post("/withdraw", data={"phone": "0161 496 0002"}, headers=headers)
        statuses.append(response.status_code)
    assert statuses == [303] * 30 + [429] * 5
    assert int(response.headers["Retry-After"]) > 0
    assert "0161 496 0001" in response.text
    close_app(app)


def test_a_trusted_proxy_says_who_asked(tmp_path: Path) -> None:
    app = create_app(replace(published(tmp_path), ratelimit="on", proxies=1), FakeClock())
    client = app.test_client()
    for number in range(35):
        headers = {"X-Forwarded-For": f"198.51.100.9, 192.0.2.{number}"}
        assert client.post("/withdraw", data={"phone": "0161 496 0002"}, headers=headers).status_code == 303
    close_app(app)


def test_more_than_one_process_needs_redis(tmp_path: Path) -> None:
    config = replace(published(tmp_path), ratelimit="on", workers=2, database="postgresql+psycopg://x", keys=tmp_path)
    with pytest.raises(StartRefused, match="RATELIMIT_STORAGE_URI"):
        create_app(config)


# Ways back.


@pytest.mark.parametrize("name", ["/\\evil", "///evil.example", "https://evil.example", "nowhere", "\r\nX: y"])
def test_return_to_names_a_destination_and_never_an_address(tmp_path: Path, name: str) -> None:
    site = replace(MANIFEST.site, destinations={"hub": "https://www.example.org/hub"})
    app = create_app(published(tmp_path, replace(MANIFEST, site=site)), FakeClock())
    client = app.test_client()
    for asked, kept in ((name, False), ("hub", True)):
        query = {"return_to": asked}
        given = client.post("/consent/family-hubs", query_string=query, data=form(photos="given"))
        assert ("return_to" in given.location) == kept
        assert given.location.startswith("/receipt/")
        shown = client.get(given.location).text
        assert ("https://www.example.org/hub" in shown) == kept
        assert "evil" not in shown
        read = client.get("/consent/family-hubs", query_string=query | {"version": "1"}).text
        links = re.findall(r'href="(/consent/[^"]*)"', read)  # for a child instead, and the newest words
        assert len(links) == 2
        assert all(("return_to=hub" in link) == kept for link in links)
    close_app(app)


# Receipts as files.


def test_a_receipt_file_is_proved_offline_and_no_flipped_bit_is_accepted(
    config: Config, client: FlaskClient, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    receipt = give(client, service_news="given", photos="refused")
    file = client.get(f"/receipt/{receipt['token']}/file")
    same = client.get(
        f"/api/receipts/{receipt['reference']}", headers=bearer(receipt) | {"Accept": "application/ld+json"}
    )
    assert file.mimetype == same.mimetype == "application/ld+json"
    verifier = Verifier.parse(client.get("/log/key").text)
    path, key = tmp_path / "receipt.jsonld", tmp_path / "key"
    key.write_text(str(verifier))
    for text in (file.data, same.data, json.dumps(receipt).encode()):
        assert len(check_receipt(text, LogKeys(verifier)).entries) == 2
        path.write_bytes(text)
        assert main(["verify-receipt", str(path), "--key", str(key)]) == 0
        assert main(["verify-receipt", str(path), "--key", str(verifier)]) == 0
    chance = random.Random(7)  # noqa: S311
    for text in (file.data, json.dumps(receipt).encode()):
        for _ in range(5_000 if os.environ.get("FAULTS") == "long" else 400):
            place = chance.randrange(len(text) * 8)
            flipped = bytearray(text)
            flipped[place // 8] ^= 1 << place % 8
            with pytest.raises(BadCheckpoint):
                check_receipt(bytes(flipped), LogKeys(verifier))
    path.write_bytes(file.data.replace(b"ConsentRefused", b"ConsentGiven"))
    assert main(["verify-receipt", str(path), "--key", str(key)]) == 1
    assert main(["verify-receipt", str(tmp_path / "none"), "--key", str(key)]) == 2
    assert main(["verify-receipt", str(path), "--key", "nonsense"]) == 2


def test_a_record_has_what_27560_asks_for(client: FlaskClient) -> None:
    receipt = give(client, V1)
    client.post("/api/consents", json=answer(V2, service_news="given"), headers=bearer(receipt))
    client.post(f"/receipt/{receipt['token']}/withdraw", data={"consent": "service-news"})
    document = client.get(f"/receipt/{receipt['token']}/file").json or {}
    (record,) = document["dpv:hasRecordOfActivity"]
    statuses = [status["@type"][0] for status in record["dpv:hasConsentStatus"]]
    assert statuses == ["dpv:ConsentGiven", "dpv:RenewedConsentGiven", "dpv:ConsentWithdrawn"]
    assert record["dpv:hasNotice"]["schema:sha256"] == V2.digest
    (process,) = record["dpv:hasProcess"]
    for name in ("hasPurpose", "hasPersonalData", "hasDataController", "hasStorageCondition", "hasJurisdiction",
                 "hasRecipient", "hasConsentControl"):  # fmt: skip
        assert process[f"dpv:{name}"]
    assert document["dct:conformsTo"][0]["@id"].endswith("#receipt")


def test_the_receipt_page_shows_its_address_and_a_picture_of_it(client: FlaskClient) -> None:
    receipt = give(client)
    shown = client.get(f"/receipt/{receipt['token']}").text
    assert receipt["manage_url"] in shown
    assert 'src="data:image/svg+xml' in shown


# The DPO's commands.


@pytest.mark.postgresql
@pytest.mark.parametrize(
    ("happened", "noted"),
    [
        ("2026-11-20T14:30", "2026-11-20T14:30:00.000Z"),
        ("2026-11-20T15:00", "2026-11-20T15:00:00.000Z"),
        ("2026-11-20", "2026-11-20T14:30:00.000Z"),
        ("2026-11-21", "2026-11-21T00:00:00.000Z"),
        ("2026-11-20T14:29", "Write --happened 2026-11-20T14:30 or later, or the day alone: 2026-11-20 or later."),
        ("2026-11-19", "2026-11-19 is before that"),
        ("2999-01-01", "2999-01-01 lies in the future. Note it once it is done"),
        ("soon", "soon is not a time"),
    ],
)
def test_what_was_done_about_a_withdrawal_was_done_after_it(
    app: Flask, config: Config, capsys: pytest.CaptureFixture[str], happened: str, noted: str
) -> None:
    said = ("--channel", "phone", "--by", "FH-3", "--happened", "2026-11-20T14:30")
    decision = ("--notice", "family-hubs", "--decision", "service-news=given")
    assert run(config, "record", *said, *decision) == 0
    (reference,) = re.findall(r"Reference: (\S+)", capsys.readouterr().out)
    assert run(config, "record", *said, "--reference", reference, "--decision", "service-news=withdrawn") == 0
    with service_of(app).store.reading() as reading:
        _, withdrawn = acts(reading)
    refused = not noted.endswith("Z")
    about = ("acted", str(withdrawn.seq), "stopped", "--by", "FH-3", "--happened", happened)
    assert run(config, *about) == (2 if refused else 0)
    told = capsys.readouterr().err
    with service_of(app).store.reading() as reading:
        done = [acted.happened for acted in reading.acted_about([withdrawn])]
    assert done == ([] if refused else [noted])
    assert not refused or noted in told


def test_staff_record_what_was_said_by_phone_and_withdraw_it_by_reference(
    app: Flask, config: Config, capsys: pytest.CaptureFixture[str]
) -> None:
    said = ("--channel", "phone", "--by", "FH-3", "--happened", "2026-11-20T14:30")
    person = ("--name", "A Resident", "--case", "FH-17", "--email", RESIDENT)
    decision = ("--notice", "family-hubs", "--decision", "service-news=given")
    assert run(config, "record", *said, *person, *decision) == 0
    reference = re.search(r"Reference: (\S+)", capsys.readouterr().out)
    assert reference
    again = ("--reference", reference[1], "--decision", "service-news=withdrawn")
    assert run(config, "record", *said, *again) == 0
    with service_of(app).store.reading() as reading:
        given, withdrawn = acts(reading)
    assert (given.channel, given.recorded_by, given.happened) == ("phone", "FH-3", "2026-11-20T14:30:00.000Z")
    assert (withdrawn.kind, withdrawn.prior, given.version) == ("withdrawn", given.event_id, 2)
    done = ("stopped", "--note", "Taken off the list", "--by", "FH-3", "--happened", "2026-11-21")
    assert run(config, "acted", str(withdrawn.seq), *done) == 0
    assert run(config, "acted", str(given.seq), *done) == 2
    capsys.readouterr()
    assert run(config, "export", "--reference", reference[1]) == 0
    evidence = capsys.readouterr().out
    for part in (
        "or ring me",
        "## What the form says now: it may have had other words",
        "I agree",
        "FH-17",
        "Taken off the list",
        "c2sp.org/tlog-proof@v1",
        V2.digest,
        "recorded by FH-3",
    ):
        assert part in evidence
    for bad in (("--decision", "nothing=given"), ("--decision", "x"), ("--decision", "service-news=withdrawn")):
        assert run(config, "record", *said, "--notice", "family-hubs", *bad) == 2
    assert run(config, "export", "--reference", "AAA-AAA-AAA") == 2


@pytest.mark.postgresql
def test_consent_from_before_is_recorded_against_the_words_of_a_file(
    app: Flask, client: FlaskClient, config: Config, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = tmp_path / "form-2019.txt"
    words.write_text("I am happy to hear from the hub.")
    said = ("--channel", "post", "--by", "FH-3", "--happened", "2019-05-01", "--notice", "family-hubs")
    assert run(config, "record", *said, "--decision", "service-news=given", "--earlier", str(words)) == 0
    shown = re.search(r"https://\S+/receipt/(\S+)", capsys.readouterr().out)
    assert shown
    page = client.get(f"/receipt/{shown[1]}").text
    assert "I am happy to hear from the hub." in page
    assert "You said yes on 1 May 2019" in page
    assert run(config, "export") == 0
    row = list(csv.DictReader(capsys.readouterr().out.splitlines()))[-1]
    assert (row["earlier"], row["version"], row["channel"]) == ("yes", "", "post")


@pytest.mark.postgresql
def test_erasing_closes_deletes_and_leaves_old_receipts_whole(
    app: Flask, client: FlaskClient, config: Config, capsys: pytest.CaptureFixture[str]
) -> None:
    location = client.post("/consent/family-hubs", data=form(photos="given") | {"email": RESIDENT}).location
    file = client.get(f"{location}/file").data
    assert run(config, "erase", "--email", RESIDENT, "--by", "DPO") == 0
    assert run(config, "erase", "--email", RESIDENT, "--by", "DPO") == 2
    with service_of(app).store.reading() as reading:
        events = acts(reading)
        assert reading.known(events[0].subject or "") is None
    assert [event.kind.value for event in events] == ["given", "revoked", "erased"]
    assert "were erased on" in client.get(location).text
    verifier = Verifier.parse(client.get("/log/key").text)
    check_receipt(file, LogKeys(verifier))
    check_receipt(client.get(f"{location}/file").data, LogKeys(verifier))
    assert run(config, "verify") == 0
    capsys.readouterr()
    assert run(config, "export", "--format", "jsonl") == 0
    assert RESIDENT not in capsys.readouterr().out


@pytest.mark.postgresql
def test_purge_shows_first_and_erases_what_is_past_its_time(
    app: Flask, client: FlaskClient, config: Config, clock: FakeClock, capsys: pytest.CaptureFixture[str]
) -> None:
    first = version("library", 1, published=date(2019, 1, 1), effective=date(2019, 1, 1))
    config.manifest.write_text(to_json(replace(MANIFEST, versions=(*MANIFEST.versions, first))), "utf-8")
    clock.now = clock.now.replace(year=2019)
    old = client.post("/consent/library", data=form(first, photos="refused") | {"email": RESIDENT}).location
    client.post("/consent/library", data=form(first, photos="given") | {"email": "stands@example.org"})
    clock.now = clock.now.replace(year=2026)
    client.post("/consent/family-hubs", data=form(photos="refused") | {"email": "new@example.org"})
    assert run(config, "purge") == 0
    assert "1 records are past their time" in capsys.readouterr().out
    with service_of(app).store.reading() as reading:
        assert len(list(reading.subjects())) == 3
    assert run(config, "purge", "--do") == 0
    with service_of(app).store.reading() as reading:
        assert len(list(reading.subjects())) == 2
    assert "were erased" in client.get(old).text


def test_a_restored_backup_is_cleaned_again_and_goes_on_under_a_new_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = published(tmp_path)
    app = create_app(config, FakeClock())
    client = app.test_client()
    client.post("/consent/family-hubs", data=form(photos="given") | {"email": RESIDENT})
    old_key = client.get("/log/key").text
    assert run(config, "backup", str(tmp_path / "copy.db")) == 0
    assert run(config, "backup", str(tmp_path / "copy.db")) == 2
    assert run(config, "restore", str(tmp_path / "copy.db")) == 2
    assert "stop the endpoint first" in capsys.readouterr().err
    assert client.get("/readyz").status_code == 200
    close_app(app)
    assert run(config, "erase", "--email", RESIDENT, "--by", "DPO") == 0
    assert run(config, "restore", str(tmp_path / "copy.db")) == 0
    said = capsys.readouterr().out
    assert "1 erasures were done again" in said and "new name" in said
    assert run(config, "verify") == 0
    app = create_app(config, FakeClock())
    assert app.test_client().get("/log/key").text != old_key
    with service_of(app).store.reading() as reading:
        assert list(reading.subjects()) == []
    close_app(app)


@pytest.mark.postgresql
def test_records_are_exported_by_notice_and_period(
    client: FlaskClient, config: Config, clock: FakeClock, capsys: pytest.CaptureFixture[str]
) -> None:
    give(client)
    clock.move(days=3)
    give(client, photos="given")
    assert run(config, "export", "--format", "jsonl", "--from", "2026-11-23") == 0
    assert len(capsys.readouterr().out.splitlines()) == 1
    assert run(config, "export", "--format", "jsonl", "--to", "2026-11-24") == 0
    assert len(capsys.readouterr().out.splitlines()) == 1 + len(MANIFEST.versions)
    assert run(config, "export", "--format", "jsonld", "--notice", "family-hubs") == 0
    assert len(json.loads(capsys.readouterr().out)["@graph"]) == 2
    assert run(config, "stats") == 0
    assert "family-hubs\tphotos\tgiven\tweb\t1" in capsys.readouterr().out


@pytest.mark.postgresql
def test_send_needs_a_carrier_and_says_what_it_did(
    client: FlaskClient, config: Config, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    client.post("/withdraw", data={"notice": "family-hubs", "phone": "0161 496 0002"})
    assert run(config, "send") == 2
    assert run(config, "send", "--mail", f"folder:{tmp_path / 'mail'}") == 0
    assert "1 sent" in capsys.readouterr().out
    assert len(list((tmp_path / "mail").glob("*.eml"))) == 1


# Logs.


def test_no_address_token_or_key_is_in_a_log_or_in_the_database(
    config: Config, tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    app = create_app(replace(config, mail="smtp://127.0.0.1:9"), FakeClock())
    client = app.test_client()
    location = client.post("/consent/family-hubs", data=form(photos="given") | {"email": RESIDENT}).location
    client.post("/withdraw", data={"email": RESIDENT, "name": "Canary Name", "reference": "canary"})
    client.post(f"{location}/withdraw", data={"consent": "canary"})
    client.get(f"/confirm/{'A' * 44}", headers={"Authorization": "Bearer canary"})
    close_app(app)
    assert run(config, "send", "--mail", "smtp://127.0.0.1:9") == 1
    format = JsonLines().format
    logged = "".join(format(record) for record in caplog.records) + capsys.readouterr().err
    files = [file.read_bytes() for file in tmp_path.rglob("*") if file.is_file() and "keys" not in file.parts]
    for secret in (RESIDENT, location.rpartition("/")[2], "canary", "Canary Name"):
        assert secret not in logged
        assert not any(secret.encode() in held for held in files)


def test_a_log_line_is_json_and_says_where_a_fault_arose_but_not_its_text() -> None:
    try:
        raise ValueError("canary@example.org")
    except ValueError as error:
        record = logging.LogRecord(
            "consents", logging.ERROR, "", 0, "answered %d", (500,), (ValueError, error, error.__traceback__)
        )
    line = json.loads(JsonLines().format(record))
    assert (line["message"], line["fault"]) == ("answered 500", "ValueError")
    assert "canary" not in json.dumps(line)


def test_a_worker_logs_as_json_too(config: Config) -> None:
    script = "import logging, widget.wsgi; widget.wsgi.app(); logging.getLogger('consents').error('told')"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=Path(__file__).parent.parent,
        env=os.environ | config.environ(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stderr.splitlines()[-1])["message"] == "told"


# Documents.


def test_the_help_of_every_command_stands_in_the_docs() -> None:
    text = (Path(__file__).parent.parent / "docs" / "consents-commands.md").read_text("utf-8")
    assert text == commands_page()


ENDINGS = """\
| a command ends with | when |
|---|---|
| 0 | it is done |
| 1 | the ledger or a receipt is not whole |
| 2 | it could not be done |
| 3 | `purge` alone: it is done, but for records whose last day cannot be worked out; they are listed and kept |
"""


def commands_page() -> str:
    """docs/consents-commands.md: made with `python -m tests.test_desk`."""
    os.environ["COLUMNS"] = "100"
    parts = ["# The command `consents`\n", "The answer of each command to `--help`.\n", ENDINGS]
    for name, command in subcommands(parser()):
        parts.append(f"## {name}\n\n```text\n{command.format_help()}```\n")
    return "\n".join(parts)


def subcommands(found: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for action in found._actions:
        if getattr(action, "choices", None) and isinstance(action.choices, dict):
            for name, command in action.choices.items():
                yield f"{prefix}{name}", command
                yield from subcommands(command, f"{prefix}{name} ")


if __name__ == "__main__":
    Path("docs/consents-commands.md").write_text(commands_page(), encoding="utf-8")
