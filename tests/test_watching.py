"""Things that an operator watches: measures, alerts, the dashboard, health addresses and logs; and stopping and
starting."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pytest
import yaml
from flask import Flask
from flask.testing import FlaskClient

from tests import programs
from tests.consent_fixtures import FakeClock, answer, published
from tests.databases import CHOSEN, POSTGRESQL, SQLITE, lose
from tests.endpoint import served
from tests.serving import free_port
from tests.site_fixtures import PROJECT
from widget.app import close_app, create_app
from widget.config import Config

ALERTS = PROJECT / "deploy" / "alerts.yml"
DASHBOARD = PROJECT / "deploy" / "dashboard.json"
PAGE = PROJECT / "docs" / "watching.md"
LONG = os.environ.get("FAULTS") == "long"
OF_PROMETHEUS = {"job", "instance"}
"""Labels that Prometheus itself puts on what it asks for."""


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def measured(text: str) -> dict[str, float]:
    """Each series of an answer of `/metrics` with its value."""
    lines = [line.rpartition(" ") for line in text.splitlines() if not line.startswith("#")]
    return {series: float(value) for series, _, value in lines}


def series_of(client: FlaskClient) -> dict[str, set[str]]:
    """The names of all series with the labels that they have, after one answer of each kind that is counted."""
    from widget import measures

    client.get("/livez")
    measures.letter("sent")
    found: dict[str, set[str]] = {}
    for series in measured(client.get("/metrics").text):
        name, _, labels = series.partition("{")
        found.setdefault(name, set()).update(re.findall(r'(\w+)="', labels))
    return found


def wrong_names(expression: str, known: dict[str, set[str]]) -> list[str]:
    """Labels that an expression asks for and no series has: names, and labels in braces and in `by (...)`."""
    wrong = [name for name in re.findall(r"\bconsents_\w+", expression) if name not in known]
    labels = {label for asked in known.values() for label in asked} | OF_PROMETHEUS
    for name, braces in re.findall(r"\b(consents_\w+)\{([^}]*)\}", expression):
        own = known.get(name, set()) | OF_PROMETHEUS
        wrong += [f"{name}.{label}" for label in re.findall(r"(\w+)\s*[=!]", braces) if label not in own]
    for group in re.findall(r"by \(([^)]*)\)", expression):
        wrong += [label for label in re.findall(r"\w+", group) if label not in labels]
    return wrong


def rules() -> list[dict[str, Any]]:
    return [rule for group in yaml.safe_load(ALERTS.read_text("utf-8"))["groups"] for rule in group["rules"]]


def test_alerts_and_dashboard_ask_for_measures_that_there_are(client: FlaskClient) -> None:
    known = series_of(client)
    asked = [rule["expr"] for rule in rules()]
    for panel in json.loads(DASHBOARD.read_text("utf-8"))["panels"]:
        asked += [target["expr"] for target in panel["targets"]]
    assert len(asked) > 30
    assert [(expression, wrong) for expression in asked if (wrong := wrong_names(expression, known))] == []
    assert wrong_names('consents_nothing{x="y"} + consents_ready{where="here"}', known) != []


def test_every_measure_and_every_alert_is_explained(client: FlaskClient) -> None:
    text = PAGE.read_text("utf-8")
    named = {re.sub(r"_(bucket|sum|count)$", "", name) for name in series_of(client)}
    assert {name for name in named if f"`{name}" not in text} == set()
    assert {rule["alert"] for rule in rules()} == set(re.findall(r"^### (Consents\w+)$", text, re.MULTILINE))


def test_the_alert_rules_are_ones_that_prometheus_takes_and_fire(tmp_path: Path) -> None:
    promtool = programs.required("promtool")
    subprocess.run([promtool, "check", "rules", ALERTS], check=True, capture_output=True)

    def fires(alert: str, series: str, values: str, labels: dict[str, str]) -> dict[str, object]:
        (rule,) = (rule for rule in rules() if rule["alert"] == alert)
        expected = {"exp_labels": labels | rule["labels"], "exp_annotations": rule["annotations"]}
        for name, value in labels.items():
            summary = expected["exp_annotations"]["summary"].replace(f"{{{{ $labels.{name} }}}}", value)
            expected["exp_annotations"] = {"summary": summary}
        asked = {"alertname": alert, "eval_time": "30m", "exp_alerts": [expected]}
        return {"interval": "1m", "input_series": [{"series": series, "values": values}], "alert_rule_test": [asked]}

    here = {"instance": "h"}
    cases = [
        fires("ConsentsNotReady", 'consents_ready{part="ledger",instance="h"}', "0x40", here | {"part": "ledger"}),
        fires("ConsentsMailLate", "consents_mail_late_seconds", "3000+60x40", {}),
        fires(
            "ConsentsUnavailable",
            'consents_answers_total{status="503",route="/receipt/<token>",instance="h"}',
            "0+60x40",
            here,
        ),
        fires(
            "ConsentsErrorsLogged",
            'consents_log_lines_total{level="error",instance="h"}',
            "0x20 1x20",
            here | {"level": "error"},
        ),
    ]
    file = tmp_path / "tests.yml"
    file.write_text(json.dumps({"rule_files": [str(ALERTS)], "tests": cases}), "utf-8")
    done = subprocess.run([promtool, "test", "rules", file], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_measures_have_few_series_and_nothing_of_an_address(client: FlaskClient) -> None:
    token = (client.post("/api/consents", json=answer(photos="given")).json or {})["token"]
    for path in (f"/receipt/{token}", "/nowhere/at/all", "/consent/family-hubs?a=b"):
        client.get(path)
    text = client.get("/metrics").text
    assert token not in text and "nowhere" not in text and "family-hubs" not in text
    assert measured(text)['consents_answers_total{method="GET",route="/receipt/<token>",status="200"}'] >= 1
    assert measured(text)['consents_answer_seconds_count{route="/receipt/<token>"}'] >= 1


def test_only_this_machine_asks_for_measures_or_who_has_the_key(config: Config, client: FlaskClient) -> None:
    assert client.get("/metrics").status_code == 200
    for passed_on in ({"X-Forwarded-For": "10.0.0.1"}, {"Host": "privacy.example.org"}, {"Forwarded": "for=10.0.0.1"}):
        assert client.get("/metrics", headers=passed_on).status_code == 403
    assert client.get("/metrics", environ_base={"REMOTE_ADDR": "10.0.0.1"}).status_code == 403
    keyed = create_app(replace(config, metrics_key="a-long-key", proxies=1), FakeClock())
    asked = keyed.test_client()
    assert asked.get("/metrics").status_code == 401
    assert asked.get("/metrics", headers={"Authorization": "Bearer another"}).status_code == 401
    told = {"Authorization": "Bearer a-long-key", "X-Forwarded-For": "10.0.0.1", "Host": "10.0.0.2:8001"}
    assert asked.get("/metrics", headers=told).status_code == 200
    close_app(keyed)


def test_health_answers_under_any_name_of_the_machine_and_nothing_else_does(client: FlaskClient) -> None:
    for path in ("/livez", "/healthz", "/readyz", "/mailz"):
        assert client.get(path, headers={"Host": "10.1.2.3:8001"}).status_code == 200
    assert client.get("/consent/family-hubs", headers={"Host": "10.1.2.3:8001"}).status_code == 400


@pytest.mark.postgresql
def test_without_its_database_the_endpoint_is_alive_not_ready_and_still_measured(
    config: Config, client: FlaskClient
) -> None:
    before = measured(client.get("/metrics").text)
    assert before['consents_ready{part="ledger"}'] == 1 and "consents_mail_unsent" in before
    lose(config.database)
    assert client.get("/readyz").status_code == client.get("/mailz").status_code == 503
    assert client.get("/livez").status_code == 200
    after = measured(client.get("/metrics").text)
    assert after['consents_ready{part="ledger"}'] == 0 and after['consents_ready{part="manifest"}'] == 1
    assert "consents_mail_unsent" not in after

    def errors(found: dict[str, float]) -> float:
        return sum(value for name, value in found.items() if name.startswith("consents_database_errors_total"))

    assert errors(after) > errors(before)


def test_a_refused_manifest_and_a_late_letter_are_measured(
    config: Config, client: FlaskClient, clock: FakeClock
) -> None:
    sent = answer(photos="given") | {"email": "resident@example.org"}
    assert client.post("/api/consents", json=sent).status_code == 201
    clock.move(hours=2)
    config.manifest.write_text("{", "utf-8")
    found = measured(client.get("/metrics").text)
    assert found["consents_manifest_refused"] == 1 and found['consents_ready{part="manifest"}'] == 0
    assert found["consents_mail_late_seconds"] == 7200 and client.get("/mailz").status_code == 503


def test_limits_that_have_lost_their_redis_are_measured(config: Config, clock: FakeClock) -> None:
    app = create_app(replace(config, ratelimit="on", ratelimit_storage=f"redis://127.0.0.1:{free_port()}"), clock)
    client = app.test_client()
    for _ in range(2):  # before and after a request has found out
        assert measured(client.get("/metrics").text)["consents_limits_alone"] == 1
        assert client.post("/api/consents", json=answer(photos="given")).status_code == 201
    close_app(app)


def ask(address: str) -> tuple[int, str]:
    """The status and text of an address of this machine."""
    try:
        with urllib.request.urlopen(address, timeout=20) as response:  # noqa: S310 (this machine)
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


@pytest.fixture
def on_postgresql(tmp_path: Path) -> Iterator[Config]:
    CHOSEN.kind = POSTGRESQL
    yield published(tmp_path)
    CHOSEN.drop()
    CHOSEN.kind = SQLITE


def test_workers_count_together_and_one_that_was_killed_still_counts(on_postgresql: Config) -> None:
    config = replace(on_postgresql, workers=2)
    route = 'consents_answers_total{method="GET",route="/consent/<notice>",status="200"}'
    with served(config) as (address, process):
        for _ in range(40):
            assert ask(f"{address}/consent/family-hubs")[0] == 200
        assert measured(ask(f"{address}/metrics")[1])[route] == 40
        workers = [one for one in psutil.Process(process.pid).children() if one.is_running()]
        assert len(workers) == 2
        for worker in workers if LONG else workers[:1]:
            worker.kill()
            psutil.wait_procs([worker], timeout=10)
            await_answer(address)
            time.sleep(6 if LONG else 0)  # two in 5.5 seconds would be a crash loop, which ends the server
        assert measured(ask(f"{address}/metrics")[1])[route] == 40
        assert 'consents_processes{release="' in ask(f"{address}/metrics")[1]


def await_answer(address: str) -> None:
    for _ in range(100):
        try:
            ask(f"{address}/livez")
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("it does not answer any more")


def lines_of(text: str) -> list[dict[str, Any]]:
    """The lines of a log, each of which must be an object of JSON."""
    return [json.loads(line) for line in text.splitlines()]


def test_every_line_of_the_log_is_json_from_the_first_to_the_last(config: Config, tmp_path: Path) -> None:
    with served(config) as (address, process):
        assert ask(f"{address}/readyz")[0] == 200
        process.terminate()
        assert process.wait(20) == 0
    said = [line["message"] for line in lines_of((tmp_path / "public" / "serve.log").read_text("utf-8"))]
    assert any("answers at http://127.0.0.1" in line for line in said)
    assert any("Stopped worker" in line for line in said), "the server's own lines are there too"


def test_what_stops_the_start_is_one_line_of_the_log_and_an_exit_code(config: Config) -> None:
    environment = os.environ | replace(config, manifest=Path("nowhere.json")).environ()
    command = [sys.executable, "-m", "widget.cli", "serve"]
    done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    last = lines_of(done.stderr)[-1]
    assert last["level"] == "critical" and last["message"].startswith("the endpoint does not start: ")


def test_a_signal_is_not_lost_however_early_it_comes(config: Config) -> None:
    environment = os.environ | config.environ() | {"CONSENTS_PORT": str(free_port())}
    moments = [step / 4 for step in range(20 if LONG else 3)]
    for moment in moments:
        command = [sys.executable, "-m", "widget.cli", "serve"]
        with subprocess.Popen(command, cwd=PROJECT, env=environment, stderr=subprocess.PIPE) as process:
            time.sleep(moment)
            process.send_signal(signal.SIGTERM)
            assert process.wait(10) in (0, -signal.SIGTERM)
