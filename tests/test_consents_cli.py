"""The command `consents`, run as an operator runs it; and the server that it starts, stopped in the hardest way."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path
from typing import get_origin, get_type_hints

import pytest

from tests.consent_fixtures import V2, FakeClock, answer, form, published
from widget.app import close_app, create_app
from widget.cli import main
from widget.config import Config, options
from widget.errors import StartRefused
from widget.ledger.checkpoint import Verifier, verify
from widget.store.engine import sqlite_module

HERE = "http://127.0.0.1:{port}"


def recorded(folder: Path) -> Config:
    """A small ledger: two answers, a withdrawal, and a request without a receipt."""
    config = published(folder)
    app = create_app(config, FakeClock())
    client = app.test_client()
    client.post("/consent/family-hubs", data=form(photos="given") | {"email": "=resident@example.org"})
    receipt = client.post("/api/consents", json=answer(service_news="given")).json or {}
    client.post(f"/receipt/{receipt['token']}/withdraw", data={"consent": "service-news"})
    client.post("/withdraw", data={"notice": "family-hubs", "name": "A Resident", "phone": "+44 161 496 0003"})
    close_app(app)
    return config


def run(config: Config, command: str, *more: str) -> int:
    return main([command, "--database", config.database, *more])


def alter(config: Config, *statements: str) -> None:
    connection = sqlite_module().connect(config.database.removeprefix("sqlite:///"))
    with connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


def test_a_whole_ledger_verifies(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = recorded(tmp_path)
    assert run(config, "verify") == 0
    assert "8 events, whole. The signed head covers 8 of them." in capsys.readouterr().out


@pytest.mark.parametrize(
    "statements",
    [
        ("DROP TRIGGER event_is_not_updated", "UPDATE event SET kind = 'refused' WHERE seq = 5"),
        ("DROP TRIGGER event_is_not_deleted", "DELETE FROM outbox", "DELETE FROM event WHERE seq = 6"),
        (
            "DROP TRIGGER event_is_not_deleted",
            "DROP TRIGGER node_is_not_deleted",
            "DELETE FROM outbox",
            "DELETE FROM event WHERE seq > 6",
            "DELETE FROM node WHERE position > 9",
        ),
    ],
)
def test_an_altered_row_a_missing_row_and_a_cut_tail_are_found(
    tmp_path: Path, statements: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    config = recorded(tmp_path)
    alter(config, *statements)
    assert run(config, "verify") == 1
    assert capsys.readouterr().out


def test_a_ledger_that_was_made_anew_is_found_by_the_kept_head(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = recorded(tmp_path / "one")
    other = recorded(tmp_path / "two")
    shutil.copy(tmp_path / "two" / "consents.db", tmp_path / "one" / "consents.db")
    assert run(config, "verify") == 1
    assert "not those that were signed" in capsys.readouterr().out
    assert run(other, "verify") == 0
    with pytest.raises(StartRefused, match="not those that were signed"):
        create_app(config, FakeClock())


def test_a_changed_head_is_found(tmp_path: Path) -> None:
    config = recorded(tmp_path)
    for head in (tmp_path / "keys").glob("head.[12]"):
        head.write_text(head.read_text().replace("\n", "\n1", 1))
    assert run(config, "verify") == 1


def test_events_without_a_signed_head_are_not_said_to_be_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = recorded(tmp_path)
    assert run(config, "verify", "--keys", str(tmp_path / "nowhere")) == 2
    assert "no signed head" in capsys.readouterr().out


@pytest.mark.parametrize("content", [None, b"", b"not a database at all, but long enough to be looked at" * 20])
def test_what_cannot_be_verified_says_so(
    tmp_path: Path, content: bytes | None, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "consents.db"
    if content is not None:
        file.write_bytes(content)
    assert main(["verify", "--database", f"sqlite:///{file}"]) == 2
    assert "consents verify:" in capsys.readouterr().err


def test_the_export_shows_requests_with_what_the_service_needs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = recorded(tmp_path)
    assert run(config, "export", "--format", "jsonl") == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row.pop("kind") for row in rows[:4]] == ["notice-published"] * 4
    rows = rows[4:]
    assert [row["kind"] for row in rows] == ["given", "given", "withdrawn", "withdrawal-requested"]
    assert rows[-1]["said_name"] == "A Resident"
    assert rows[0]["said_email"] == "=resident@example.org"
    assert rows[1]["receipt"] == rows[2]["receipt"] != rows[0]["receipt"]
    assert run(config, "export", "--notice", "primary", "--format", "jsonl") == 0
    assert [json.loads(line)["kind"] for line in capsys.readouterr().out.splitlines()] == ["notice-published"]


def test_the_export_runs_nothing_in_a_spreadsheet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(recorded(tmp_path), "export") == 0
    rows = list(csv.DictReader(capsys.readouterr().out.splitlines()))[4:]
    assert rows[0]["said_email"] == "'=resident@example.org"
    assert rows[3]["said_phone"] == "'+44 161 496 0003"
    assert rows[0]["digest"] == V2.digest


def test_who_reads_only_the_first_lines_is_told_of_no_fault(tmp_path: Path) -> None:
    config = recorded(tmp_path)
    command = [sys.executable, "-m", "widget.cli", "export", "--database", config.database]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as reading:
        assert reading.stdout and reading.stderr
        reading.stdout.close()
        assert reading.stderr.read() == b""
    assert reading.returncode == 0


def test_the_checkpoint_can_be_kept_elsewhere_and_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = recorded(tmp_path)
    assert run(config, "checkpoint") == 0
    verifier = Verifier.parse((tmp_path / "keys" / "log.vkey").read_text())
    assert verify(capsys.readouterr().out, verifier).size == 8


def test_every_option_is_read_from_the_environment_and_told_to_workers() -> None:
    environ = {
        "CONSENTS_MANIFEST": "site/published.json",
        "DATABASE_URL": "sqlite:///elsewhere.db",
        "CONSENTS_KEYS": "secret",
        "CONSENTS_HOST": "0.0.0.0",  # noqa: S104
        "CONSENTS_PORT": "9000",
        "CONSENTS_WORKERS": "1",
        "CONSENTS_THREADS": "4",
        "CONSENTS_HOSTS": "a.example.org, b.example.org",
        "CONSENTS_BUSY_SECONDS": "2.5",
        "CONSENTS_IDLE_SECONDS": "30.5",
        "CONSENTS_MAIL": "smtp://mail.example.org",
        "CONSENTS_MAIL_FROM": "privacy@example.org",
        "CONSENTS_DESK": "https://desk.example.org",
        "CONSENTS_MAIL_SECONDS": "3.5",
        "CONSENTS_MAIL_AGE": "600",
        "CONSENTS_MAIL_HOURLY": "6",
        "CONSENTS_MAIL_DAILY": "24",
        "CONSENTS_LINKS_HOURLY": "7",
        "CONSENTS_LINKS_DAILY": "28",
        "CONSENTS_FORMS_FROM_IPV6": "90",
        "CONSENTS_RATELIMIT": "off",
        "RATELIMIT_STORAGE_URI": "redis://localhost",
        "CONSENTS_PROXIES": "1",
        "CONSENTS_IDEMPOTENCY_DAYS": "7",
        "CONSENTS_NEW_KEYS": "yes",
        "CONSENTS_METRICS_KEY": "a-long-random-text",
        "PROMETHEUS_MULTIPROC_DIR": "counts",
    }
    assert set(environ) == {option.env for option in options().values()}
    config = Config.from_env(environ)
    assert config.hosts == ("a.example.org", "b.example.org")
    assert not config.loopback
    assert Config.from_env(config.environ()) == config
    assert Config.from_env(environ, port=9001, host=None).port == 9001
    kinds = {name: get_origin(hint) or hint for name, hint in get_type_hints(Config).items()}
    kinds |= {"keys": Path, "mail": str, "mail_from": str, "desk": str, "ratelimit": str, "metrics_key": str}
    kinds["metrics_folder"] = Path
    assert {name: isinstance(getattr(config, name), kind) for name, kind in kinds.items()} == dict.fromkeys(kinds, True)


@pytest.mark.parametrize(
    ("variable", "text", "instead"),
    [
        ("CONSENTS_PORT", "x", "Write a whole number from 0, in digits."),
        ("CONSENTS_WORKERS", "-1", "Write a whole number from 0, in digits."),
        ("CONSENTS_MAIL_AGE", "1.5", "Write a whole number from 0, in digits."),
        ("CONSENTS_BUSY_SECONDS", "nan", "Write a number of seconds, like 2.5."),
        ("CONSENTS_MAIL_SECONDS", "20s", "Write a number of seconds, like 2.5."),
        ("CONSENTS_RATELIMIT", "no", "Write on or off."),
        ("CONSENTS_NEW_KEYS", "ja", "Write yes or no."),
        *(
            ("CONSENTS_DESK", text, "Write an address such as https://desk.example.org.")
            for text in ("desk.example.org", "http://desk.example.org", "https://", "https://desk.example.org/?a=b")
        ),
        ("CONSENTS_DESK", "https://a@desk.example.org", "Write an address such as https://desk.example.org."),
        ("CONSENTS_DESK", "https://desk.example.org:port", "Write an address such as https://desk.example.org."),
    ],
)
def test_a_wrong_setting_is_refused_with_what_to_write(variable: str, text: str, instead: str) -> None:
    with pytest.raises(
        StartRefused, match=rf"^{re.escape(variable)} is {re.escape(repr(text))}. {re.escape(instead)}$"
    ):
        Config.from_env({variable: text})


def test_a_wrong_flag_is_refused_with_what_to_write(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["serve", "--port", "eighty"])
    assert "--port: 'eighty' cannot be used. Write a whole number" in capsys.readouterr().err


@pytest.mark.parametrize("database", ["sqlite://", "sqlite:///:memory:"])
def test_a_database_without_a_file_is_refused(tmp_path: Path, database: str) -> None:
    config = published(tmp_path)
    with pytest.raises(StartRefused):
        create_app(Config(manifest=config.manifest, database=database, keys=tmp_path / "keys"))


def test_two_workers_on_sqlite_are_refused(tmp_path: Path) -> None:
    config = published(tmp_path)
    assert main(["serve", "--manifest", str(config.manifest), "--database", config.database, "--workers", "2"]) == 2


@contextmanager
def served(config: Config) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """`consents serve` in a process group of its own, from its first answer on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "widget.cli", "serve", "--port", str(port)]
    command += ["--manifest", str(config.manifest), "--database", config.database]
    environ = os.environ | {"CONSENTS_RATELIMIT": config.ratelimit}
    process = subprocess.Popen(command, start_new_session=True, stderr=subprocess.DEVNULL, env=environ)
    address = HERE.format(port=port)
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"{address}/readyz", timeout=5).close()  # noqa: S310
                break
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.05)
        yield address, process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def test_every_acknowledged_event_survives_kill_9(tmp_path: Path) -> None:
    config = published(tmp_path)
    acknowledged: list[str] = []
    enough = threading.Event()

    def give(address: str, _: int) -> None:
        body = json.dumps(answer(service_news="given", photos="refused")).encode()
        request = urllib.request.Request(f"{address}/api/consents", body, {"Content-Type": "application/json"})  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310
                acknowledged.extend(event["event_id"] for event in json.load(response)["events"])
        except (OSError, HTTPException, ValueError):  # the server died before its answer was whole
            return
        if len(acknowledged) >= 160:
            enough.set()

    with served(config) as (address, process), ThreadPoolExecutor(20) as clients:
        sent = [clients.submit(give, address, number) for number in range(200)]
        assert enough.wait(30)
        os.killpg(process.pid, signal.SIGKILL)
        for one in sent:
            one.result()

    assert len(acknowledged) >= 160
    connection = sqlite_module().connect(str(tmp_path / "consents.db"))
    kept = {event_id for (event_id,) in connection.execute("SELECT event_id FROM event")}
    connection.close()
    assert set(acknowledged) <= kept
    assert run(config, "verify") == 0
    close_app(create_app(config))


def test_curl_alone_can_give_and_withdraw(tmp_path: Path) -> None:
    config = published(tmp_path)
    with served(config) as (address, process):
        fields = [part for pair in form(service_news="given").items() for part in ("--data-urlencode", "=".join(pair))]
        given = curl("--write-out", "%{http_code} %{redirect_url}", *fields, f"{address}/consent/family-hubs")
        status, receipt = given.rsplit(" ", 1)
        assert status.endswith("303")
        assert "You said yes" in curl(receipt)
        withdrawn = curl(
            "--write-out", "%{http_code} %{redirect_url}", "--data", "consent=service-news", f"{receipt}/withdraw"
        )
        assert withdrawn.endswith(f"303 {receipt}")
        assert "You withdrew your consent" in curl(receipt)
        process.terminate()
        assert process.wait(20) in (0, -signal.SIGTERM)
    assert run(config, "verify") == 0


def curl(*arguments: str) -> str:
    command = ["curl", "--silent", "--show-error", "--max-time", "10", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
